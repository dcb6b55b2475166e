package io.depthcast.jobs;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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
      names = "--source",
      paramLabel = "FILE",
      required = true,
      description = "What the files hold and how, such as configs/sources/ashare.yaml.")
  private Path source;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      required = true,
      description =
          "File, folder or glob of source files; for captured feeds also kafka://BROKERS.")
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
      converter = TradeDate.class,
      description = "First trade date, inclusive (yyyy-mm-dd).")
  private LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      converter = TradeDate.class,
      description = "Last trade date, inclusive (yyyy-mm-dd).")
  private LocalDate to;

  /** A date of the command line. */
  static final class TradeDate implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String value) {
      try {
        return LocalDate.parse(value);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException("'" + value + "' is not a date (yyyy-mm-dd)");
      }
    }
  }

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
    return JobMain.inSession(job.name(), spark -> JobMain.run(spark, invocation));
  }

  private JobMain.Invocation<C> invocation() {
    Path given = job.input() == Job.Input.DESCRIBED_FILES ? source : config;
    ConfigFile file =
        given == null ? ConfigFile.shipped(job.hyphenated() + ".yaml") : ConfigFile.of(given);
    return new JobMain.Invocation<>(
        job, file.as(job.configType()), common.lake(), new Arguments(input, symbols, from, to));
  }
}
