package io.depthcast.jobs.capture;

import io.depthcast.jobs.source.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A record of a topic.
 *
 * @param line as the segment has it
 */
record Published(
    String topic,
    int partition,
    String key,
    long timeMs,
    String segment,
    long lineNo,
    String line) {

  /** All records of both topics, each partition in its order. */
  static List<Published> all(LocalBroker broker) {
    List<Published> all = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.addresses()),
            new StringDeserializer(),
            new StringDeserializer())) {
      for (String topic : Topics.ALL) {
        for (var partition : consumer.partitionsFor(topic)) {
          TopicPartition of = new TopicPartition(topic, partition.partition());
          consumer.assign(List.of(of));
          consumer.seekToBeginning(List.of(of));
          long end = consumer.endOffsets(List.of(of)).get(of);
          while (consumer.position(of) < end) {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> all.add(of(record)));
          }
        }
      }
    }
    return all;
  }

  private static Published of(ConsumerRecord<String, String> record) {
    return new Published(
        record.topic(),
        record.partition(),
        record.key(),
        record.timestamp(),
        header(record, Topics.SEGMENT),
        Long.parseLong(header(record, Topics.LINE)),
        String.join(
            " ",
            header(record, Topics.RECEIVED),
            header(record, Topics.MONOTONIC),
            header(record, Topics.CONNECTION),
            header(record, Topics.COUNTER),
            record.value()));
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
