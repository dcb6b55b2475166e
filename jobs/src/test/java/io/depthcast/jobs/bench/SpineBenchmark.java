package io.depthcast.jobs.bench;

import com.sun.management.OperatingSystemMXBean;
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
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

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
  private static final double LARGEST_DIFFERENCE = 1e-9;

  /** Seconds by the clock, and of all threads of the process on a processor. */
  private record Seconds(double wall, double cpu) {
    static Seconds of(Work work) throws Exception {
      long wall = System.nanoTime();
      long cpu = cpuNanos();
      work.run();
      return new Seconds((System.nanoTime() - wall) / 1e9, (cpuNanos() - cpu) / 1e9);
    }

    Seconds plus(Seconds other) {
      return new Seconds(wall + other.wall, cpu + other.cpu);
    }

    static Seconds median(List<Seconds> times) {
      return new Seconds(
          median(times.stream().mapToDouble(Seconds::wall).toArray()),
          median(times.stream().mapToDouble(Seconds::cpu).toArray()));
    }

    private static double median(double[] seconds) {
      Arrays.sort(seconds);
      return seconds[seconds.length / 2];
    }

    private static long cpuNanos() {
      return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
  }

  private interface Work {
    void run() throws Exception;
  }

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
      delete(folder);
    }
  }

  private void run(int days, int repeats, String recordingFile) throws Exception {
    print(
        "%s, %d symbol-days of %,d rows; %s; Spark %s local[%d], Java %s, DuckDB %s with %d threads.",
        input.what(),
        days,
        input.rows(),
        machine(),
        spark.version(),
        THREADS,
        Runtime.version(),
        duckDb.version(),
        THREADS);
    List<Day> warmUp = input.write(folder.resolve("warm-up"), 1);
    ours(folder.resolve("warm-up"));
    duckDb(warmUp, folder.resolve("parquet"));

    Path files = folder.resolve("input");
    List<Day> written = input.write(files, days);
    List<Times> ours = new ArrayList<>();
    List<Times> theirs = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      delete(folder.resolve("parquet"));
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
    delete(folder.resolve("lake-" + lakes));
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
    System.err.printf(
        Locale.ROOT,
        "%s: ingest %.2f s (%.2f s CPU), features %.2f s (%.2f s CPU)%n",
        engine,
        times.ingest.wall,
        times.ingest.cpu,
        times.features.wall,
        times.features.cpu);
    return times;
  }

  private void printComparison(
      int days, Times ours, Times theirs, Map<String, String> differences) {
    print("");
    print(
        "| | rows | Depthcast, s | DuckDB, s | ratio | Depthcast, CPU s | DuckDB, CPU s | ratio |");
    print("|---|---|---|---|---|---|---|---|");
    printRatio("ingest", days, ours.ingest(), theirs.ingest());
    printRatio("features", days, ours.features(), theirs.features());
    printRatio("total", days, ours.total(), theirs.total());
    print("");
    if (differences.isEmpty()) {
      print("Both wrote the same rows: counts and weighted sums of every column agree to 1e-9.");
    }
    differences.forEach((column, difference) -> print("DIFFERENT: %s: %s", column, difference));
  }

  private void printRatio(String what, int days, Seconds ours, Seconds theirs) {
    print(
        "| %s | %,d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |",
        what,
        days * input.rows(),
        ours.wall,
        theirs.wall,
        ours.wall / theirs.wall,
        ours.cpu,
        theirs.cpu,
        ours.cpu / theirs.cpu);
  }

  /** A quarter, a half, all and twice the days. */
  private void printScaling(int days) throws Exception {
    int unit = Math.max(1, days / SCALING_SHARE);
    print("");
    print("| symbol-days | rows | ingest, rows/s | features, rows/s | both, rows per CPU second |");
    print("|---|---|---|---|---|");
    for (int times = 1; times <= 2 * SCALING_SHARE; times *= 2) {
      int count = unit * times;
      Path files = folder.resolve("input-" + count);
      input.write(files, count);
      Times measured = ours(files);
      delete(files);
      long rows = count * input.rows();
      print(
          "| %d | %,d | %,.0f | %,.0f | %,.0f |",
          count,
          rows,
          rows / measured.ingest.wall,
          rows / measured.features.wall,
          rows / measured.total().cpu);
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
      compare(table.getKey(), table.getValue(), found);
    }
    return found;
  }

  private void compare(String name, TableSpec table, Map<String, String> found) throws Exception {
    List<String> columns = new ArrayList<>();
    List<String> sums = new ArrayList<>(List.of("count(*)"));
    for (StructField field : table.schema().fields()) {
      if (table.partitionedBy().contains(field.name()) || field.name().equals("feature_set_id")) {
        continue;
      }
      columns.add(field.name());
      String value =
          field.dataType().equals(DataTypes.StringType)
              ? "(hash(" + field.name() + ") % 1000)"
              : field.name() + "::DOUBLE";
      sums.add("count(" + field.name() + ")");
      // The weight tells rows in another order apart.
      sums.add("sum(" + value + " * (seq % 97))");
      sums.add("sum(abs(" + value + ") * (seq % 97))");
    }
    List<String> ours = sums(sums, lakeFolder.resolve(table.name().replace('.', '/')));
    List<String> theirs = sums(sums, folder.resolve("parquet").resolve(name));
    if (!ours.get(0).equals(theirs.get(0))) {
      found.put(name, ours.get(0) + " and " + theirs.get(0) + " rows");
    }
    for (int i = 0; i < columns.size(); i++) {
      int at = 1 + 3 * i;
      String column = name + "." + columns.get(i);
      if (!ours.get(at).equals(theirs.get(at))) {
        found.put(column, ours.get(at) + " and " + theirs.get(at) + " values");
      } else if (!ours.get(at).equals("0")) {
        double scale = Double.parseDouble(ours.get(at + 2));
        double difference =
            Math.abs(Double.parseDouble(ours.get(at + 1)) - Double.parseDouble(theirs.get(at + 1)));
        if (!(difference <= LARGEST_DIFFERENCE * scale)) {
          found.put(column, "sums " + ours.get(at + 1) + " and " + theirs.get(at + 1));
        }
      }
    }
  }

  private List<String> sums(List<String> sums, Path table) throws Exception {
    return duckDb
        .query(
            "SELECT "
                + String.join(", ", sums)
                + " FROM read_parquet('"
                + table
                + "/**/*.parquet', hive_partitioning = false)")
        .get(0);
  }

  private static String machine() throws IOException {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    String model = system.getArch();
    Path cpus = Path.of("/proc/cpuinfo");
    if (Files.isReadable(cpus)) {
      model =
          Files.readAllLines(cpus).stream()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse(model);
    }
    return String.format(
        Locale.ROOT,
        "%s, %s, %d cores, %d GiB, load %.1f at the start",
        LocalDate.now(ZoneOffset.UTC),
        model,
        system.getAvailableProcessors(),
        system.getTotalMemorySize() >> 30,
        system.getSystemLoadAverage());
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
