package io.depthcast.jobs.bench;

import io.depthcast.features.FeatureSet;
import io.depthcast.features.Window;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.bench.DuckDbSpine.Day;
import io.depthcast.jobs.features.FeaturesConfig;
import io.depthcast.jobs.features.FeaturesJob;
import io.depthcast.jobs.ingest.IngestConfig;
import io.depthcast.jobs.ingest.IngestJob;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import io.depthcast.labels.SmoothedMidMove;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;

/**
 * Ingest and features of many symbol-days, by Depthcast's jobs and by DuckDB, in one process and by
 * turns. Prints Markdown.
 *
 * <p>System properties: {@code bench.days}, symbol-days of the comparison; {@code bench.repeats},
 * times each is measured, of which the median counts; {@code bench.jfr}, file for a Flight Recorder
 * recording of the jobs' last repetition; {@code depthcast.root}, the checkout.
 */
public final class SpineBenchmark {

  private static final int THREADS = 2;
  private static final int SCALING_SHARE = 4;

  /** What the two jobs took. */
  private record Times(Seconds ingest, Seconds features) {
    Seconds total() {
      return ingest.plus(features);
    }

    static Times median(List<Times> times) {
      return new Times(
          Seconds.median(times.stream().map(Times::ingest).toList()),
          Seconds.median(times.stream().map(Times::features).toList()));
    }
  }

  private final SparkSession spark;
  private final DuckDbSpine duckDb;
  private final BenchmarkInput input;
  private final Path folder;
  private final IngestConfig ingest =
      ConfigFile.shipped("ingest-lobster.yaml").as(IngestConfig.class);

  /** The families that ship, and the labels that DuckDB computes as well. */
  private final FeaturesConfig features =
      new FeaturesConfig(
          "core",
          ConfigFile.shipped("features.yaml").as(FeaturesConfig.class).families(),
          List.of(
              new SmoothedMidMove(Window.events(10)),
              new SmoothedMidMove(Window.events(50)),
              new SmoothedMidMove(Window.events(100))));

  private Path lakeFolder;
  private int lakes;

  private SpineBenchmark(
      SparkSession spark, DuckDbSpine duckDb, BenchmarkInput input, Path folder) {
    this.spark = spark;
    this.duckDb = duckDb;
    this.input = input;
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    Path root = Path.of(System.getProperty("depthcast.root", ""));
    System.setProperty("spark.master", "local[" + THREADS + "]");
    System.setProperty("spark.ui.enabled", "false");
    Path folder = Files.createTempDirectory("depthcast-benchmark-");
    try (SparkSession spark = JobMain.session("benchmark");
        DuckDbSpine duckDb = new DuckDbSpine(THREADS)) {
      BenchmarkInput input = BenchmarkInput.find(root.resolve("../shared/data"));
      new SpineBenchmark(spark, duckDb, input, folder)
          .run(
              Integer.getInteger("bench.days", 20),
              Integer.getInteger("bench.repeats", 3),
              System.getProperty("bench.jfr", ""));
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private void run(int days, int repeats, String recordingFile) throws Exception {
    BenchmarkText.print(
        "%s, %d symbol-days of %,d rows; %s; Spark %s local[%d], Java %s, DuckDB %s with %d threads.",
        input.what(),
        days,
        input.rows(),
        BenchmarkText.machine(),
        spark.version(),
        THREADS,
        Runtime.version(),
        duckDb.database().version(),
        THREADS);
    List<Day> warmUp = input.write(folder.resolve("warm-up"), 1);
    ours(folder.resolve("warm-up"));
    duckDb(warmUp, folder.resolve("parquet"));

    Path files = folder.resolve("input");
    List<Day> written = input.write(files, days);
    List<Times> ours = new ArrayList<>();
    List<Times> theirs = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      FileUtils.deleteDirectory(folder.resolve("parquet").toFile());
      boolean record = !recordingFile.isEmpty() && i == repeats - 1;
      ours.add(record ? recorded(recordingFile, files) : ours(files));
      theirs.add(duckDb(written, folder.resolve("parquet")));
    }
    printComparison(days, Times.median(ours), Times.median(theirs), differences());
    printScaling(days);
  }

  private Times recorded(String file, Path files) throws Exception {
    try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
      recording.start();
      Times times = ours(files);
      recording.dump(Path.of(file));
      return times;
    }
  }

