package io.depthcast.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Tables;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Runs a job: configuration, session, ledger, exit code. The only class that knows exit codes. */
public final class JobMain {

  public static final int DONE = 0;
  public static final int BUG = 1;
  public static final int CONFIG = 2;
  public static final int DATA = 3;

  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  /** How the command of this process ended. */
  private static final CompletableFuture<Integer> EXIT_CODE = new CompletableFuture<>();

  private JobMain() {}

  /** What is run on what; the way the command line reaches a job. */
  public record Invocation<C>(Job<C> job, C config, String lake, Arguments arguments) {}

  /** Runs a main method's arguments and ends the process with the exit code. */
  public static void main(Job<?> job, String[] args) {
    Depthcast.main(Stream.concat(job.words().stream(), Arrays.stream(args)).toArray(String[]::new));
  }

  /**
   * Lets a command that runs until it is stopped end well: where a signal ends the process, {@code
   * stop} asks the command to come to its end, and the process ends with the command's exit code.
   */
  public static void onSignal(Runnable stop) {
    Runtime runtime = Runtime.getRuntime();
    runtime.addShutdownHook(
        new Thread(
            () -> {
              stop.run();
              runtime.halt(EXIT_CODE.completeOnTimeout(BUG, 30, TimeUnit.SECONDS).join());
            }));
  }

  /** Ends the process. */
  static void exit(int code) {
    EXIT_CODE.complete(code);
    System.exit(code);
  }

  /** Runs a job and notes it in the ledger; answers the exit code. */
  public static <C> int run(SparkSession spark, Invocation<C> invocation) {
    Instant start = Instant.now();
    Job<C> job = invocation.job();
    String hash = ConfigFile.hash(invocation.config());
    Provenance provenance =
        new Provenance(
            job.hyphenated() + "-" + RUN_TIME.format(start) + "-" + hash,
            job.name(),
            CodeVersion.current(),
            hash,
            seed(invocation.config()),
            environment(spark));
    Lake lake;
    try {
      lake =
          Lake.open(
              spark,
              invocation.lake(),
              json(
                  Map.of(
                      "runId",
                      provenance.runId(),
                      "job",
                      job.name(),
                      "codeVersion",
                      provenance.codeVersion(),
                      "configHash",
                      hash)));
    } catch (ConfigException e) {
      return Failure.of(e).print();
    }
    try {
      String message =
          job.body().run(lake, invocation.arguments(), invocation.config(), provenance);
      note(lake, invocation, provenance, start, DONE, message);
      Console.result(job.name(), message, Duration.between(start, Instant.now()));
      return DONE;
    } catch (Exception | Error e) {
      // Exception: Spark throws checked ones without declaring them.
      Failure failure = Failure.of(e);
      try {
        note(lake, invocation, provenance, start, failure.exitCode(), failure.line());
      } catch (Exception unwritable) {
        // The run's own failure is what the user must see; a full disk refuses the ledger as well.
        String line = Failure.of(unwritable).line();
        if (!line.equals(failure.line())) {
          Console.warn("the run could not be noted in ops.runs: " + line);
        }
      }
      return failure.print();
    }
  }

  /** What ended a run, as the user sees it. */
  record Failure(int exitCode, String line, Throwable cause) {

    static Failure of(Throwable thrown) {
      for (Throwable t = thrown; t != null; t = t.getCause()) {
        if (t instanceof ConfigException) {
          return new Failure(CONFIG, t.getMessage(), thrown);
        }
        if (t instanceof DataContractException) {
          return new Failure(DATA, t.getMessage(), thrown);
        }
        if (t instanceof IllegalStateException
            && String.valueOf(t.getMessage()).contains("stopped SparkContext")) {
          return new Failure(
              CONFIG,
              "Spark was stopped from outside, or the --master cannot be reached; check it, or see"
                  + " Spark's log with --verbose",
              thrown);
        }
        if (t instanceof IOException && String.valueOf(t.getMessage()).contains("No space left")) {
          return new Failure(
              DATA,
              "No space left on the disk of the lake or of the temporary folder; nothing was"
                  + " committed: free space and run again",
              thrown);
        }
      }
      return new Failure(BUG, String.valueOf(thrown), thrown);
    }

    int print() {
      Console.error(line);
      if (exitCode == BUG) {
        cause.printStackTrace();
      }
      return exitCode;
    }
  }

  /**
   * The session that all jobs share. What the user gave to spark-submit wins, except where rows
   * would change.
   */
  public static SparkSession session(String name) {
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.sql.shuffle.partitions", "8");
    conf.setIfMissing("spark.databricks.delta.snapshotPartitions", "2");
    // Tables are known by their path; nothing is ever kept in a warehouse.
    conf.set("spark.sql.catalogImplementation", "in-memory");
    conf.set("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"));
    conf.set("spark.sql.session.timeZone", "UTC");
    conf.set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    conf.set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    // One file is one partition on any cluster: sums of partitions add up to the same bits.
    conf.set("spark.sql.files.maxPartitionBytes", "1t");
    conf.set("spark.sql.files.openCostInBytes", "1t");
    // A task writes its slices one after the other in the order of its rows, without a sort.
    conf.set("spark.sql.maxConcurrentOutputFileWriters", "64");
    // Wide books stay in vectorised readers.
    conf.set("spark.sql.codegen.maxFields", "2000");
    return SparkSession.builder().appName("depthcast " + name).config(conf).getOrCreate();
  }

  /**
   * Runs a command in the session, and ends the session unless it was there before, as in a
   * notebook.
   */
  public static int inSession(String name, ToIntFunction<SparkSession> command) {
    boolean found = SparkSession.getDefaultSession().isDefined();
    SparkSession spark = session(name);
    try {
      return command.applyAsInt(spark);
    } finally {
      if (!found) {
        spark.stop();
      }
    }
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long seed(Object config) {
    return config instanceof Seeded seeded ? seeded.seed() : 0;
  }

  /** A configuration with a random seed. */
  public interface Seeded {
    long seed();
  }

  private static Map<String, String> environment(SparkSession spark) {
    return new TreeMap<>(
        Map.of(
            "java", Runtime.version().toString(),
            "os", System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            "spark", spark.version(),
            "master", spark.sparkContext().master(),
            "parallelism", String.valueOf(spark.sparkContext().defaultParallelism())));
  }

  private static void note(
      Lake lake,
      Invocation<?> invocation,
      Provenance provenance,
      Instant start,
      int exitCode,
      String message) {
    Map<String, Long> inputs = new TreeMap<>(lake.versionsRead());
    Map<String, Long> outputs = new TreeMap<>(lake.versionsWritten());
    Row row =
        RowFactory.create(
            provenance.runId(),
            provenance.job(),
            start.toString(),
            Duration.between(start, Instant.now()).toMillis() / 1e3,
            exitCode == DONE ? "done" : "failed",
            exitCode,
            message,
            provenance.codeVersion(),
            provenance.configHash(),
            ConfigFile.yaml(invocation.config()),
            json(invocation.arguments()),
            json(inputs),
            json(outputs),
            json(lake.filesRead()),
            provenance.seed(),
            json(new TreeMap<>(provenance.environment())));
    lake.append(Tables.RUNS, lake.spark().createDataFrame(List.of(row), Tables.RUNS.schema()));
  }
}
