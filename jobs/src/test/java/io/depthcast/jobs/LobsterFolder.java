package io.depthcast.jobs;

import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.Halt;
import io.depthcast.exchange.Instrument;
import io.depthcast.exchange.LobsterRecorder;
import io.depthcast.exchange.OrderFlow;
import io.depthcast.exchange.PlantedSignal;
import io.depthcast.feed.lobster.LobsterPair;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes LOBSTER files for tests. */
public final class LobsterFolder {

  private LobsterFolder() {}

  /**
   * A session of some 11 events a second, two moves in five seconds; its files have all of its
   * events at 8 levels and few less at a few.
   *
   * @param r2 true R2 of moves on the flow before them
   */
  public static ExchangeSession session(
      String symbol, LocalDate date, int seconds, double r2, Halt... halts) {
    OrderFlow flow =
        new OrderFlow(
            8,
            new OrderFlow.Limits(0.8, 0.6),
            new OrderFlow.Cancels(0.05, 20),
            new OrderFlow.Markets(1, 20),
            0.4,
            true);
    Instrument instrument = new Instrument(symbol, 100, 10_000, flow);
    return new ExchangeSession(
        instrument, date, seconds, 1, new PlantedSignal(r2, 11), List.of(halts));
  }

  /** The two files of a session by name. */
  public static Map<String, byte[]> files(ExchangeSession session, int levels) {
    StringBuilder messages = new StringBuilder();
    StringBuilder books = new StringBuilder();
    try {
      session.run(List.of(new LobsterRecorder(session, levels, messages, books)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LobsterPair pair = LobsterRecorder.files(session, levels);
    Map<String, byte[]> files = new TreeMap<>();
    files.put(pair.message().fileName(), bytes(messages));
    files.put(pair.orderbook().fileName(), bytes(books));
    return files;
  }

  /** Rows of the first file. */
  public static int rows(Map<String, byte[]> files) {
    int rows = 0;
    for (byte b : files.values().iterator().next()) {
      rows += b == '\n' ? 1 : 0;
    }
    return rows;
  }

  /** Writes the files as they are. */
  public static void csv(Path folder, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(Files.createDirectories(folder).resolve(file.getKey()), file.getValue());
    }
  }

  /** Writes each file gzipped. */
  public static void gz(Path folder, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = Files.createDirectories(folder).resolve(file.getKey() + ".gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
        out.write(file.getValue());
      }
    }
  }

  /** Writes the files into one zip. */
  public static void zip(Path zip, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(zip.getParent());
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
        out.closeEntry();
      }
    }
  }

  /** Lines, each ended by a line feed. */
  public static byte[] lines(List<String> lines) {
    return bytes(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }

  private static byte[] bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
