package io.depthcast.jobs.bench;

import io.depthcast.feed.snapshot.SnapshotSource;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.ingest.BinanceIngestJob;
import io.depthcast.jobs.ingest.CoinbaseIngestJob;
import io.depthcast.jobs.ingest.IngestJob;
import io.depthcast.jobs.ingest.SnapshotIngestJob;
import io.depthcast.jobs.simulate.Simulation;
import io.depthcast.jobs.table.Lake;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;

/**
 * Ingest of each format: sessions of a synthetic exchange that last 1, 2, 4 and 8 times as long,
 * and the real captures. A session is one task, so the rates of the simulated ones and of the
 * crypto captures are of one core, with Spark and Delta around it. Prints Markdown.
 *
 * <p>System properties: {@code bench.seconds} of the shortest session; {@code bench.repeats}, times
 * each is measured, of which the median counts; {@code depthcast.root}, the checkout.
 */
public final class IngestBenchmark {

  private static final int THREADS = 2;
  private static final int LONGEST = 8;

  /** A small-tick stock and its book's every change. */
  private static final String CONFIG =
      """
      seed: 3
      seconds: %d
      signal: {r2: 0.1, marketOrders: 5}
      days: [{date: 2024-03-06, halts: []}]
      instruments:
        - symbol: ABC
          tick: 100
          firstPrice: 60000
          flow:
            queues: 30
            limits: {perSecond: 1.2, decay: 0.97}
            cancels: {perSecond: 1.2, halfOrders: 40}
            markets: {perSecond: 1.6, decayOrders: 10}
            movesPerSecond: 2
            bestQueueHeld: false
      formats: {levels: 10, binanceDepthMs: 0, coinbaseDepthMs: 0, snapshotMs: 50}
      faults: {binance: [], coinbase: [], coinbaseAdvanced: []}
      """;

  /** One ingest: a job, its files and its configuration. */
  private record Ingest<C>(String name, Job<C> job, Path input, List<String> symbols, C config) {

    void run(Lake lake) {
      Arguments arguments = new Arguments(input.toString(), symbols, null, null);
      job.body()
          .run(
              lake,
              arguments,
              config,
              new Provenance("benchmark", "benchmark", "benchmark", "benchmark", 0, Map.of()));
    }

    /** Of the text, without compression. */
    long bytes() throws IOException {
      try (Stream<Path> files = Files.walk(input)) {
        long bytes = 0;
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          bytes += bytes(file);
        }
        return bytes;
      }
    }

