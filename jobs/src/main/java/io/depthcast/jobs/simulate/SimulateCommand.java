package io.depthcast.jobs.simulate;

import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.simulate.Simulation.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the sessions of a synthetic exchange in all formats. Needs no Spark. */
@Command(
    name = "simulate",
    description = {
      "Write sessions of a synthetic exchange: LOBSTER files, Binance and Coinbase captures,"
          + " snapshots, and the truth about them. Planned faults go into the captures.",
      "Needs no Spark; the same configuration gives the same texts everywhere."
    })
public final class SimulateCommand implements Callable<Integer> {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration (default: configs/simulate.yaml as shipped).")
  private Path config;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder to write to, empty or new.")
  private Path out;

  @SuppressWarnings("UnusedVariable") // for picocli
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    long start = System.nanoTime();
    ConfigFile file = config == null ? ConfigFile.shipped("simulate.yaml") : ConfigFile.of(config);
    Written written = Simulation.of(file).write(out);
    Console.result(
        "simulate",
        written.sessions() + " sessions, " + written.events() + " events in " + out,
        Duration.ofNanos(System.nanoTime() - start));
    return JobMain.DONE;
  }
}
