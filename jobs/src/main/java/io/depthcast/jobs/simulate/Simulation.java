package io.depthcast.jobs.simulate;

import io.depthcast.exchange.ExchangeSession;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * The sessions that a configuration describes, written in all formats below one folder: {@code
 * lobster}, {@code binance}, {@code coinbase} (the Exchange feed), {@code coinbase_advanced}
 * (Advanced Trade), {@code snapshots} and {@code truth}, with the configuration itself in {@code
 * truth/config.yaml}.
 */
public final class Simulation {

  private final SimulateConfig config;

  private Simulation(SimulateConfig config) {
    this.config = config;
  }

  /**
   * @throws ConfigException if the file does not describe sessions
   */
  public static Simulation of(ConfigFile file) {
    return new Simulation(file.as(SimulateConfig.class));
  }

  /** How much was written. */
  record Written(int sessions, long events) {}

  /** Whether a folder holds what this simulation writes. */
  public boolean isIn(Path folder) throws IOException {
    Path file = config(folder);
    return Files.exists(file) && Files.readString(file).equals(ConfigFile.yaml(config));
  }

  private static Path config(Path folder) {
    return folder.resolve("truth/config.yaml");
  }

  /**
   * Writes all sessions. The folder is there when they are whole; before that they are in a hidden
   * one beside it, which a killed run leaves and the next one removes.
   *
   * @param folder new or empty
   * @throws ConfigException if it is neither
   */
  public Written write(Path folder) throws IOException {
    requireEmpty(folder);
    Path whole = folder.toAbsolutePath().normalize();
    Path part = whole.resolveSibling("." + whole.getFileName() + ".part");
    FileUtils.deleteDirectory(part.toFile());
    Files.createDirectories(config(part).getParent());
    Files.writeString(config(part), ConfigFile.yaml(config));
    List<ExchangeSession> sessions = config.sessions();
    long events = 0;
    for (ExchangeSession session : sessions) {
      long written = SessionFiles.write(session, config, part);
      events += written;
      Console.progress(
          session.instrument().symbol() + " " + session.date() + ": " + written + " events");
    }
    Files.deleteIfExists(whole);
    Files.move(part, whole);
    return new Written(sessions.size(), events);
  }

  /**
   * @throws ConfigException if a folder is neither new nor empty
   */
  public static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new ConfigException(folder + " is a file; give an empty or new folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new ConfigException(
            folder + " holds something else; remove it, or give an empty or new folder");
      }
    }
  }
}