    private static long bytes(Path file) throws IOException {
      String name = file.toString();
      if (!name.endsWith(".gz") && !name.endsWith(".zst")) {
        return Files.size(file);
      }
      String format =
          name.endsWith(".gz") ? CompressorStreamFactory.GZIP : CompressorStreamFactory.ZSTANDARD;
      try (InputStream packed = Files.newInputStream(file);
          InputStream text =
              CompressorStreamFactory.getSingleton().createCompressorInputStream(format, packed)) {
        return text.transferTo(OutputStream.nullOutputStream());
      } catch (CompressorException e) {
        throw new IOException(file.toString(), e);
      }
    }
  }

  private final SparkSession spark;
  private final Path folder;
  private final int repeats;
  private int lakes;

  private IngestBenchmark(SparkSession spark, Path folder, int repeats) {
    this.spark = spark;
    this.folder = folder;
    this.repeats = repeats;
  }

  public static void main(String[] args) throws Exception {
    Path root = Path.of(System.getProperty("depthcast.root", ""));
    System.setProperty("spark.master", "local[" + THREADS + "]");
    System.setProperty("spark.ui.enabled", "false");
    Path folder = Files.createTempDirectory("depthcast-benchmark-");
    try (SparkSession spark = JobMain.session("benchmark")) {
      new IngestBenchmark(spark, folder, Integer.getInteger("bench.repeats", 3))
          .run(Integer.getInteger("bench.seconds", 2000), root.resolve("../shared/data"));
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private void run(int seconds, Path data) throws Exception {
    BenchmarkText.print(
        "%s; Spark %s local[%d], Java %s.",
        BenchmarkText.machine(), spark.version(), THREADS, Runtime.version());
    List<List<Ingest<?>>> sessions = new ArrayList<>();
    for (int times = 1; times <= LONGEST; times *= 2) {
      sessions.add(simulated(times, times * seconds));
    }
    // Warm-up, not counted.
    for (Ingest<?> ingest : sessions.get(0)) {
      measure(ingest);
    }
    BenchmarkText.print("");
    BenchmarkText.print(
        "| input | text, MB | rows of silver.book | MB/s | rows/s | rows per CPU second |");
    BenchmarkText.print("|---|---|---|---|---|---|");
    for (int format = 0; format < sessions.get(0).size(); format++) {
      for (List<Ingest<?>> session : sessions) {
        print(session.get(format));
      }
    }
    for (Ingest<?> ingest : real(data)) {
      if (Files.exists(ingest.input())) {
        print(ingest);
      }
    }
  }

  private List<Ingest<?>> simulated(int times, int seconds) throws IOException {
    Path config = Files.writeString(folder.resolve("simulate.yaml"), CONFIG.formatted(seconds));
    Path out = folder.resolve("sessions-" + times);
    Simulation.of(ConfigFile.of(config)).write(out);
    String suffix = ", simulated, " + seconds + " s";
    return List.of(
        ingest("LOBSTER" + suffix, IngestJob.JOB, out.resolve("lobster"), List.of()),
        ingest(
            "Binance" + suffix, BinanceIngestJob.JOB, out.resolve("binance/ABC"), List.of("ABC")),
        ingest(
            "Coinbase Exchange" + suffix,
            CoinbaseIngestJob.JOB,
            out.resolve("coinbase/ABC"),
            List.of("ABC-USD")),
        ingest(
            "Coinbase Advanced Trade" + suffix,
            CoinbaseIngestJob.JOB,
            out.resolve("coinbase_advanced/ABC"),
            List.of("ABC-USD")),
        snapshots("snapshots" + suffix, "simulated", out.resolve("snapshots")));
  }

  private static List<Ingest<?>> real(Path data) {
    return List.of(
        ingest(
            "Binance spot BTCUSDT, a minute",
            BinanceIngestJob.JOB,
            data.resolve("binance/spot_btcusdt_20240808.gz"),
            List.of("BTCUSDT")),
        ingest(
            "Coinbase Exchange BTC-USD, 1,902 s",
            CoinbaseIngestJob.JOB,
            data.resolve("coinbase/coinbase_BTC-USD_level2_20180424T035217Z_first1902s.jsonl.gz"),
            List.of("BTC-USD")),
        ingest(
            "Coinbase Advanced Trade BTC-USD, 25 s",
            CoinbaseIngestJob.JOB,
            data.resolve(
                "coinbase/cryptofeed_COINBASE_advancedtrade_l2_data_20260809_25s.jsonl.zst"),
            List.of("BTC-USD")),
        snapshots("ashare, 400 half days", "ashare", data.resolve("ashare")));
  }

  private static <C> Ingest<C> ingest(String name, Job<C> job, Path input, List<String> symbols) {
    String config = job.name().replace(' ', '-') + ".yaml";
    return new Ingest<>(name, job, input, symbols, ConfigFile.shipped(config).as(job.configType()));
  }

  private static Ingest<SnapshotSource> snapshots(String name, String source, Path input) {
    SnapshotSource config =
        ConfigFile.shipped("sources/" + source + ".yaml").as(SnapshotSource.class);
    return new Ingest<>(name, SnapshotIngestJob.JOB, input, List.of(), config);
  }

  private void print(Ingest<?> ingest) throws Exception {
    List<Seconds> times = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      times.add(measure(ingest));
    }
    Seconds median = Seconds.median(times);
    long rows = lake().read("silver.book").count();
    double megabytes = ingest.bytes() / 1e6;
    BenchmarkText.print(
        "| %s | %,.1f | %,d | %,.1f | %,.0f | %,.0f |",
        ingest.name(),
        megabytes,
        rows,
        megabytes / median.wall(),
        rows / median.wall(),
        rows / median.cpu());
  }

  /** On a lake of its own: Delta remembers tables by path. */
  private Seconds measure(Ingest<?> ingest) throws Exception {
    FileUtils.deleteDirectory(folder.resolve("lake-" + lakes).toFile());
    lakes++;
    Lake lake = lake();
    return Seconds.of(() -> ingest.run(lake));
  }

  private Lake lake() {
    return Lake.open(spark, folder.resolve("lake-" + lakes).toString(), "{}");
  }
}
