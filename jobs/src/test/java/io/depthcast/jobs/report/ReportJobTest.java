package io.depthcast.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.features.FeatureSet;
import io.depthcast.features.QueueImbalance;
import io.depthcast.features.Spread;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.report.ReportData.SliceSummary;
import io.depthcast.jobs.report.ReportData.SuspectShare;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class ReportJobTest {

  private static final String LABEL = "mid_move_500ms_after_10ms";
  private static final long OPEN_NS = 1_717_421_400_000_000_000L;
  private static final ReportConfig CONFIG =
      ConfigFile.shipped("report.yaml").as(ReportConfig.class);
  private static final Provenance PROVENANCE =
      new Provenance("report-1", "report", "0.1.0", "c0ffee", 0, Map.of());

  /** Best bid and ask of GAMA's rows: mids 10.1, 10.1, 10.2, none, 10.2; spreads .2 .4 .2 - .2. */
  private static final Double[][] BOOK = {
    {10.0, 10.2}, {9.9, 10.3}, {10.1, 10.3}, {10.1, null}, {10.1, 10.3}
  };

  @TempDir private static Path folder;

  private static SparkSession spark;
  private static Lake full;
  private static Lake ingestedOnly;

  @BeforeAll
  static void start(SparkSession session) throws IOException {
    spark = session;
    full = Lake.open(spark, folder.resolve("full").toString(), "{}");
    ingest(full);
    addFeatures(full);
    addForecastsAndBacktest(full);
    ingestedOnly = Lake.open(spark, folder.resolve("ingested").toString(), "{}");
    copy("silver");
    copy("ops/runs");
  }

  /** Copies tables of the full lake. */
  private static void copy(String tables) throws IOException {
    Path source = Path.of(full.path(tables));
    Path target = Path.of(ingestedOnly.path(tables));
    Files.createDirectories(target.getParent());
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file)));
      }
    }
  }

  private static Row keyed(long seq, Object... values) {
    List<Object> row = new ArrayList<>(List.of("test", "GAMA", Date.valueOf("2024-06-03"), seq));
    row.addAll(Arrays.asList(values));
    return RowFactory.create(row.toArray());
  }

  private static void write(Lake lake, TableSpec table, Row... rows) {
    lake.append(table, spark.createDataFrame(List.of(rows), table.schema()));
  }

  private static Row run(String runId, String job, String startedAt, String in, String out) {
    return RowFactory.create(
        runId, job, startedAt, 1.5, "done", 0, "", "0.1.0", "c0ffee", "", "{}", in, out, "{}", 7L,
        "{}");
  }

  private static void ingest(Lake lake) {
    Row[] book = new Row[BOOK.length];
    Row[] events = new Row[BOOK.length];
    for (int i = 0; i < BOOK.length; i++) {
      Double bid = BOOK[i][0];
      Double ask = BOOK[i][1];
      long ts = OPEN_NS + i * 1_000_000_000L;
      String type = i < 3 ? "add" : "trade";
      book[i] =
          keyed(
              i + 1,
              ts,
              null,
              type,
              "bid",
              bid,
              5.0,
              77L,
              bid,
              5.0,
              ask,
              ask == null ? null : 4.0,
              i == 4);
      events[i] = keyed(i + 1, 1, ts, null, null, type, "bid", 10.0, 5.0, 77L);
    }
    write(lake, Tables.book(1), book);
    write(lake, Tables.EVENTS, events);
    // Rows 2 to 3 by one cause, 3 to 4 by another: row 3 counts once.
    Row halt =
        RowFactory.create(
            "test", "GAMA", Date.valueOf("2024-06-03"), 3L, 4L, OPEN_NS, OPEN_NS, "halt", "");
    Row gap =
        RowFactory.create(
            "test",
            "GAMA",
            Date.valueOf("2024-06-03"),
            2L,
            3L,
            OPEN_NS,
            OPEN_NS,
            "rejected_rows",
            "");
    write(lake, Tables.SUSPECT_WINDOWS, halt, gap);
    write(
        lake,
        Tables.REJECTED,
        RowFactory.create("test", "GAMA", Date.valueOf("2024-06-03"), "m.csv", 9L, "text", "x,y"));
  }

  /** Feature x is 1, 2, 3, 4, null; feature y is 2, 4, 6, 9, 7. */
  private static void addFeatures(Lake lake) {
    FeatureSet set = new FeatureSet(List.of(new QueueImbalance(1), new Spread()));
    Double[] x = {1.0, 2.0, 3.0, 4.0, null};
    double[] y = {2, 4, 6, 9, 7};
    TableSpec table = Tables.features("core", set);
    int others = table.columns().size() - 8;
    Row[] rows = new Row[x.length];
    for (int i = 0; i < rows.length; i++) {
      List<Object> values = new ArrayList<>(Arrays.asList(OPEN_NS + i, "set", x[i], y[i]));
      for (int extra = 0; extra < others; extra++) {
        values.add(null);
      }
      rows[i] = keyed(i + 1, values.toArray());
    }
    write(lake, table, rows);
  }

  private static Row metric(String subject, String metric, Double value, Double low, Double high) {
    return RowFactory.create(subject, "plan1", -1, "*", LABEL, metric, value, low, high, 45L);
  }

  private static Row trial(String id, String kind, String plan, String subject, String runId) {
    return RowFactory.create(id, kind, plan, subject, -1, LABEL, "c0ffee", runId);
  }

  private static void addForecastsAndBacktest(Lake lake) {
    List<Row> metrics = new ArrayList<>();
    for (String model : List.of("majority", "persistence", "logistic", "xgboost")) {
      double score =
          Map.of("majority", 0.6, "persistence", 0.3, "logistic", 0.4, "xgboost", 0.5).get(model);
      metrics.add(metric(model, "macro_f1", score, score - 0.1, score + 0.1));
      metrics.add(metric(model, "macro_f1_minus_persistence", score - 0.3, 0.1, 0.3));
      metrics.add(metric(model, "macro_f1_minus_majority", score - 0.6, -0.2, 0.01));
      int cell = 1;
      for (String truth : List.of("down", "flat", "up")) {
        for (String forecast : List.of("down", "flat", "up")) {
          metrics.add(
              metric(model, "confusion_" + truth + "_" + forecast, (double) cell++, null, null));
        }
      }
    }
    Map.ofEntries(
            Map.entry("gross_pnl", 10.0),
            Map.entry("net_pnl", 4.0),
            Map.entry("cost_fee", 1.0),
            Map.entry("cost_spread", 2.0),
            Map.entry("cost_slippage", 0.5),
            Map.entry("cost_impact", 2.5),
            Map.entry("turnover", 2000.0),
            Map.entry("fills", 2.0),
            Map.entry("win_rate", 1.0),
            Map.entry("max_drawdown", 3.0),
            Map.entry("days", 1.0))
        .forEach((name, value) -> metrics.add(metric("bt1", name, value, null, null)));
    metrics.add(metric("bt1", "profit_factor", null, null, null));
    metrics.add(metric("bt1", "sharpe", null, null, null));
    write(lake, Tables.METRICS, metrics.toArray(Row[]::new));
    write(lake, Tables.FILLS, fill(1, "buy", 3.0), fill(2, "sell", 3.0));
    write(
        lake,
        Tables.POSITIONS,
        keyed(1, "bt1", OPEN_NS + 1, 1.0, -10.0, 10.0, -3.0, 0.0),
        keyed(2, "bt1", OPEN_NS + 2, 0.0, 4.0, 10.0, 4.0, 10.0),
        keyed(2, "other", OPEN_NS + 3, 0.0, 99.0, 10.0, 99.0, 99.0));
    write(
        lake,
        Tables.TRIALS,
        trial("f0", "fit", "plan0", "xgboost", "train-20240603T200100.000-a"),
        trial("f1", "fit", "plan1", "xgboost", "train-20240603T200200.000-a"),
        trial("f1", "fit", "plan1", "xgboost", "train-20240603T200300.000-a"),
        trial("b0", "backtest", "plan0", "bt0", "backtest-20240603T200500.000-a"),
        trial("b1", "backtest", "plan1", "bt1", "backtest-20240603T200400.000-a"));
    write(
        lake,
        Tables.RUNS,
        run(
            "ingest-lobster-20240603T200000.000-a",
            "ingest lobster",
            "2024-06-03T20:00:00Z",
            "{}",
            "{}"),
        run(
            "train-20240603T200300.000-a",
            "train",
            "2024-06-03T20:03:00Z",
            "{\"gold.labels\":4}",
            "{}"),
        run(
            "backtest-20240603T200400.000-a",
            "backtest",
            "2024-06-03T20:04:00Z",
            "{\"gold.predictions\":2,\"silver.book\":3}",
            "{}"));
  }

  private static Row fill(long seq, String side, double costs) {
    return keyed(
        seq, "bt1", side, 1.0, 10.0, 10.0, OPEN_NS, OPEN_NS, null, costs - 1, 0.5, 0.25, 0.25, 2.0);
  }

  private static String page(String message) throws IOException {
    assertThat(message).startsWith("report at /").endsWith("/report.html");
    return Files.readString(Path.of(message.substring("report at ".length())));
  }

  private static String text(String html) {
    return html.substring(html.indexOf("<main>"))
        .replaceAll("<[^>]+>", " ")
        .replaceAll("\\s+", " ");
  }

  @Test
  void saysWhichJobToRunWhereOnlyIngestHasRun() throws IOException {
    String text = text(page(ReportJob.run(ingestedOnly, Arguments.all(), CONFIG, PROVENANCE)));

    assertThat(text)
        .contains("run the features job")
        .contains("run the train job")
        .contains("run the backtest job")
        .contains("ingest lobster run ingest-lobster-20240603T200000.000-a");
    SliceSummary slice = SliceTables.read(ingestedOnly, Arguments.all()).get(0);
    // Mids 10.1, 10.1, 10.2, none, 10.2: one change beside a known mid.
    assertThat(slice.book().rows()).isEqualTo(5);
    assertThat(slice.book().midChanges()).isEqualTo(1);
    // (.2 + .4 + .2 + .2) / 4
    assertThat(slice.book().meanSpread()).isCloseTo(0.25, within(1e-12));
    assertThat(slice.events())
        .extracting(e -> e.type() + " " + e.count())
        .containsExactly("add 3", "trade 2");
    assertThat(slice.loss().rejectedRows()).isEqualTo(1);
    // Of 5 rows: 2 and 3 by the window that starts first, 4 by the other.
    assertThat(slice.loss().suspect())
        .containsExactly(new SuspectShare("halt", 0.2), new SuspectShare("rejected_rows", 0.4));
  }

  @Test
  void showsTheNewestPlanAndItsNewestBacktest() throws IOException {
    String message = ReportJob.run(full, Arguments.all(), CONFIG, PROVENANCE);

    String text = text(page(message));
    assertThat(text)
        // Majority scores higher, but is no candidate for the best model.
        .contains("The best model, xgboost, scores 0.500: 0.200 more than persistence")
        .contains("forecasts beat persistence but do not beat majority")
        // Truth counts 1+2+3, 4+5+6, 7+8+9 of 45.
        .contains("mid move 500 ms after 10 ms 45 13.33% 33.33% 53.33%")
        .contains("the backtest made 4.00 USD over one day and 2 fills")
        .contains("GAMA 2024-06-03 test 2 10.00 6.00 4.00")
        .contains("one day: no Sharpe")
        .contains("gold.predictions@2 silver.book@3")
        .doesNotContain("does not balance")
        .doesNotContain("confusion_down_down");
    assertThat(Path.of(message.substring("report at ".length())).getParent())
        .isDirectoryContaining("glob:**/macro-f1.png")
        .isDirectoryContaining("glob:**/equity.png")
        .isDirectoryContaining("glob:**/feature-correlation.png");
  }

  @Test
  void correlatesFeaturesOverTheRowsWhereBothAreThere() {
    var correlation =
        FeatureCorrelation.read(full, Arguments.all(), "gold.features_core", 5, 100).orElseThrow();
    var everySecond =
        FeatureCorrelation.read(full, Arguments.all(), "gold.features_core", 5, 3).orElseThrow();

    // x 1 2 3 4 and y 2 4 6 9: deviations -1.5 -.5 .5 1.5 and -3.25 -1.25 .75 3.75;
    // 11.5 / sqrt(5 * 26.75)
    assertThat(correlation.matrix().get(0).get(1))
        .isCloseTo(11.5 / Math.sqrt(5 * 26.75), within(1e-12));
    assertThat(correlation.matrix().get(1).get(0)).isEqualTo(correlation.matrix().get(0).get(1));
    assertThat(correlation.everyRows()).isEqualTo(1);
    // Rows 2 and 4 only.
    assertThat(everySecond.everyRows()).isEqualTo(2);
    assertThat(everySecond.matrix().get(0).get(1)).isCloseTo(1, within(1e-12));
  }

  @Test
  void refusesAPlanThatWasNeverFitted() {
    ReportConfig unknown =
        new ReportConfig("Title", "USD", "core", "nope", ReportConfig.NEWEST, 1000);

    assertThatThrownBy(() -> ReportJob.run(ingestedOnly, Arguments.all(), unknown, PROVENANCE))
        .isInstanceOf(ConfigException.class)
        .hasMessage("planId: no plan 'nope' in ops.trials; give newest or a plan_id");
  }

  @Test
  void refusesSlicesThatAreNotThere() {
    assertThatThrownBy(
            () ->
                ReportJob.run(
                    ingestedOnly,
                    new Arguments("", List.of("NONE"), null, null),
                    CONFIG,
                    PROVENANCE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("silver.book has no slice");
  }
}
