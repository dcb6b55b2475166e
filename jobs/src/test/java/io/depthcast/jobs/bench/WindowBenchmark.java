package io.depthcast.jobs.bench;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.bench.DuckDbSpine.Day;
import io.depthcast.jobs.bench.WindowSql.Sums;
import io.depthcast.jobs.features.FeaturesConfig;
import io.depthcast.jobs.features.FeaturesJob;
import io.depthcast.jobs.ingest.IngestConfig;
import io.depthcast.jobs.ingest.IngestJob;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The job {@code features} for windows of 10 to 10,000 events, against the same columns by window
 * functions of DuckDB and of Spark SQL, all from the same {@code silver.book}, in one process and
 * by turns. Prints Markdown.
 *
 * <p>System properties: {@code bench.days}, symbol-days of the comparison; {@code bench.repeats},
 * times each is measured, of which the median counts, Spark SQL once; {@code bench.spark}, false to
 * leave Spark SQL out; {@code bench.jfr}, file for a Flight Recorder recording of the last run of
 * the job with its longest window; {@code depthcast.root}, the checkout.
 */
public final class WindowBenchmark {

  private static final int THREADS = 2;
  private static final int[] WINDOWS = {10, 100, 1_000, 10_000};

  private static final int GROWTH_WINDOW = 100;
  private static final int GROWTH_SHARE = 4;

  /** Spark SQL goes through a frame's rows for every row; more than this takes minutes. */
  private static final long SPARK_ROWS_IN_FRAMES = 300_000_000;

  private static final int SPARK_DAYS = 2;

  private static final String SLICE_ORDER = "PARTITION BY venue, symbol, trade_date ORDER BY seq";

  private final SparkSession spark;
  private final DuckDb duckDb;
  private final BenchmarkInput input;
  private final Path folder;
  private final Path lake;
  private final boolean isSparkMeasured =
      Boolean.parseBoolean(System.getProperty("bench.spark", "true"));
  private final Provenance provenance =
      new Provenance("benchmark", "benchmark", "benchmark", "benchmark", 0, Map.of());

  private WindowBenchmark(SparkSession spark, DuckDb duckDb, BenchmarkInput input, Path folder) {
    this.spark = spark;
    this.duckDb = duckDb;
    this.input = input;
    this.folder = folder;
    lake = folder.resolve("lake");
  }

