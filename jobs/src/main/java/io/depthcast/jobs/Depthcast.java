package io.depthcast.jobs;

import io.depthcast.jobs.audit.AuditJob;
import io.depthcast.jobs.backtest.BacktestJob;
import io.depthcast.jobs.benchmark.BenchmarkCommand;
import io.depthcast.jobs.capture.CaptureCommand;
import io.depthcast.jobs.ensemble.EnsembleJob;
import io.depthcast.jobs.explore.ExploreJob;
import io.depthcast.jobs.features.FeaturesJob;
import io.depthcast.jobs.ingest.BinanceIngestJob;
import io.depthcast.jobs.ingest.CoinbaseIngestJob;
import io.depthcast.jobs.ingest.IngestJob;
import io.depthcast.jobs.ingest.SnapshotIngestJob;
import io.depthcast.jobs.pipeline.DemoCommand;
import io.depthcast.jobs.pipeline.PipelineCommand;
import io.depthcast.jobs.quality.QualityJob;
import io.depthcast.jobs.query.ExplainCommand;
import io.depthcast.jobs.query.SqlCommand;
import io.depthcast.jobs.query.VerifyCommand;
import io.depthcast.jobs.replicate.ReplicateJob;
import io.depthcast.jobs.report.ReportJob;
import io.depthcast.jobs.search.SearchJob;
import io.depthcast.jobs.shap.ShapJob;
import io.depthcast.jobs.simulate.SimulateCommand;
import io.depthcast.jobs.train.TrainJob;
import io.depthcast.jobs.upkeep.VacuumCommand;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line: {@code depthcast <job> [options]}. */
@Command(
    name = "depthcast",
    description = "Limit order books in, forecasts and an honest report out.",
    versionProvider = Depthcast.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "<job>",
    commandListHeading = "%nJobs:%n",
    subcommands = HelpCommand.class,
    footer = {
      "",
      "Exit codes: 0 done, 1 bug, 2 configuration or usage, 3 data that breaks a promise.",
      "Start with: ./depthcast demo"
    })
public final class Depthcast {

  /** Every job, in the order of the pipeline. */
  public static final List<Job<?>> JOBS =
      List.of(
          IngestJob.JOB,
          BinanceIngestJob.JOB,
          CoinbaseIngestJob.JOB,
          SnapshotIngestJob.JOB,
          QualityJob.JOB,
          ReplicateJob.JOB,
          FeaturesJob.JOB,
          ExploreJob.JOB,
          SearchJob.JOB,
          TrainJob.JOB,
          EnsembleJob.JOB,
          ShapJob.JOB,
          AuditJob.JOB,
          BacktestJob.JOB,
          ReportJob.JOB);

  /** System property by which the launcher asks for a check of the command line only. */
  private static final String CHECK_ONLY = "depthcast.check";

  /** Exit code that tells the launcher to go on and start Spark. */
  private static final int START_SPARK = 100;

  private Depthcast() {}

  /** Version of the build, for {@code --version}. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"depthcast " + CodeVersion.current()};
    }
  }

  /** Jobs that read files into the silver tables; each has the name of its format. */
  @Command(
      name = "ingest",
      description = "Read market data of a format into the silver tables.",
      versionProvider = Version.class,
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "<format>",
      commandListHeading = "%nFormats:%n")
  static final class Ingest {}

  /** The job of that name. */
  public static Optional<Job<?>> job(String name) {
    return JOBS.stream().filter(j -> j.name().equals(name)).findFirst();
  }

  /** Version and commit of this build. */
  public static String version() {
    return CodeVersion.current();
  }

  public static void main(String[] args) {
    JobMain.exit(execute(args));
  }

  /** Runs a command line and answers the exit code. */
  public static int execute(String... args) {
    CommandLine commandLine = commandLine();
    commandLine.setExecutionStrategy(
        parsed ->
            Boolean.getBoolean(CHECK_ONLY)
                ? check(parsed)
                : new CommandLine.RunLast().execute(parsed));
    return commandLine.execute(args);
  }

  private static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Depthcast());
    CommandLine ingest = new CommandLine(new Ingest());
    commandLine.addSubcommand(ingest);
    for (Job<?> job : JOBS) {
      List<String> words = job.words();
      CommandLine parent = words.size() == 1 ? commandLine : ingest;
      parent.addSubcommand(words.get(words.size() - 1), jobSpec(job));
    }
    commandLine.getSubcommands().get(FeaturesJob.JOB.name()).addSubcommand(new ExplainCommand());
    commandLine.addSubcommand(new PipelineCommand());
    commandLine.addSubcommand(new DemoCommand());
    commandLine.addSubcommand(new SimulateCommand());
    commandLine.addSubcommand(new SqlCommand());
    commandLine.addSubcommand(new VerifyCommand());
    commandLine.addSubcommand(new VacuumCommand());
    commandLine.addSubcommand(new CaptureCommand());
    commandLine.addSubcommand(new BenchmarkCommand());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(Depthcast::usageError);
    commandLine.setExecutionExceptionHandler((e, command, parsed) -> JobMain.Failure.of(e).print());
    return commandLine;
  }

  private static CommandLine jobSpec(Job<?> job) {
    CommandLine line = new CommandLine(new JobCommand<>(job));
    CommandSpec spec = line.getCommandSpec();
    spec.usageMessage()
        .description(job.summary(), "Reads:  " + job.reads(), "Writes: " + job.writes());
    if (!job.readsFiles()) {
      spec.remove(spec.findOption("--input"));
    }
    spec.remove(
        spec.findOption(job.input() == Job.Input.DESCRIBED_FILES ? "--config" : "--source"));
    return line;
  }

  /**
   * Everything that can be refused without Spark is refused here, in well under a second; what
   * needs no Spark is done.
   */
  private static int check(ParseResult parsed) {
    List<CommandLine> commands = parsed.asCommandLineList();
    if (commands.stream().anyMatch(c -> c.isUsageHelpRequested() || c.isVersionHelpRequested())
        || commands.get(commands.size() - 1).getCommand() instanceof HelpCommand) {
      return new CommandLine.RunLast().execute(parsed);
    }
    Object command = commands.get(commands.size() - 1).getCommand();
    if (command instanceof SparkCommand spark) {
      try {
        spark.check();
        return START_SPARK;
      } catch (ConfigException e) {
        return JobMain.Failure.of(e).print();
      }
    }
    if (command instanceof Callable) {
      return new CommandLine.RunLast().execute(parsed);
    }
    commands.get(commands.size() - 1).usage(System.err);
    return JobMain.CONFIG;
  }

  private static int usageError(ParameterException e, String[] args) {
    Console.error(
        e.getMessage().replace("\n", " ")
            + "; see './depthcast help"
            + e.getCommandLine().getCommandSpec().qualifiedName().substring("depthcast".length())
            + "'");
    return JobMain.CONFIG;
  }
}
