package io.depthcast.jobs.quality;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.binance.BinanceDepth;
import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.ingest.BinanceIngestConfig;
import io.depthcast.jobs.ingest.BinanceIngestJob;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class QualityJobTest {

  /** 2024-06-03 13:30:00 UTC. */
  private static final long OPEN = 1_717_421_400_000_000_000L;

  private static final long MS = 1_000_000;
  private static final QualityConfig CONFIG = new QualityConfig("Quality", 10, 5);

  @TempDir private static Path folder;

  private static SparkSession spark;
  private static Lake small;

  @BeforeAll
  static void start(SparkSession session) {
    spark = session;
    small = smallLake();
  }

  /** Milliseconds after the open of each row, and how late its message came. */
  private static final long[] TIMES = {0, 500, 1000, 1250, 3000, 5000};

  private static final long[] LATE = {0, 3, 5, -1, 7, 2};

  /**
   * ABC has rows 2, 3 and 6 of 6 in suspect windows: 2 and 3 by one cause whose windows overlap, 3
   * by another, 6 by a third. Message 3 has a change that is 100 ms older than the other. XYZ has
   * one row and no receive times.
   */
  private static Lake smallLake() {
    Lake lake = Lake.open(spark, folder.resolve("lake").toString(), "{}");
    List<Row> book = new ArrayList<>();
    List<Row> events = new ArrayList<>();
    for (int i = 0; i < TIMES.length; i++) {
      long seq = i + 1L;
      long ts = OPEN + TIMES[i] * MS;
      long recv = ts + LATE[i] * MS;
      boolean suspect = seq == 2 || seq == 3 || seq == 6;
      String type = seq == 1 ? "snapshot" : "add";
      book.add(
          keyed("ABC", seq, ts, recv, type, "bid", 10.0, 1.0, null, 10.0, 1.0, 11.0, 1.0, suspect));
      // A snapshot's time of receipt says nothing of messages: ten seconds.
      long seen = seq == 1 ? recv + 10_000 * MS : recv;
      if (seq == 3) {
        events.add(keyed("ABC", seq, 1, ts - 100 * MS, seen, null, type, "bid", 9.0, 1.0, null));
        events.add(keyed("ABC", seq, 2, ts, seen, null, type, "bid", 10.0, 1.0, null));
      } else {
        events.add(keyed("ABC", seq, 1, ts, seen, null, type, "bid", 10.0, 1.0, null));
      }
    }
    book.add(
        keyed("XYZ", 1L, OPEN, null, "add", "bid", 10.0, 1.0, null, 10.0, 1.0, 11.0, 1.0, false));
    events.add(keyed("XYZ", 1L, 1, OPEN, null, null, "add", "bid", 10.0, 1.0, null));
    write(lake, Tables.book(1), book);
    write(lake, Tables.EVENTS, events);
    write(
        lake,
        Tables.SUSPECT_WINDOWS,
        List.of(
            window(2, 3, "sequence_gap"),
            window(3, 3, "sequence_gap"),
            window(3, 3, "crossed_book"),
            window(6, 6, "silence")));
    write(
        lake,
        Tables.TRADES,
        List.of(
            keyed("ABC", 4L, OPEN, null, 10.0, 1.0, "buy"),
            keyed("ABC", 5L, OPEN, null, 10.0, 1.0, "sell")));
    write(lake, Tables.REJECTED, List.of(sliced("ABC", "m.txt", 9L, "text", "x")));
    return lake;
  }

  private static Row window(int first, int last, String cause) {
    return sliced(
        "ABC",
        (long) first,
        (long) last,
        OPEN + TIMES[first - 1] * MS,
        OPEN + TIMES[last - 1] * MS,
        cause,
        "seen");
  }

  private static Row keyed(String symbol, Object... values) {
    return sliced(symbol, values);
  }

  private static Row sliced(String symbol, Object... values) {
    List<Object> row = new ArrayList<>(List.of("test", symbol, Date.valueOf("2024-06-03")));
    row.addAll(Arrays.asList(values));
    return RowFactory.create(row.toArray());
  }

  private static void write(Lake lake, TableSpec table, List<Row> rows) {
    lake.append(table, spark.createDataFrame(rows, table.schema()));
  }

  private static RunOutcome run(Lake lake, QualityConfig config) {
    return RunOutcome.of(spark, QualityJob.JOB, config, lake.root(), Arguments.all());
  }

  @Test
  void printsWhatEachSliceLostToWhichCauseAndHowLateItCame() {
    RunOutcome outcome = run(small, CONFIG).orThrow();
    // Rows hold 500, 500, 250, 1750, 2000 ms and the last none. Lost: 3 of 6 rows, 500 + 250 of
    // 5000 ms. Rate 6 / 5 s; two rows begin in each of the first two seconds. Median gap: the
    // third of 250, 500, 500, 1750, 2000. Latencies -1, 2, 3, 5, 7. Spans of 500 ms have as least
    // latencies, by the ms received: 503: 3, 1249: -1, 3007: 7, 5002: 2; slopes in ms a second
    // -4/.746, 4/2.504, -1/4.499, 8/1.758, 3/3.753, -5/1.995; in order -5.36 -2.51 -.22 .80 1.60
    // 4.55, and between the two in the middle .28855, that is 288.5 ppm.
    assertThat(outcome.out())
        .startsWith(
            "test ABC 2024-06-03",
            "  rows                6, trades 2, rejected lines 1",
            "  span                2024-06-03 13:30:00 to 2024-06-03 13:30:05 UTC, 5.000 s",
            "  lost                50.000% of rows, 15.000% of time",
            "    crossed_book      16.667% of rows, 5.000% of time",
            "    sequence_gap      33.333% of rows, 15.000% of time",
            "    silence           16.667% of rows, 0.000% of time",
            "  rate                1.2 rows/s, busiest second 2 rows",
            "  gap                 median 500.000 ms, 99 % 2,000.000 ms, most 2,000.000 ms",
            "  latency             median 3.000 ms, 99 % 7.000 ms, most 7.000 ms",
            "  clocks              least latency -1.000 ms (offset and shortest way in one), drift"
                + " +288.5 ppm over 4 spans, 1 of 5 below zero",
            "test XYZ 2024-06-03",
            "  rows                1, trades 0, rejected lines 0",
            "  span                2024-06-03 13:30:00 to 2024-06-03 13:30:00 UTC, 0.000 s",
            "  lost                0.000% of rows, n/a of time",
            "  rate                n/a rows/s, busiest second 1 rows",
            "  gap                 n/a",
            "  latency             n/a",
            "  clocks              n/a");
    assertThat(outcome.out().get(19)).startsWith("quality   2 slices, page at ");
    assertThat(outcome.out()).hasSize(20);
  }

  @Test
  void writesAPageWithItsReceiptAndNotesTheRun() throws IOException {
    RunOutcome outcome = run(small, CONFIG).orThrow();
    String page = page(outcome);
    String main = page.substring(page.indexOf("<main>"));
    String text =
        main.replaceAll("(?s)<script>.*?</script>", " ")
            .replaceAll("<[^>]+>", " ")
            .replaceAll("\\s+", " ");
    assertThat(text)
        .contains("ABC 2024-06-03 test all 50.000% 15.000%")
        .contains("ABC 2024-06-03 test sequence_gap 33.333% 15.000%")
        .contains("ABC 2024-06-03 test 5 −1.000 3.000 7.000 7.000 1 +288.5 4")
        .contains("XYZ 2024-06-03 test – – – – – – – –")
        .contains("ABC 2024-06-03 test 1.2 2 500.000 2,000.000 2,000.000")
        .contains("silver.book@1 silver.events@1 silver.rejected@1 silver.suspect_windows@1");
    assertThat(main)
        .contains("id=\"loss_by_cause\"", "id=\"timeline\"", "id=\"latency_over_the_day\"")
        .contains("id=\"update_rate\"")
        // A slice of one moment has no rate.
        .doesNotContain("1.0E9")
        .doesNotContain("src=\"http", "href=\"http");
    Row noted = small.read("ops.runs").orderBy(col("run_id").desc()).first();
    assertThat(text).contains(noted.<String>getAs("run_id"));
    assertThat(noted.<String>getAs("job")).isEqualTo("quality");
    assertThat(noted.<String>getAs("output_versions")).isEqualTo("{}");
  }

  private static String page(RunOutcome outcome) throws IOException {
    String last = outcome.out().get(outcome.out().size() - 1);
    String path = last.replaceAll(".* page at (.*) \\([0-9.]+ s\\)", "$1");
    return Files.readString(Path.of(path));
  }

  /** Windows of 500 ms of ABC with 1, 1, 2, -, -, -, 1, -, -, - and 1 rows: none left out. */
  @Test
  void theCurvesShowSpansWithoutRowsAsNone() {
    Curves curves = LakeQuality.read(small, Arguments.all(), CONFIG).curves();
    assertThat(curves.rates()).hasSize(1);
    var rates = curves.rates().values().iterator().next();
    double of = 1e9 / 500_000_001;
    assertThat(rates)
        .extracting(Curves.Rate::rowsPerSecond)
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
        .containsExactly(2 * of, of, of, 0.0, 0.0, of, 0.0, 0.0, 0.0, of);
    assertThat(curves.latencies()).hasSize(1);
    assertThat(curves.timeline().all()).isEqualTo(3);
    assertThat(curves.timeline().windows())
        .extracting(lost -> lost.cause() + " " + (lost.endNs() - lost.firstNs()) / MS)
        .containsExactly("crossed_book 250", "sequence_gap 750", "silence 0");
  }

  @Test
  void figuresShowTheFirstSlicesOnlyAndSaySo() throws IOException {
    QualityConfig one = new QualityConfig("Quality", 10, 1);
    assertThat(LakeQuality.read(small, Arguments.all(), one).shown()).hasSize(1);
    assertThat(page(run(small, one).orThrow()))
        .contains("<p>2 symbol-days. Figures show the first 1.</p>");
  }

  @Test
  void refusesSlicesThatAreNotThereAndALakeWithoutTables() {
    RunOutcome none =
        RunOutcome.of(
            spark,
            QualityJob.JOB,
            CONFIG,
            small.root(),
            new Arguments("", List.of("NONE"), null, null));
    assertThat(none.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(none.err())
        .containsExactly(
            "depthcast: Table silver.book has no slice for --symbol NONE; check --symbol, --from"
                + " and --to");
    String empty = folder.resolve("empty").toString();
    RunOutcome without = RunOutcome.of(spark, QualityJob.JOB, CONFIG, empty, Arguments.all());
    assertThat(without.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(without.err())
        .containsExactly(
            "depthcast: Table silver.book does not exist in "
                + empty
                + "; run the job that writes it");
  }

  @Test
  void theShippedConfigurationIsRead() {
    QualityConfig shipped = ConfigFile.shipped("quality.yaml").as(QualityConfig.class);
    assertThat(shipped).isEqualTo(new QualityConfig("Data quality", 240, 12));
  }

  /**
   * The captured spot session of ../shared/data, whose receiver runs about 1.3 s behind the venue,
   * against loops over the collected rows.
   */
  @Test
  void theNumbersOfACapturedSessionAreThoseOfPlainLoops() {
    Path data = Path.of(System.getProperty("depthcast.root"), "../shared/data/binance");
    assumeThat(Files.exists(data)).as("%s absent", data).isTrue();
    Lake lake = Lake.open(spark, folder.resolve("captured").toString(), "{}");
    RunOutcome.of(
            spark,
            BinanceIngestJob.JOB,
            new BinanceIngestConfig(
                1,
                BinanceMarket.SPOT,
                List.of("BTCUSDT"),
                BinanceDepth.UPDATES,
                new FeedLimits(0, 1_000, 5_000, 3_600_000, 30_000, 0.5)),
            lake.root(),
            new Arguments(data + "/spot_btcusdt_2024080*.gz", List.of(), null, null))
        .orThrow();
    run(lake, CONFIG).orThrow();

    LakeQuality quality = LakeQuality.read(lake, Arguments.all(), CONFIG);
    assertThat(quality.slices()).hasSize(2);
    long trades = 0;
    for (SliceQuality slice : quality.slices()) {
      String where = "trade_date = '" + slice.slice().tradeDate() + "'";
      List<Row> book =
          lake.read("silver.book")
              .where(where)
              .orderBy("seq")
              .select("ts_event", "suspect")
              .collectAsList();
      requireBook(slice, book);
      List<Row> events =
          lake.read("silver.events")
              .where(where + " AND event_type <> 'snapshot'")
              .select(col("seq"), col("ts_event"), col("ts_recv"))
              .collectAsList();
      requireLatency(slice, events);
      trades += slice.counts().trades();
    }
    assertThat(trades).isEqualTo(19_904);
  }

  private static void requireBook(SliceQuality slice, List<Row> book) {
    int n = book.size();
    long span = book.get(n - 1).getLong(0) - book.get(0).getLong(0);
    long suspects = 0;
    long lost = 0;
    long[] gaps = new long[n - 1];
    Map<Long, Long> seconds = new HashMap<>();
    for (int i = 0; i < n; i++) {
      seconds.merge(book.get(i).getLong(0) / 1_000_000_000, 1L, Long::sum);
      long hold = i + 1 < n ? book.get(i + 1).getLong(0) - book.get(i).getLong(0) : 0;
      if (i + 1 < n) {
        gaps[i] = hold;
      }
      if (book.get(i).getBoolean(1)) {
        suspects++;
        lost += hold;
      }
    }
    assertThat(slice.counts().rows()).isEqualTo(n);
    assertThat(slice.counts().busiestSecond())
        .isEqualTo(seconds.values().stream().mapToLong(Long::longValue).max().orElseThrow());
    assertThat(slice.gaps()).contains(distribution(gaps));
    assertThat(slice.loss().all().rows()).isCloseTo(suspects / (double) n, within(1e-12));
    assertThat(slice.loss().all().time()).isCloseTo(lost / (double) span, within(1e-12));
  }

  private static void requireLatency(SliceQuality slice, List<Row> events) {
    Set<Long> seen = new HashSet<>();
    List<Long> latencies = new ArrayList<>();
    for (Row event : events) {
      // Changes of a Binance message share their time.
      if (seen.add(event.getLong(0))) {
        latencies.add(event.getLong(2) - event.getLong(1));
      }
    }
    Distribution expected = distribution(latencies.stream().mapToLong(l -> l).toArray());
    var latency = slice.latency().orElseThrow();
    assertThat(latency.nanos()).isEqualTo(expected);
    assertThat(latency.negative()).isEqualTo(latencies.stream().filter(l -> l < 0).count());
    assertThat(expected.min() / 1e9).isBetween(-1.5, -1.0);
  }

  /** The quantile is the first of the values in order that has its share of them up to itself. */
  private static Distribution distribution(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return new Distribution(
        n, sorted[0], quantile(sorted, 0.5), quantile(sorted, 0.99), sorted[n - 1]);
  }

  private static long quantile(long[] sorted, double share) {
    int i = 0;
    while ((i + 1) < share * sorted.length - 1e-9) {
      i++;
    }
    return sorted[i];
  }
}
