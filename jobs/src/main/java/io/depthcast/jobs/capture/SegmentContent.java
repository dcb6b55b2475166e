package io.depthcast.jobs.capture;

import io.depthcast.jobs.capture.Manifest.ConnectionSpan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the lines of a segment hold, counted as they are written. */
final class SegmentContent {

  private static final class Span {
    long first;
    long last;
    long messages;
  }

  private final StoredLine line = new StoredLine();
  private final Map<String, Span> spans = new LinkedHashMap<>();
  private long lines;
  private long textBytes;
  private long firstNanos;
  private long lastNanos;

  // The connection of the line before: most lines have the same.
  private byte[] connection = {};
  private Span span;

  /** Adds whole lines, each with its line end. */
  void add(byte[] text, int size) {
    int at = 0;
    while (at < size) {
      int end = at;
      while (text[end] != '\n') {
        end++;
      }
      addLine(text, at);
      at = end + 1;
    }
    textBytes += size;
  }

  private void addLine(byte[] text, int at) {
    line.read(text, at);
    lastNanos = line.wallNanos();
    if (lines++ == 0) {
      firstNanos = lastNanos;
    }
    if (!line.isOf(connection)) {
      connection = line.connection();
      span =
          spans.computeIfAbsent(
              new String(connection, StandardCharsets.US_ASCII), name -> new Span());
    }
    span.last = line.counter();
    if (span.messages++ == 0) {
      span.first = span.last;
    }
  }

  long lines() {
    return lines;
  }

  long textBytes() {
    return textBytes;
  }

  long firstNanos() {
    return firstNanos;
  }

  long lastNanos() {
    return lastNanos;
  }

  /** In the order in which connections came. */
  List<ConnectionSpan> connections() {
    List<ConnectionSpan> all = new ArrayList<>();
    spans.forEach((name, s) -> all.add(new ConnectionSpan(name, s.first, s.last, s.messages)));
    return all;
  }
}
