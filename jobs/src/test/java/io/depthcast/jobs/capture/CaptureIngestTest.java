package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.capture.TrueBook.Best;
import io.depthcast.jobs.source.ClusterAdmin;
import io.depthcast.jobs.source.Topics;
import io.depthcast.jobs.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From a venue on this machine through a capture to the tables, by way of the folder and by way of
 * a broker of this process.
 */
@Timeout(600)
@ExtendWith(SparkTest.class)
class CaptureIngestTest {

  private static final List<String> TABLES =
      List.of(
          "silver.book",
          "silver.events",
          "silver.trades",
          "silver.suspect_windows",
          "silver.rejected");

  @TempDir Path folder;

  private SparkSession spark;
  private LocalBroker broker;

  @BeforeEach
  void use(SparkSession session) throws IOException {
    spark = session;
    broker = new LocalBroker();
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private Path captured() {
    return folder.resolve("captured");
  }

  private String topics() {
    return "kafka://" + broker.addresses();
  }

  private RunOutcome ingest(String format, String lake, String input, String symbol, String... more)
      throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                "ingest",
                format,
                "--lake",
                folder.resolve(lake).toString(),
                "--input",
                input,
                "--symbol",
                symbol));
    line.addAll(List.of(more));
    return RunOutcome.of(line.toArray(String[]::new));
  }

  private Lake lake(String name) {
    return Lake.open(spark, folder.resolve(name).toString(), "{}");
  }

  /** Compared here: for Spark, the plan of each comparison costs more than these few rows. */
  private void assertSameTables(String one, String other) {
    for (String table : TABLES) {
      assertThat(rows(other, table)).as(table).isEqualTo(rows(one, table));
    }
  }

  /** How often there is which row; none where there is no table. */
  private Map<Row, Long> rows(String lake, String table) {
    return lake(lake).has(table)
        ? lake(lake).read(table).collectAsList().stream()
            .collect(Collectors.groupingBy(row -> row, Collectors.counting()))
        : Map.of();
  }

  /**
   * Each update that was sent has one row, or is the last in a snapshot that came before it, and
   * the book of trusted rows is the venue's.
   */
  private void assertIsWhatWasSent(String lake, LocalVenue venue) {
    Dataset<Row> book = lake(lake).read("silver.book");
    Set<Long> sent = new HashSet<>();
    Set<String> trades = new HashSet<>();
    for (String message : venue.clients().stream().flatMap(c -> c.sent.stream()).toList()) {
      boolean whole = message.endsWith("}}");
      if (VenueText.isUpdate(message) && whole) {
        sent.add(VenueText.lastId(message));
      } else if (whole) {
        trades.add(message.replaceAll("\"E\":\\d+", ""));
      }
    }
    List<Row> rows =
        book.where("event_type <> 'trade'")
            .join(lake(lake).read("silver.events").select("seq", "venue_seq").distinct(), "seq")
            .select("event_type", "venue_seq", "suspect", "bid_price_1", "ask_price_1")
            .collectAsList();
    List<Long> updates = numbers(rows, "update");
    assertThat(updates).doesNotHaveDuplicates().isSubsetOf(sent);
    sent.removeAll(updates);
    assertThat(numbers(rows, "snapshot")).containsAll(sent);
    assertThat(lake(lake).read("silver.trades").count()).isEqualTo(trades.size());
    int trusted = 0;
    for (Row row : rows) {
      if (!row.getBoolean(2)) {
        trusted++;
        assertThat(new Best(row.getDouble(3), row.getDouble(4)))
            .isEqualTo(venue.book().best(row.getLong(1)));
      }
    }
    assertThat(trusted).isGreaterThan(updates.size() / 2);
  }

  private static List<Long> numbers(List<Row> rows, String type) {
    return rows.stream()
        .filter(row -> row.getString(0).equals(type))
        .map(row -> row.getLong(1))
        .toList();
  }

  private RunningCapture capture(Path to, Venue feed) {
    return new RunningCapture(
        to, feed, new Journal.Rotation(20, 1, 1L << 30), Brokers.connect(broker.addresses()));
  }

  /** Waits for all that came by WebSocket. */
  private static void awaitAll(RunningCapture capture, long messages) throws InterruptedException {
    RunningCapture.await(
        "all messages",
        () -> capture.counts().messages.sum() - capture.counts().snapshots.sum() >= messages);
  }

  @ParameterizedTest
  @EnumSource(BinanceMarket.class)
  void topicsGiveTheTablesOfTheFolder(BinanceMarket market) throws Exception {
    VenueText text =
        market == BinanceMarket.SPOT
            ? VenueText.madeUp(2_000, 1)
            : VenueText.madeUpFutures(2_000, 1);
    try (LocalVenue venue = new LocalVenue(text)) {
      Venue feed =
          new BinanceVenue(
              market, venue.url(), venue.restUrl(), List.of("ABC"), RunningCapture.QUICK);
      int connections = market == BinanceMarket.USD_M ? 2 : 1;
      try (RunningCapture capture = capture(captured(), feed)) {
        RunningCapture.await("connections", () -> venue.open() == connections);
        venue.play(text.messages().subList(0, 500), 700, Map.of());
        int cut = 0;
        while (!VenueText.isUpdate(text.messages().get(500 + cut))) {
          cut++;
        }
        List<String> rest = text.messages().subList(500, 2_000);
        venue.play(rest, 700, Map.of(cut, LocalVenue.Fault.CUT));
        RunningCapture.await("a new book", () -> capture.counts().snapshots.sum() >= 2);
        awaitAll(capture, 2_000);
        assertThat(capture.stop()).endsWith(" published, 0 behind");
      }
      Path config =
          Files.writeString(
              folder.resolve("config.yaml"),
              Files.readString(
                      Path.of(System.getProperty("depthcast.root"), "configs/ingest-binance.yaml"))
                  .replaceFirst("market: \\w+", "market: " + market.column()));
      String[] more = {"--config", config.toString()};
      ingest("binance", "files", captured().toString(), "ABC", more).orThrow();
      RunOutcome outcome = ingest("binance", "topics", topics(), "ABC", more).orThrow();
      assertThat(outcome.err()).isEmpty();
      assertSameTables("files", "topics");
      assertIsWhatWasSent("topics", venue);
      assertThat(lake("topics").read("silver.rejected").count()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(CoinbaseFeed.class)
  void topicsOfCoinbaseGiveTheTablesOfTheFolder(CoinbaseFeed kind) throws Exception {
    CoinbaseText text = new CoinbaseText(kind, 1);
    try (LocalVenue venue = new LocalVenue(null)) {
      venue.greeting = text.greeting();
      Venue feed =
          new CoinbaseVenue(kind, venue.url(), List.of("BTC-USD"), RunningCapture.QUICK, true);
      try (RunningCapture capture = capture(captured(), feed)) {
        RunningCapture.await("two connections", () -> venue.open() == 2);
        for (int i = 0; i < 600; i++) {
          venue.send(text.next());
          Thread.sleep(1);
        }
        awaitAll(capture, 1_204);
        assertThat(capture.stop())
            .isEqualTo("1,204 messages, 0 gaps, 0 reconnects, 1,204 published, 0 behind");
      }
      ingest("coinbase", "files", captured().toString(), "BTC-USD").orThrow();
      ingest("coinbase", "topics", topics(), "BTC-USD").orThrow();
      assertSameTables("files", "topics");
      Lake lake = lake("topics");
      assertThat(
              lake
                  .read("silver.book")
                  .where("event_type = 'update'")
                  .orderBy("trade_date", "seq")
                  .selectExpr("concat_ws(' ', bid_price_1, ask_price_1)")
                  .collectAsList()
                  .stream()
                  .map(row -> row.getString(0)))
          .isEqualTo(text.best);
      assertThat(lake.read("silver.trades").count()).isEqualTo(text.trades.size());
      assertThat(lake.read("silver.suspect_windows").where("cause <> 'missing_snapshot'").count())
          .isZero();
    }
  }

  /** Two collectors at once, of which one publishes all of its folder twice. */
  @Test
  void whatIsPublishedTwiceHasNoRowTwice() throws Exception {
    VenueText text = VenueText.madeUp(1_500, 2);
    Path second = folder.resolve("second");
    try (LocalVenue venue = new LocalVenue(text)) {
      Venue feed = RunningCapture.binance(venue, "ABC", RunningCapture.QUICK);
      try (RunningCapture one = capture(captured(), feed);
          RunningCapture other = capture(second, feed)) {
        RunningCapture.await("two connections", () -> venue.open() == 2);
        venue.play(text.messages().subList(0, 1_000), 700, Map.of());
        awaitAll(one, 1_000);
        one.stop();
        venue.play(text.messages().subList(1_000, 1_500), 700, Map.of());
        awaitAll(other, 1_500);
        other.stop();
      }
      int published = Published.all(broker).size();
      publishAgain(captured(), feed);
      assertThat(Published.all(broker)).hasSizeGreaterThan(published + 1_000);
      ingest("binance", "topics", topics(), "ABC").orThrow();
      assertIsWhatWasSent("topics", venue);

      // Verified with what has come since: the offsets of the run are read again.
      publishAgain(second, feed);
      Row run = lake("topics").read("ops.runs").first();
      assertThat(run.<String>getAs("inputs"))
          .contains("\"order_book_snapshots-0\":\"offsets 0 to ")
          .contains("\"trades-2\":\"offsets 0 to ");
      RunOutcome verified =
          RunOutcome.of(
              "verify", "--lake", folder.resolve("topics").toString(), run.getAs("run_id"));
      assertThat(verified.out()).last().asString().endsWith(": equal");

      // Days that are not chosen are read, and not written.
      String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
      assertThat(
              ingest("binance", "later", topics(), "ABC", "--from", tomorrow)
                  .orThrow()
                  .out()
                  .get(0))
          .contains(" 0 rows of 0 slices");

      // What is left of a day would replace the whole.
      broker.deleteBefore(Topics.BOOKS, 3, 10);
      RunOutcome cut = ingest("binance", "topics", topics(), "ABC");
      assertThat(cut.exitCode()).isEqualTo(JobMain.CONFIG);
      assertThat(cut.err())
          .singleElement()
          .asString()
          .startsWith("depthcast: --input " + topics() + ": order_book_snapshots-")
          .contains(" begins at offset 10, what came before is deleted");
    }
  }

  private void publishAgain(Path captures, Venue feed) throws Exception {
    for (Path file :
        List.of(captures.toFile().listFiles()).stream().map(f -> f.toPath()).toList()) {
      if (file.getFileName().toString().startsWith(".published-")) {
        Files.delete(file);
      }
    }
    try (RunningCapture again = capture(captures, feed)) {
      assertThat(again.stop()).endsWith(", 0 behind");
    }
  }

  @Test
  void inputsThatAreNoTopicsAreOneLine() throws Exception {
    assertThat(ingest("binance", "lake", topics(), "ABC").err())
        .containsExactly(
            "depthcast: --input "
                + topics()
                + " has no topics order_book_snapshots and trades; capture with --kafka first");
    assertThat(ingest("binance", "lake", "kafka:", "ABC").err())
        .containsExactly("depthcast: --input kafka: is no kafka://host:port[,host:port][/feed]");
    Brokers.connect(broker.addresses());
    try (ClusterAdmin cluster = new ClusterAdmin("test", broker.addresses())) {
      RunningCapture.await(
          "the topics",
          () -> cluster.answer(cluster.admin().listTopics().names()).containsAll(Topics.ALL));
    }
    assertThat(ingest("coinbase", "lake", topics() + "/coinbase_exchange", "ABC").err())
        .containsExactly(
            "depthcast: "
                + topics()
                + "/coinbase_exchange holds no message of coinbase in the range; check the feed"
                + " and --from, --to");
  }
}
