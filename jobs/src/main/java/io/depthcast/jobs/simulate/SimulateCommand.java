package io.depthcast.jobs.simulate;

import io.depthcast.exchange.ExchangeSession;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.JobMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the sessions of a synthetic exchange in all formats. Needs no Spark. */
@Command(
    name = "simulate",
    description = {
      "Write sessions of a synthetic exchange: LOBSTER files, Binance and Coinbase captures,"
          + " snapshots, and the truth about them.",
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
    SimulateConfig simulation = file.as(SimulateConfig.class);
    requireEmpty();
    Files.createDirectories(out.resolve("truth"));
    Files.writeString(out.resolve("truth/config.yaml"), ConfigFile.yaml(simulation));
    List<ExchangeSession> sessions = simulation.sessions();
    long events = 0;
    for (ExchangeSession session : sessions) {
      long written = SessionFiles.write(session, simulation, out);
      events += written;
      Console.progress(
          session.instrument().symbol() + " " + session.date() + ": " + written + " events");
    }
    Console.result(
        "simulate",
        sessions.size() + " sessions, " + events + " events in " + out,
        Duration.ofNanos(System.nanoTime() - start));
    return JobMain.DONE;
  }

  private void requireEmpty() throws IOException {
    if (!Files.exists(out)) {
      return;
    }
    if (!Files.isDirectory(out)) {
      throw new ConfigException("--out " + out + " is a file; give an empty or new folder");
    }
    try (Stream<Path> files = Files.list(out)) {
      if (files.findAny().isPresent()) {
        throw new ConfigException("--out " + out + " is not empty; give an empty or new folder");
      }
    }
  }
}
