package io.depthcast.jobs.capture;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Time;
import scala.Option;

/** A Kafka cluster of one broker in this process, on free ports; it can be stopped and go on. */
final class LocalBroker implements AutoCloseable {

  private static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk";

  private final Path folder;
  private final int port;
  private final int controllerPort;
  private KafkaRaftServer server;

  /** Starts; topics have three partitions. */
  LocalBroker() throws IOException {
    folder = Files.createTempDirectory("broker");
    port = freePort();
    controllerPort = freePort();
    Files.writeString(
        folder.resolve("meta.properties"), "version=1\ncluster.id=" + CLUSTER + "\nnode.id=1\n");
    start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  /** Goes on where it was stopped. */
  void start() {
    Properties config = new Properties();
    config.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
            "controller.listener.names", "CONTROLLER",
            "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "log.dirs", folder.toString(),
            "num.partitions", "3",
            "offsets.topic.replication.factor", "1"));
    config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    config.put("controlled.shutdown.enable", "false");
    config.put("auto.create.topics.enable", "false");
    server = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM, Option.empty());
    server.startup();
  }

  String addresses() {
    return "127.0.0.1:" + port;
  }

  /** Makes a topic of one partition. */
  void make(String topic, Map<String, String> topicSettings) throws Exception {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, addresses()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(topicSettings)))
          .all()
          .get();
    }
  }

  /** Deletes the records before an offset in each partition of a topic. */
  void deleteBefore(String topic, int partitions, long offset) throws Exception {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, addresses()))) {
      Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
      for (int partition = 0; partition < partitions; partition++) {
        TopicPartition of = new TopicPartition(topic, partition);
        long end =
            admin.listOffsets(Map.of(of, OffsetSpec.latest())).partitionResult(of).get().offset();
        before.put(of, RecordsToDelete.beforeOffset(Math.min(end, offset)));
      }
      admin.deleteRecords(before).all().get();
    }
  }

  void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  @Override
  public void close() {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
