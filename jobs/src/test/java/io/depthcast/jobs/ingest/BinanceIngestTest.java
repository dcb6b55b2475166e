package io.depthcast.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.binance.BinanceDepth;
import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.Lake;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class BinanceIngestTest {

  /** 2024-08-08 23:59:59.000 UTC, in milliseconds. */
  private static final long START = 1_723_161_599_000L;

  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void use(SparkSession session) {
    spark = session;
  }

  /**
   * A snapshot at update 10, an update that bridges it, a trade on the bid, and after midnight, in
   * a file packed otherwise, one more update: two slices, the second begins with the standing book.
   */
  @Test
  void writesADayASliceFromTheFilesOfAFolder() throws IOException {
    Path session = Files.createDirectories(folder.resolve("session"));
    Files.writeString(session.resolve("LICENSE"), "none of ours");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(session.resolve("1.txt.gz")))) {
      out.write(
          text(
              line(
                  0,
                  "{\"lastUpdateId\":10,\"bids\":[[\"100.00\",\"2\"],[\"99.00\",\"1\"]],"
                      + "\"asks\":[[\"101.00\",\"3\"]]}"),
              line(100, update(100, 11, 12, "[[\"100.00\",\"1.5\"]]", "[[\"102.00\",\"4\"]]")),
              line(200, trade(200, 7, "100.00", "0.5", true))));
    }
    try (OutputStream out =
        new ZstdOutputStream(Files.newOutputStream(session.resolve("2.txt.zst")))) {
      out.write(text(line(1500, update(1500, 13, 13, "[[\"100.00\",\"0\"]]", "[]"))));
    }
    Lake lake = ingest(session.toString(), List.of("ABC"));

    assertThat(book(lake))
        .containsExactly(
            "2024-08-08 1 snapshot null 100.0 1.5 101.0 3.0",
            "2024-08-08 2 trade bid 100.0 1.5 101.0 3.0",
            "2024-08-09 1 snapshot null 100.0 1.5 101.0 3.0",
            "2024-08-09 2 update null 99.0 1.0 101.0 3.0");
    assertThat(lake.read("silver.events").where("trade_date = '2024-08-09'").orderBy("seq", "part"))
        .extracting(rows -> rows.select("seq", "part", "event_type", "price").collectAsList())
        .asString()
        .isEqualTo(
            "[[1,1,snapshot,100.0], [1,2,snapshot,99.0], [1,3,snapshot,101.0],"
                + " [1,4,snapshot,102.0], [2,1,delete,100.0]]");
    Row trade = lake.read("silver.trades").first();
    assertThat(trade.<String>getAs("aggressor")).isEqualTo("sell");
    assertThat(trade.<Double>getAs("size")).isEqualTo(0.5);
    assertThat(trade.<Long>getAs("ts_event")).isEqualTo((START + 200) * 1_000_000);
    assertThat(trade.<Long>getAs("ts_recv")).isEqualTo((START + 205) * 1_000_000);
    assertThat(lake.read("silver.suspect_windows").count()).isZero();
  }

  /**
   * Update 13 is lost, which update 14 tells after midnight: all rows since update 12 may have the
   * wrong book, a trade of the day before, the book at midnight and a trade after it.
   */
  @Test
  void rowsWrittenAsSoundBeforeAGapShowsAreSuspectInTheTables() throws IOException {
    Path file = folder.resolve("session.txt");
    Files.write(
        file,
        text(
            line(0, "{\"lastUpdateId\":10,\"bids\":[[\"100\",\"2\"]],\"asks\":[[\"101\",\"3\"]]}"),
            line(100, update(100, 11, 12, "[[\"100\",\"1.5\"]]", "[]")),
            line(200, trade(200, 7, "100", "0.5", true)),
            line(1200, trade(1200, 8, "100", "0.5", true)),
            line(1500, update(1500, 14, 14, "[[\"99\",\"1\"]]", "[]"))));
    Lake lake = ingest(file.toString(), List.of("ABC"));

    assertThat(book(lake))
        .containsExactly(
            "2024-08-08 1 snapshot null 100.0 1.5 101.0 3.0",
            "2024-08-08 2 trade bid 100.0 1.5 101.0 3.0",
            "2024-08-09 1 snapshot null 100.0 1.5 101.0 3.0",
            "2024-08-09 2 trade bid 100.0 1.5 101.0 3.0",
            "2024-08-09 3 update null");
    assertThat(rows(lake.read("silver.book").where("suspect"), "trade_date, seq"))
        .containsExactly("2024-08-08 2", "2024-08-09 1", "2024-08-09 2", "2024-08-09 3");
    assertThat(rows(lake.read("silver.suspect_windows"), "trade_date, seq_first, seq_last, cause"))
        .containsExactly("2024-08-08 2 2 sequence_gap", "2024-08-09 1 3 sequence_gap");
    try (Stream<Path> written = Files.walk(folder.resolve("lake/silver/book"))) {
      assertThat(written.filter(path -> path.toString().endsWith(".parquet"))).hasSize(2);
    }
  }

  @Test
  void keepsRejectedLinesAndWhatTheyMakeSuspect() throws IOException {
    Path file = folder.resolve("session.txt");
    Files.write(
        file,
        text(
            line(0, "{\"lastUpdateId\":10,\"bids\":[[\"100\",\"2\"]],\"asks\":[[\"101\",\"3\"]]}"),
            line(100, update(100, 11, 12, "[[\"100\",\"1\"]]", "[]")),
            line(150, "{\"e\":\"depthUpdate\",\"E\":17231"),
            line(200, trade(200, 7, "100", "1", false))));
    Lake lake = ingest(file.toString(), List.of("ABC"));
    Row rejected = lake.read("silver.rejected").first();
    assertThat(rejected.<String>getAs("source_file")).isEqualTo("session.txt");
    assertThat(rejected.<Long>getAs("line_no")).isEqualTo(3);
    assertThat(lake.read("silver.suspect_windows").select("cause").first().getString(0))
        .isEqualTo("rejected_rows");
    assertThat(lake.read("silver.book").where("suspect").select("seq").first().getLong(0))
        .isEqualTo(2);
  }

  @Test
  void refusesASessionWithoutTheSymbol() throws IOException {
    Path file = folder.resolve("session.txt");
    Files.write(file, text(line(200, trade(200, 7, "100", "1", false))));
    RunOutcome outcome = run(file.toString(), List.of("XYZ"));
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    assertThat(outcome.err())
        .containsExactly(
            "depthcast: binance spot XYZ: no row in 1 lines (of other symbols: 1, of no use with depth"
                + " updates: 0); check symbol, market and depth");
    assertThat(folder.resolve("lake/silver")).doesNotExist();
  }

  @Test
  void refusesAFileThatIsCut() throws IOException {
    Path file = folder.resolve("session.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text(line(200, trade(200, 7, "100", "1", false))));
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 12));
    RunOutcome outcome = run(file.toString(), List.of("ABC"));
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    assertThat(outcome.err()).hasSize(1);
    assertThat(outcome.err().get(0))
        .startsWith("depthcast: session.txt.gz: the file ends in the middle")
        .endsWith("fetch it again");
  }

  @Test
  void refusesToReadNoSymbol() throws IOException {
    Path file = Files.writeString(folder.resolve("session.txt"), "x\n");
    RunOutcome outcome = run(file.toString(), List.of());
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.err())
        .containsExactly(
            "depthcast: No symbol to read; give --symbol or symbols in the configuration");
  }

  /**
   * Counts of ../shared/data/README.md: 6,495 depth updates, 19,904 trades, 745 mids. That is 744
   * changes of the mid from one row to the next and the first mid; both slices together.
   */
  @Test
  void rebuildsTheCapturedSpotSession() {
    Path data = Path.of(System.getProperty("depthcast.root"), "../shared/data/binance");
    assumeThat(Files.exists(data)).as("%s absent", data).isTrue();
    Lake lake = ingest(data + "/spot_btcusdt_2024080*.gz", List.of("BTCUSDT"));
    Dataset<Row> book = lake.read("silver.book");
    assertThat(book.where("event_type = 'update'").count()).isEqualTo(6_495);
    assertThat(lake.read("silver.trades").count()).isEqualTo(19_904);
    assertThat(book.where("bid_price_1 >= ask_price_1").count()).isZero();
    assertThat(
            lake.read("silver.suspect_windows").select("cause").distinct().collectAsList().stream()
                .map(r -> r.getString(0)))
        .containsExactly("missing_snapshot");
    List<Double> mids =
        book
            .where("NOT suspect")
            .orderBy("trade_date", "seq")
            .select(col("bid_price_1").plus(col("ask_price_1")).divide(2))
            .collectAsList()
            .stream()
            .map(r -> r.getDouble(0))
            .toList();
    int changes = 0;
    for (int i = 1; i < mids.size(); i++) {
      changes += mids.get(i).equals(mids.get(i - 1)) ? 0 : 1;
    }
    assertThat(1 + changes).isEqualTo(745);
  }

  private Lake ingest(String input, List<String> symbols) {
    run(input, symbols).orThrow();
    return Lake.open(spark, folder.resolve("lake").toString(), "{}");
  }

  private RunOutcome run(String input, List<String> symbols) {
    BinanceIngestConfig config =
        new BinanceIngestConfig(
            1,
            BinanceMarket.SPOT,
            symbols,
            BinanceDepth.UPDATES,
            new FeedLimits(0, 1_000, 5_000, 3_600_000, 30_000, 0.5));
    return RunOutcome.of(
        spark,
        BinanceIngestJob.JOB,
        config,
        folder.resolve("lake").toString(),
        new Arguments(input, List.of(), null, null));
  }

  private static List<String> book(Lake lake) {
    return rows(
        lake.read("silver.book"),
        "trade_date, seq, event_type, coalesce(side, 'null'), bid_price_1, bid_size_1,"
            + " ask_price_1, ask_size_1");
  }

  /** The values of each row that are not null, in the order of the rows' texts. */
  private static List<String> rows(Dataset<Row> table, String columns) {
    return table
        .selectExpr("concat_ws(' ', " + columns + ") AS text")
        .orderBy("text")
        .collectAsList()
        .stream()
        .map(r -> r.getString(0))
        .toList();
  }

  private static byte[] text(String... lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Received 5 ms after the venue's time. */
  private static String line(long ms, String json) {
    return (START + ms + 5) * 1_000_000 + " " + json;
  }

  private static String update(long ms, long first, long last, String bids, String asks) {
    return "{\"e\":\"depthUpdate\",\"E\":"
        + (START + ms)
        + ",\"s\":\"ABC\",\"U\":"
        + first
        + ",\"u\":"
        + last
        + ",\"b\":"
        + bids
        + ",\"a\":"
        + asks
        + "}";
  }

  private static String trade(long ms, long id, String price, String size, boolean buyerIsMaker) {
    return "{\"e\":\"trade\",\"E\":"
        + (START + ms)
        + ",\"s\":\"ABC\",\"t\":"
        + id
        + ",\"p\":\""
        + price
        + "\",\"q\":\""
        + size
        + "\",\"T\":"
        + (START + ms)
        + ",\"m\":"
        + buyerIsMaker
        + ",\"M\":true}";
  }
}
