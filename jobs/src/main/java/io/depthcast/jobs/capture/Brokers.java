package io.depthcast.jobs.capture;

import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.source.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
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

  private static final int CONNECT_SECONDS = 10;

  /** The longest message of a segment; snapshots of whole books have megabytes. */
  private static final int MOST_BYTES = 1 << 25;

  private static final int MOST_BATCH_BYTES = 1 << 18;

  /**
   * Reaches the cluster and makes the topics that are not there.
   *
   * @throws ConfigException if no broker answers, or the topics are not there and cannot be made
   */
  static Brokers connect(String addresses) {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                addresses,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                CONNECT_SECONDS * 500,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                CONNECT_SECONDS * 1000))) {
      String cluster = admin.describeCluster().clusterId().get(CONNECT_SECONDS, TimeUnit.SECONDS);
      Set<String> there = admin.listTopics().names().get(CONNECT_SECONDS, TimeUnit.SECONDS);
      makeTopics(admin, Topics.ALL.stream().filter(topic -> !there.contains(topic)).toList());
      return new Brokers(
          addresses, cluster, batchBytes(admin, Topics.ALL.stream().filter(there::contains)));
    } catch (KafkaException e) {
      // The client says "Failed to create new KafkaAdminClient" and keeps the reason.
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new ConfigException("--kafka " + addresses + ": " + reason.getMessage(), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RetriableException
          ? noAnswer(addresses, e)
          : new ConfigException("--kafka " + addresses + ": " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw noAnswer(addresses, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while connecting to Kafka", e);
    }
  }

  private static ConfigException noAnswer(String addresses, Exception e) {
    return new ConfigException(
        "--kafka "
            + addresses
            + ": no broker answers within "
            + CONNECT_SECONDS
            + " s; check the address, or capture without --kafka and publish later",
        e);
  }

  private static void makeTopics(Admin admin, List<String> topics)
      throws InterruptedException, TimeoutException {
    Map<String, String> settings =
        Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MOST_BYTES));
    for (String name : topics) {
      NewTopic topic = new NewTopic(name, Optional.empty(), Optional.empty()).configs(settings);
      try {
        admin.createTopics(List.of(topic)).all().get(CONNECT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new ConfigException(
              "--kafka: topic "
                  + name
                  + " is not there and cannot be made ("
                  + e.getCause().getMessage()
                  + "); make it, with max.message.bytes="
                  + MOST_BYTES,
              e);
        }
      }
    }
  }

  /** A batch above the topic's limit is only cut into batches of the set size: that must fit. */
  private static int batchBytes(Admin admin, Stream<String> topics)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<ConfigResource> resources =
        topics.map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    int least = MOST_BATCH_BYTES;
    for (Config config :
        admin.describeConfigs(resources).all().get(CONNECT_SECONDS, TimeUnit.SECONDS).values()) {
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