  public static void main(String[] args) throws Exception {
    Path root = Path.of(System.getProperty("depthcast.root", ""));
    System.setProperty("spark.master", "local[" + THREADS + "]");
    System.setProperty("spark.ui.enabled", "false");
    Path folder = Files.createTempDirectory("depthcast-benchmark-");
    try (SparkSession spark = JobMain.session("benchmark");
        DuckDb duckDb = new DuckDb(THREADS)) {
      BenchmarkInput input = BenchmarkInput.find(root.resolve("../shared/data"));
      new WindowBenchmark(spark, duckDb, input, folder)
          .run(
              Integer.getInteger("bench.days", 8),
              Integer.getInteger("bench.repeats", 3),
              System.getProperty("bench.jfr", ""));
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private void run(int days, int repeats, String recordingFile) throws Exception {
    List<Day> all = input.write(folder.resolve("input"), 2 * days);
    List<Day> written = all.subList(0, days);
    Lake opened = Lake.open(spark, lake.toString(), "{}");
    IngestConfig ingest = ConfigFile.shipped("ingest-lobster.yaml").as(IngestConfig.class);
    Arguments arguments = new Arguments(folder.resolve("input").toString(), List.of(), null, null);
    IngestJob.JOB.body().run(opened, arguments, ingest, provenance);
    FileUtils.deleteDirectory(folder.resolve("input").toFile());
    print(days);
    // Warm-up, not counted.
    ours(opened, config("warm_up", 10), written);
    duckDb(written.subList(0, 1), 10, Sums.RUNNING);

    BenchmarkText.print("");
    BenchmarkText.print(
        "| window | Depthcast, rows/s | DuckDB, running sums | DuckDB, frames | Spark SQL, frames"
            + " (rows) | Depthcast, rows/CPU s | DuckDB, running sums | DuckDB, frames |");
    BenchmarkText.print("|---|---|---|---|---|---|---|---|");
    Map<String, String> differences = new LinkedHashMap<>();
    for (int window : WINDOWS) {
      boolean last = window == WINDOWS[WINDOWS.length - 1];
      measure(opened, written, window, repeats, last ? recordingFile : "", differences);
    }
    BenchmarkText.printDifferences(differences);
    printGrowth(opened, all);
  }

  /** A quarter, a half, all and twice the days. */
  private void printGrowth(Lake opened, List<Day> days) throws Exception {
    BenchmarkText.print("");
    BenchmarkText.print("| symbol-days | rows | rows/s | rows per CPU second |");
    BenchmarkText.print("|---|---|---|---|");
    int unit = Math.max(1, days.size() / (2 * GROWTH_SHARE));
    for (int count = unit; count <= days.size(); count *= 2) {
      FeaturesConfig config = config("growth_" + count, GROWTH_WINDOW);
      Seconds seconds = ours(opened, config, days.subList(0, count));
      long rows = count * input.rows();
      BenchmarkText.print(
          "| %d | %,d | %,.0f | %,.0f |", count, rows, rows / seconds.wall(), rows / seconds.cpu());
    }
  }

  private void print(int days) throws Exception {
    BenchmarkText.print(
        "%s, %d symbol-days of %,d rows, %d columns and a label; %s; Spark %s local[%d], Java %s,"
            + " DuckDB %s with %d threads.",
        input.what(),
        days,
        input.rows(),
        config("columns", 10).features().columns().size(),
        BenchmarkText.machine(),
        spark.version(),
        THREADS,
        Runtime.version(),
        duckDb.version(),
        THREADS);
  }

  private void measure(
      Lake opened,
      List<Day> days,
      int window,
      int repeats,
      String recordingFile,
      Map<String, String> differences)
      throws Exception {
    List<Seconds> ours = new ArrayList<>();
    List<Seconds> running = new ArrayList<>();
    List<Seconds> frames = new ArrayList<>();
    FeaturesConfig config = null;
    for (int i = 0; i < repeats; i++) {
      // A table of its own: replaced files stay in a table's folder.
      config = config("events_" + window + "_" + i, window);
      boolean record = !recordingFile.isEmpty() && i == repeats - 1;
      ours.add(record ? recorded(recordingFile, opened, config, days) : ours(opened, config, days));
      frames.add(duckDb(days, window, Sums.FRAMES));
      running.add(duckDb(days, window, Sums.RUNNING));
      BenchmarkText.note(
          "%d events: %s", window, List.of(ours.get(i), frames.get(i), running.get(i)));
    }
    compare(config, window, differences);
    long sparkRows = Math.min(SPARK_DAYS * input.rows(), SPARK_ROWS_IN_FRAMES / window);
    String sparkRate = "-";
    if (isSparkMeasured) {
      double seconds = sparkSql(days, window, sparkRows).wall();
      sparkRate = "%,.0f (%,d)".formatted(sparkRows / seconds, sparkRows);
    }
    long rows = days.size() * input.rows();
    BenchmarkText.print(
        "| %,d | %,.0f | %,.0f | %,.0f | %s | %,.0f | %,.0f | %,.0f |",
        window,
        rows / Seconds.median(ours).wall(),
        rows / Seconds.median(running).wall(),
        rows / Seconds.median(frames).wall(),
        sparkRate,
        rows / Seconds.median(ours).cpu(),
        rows / Seconds.median(running).cpu(),
        rows / Seconds.median(frames).cpu());
  }

  private static FeaturesConfig config(String set, int window) {
    return new FeaturesConfig(set, WindowSql.families(window), List.of(WindowSql.label(window)));
  }

  private Seconds ours(Lake opened, FeaturesConfig config, List<Day> days) throws Exception {
    Arguments slices =
        new Arguments(null, List.of(), days.get(0).date(), days.get(days.size() - 1).date());
    return Seconds.of(() -> FeaturesJob.JOB.body().run(opened, slices, config, provenance));
  }

  private Seconds recorded(String file, Lake opened, FeaturesConfig config, List<Day> days)
      throws Exception {
    try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
      recording.start();
      Seconds seconds = ours(opened, config, days);
      recording.dump(Path.of(file));
      return seconds;
    }
  }

  private Seconds duckDb(List<Day> days, int window, Sums sums) throws Exception {
    FileUtils.deleteDirectory(parquet(sums).toFile());
    WindowSql sql = new WindowSql(window, "", sums);
    return Seconds.of(() -> duckDb.forEach(days, (statement, day) -> compute(statement, day, sql)));
  }

  private void compute(Statement statement, Day day, WindowSql sql) throws Exception {
    String slice = "venue=nasdaq/symbol=" + day.symbol() + "/trade_date=" + day.date();
    String book = "read_parquet('" + lake.resolve("silver/book").resolve(slice) + "/*.parquet')";
    Path out = parquet(sql.sums());
    DuckDb.copy(statement, sql.features(book), out.resolve("features/" + day.date() + ".parquet"));
    DuckDb.copy(statement, sql.labels(book), out.resolve("labels/" + day.date() + ".parquet"));
  }

  private Path parquet(Sums sums) {
    return folder.resolve("duckdb-" + sums);
  }

  private void compare(FeaturesConfig config, int window, Map<String, String> differences)
      throws Exception {
    for (Sums sums : Sums.values()) {
      new ColumnSums(duckDb, Tables.features(config.set(), config.features()))
          .compare(
              sums + " " + window,
              lake.resolve("gold/features_" + config.set()),
              parquet(sums).resolve("features"),
              differences);
    }
  }

  /** Of the first rows of each of as few days as give so many. */
  private Seconds sparkSql(List<Day> days, int window, long rows) throws Exception {
    long perDay = input.rows();
    int dayCount = (int) Math.max(1, rows / perDay);
    String view =
        "(SELECT * FROM delta.`%s` WHERE trade_date <= DATE'%s' AND seq <= %d)"
            .formatted(lake.resolve("silver/book"), days.get(dayCount - 1).date(), rows / dayCount);
    WindowSql sql = new WindowSql(window, SLICE_ORDER, Sums.FRAMES);
    return Seconds.of(
        () -> {
          write(spark.sql(sql.features(view)), "features");
          write(spark.sql(sql.labels(view)), "labels");
        });
  }

  private void write(Dataset<Row> rows, String table) {
    rows.write().mode(SaveMode.Overwrite).parquet(folder.resolve("spark/" + table).toString());
  }
}