  /** Runs both jobs on a fresh lake. Each has its own folder: Delta remembers tables by path. */
  private Times ours(Path files) throws Exception {
    FileUtils.deleteDirectory(folder.resolve("lake-" + lakes).toFile());
    lakeFolder = folder.resolve("lake-" + ++lakes);
    Provenance provenance =
        new Provenance("benchmark", "benchmark", "benchmark", "benchmark", 0, Map.of());
    Lake lake = Lake.open(spark, lakeFolder.toString(), "{}");
    Arguments arguments = new Arguments(files.toString(), List.of(), null, null);
    return noted(
        "Depthcast",
        new Times(
            Seconds.of(() -> IngestJob.JOB.body().run(lake, arguments, ingest, provenance)),
            Seconds.of(
                () -> FeaturesJob.JOB.body().run(lake, Arguments.all(), features, provenance))));
  }

  private Times duckDb(List<Day> days, Path out) throws Exception {
    return noted(
        "DuckDB",
        new Times(
            Seconds.of(() -> duckDb.ingest(days, out)),
            Seconds.of(() -> duckDb.features(days, out))));
  }

  private static Times noted(String engine, Times times) {
    BenchmarkText.note(
        "%s: ingest %.2f s (%.2f s CPU), features %.2f s (%.2f s CPU)",
        engine,
        times.ingest.wall(),
        times.ingest.cpu(),
        times.features.wall(),
        times.features.cpu());
    return times;
  }

  private void printComparison(
      int days, Times ours, Times theirs, Map<String, String> differences) {
    BenchmarkText.print("");
    BenchmarkText.print(
        "| | rows | Depthcast, s | DuckDB, s | ratio | Depthcast, CPU s | DuckDB, CPU s | ratio |");
    BenchmarkText.print("|---|---|---|---|---|---|---|---|");
    printRatio("ingest", days, ours.ingest(), theirs.ingest());
    printRatio("features", days, ours.features(), theirs.features());
    printRatio("total", days, ours.total(), theirs.total());
    BenchmarkText.printDifferences(differences);
  }

  private void printRatio(String what, int days, Seconds ours, Seconds theirs) {
    BenchmarkText.print(
        "| %s | %,d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |",
        what,
        days * input.rows(),
        ours.wall(),
        theirs.wall(),
        ours.wall() / theirs.wall(),
        ours.cpu(),
        theirs.cpu(),
        ours.cpu() / theirs.cpu());
  }

  /** A quarter, a half, all and twice the days. */
  private void printScaling(int days) throws Exception {
    int unit = Math.max(1, days / SCALING_SHARE);
    BenchmarkText.print("");
    BenchmarkText.print(
        "| symbol-days | rows | ingest, rows/s | features, rows/s | both, rows per CPU second |");
    BenchmarkText.print("|---|---|---|---|---|");
    for (int times = 1; times <= 2 * SCALING_SHARE; times *= 2) {
      int count = unit * times;
      Path files = folder.resolve("input-" + count);
      input.write(files, count);
      Times measured = ours(files);
      FileUtils.deleteDirectory(files.toFile());
      long rows = count * input.rows();
      BenchmarkText.print(
          "| %d | %,d | %,.0f | %,.0f | %,.0f |",
          count,
          rows,
          rows / measured.ingest.wall(),
          rows / measured.features.wall(),
          rows / measured.total().cpu());
    }
  }

  /** What of both engines' tables differs, by table and column. */
  private Map<String, String> differences() throws Exception {
    FeatureSet set = features.features();
    Map<String, TableSpec> tables = new LinkedHashMap<>();
    tables.put("events", Tables.EVENTS);
    tables.put("book", Tables.book(ingest.levels()));
    tables.put("trades", Tables.TRADES);
    tables.put("features", Tables.features(features.set(), set));
    tables.put("labels", Tables.LABELS);
    Map<String, String> found = new LinkedHashMap<>();
    for (Map.Entry<String, TableSpec> table : tables.entrySet()) {
      String name = table.getKey();
      new ColumnSums(duckDb.database(), table.getValue())
          .compare(
              name,
              lakeFolder.resolve(table.getValue().name().replace('.', '/')),
              folder.resolve("parquet").resolve(name),
              found);
    }
    return found;
  }
}
