package io.depthcast.jobs.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.depthcast.book.BookBatch;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.features.FeaturesConfig;
import io.depthcast.jobs.features.FeaturesJob;
import io.depthcast.jobs.ingest.IngestConfig;
import io.depthcast.jobs.ingest.IngestJob;
import io.depthcast.jobs.table.BookColumns;
import io.depthcast.jobs.table.BookFiles;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.SliceFiles;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;

/**
 * The job {@code features} as shipped on one slice of many rows, a symbol-day that goes on and on,
 * with the largest heap in use after a garbage collection. Prints Markdown.
 *
 * <p>System properties: {@code bench.rows} of the slice; {@code depthcast.root}, the checkout.
 */
public final class LongSliceBenchmark {

  private static final int THREADS = 2;
  private static final int LEVELS = 10;

  private static final Provenance PROVENANCE =
      new Provenance("benchmark", "benchmark", "benchmark", "benchmark", 0, Map.of());

  private LongSliceBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(System.getProperty("depthcast.root", ""));
    System.setProperty("spark.master", "local[" + THREADS + "]");
    System.setProperty("spark.ui.enabled", "false");
    Path folder = Files.createTempDirectory("depthcast-benchmark-");
    try (SparkSession spark = JobMain.session("benchmark")) {
      run(spark, BenchmarkInput.find(root.resolve("../shared/data")), folder);
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private static void run(SparkSession spark, BenchmarkInput input, Path folder) throws Exception {
    input.write(folder.resolve("input"), 1);
    Lake day = Lake.open(spark, folder.resolve("day").toString(), "{}");
    IngestConfig ingest = ConfigFile.shipped("ingest-lobster.yaml").as(IngestConfig.class);
    Arguments files = new Arguments(folder.resolve("input").toString(), List.of(), null, null);
    IngestJob.JOB.body().run(day, files, ingest, PROVENANCE);

    long days = Long.getLong("bench.rows", 50_000_000) / input.rows() + 1;
    Lake lake = Lake.open(spark, folder.resolve("lake").toString(), "{}");
    TableSpec book = Tables.book(LEVELS);
    lake.replaceSlices(
        List.of(book),
        day.books(Arguments.all(), LEVELS, true),
        (rows, out) -> repeat(rows, days, book, out));

    FeaturesConfig config = ConfigFile.shipped("features.yaml").as(FeaturesConfig.class);
    AtomicLong heap = watchedHeap();
    Seconds seconds =
        Seconds.of(() -> FeaturesJob.JOB.body().run(lake, Arguments.all(), config, PROVENANCE));
    long rows = days * input.rows();
    BenchmarkText.print(
        "%s; Spark %s local[%d], Java %s, heap of %d MB.",
        BenchmarkText.machine(),
        spark.version(),
        THREADS,
        Runtime.version(),
        Runtime.getRuntime().maxMemory() >> 20);
    BenchmarkText.print("");
    BenchmarkText.print(
        "| rows of the slice | features, labels | s | CPU s | rows/s | heap after collection, MB |");
    BenchmarkText.print("|---|---|---|---|---|---|");
    BenchmarkText.print(
        "| %,d | %d, %d | %.1f | %.1f | %,.0f | %d |",
        rows,
        config.features().columns().size(),
        config.labels().size(),
        seconds.wall(),
        seconds.cpu(),
        rows / seconds.wall(),
        heap.get() >> 20);
    long written = lake.read(Tables.features(config.set(), config.features()).name()).count();
    BenchmarkText.print("");
    BenchmarkText.print("Rows in the table of features: %,d", written);
  }

  /** A day's rows again and again, each time later. */
  private static String repeat(BookFiles day, long times, TableSpec book, SliceFiles out)
      throws Exception {
    out.begin(day.slice());
    long[] shift = {0, 0};
    for (long i = 0; i < times; i++) {
      long[] first = {0};
      long[] last = {0, 0};
      day.forEach(
          rows -> {
            first[0] = first[0] == 0 ? rows.tsEvent[0] : first[0];
            last[0] = rows.seq[rows.rows - 1];
            last[1] = rows.tsEvent[rows.rows - 1];
            for (int row = 0; row < rows.rows; row++) {
              rows.seq[row] += shift[0];
              rows.tsEvent[row] += shift[1];
              rows.tsRecv[row] = BookBatch.NO_TIME;
              rows.venueSeq[row] = BookBatch.NO_SEQ;
            }
            out.write(book, BookColumns.of(book, day.slice(), rows), rows.rows);
          });
      shift[0] += last[0];
      shift[1] += last[1] - first[0];
    }
    return "";
  }

  /** The most of the heap that was in use right after a collection, from now on. */
  private static AtomicLong watchedHeap() {
    Set<String> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    AtomicLong most = new AtomicLong();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, ignored) -> {
                var info =
                    GarbageCollectionNotificationInfo.from(
                        (CompositeData) notification.getUserData());
                long used =
                    info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> pools.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum();
                most.accumulateAndGet(used, Math::max);
              },
              null,
              null);
    }
    return most;
  }
}
