package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Depthcast;
import io.depthcast.jobs.source.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publishes captures to a broker of this process and reads the topics back. */
@Timeout(120)
class PublisherTest {

  /** Brokers take seconds to stop and to start; the venue is silent meanwhile. */
  private static final Timing PATIENT =
      new Timing(
          new Timing.Patience(10_000, 60_000, 60_000),
          3_600_000,
          RunningCapture.QUICK.overlap(),
          RunningCapture.QUICK.retry(),
          3_600_000);

  @TempDir Path folder;

  private RunningCapture capture(LocalVenue venue, LocalBroker broker) {
    return new RunningCapture(
        folder,
        RunningCapture.binance(venue, "ABC", PATIENT),
        new Journal.Rotation(20, 1, 1L << 30),
        Brokers.connect(broker.addresses()));
  }

  /** Lines of all closed segments, by segment and number. */
  private Map<String, String> stored() throws IOException {
    Map<String, String> stored = new TreeMap<>();
    for (Path segment : CapturedLines.segments(folder)) {
      try (ZstdInputStream in = new ZstdInputStream(Files.newInputStream(segment))) {
        int lineNo = 0;
        for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
          lineNo++;
          stored.put(segment.getFileName() + " " + lineNo, line);
        }
      }
    }
    return stored;
  }

  private static String place(Published record) {
    return record.segment() + " " + record.lineNo();
  }

  private static Map<String, String> published(List<Published> records) {
    Map<String, String> lines = new TreeMap<>();
    records.forEach(record -> lines.put(place(record), record.line()));
    return lines;
  }

  /** Each key has one partition, where its records are in the order of the segments. */
  private static void assertOrderOfKeys(List<Published> records) {
    Map<String, List<Published>> byKey = new TreeMap<>();
    for (Published record : records) {
      byKey.computeIfAbsent(record.topic() + record.key(), k -> new ArrayList<>()).add(record);
    }
    byKey.forEach(
        (key, of) -> {
          assertThat(of).extracting(Published::partition).containsOnly(of.get(0).partition());
          assertThat(of)
              .as(key)
              .isSortedAccordingTo(
                  Comparator.comparing(Published::segment).thenComparing(Published::lineNo));
        });
  }

  @Test
  void topicsHoldWhatTheSegmentsHold() throws Exception {
    VenueText text = VenueText.madeUp(2_500, 1);
    try (LocalBroker broker = new LocalBroker();
        LocalVenue venue = new LocalVenue(text)) {
      try (RunningCapture capture = capture(venue, broker)) {
        venue.awaitConnection();
        venue.play(text.messages(), 500, Map.of());
        RunningCapture.await("all messages", () -> capture.counts().messages.sum() == 2_501);
        assertThat(capture.stop())
            .isEqualTo(
                "2,501 messages, 0 gaps, 0 reconnects, 1 snapshots, 2,501 published, 0 behind");
      }
      List<Published> records = Published.all(broker);
      assertThat(CapturedLines.segments(folder)).hasSizeGreaterThan(1);
      assertThat(records).hasSize(2_501);
      assertThat(published(records)).isEqualTo(stored());
      assertOrderOfKeys(records);
      for (Published record : records) {
        assertThat(record.key()).isEqualTo("binance_spot|ABC");
        assertThat(record.topic())
            .isEqualTo(record.line().contains("@trade\"") ? Topics.TRADES : Topics.BOOKS);
        assertThat(record.timeMs())
            .isEqualTo(
                Long.parseLong(record.line().substring(0, record.line().indexOf(' '))) / 1_000_000);
      }
      Path last = CapturedLines.segments(folder).get(CapturedLines.segments(folder).size() - 1);
      assertThat(CapturedLines.manifest(last).topics().refused()).isZero();
    }
  }

  @Test
  void aBrokerThatIsAwayKeepsNobodyWaitingAndMissesNothing() throws Exception {
    VenueText text = VenueText.madeUp(6_000, 2);
    try (LocalBroker broker = new LocalBroker();
        LocalVenue venue = new LocalVenue(text)) {
      try (RunningCapture capture = capture(venue, broker)) {
        venue.awaitConnection();
        venue.play(text.messages().subList(0, 1_000), 500, Map.of());
        broker.stop();
        venue.play(text.messages().subList(1_000, 5_000), 500, Map.of());
        RunningCapture.await("all messages", () -> capture.counts().messages.sum() == 5_001);
        // While the broker is away: all is stored, and the manifests say what is not published.
        List<Path> segments = CapturedLines.segments(folder);
        assertThat(CapturedLines.manifest(segments.get(segments.size() - 1)).topics().behind())
            .isPositive();
        broker.start();
        venue.play(text.messages().subList(5_000, 6_000), 500, Map.of());
        RunningCapture.await("all messages", () -> capture.counts().messages.sum() == 6_001);
        assertThat(capture.stop())
            .isEqualTo(
                "6,001 messages, 0 gaps, 0 reconnects, 1 snapshots, 6,001 published, 0 behind");
      }
      List<Published> records = Published.all(broker);
      assertThat(published(records)).isEqualTo(stored());
      assertThat(records).as("none twice").hasSize(6_001);
      assertOrderOfKeys(records);
    }
  }

  @Test
  void theNextRunPublishesWhatTheLastCouldNot() throws Exception {
    VenueText text = VenueText.madeUp(3_000, 3);
    try (LocalBroker broker = new LocalBroker();
        LocalVenue venue = new LocalVenue(text)) {
      try (RunningCapture capture = capture(venue, broker)) {
        venue.awaitConnection();
        venue.play(text.messages().subList(0, 1_000), 500, Map.of());
        RunningCapture.await("all messages", () -> capture.counts().messages.sum() == 1_001);
        assertThat(capture.stop()).endsWith(", 1,001 published, 0 behind");
      }
      // Not published while it is captured.
      try (RunningCapture capture =
          new RunningCapture(
              folder,
              RunningCapture.binance(venue, "ABC", RunningCapture.QUICK),
              RunningCapture.ROTATION)) {
        RunningCapture.await("a connection", () -> venue.open() == 1);
        venue.play(text.messages().subList(1_000, 2_000), 500, Map.of());
        RunningCapture.await("all messages", () -> capture.counts().messages.sum() == 1_001);
        assertThat(capture.stop()).endsWith("1 snapshots");
      }
      try (RunningCapture capture = capture(venue, broker)) {
        RunningCapture.await("a connection", () -> venue.open() == 1);
        venue.play(text.messages().subList(2_000, 3_000), 500, Map.of());
        RunningCapture.await("all messages", () -> capture.counts().messages.sum() == 1_001);
        assertThat(capture.stop()).endsWith(", 2,002 published, 0 behind");
      }
      List<Published> records = Published.all(broker);
      assertThat(published(records)).isEqualTo(stored());
      assertThat(records).as("none twice").hasSize(3_003);
      assertOrderOfKeys(records);
    }
  }

  /** The note of a killed run is older than what the brokers took. */
  @Test
  void anOldNoteRepeatsMessagesAndLosesNone() throws Exception {
    VenueText text = VenueText.madeUp(500, 4);
    try (LocalBroker broker = new LocalBroker();
        LocalVenue venue = new LocalVenue(text)) {
      try (RunningCapture capture = capture(venue, broker)) {
        venue.awaitConnection();
        venue.play(text.messages(), 500, Map.of());
        RunningCapture.await("all messages", () -> capture.counts().messages.sum() == 501);
        capture.stop();
      }
      Path segment = CapturedLines.segments(folder).get(0);
      new PublishedUpTo(segment.getFileName().toString(), 1, 100)
          .write(folder, Brokers.connect(broker.addresses()).cluster());
      try (RunningCapture capture = capture(venue, broker)) {
        assertThat(capture.stop()).endsWith(", 401 published, 0 behind");
      }
      List<Published> records = Published.all(broker);
      assertThat(records).hasSize(501 + 401);
      assertThat(published(records)).isEqualTo(stored());
    }
  }

  @Test
  void aFolderThatWasEmptiedIsPublishedFromItsNewBeginning() throws IOException {
    PublishedUpTo noted = new PublishedUpTo("binance_spot_00000012_20240808T120000Z.zst", 12, 5);
    noted.write(folder, "c");
    assertThat(PublishedUpTo.read(folder, "c")).isEqualTo(PublishedUpTo.NOTHING);
    Files.createFile(folder.resolve("binance_spot_00000013_20240808T130000Z.zst"));
    assertThat(PublishedUpTo.read(folder, "c")).isEqualTo(noted);
    assertThat(PublishedUpTo.read(folder, "other")).isEqualTo(PublishedUpTo.NOTHING);
    Files.createFile(folder.resolve("binance_spot_00000012_20240909T120000Z.zst"));
    assertThat(PublishedUpTo.read(folder, "c")).isEqualTo(PublishedUpTo.NOTHING);
  }

  /** A topic that was there before, with room for 20 kB a message; 60 kB of noise come. */
  @Test
  void aMessageThatIsTooLargeIsCountedAndTheOthersFollow() throws Exception {
    VenueText text = VenueText.madeUp(300, 5);
    List<String> messages = new ArrayList<>(text.messages());
    StringBuilder noise = new StringBuilder();
    new java.util.Random(1).ints(60_000, 'a', 'z').forEach(c -> noise.append((char) c));
    messages.add(150, "{\"stream\":\"abc@bookTicker\",\"noise\":\"" + noise + "\"}");
    try (LocalBroker broker = new LocalBroker();
        LocalVenue venue = new LocalVenue(text)) {
      broker.make(Topics.BOOKS, Map.of("max.message.bytes", "20000"));
      try (RunningCapture capture = capture(venue, broker)) {
        venue.awaitConnection();
        venue.play(messages, 1_000, Map.of());
        RunningCapture.await("all messages", () -> capture.counts().messages.sum() == 302);
        assertThat(capture.stop()).endsWith(", 301 published, 0 behind, 1 refused by the brokers");
      }
      Map<String, String> missing = stored();
      missing.keySet().removeAll(published(Published.all(broker)).keySet());
      assertThat(missing.values()).singleElement().asString().contains(noise);
    }
  }

  @Test
  void noBrokerAtTheStartIsOneLine() {
    assertThatThrownBy(() -> Brokers.connect("127.0.0.1:1"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("--kafka 127.0.0.1:1: no broker answers within 10 s; check the address");
    assertThatThrownBy(() -> Brokers.connect("nonsense"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("--kafka nonsense: Invalid url in bootstrap.servers: nonsense");
  }

  @Test
  void withoutKafkaNoneOfItsClassesIsLoaded() throws Exception {
    VenueText text = VenueText.madeUp(10, 6);
    Path errors = folder.resolve("errors");
    try (LocalVenue venue = new LocalVenue(text)) {
      Process process =
          CaptureProcess.start(
              List.of("env", "JDK_JAVA_OPTIONS=-Xlog:class+load:file=" + folder.resolve("classes")),
              Depthcast.class,
              errors,
              "capture",
              "--venue",
              "binance",
              "--symbols",
              "abc",
              "--out",
              folder.resolve("out").toString(),
              "--url",
              venue.url(),
              "--rest-url",
              venue.restUrl());
      venue.awaitConnection();
      venue.play(text.messages(), 1_000, Map.of());
      process.toHandle().destroy();
      assertThat(process.waitFor()).isZero();
    }
    List<String> loaded = Files.readAllLines(folder.resolve("classes"));
    assertThat(loaded).anyMatch(line -> line.contains(Collector.class.getName()));
    assertThat(loaded).noneMatch(line -> line.contains("org.apache.kafka"));
  }

  private static Subject binance(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return new BinanceVenue(BinanceMarket.SPOT, "", "", List.of("ABC"), RunningCapture.QUICK)
        .subject(bytes, 0, bytes.length);
  }

  private static Subject coinbase(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return CoinbaseSubject.of(bytes, 0, bytes.length);
  }

  @Test
  void tellsWhatAMessageIsAbout() {
    assertThat(binance("{\"stream\":\"btcusdt@depth@100ms\",\"data\":{}}"))
        .isEqualTo(new Subject(false, "BTCUSDT"));
    assertThat(binance("{\"stream\":\"btcusdt@aggTrade\",\"data\":{}}"))
        .isEqualTo(new Subject(true, "BTCUSDT"));
    for (String none : List.of("", "{\"stre", "{\"stream\":\"abc", "{\"error\":{\"code\":2}}")) {
      assertThat(binance(none)).as(none).isEqualTo(Subject.NONE);
    }
    assertThat(
            coinbase(
                "{\"channel\":\"l2_data\",\"client_id\":\"\",\"sequence_num\":0,\"events\":[{"
                    + "\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"updates\":[{\"side\":"))
        .isEqualTo(new Subject(false, "BTC-USD"));
    assertThat(
            coinbase(
                "{\"channel\":\"market_trades\",\"events\":[{\"type\":\"update\",\"trades\":[{"
                    + "\"trade_id\":\"1\",\"product_id\":\"ETH-USD\"}]}]}"))
        .isEqualTo(new Subject(true, "ETH-USD"));
    assertThat(
            coinbase(
                "{\"events\":[{\"product_id\":\"BTC-USD\",\"type\":\"update\"}],\"channel\":\"l2_data\"}"))
        .isEqualTo(new Subject(false, "BTC-USD"));
    assertThat(
            coinbase(
                "{\"channel\":\"heartbeats\",\"events\":[{\"current_time\":\"x\",\"heartbeat_counter\":1}]}"))
        .isEqualTo(Subject.NONE);
    assertThat(coinbase("{\"type\":\"match\",\"trade_id\":1,\"product_id\":\"BTC-USD\"}"))
        .isEqualTo(new Subject(true, "BTC-USD"));
    assertThat(
            coinbase(
                "{\"type\":\"l2update\",\"changes\":[[\"buy\",\"1\",\"2\"]],\"product_id\":\"BTC-USD\"}"))
        .isEqualTo(new Subject(false, "BTC-USD"));
    assertThat(coinbase("nonsense")).isEqualTo(Subject.NONE);
  }
}
