package io.depthcast.jobs.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a folder of closed segments back. */
final class CapturedLines {

  private CapturedLines() {}

  /** A line of a segment. */
  record Line(long wall, long monotonic, String connection, long counter, String text) {

    static Line of(String line) {
      String[] parts = line.split(" ", 5);
      return new Line(
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          parts[2],
          Long.parseLong(parts[3]),
          parts[4]);
    }
  }

  /** Closed segments in the order of their names. */
  static List<Path> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[^._].*\\.zst"))
          .sorted()
          .toList();
    }
  }

  /** Lines of all closed segments. */
  static List<Line> of(Path folder) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Path segment : segments(folder)) {
      lines.addAll(ofSegment(segment));
    }
    return lines;
  }

  static List<Line> ofSegment(Path segment) throws IOException {
    try (InputStream zstd = new ZstdInputStream(Files.newInputStream(segment));
        BufferedReader text =
            new BufferedReader(new InputStreamReader(zstd, StandardCharsets.UTF_8))) {
      return text.lines().map(Line::of).toList();
    }
  }

  static Manifest manifest(Path segment) throws IOException {
    Path file = segment.resolveSibling("_" + segment.getFileName() + ".json");
    return new ObjectMapper().readValue(file.toFile(), Manifest.class);
  }

  /** Texts by connection, in the order in which connections came. */
  static Map<String, List<String>> byConnection(List<Line> lines) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (Line line : lines) {
      List<String> soFar = texts.computeIfAbsent(line.connection(), c -> new ArrayList<>());
      soFar.add(line.text());
      if (line.counter() != soFar.size()) {
        throw new AssertionError(
            line.connection() + ": counter " + line.counter() + " is line " + soFar.size());
      }
    }
    return texts;
  }
}
