package io.depthcast.jobs.capture;

import io.depthcast.jobs.capture.Manifest.ConnectionSpan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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
    int wallEnd = space(text, at);
    int monotonicEnd = space(text, wallEnd + 1);
    int connectionEnd = space(text, monotonicEnd + 1);
    int counterEnd = space(text, connectionEnd + 1);
    lastNanos = number(text, at, wallEnd);
    if (lines++ == 0) {
      firstNanos = lastNanos;
    }
    int from = monotonicEnd + 1;
    if (!Arrays.equals(connection, 0, connection.length, text, from, connectionEnd)) {
      connection = Arrays.copyOfRange(text, from, connectionEnd);
      span =
          spans.computeIfAbsent(
              new String(connection, StandardCharsets.US_ASCII), name -> new Span());
    }
    span.last = number(text, connectionEnd + 1, counterEnd);
    if (span.messages++ == 0) {
      span.first = span.last;
    }
  }

  private static int space(byte[] text, int from) {
    int at = from;
    while (text[at] != ' ') {
      at++;
    }
    return at;
  }

  private static long number(byte[] text, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + (text[i] - '0');
    }
    return number;
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
