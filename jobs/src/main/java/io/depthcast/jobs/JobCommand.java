package io.depthcast.jobs;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A job on the command line. */
@Command
final class JobCommand<C> implements SparkCommand {

  private final Job<C> job;

  @Mixin private CommonOptions common;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration (default: configs/<job>.yaml as shipped).")
  private Path config;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      required = true,
      description = "File, folder or glob of source files.")
  private String input = "";

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      split = ",",
      description = "Only these symbols, comma separated (default: all).")
  private List<String> symbols = List.of();

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "First trade date, inclusive (yyyy-mm-dd).")
  private LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "Last trade date, inclusive (yyyy-mm-dd).")
  private LocalDate to;

  JobCommand(Job<C> job) {
    this.job = job;
  }

  @Override
  public void check() {
    invocation();
  }

  @Override
  public Integer call() {
    JobMain.Invocation<C> invocation = invocation();
    try (SparkSession spark = JobMain.session(job.name())) {
      return JobMain.run(spark, invocation);
    }
  }

  private JobMain.Invocation<C> invocation() {
    ConfigFile file =
        config == null ? ConfigFile.shipped(job.name() + ".yaml") : ConfigFile.of(config);
    return new JobMain.Invocation<>(
        job, file.as(job.configType()), common.lake(), new Arguments(input, symbols, from, to));
  }
}
