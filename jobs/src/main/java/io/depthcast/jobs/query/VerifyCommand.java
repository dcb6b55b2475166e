package io.depthcast.jobs.query;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.CommonOptions;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.Depthcast;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.SparkCommand;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a job again as it was recorded and compares what it writes. */
@Command(
    name = "verify",
    description = {
      "Run a job again at its recorded input versions and configuration; say equal, or where it"
          + " differs.",
      "Run ids: ./depthcast sql \"SELECT run_id, message FROM ops.runs ORDER BY started_at\""
    })
public final class VerifyCommand implements SparkCommand {

  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "RUN_ID", description = "Run to verify, from ops.runs.")
  private String runId;

  @Override
  public void check() {
    common.lake();
  }

  @Override
  public Integer call() {
    check();
    return JobMain.inSession("verify", this::verify);
  }

  private int verify(SparkSession spark) {
    Lake lake = Lake.open(spark, common.lake(), "{}");
    Row run = run(lake);
    Job<?> job =
        Depthcast.job(run.getAs("job"))
            .orElseThrow(() -> new ConfigException("Run " + runId + ": no such job any more"));
    Path scratch = scratch();
    try {
      return verify(lake, job, run, scratch);
    } catch (Exception e) {
      // Exception: Spark throws checked ones without declaring them.
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof FileNotFoundException) {
          throw new ConfigException(
              "Run "
                  + runId
                  + ": a file that it read or wrote is gone (vacuum removes what is older than its"
                  + " retention); it can no longer be verified",
              e);
        }
      }
      throw e;
    } finally {
      delete(scratch);
    }
  }

  private Row run(Lake lake) {
    List<Row> runs = lake.read("ops.runs").where(col("run_id").equalTo(runId)).collectAsList();
    if (runs.isEmpty()) {
      throw new ConfigException("Run " + runId + " is not in ops.runs of " + lake.root());
    }
    Row run = runs.get(0);
    if (!run.getAs("status").equals("done")) {
      throw new ConfigException("Run " + runId + " failed; only a finished run can be verified");
    }
    return run;
  }

  private <C> int verify(Lake lake, Job<C> job, Row run, Path scratch) {
    C config = new ConfigFile("ops.runs " + runId, run.getAs("config")).as(job.configType());
    Map<String, Long> inputs = parse(run.getAs("input_versions"), new TypeReference<>() {});
    Map<String, Long> outputs = parse(run.getAs("output_versions"), new TypeReference<>() {});
    Map<String, String> files = parse(run.getAs("inputs"), new TypeReference<>() {});
    Arguments arguments = parse(run.getAs("arguments"), new TypeReference<>() {});
    Lake replay = lake.replaying(inputs, files, scratch.toString());
    job.body()
        .run(
            replay,
            arguments,
            config,
            new Provenance(
                run.getAs("run_id"),
                job.name(),
                run.getAs("code_version"),
                run.getAs("config_hash"),
                run.getAs("seed"),
                parse(run.getAs("environment"), new TypeReference<>() {})));
    boolean equal = true;
    if (!files.equals(replay.filesRead())) {
      equal = false;
      Console.print("inputs: source files have changed since the run");
    }
    for (Map.Entry<String, String> output : replay.replaced().entrySet()) {
      String table = output.getKey();
      Long recorded = outputs.get(table);
      Optional<String> difference =
          recorded == null
              ? Optional.of("not written by the recorded run")
              : TableDifference.of(
                  lake.readAt(table, recorded).where(output.getValue()), replay.read(table));
      equal &= difference.isEmpty();
      Console.print(table + ": " + difference.orElse("equal"));
    }
    Console.print(runId + (equal ? ": equal" : ": differs"));
    return equal ? JobMain.DONE : JobMain.DATA;
  }

  private static <T> T parse(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("ops.runs holds no JSON: " + json, e);
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("depthcast-verify");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
