package io.depthcast.jobs.capture;

import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.source.ClusterAdmin;
import io.depthcast.jobs.source.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The Kafka cluster that a capture publishes to.
 *
 * @param addresses {@code host:port}, comma separated
 * @param cluster the cluster's own id
 * @param batchBytes what is sent to a partition at once
 */
record Brokers(String addresses, String cluster, int batchBytes) {

  /** The longest message of a segment; snapshots of whole books have megabytes. */
  private static final int MOST_BYTES = 1 << 25;

  private static final int MOST_BATCH_BYTES = 1 << 18;

  /**
   * Reaches the cluster and makes the topics that are not there.
   *
   * @throws ConfigException if no broker answers, or the topics are not there and cannot be made
   */
  static Brokers connect(String addresses) {
    try (ClusterAdmin cluster = new ClusterAdmin("--kafka " + addresses, addresses)) {
      String id = cluster.answer(cluster.admin().describeCluster().clusterId());
      Set<String> there = cluster.answer(cluster.admin().listTopics().names());
      makeTopics(cluster, Topics.ALL.stream().filter(topic -> !there.contains(topic)).toList());
      return new Brokers(
          addresses, id, batchBytes(cluster, Topics.ALL.stream().filter(there::contains)));
    }
  }

  private static void makeTopics(ClusterAdmin cluster, List<String> names) {
    Map<String, String> settings =
        Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MOST_BYTES));
    for (String name : names) {
      NewTopic topic = new NewTopic(name, Optional.empty(), Optional.empty()).configs(settings);
      try {
        cluster.answer(cluster.admin().createTopics(List.of(topic)).all());
      } catch (ConfigException e) {
        if (e.getCause().getCause() instanceof TopicExistsException) {
          // Another capture has made it meanwhile.
          continue;
        }
        throw new ConfigException(
            e.getMessage()
                + "; make the topic "
                + name
                + " yourself, with max.message.bytes="
                + MOST_BYTES,
            e);
      }
    }
  }

  /** A batch above the topic's limit is only cut into batches of the set size: that must fit. */
  private static int batchBytes(ClusterAdmin cluster, Stream<String> topics) {
    List<ConfigResource> resources =
        topics.map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    int least = MOST_BATCH_BYTES;
    for (Config config :
        cluster.answer(cluster.admin().describeConfigs(resources).all()).values()) {
      String limit = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
      least = Math.min(least, Integer.parseInt(limit));
    }
    return least;
  }

  /** A producer that keeps the order of each key and repeats nothing, however long it takes. */
  Producer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, addresses);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "depthcast-capture");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // What is given up is published later, behind its successors; so nothing is given up.
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, batchBytes);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 26);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
