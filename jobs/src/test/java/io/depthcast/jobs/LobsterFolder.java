package io.depthcast.jobs;

import io.depthcast.exchange.SyntheticExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes LOBSTER files for tests. */
public final class LobsterFolder {

  private LobsterFolder() {}

  /** The two files of a synthetic symbol-day by name. */
  public static Map<String, byte[]> files(SyntheticExchange exchange) {
    StringBuilder messages = new StringBuilder();
    StringBuilder books = new StringBuilder();
    try {
      exchange.write(messages, books);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, byte[]> files = new TreeMap<>();
    files.put(exchange.files().message().fileName(), bytes(messages));
    files.put(exchange.files().orderbook().fileName(), bytes(books));
    return files;
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
