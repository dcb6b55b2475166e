package io.depthcast.jobs.capture;

import java.util.Arrays;

/** The columns of a line in a segment, found again for each line; see the package. */
final class StoredLine {

  private byte[] text;
  private int begin;
  private int wallEnd;
  private int monotonicEnd;
  private int connectionEnd;
  private int counterEnd;

  /** Looks at the line that begins at a place. */
  void read(byte[] bytes, int at) {
    text = bytes;
    begin = at;
    wallEnd = space(at);
    monotonicEnd = space(wallEnd + 1);
    connectionEnd = space(monotonicEnd + 1);
    counterEnd = space(connectionEnd + 1);
  }

  private int space(int from) {
    int at = from;
    while (text[at] != ' ') {
      at++;
    }
    return at;
  }

  /** Receive time, nanoseconds UTC. */
  long wallNanos() {
    return number(begin, wallEnd);
  }

  long counter() {
    return number(connectionEnd + 1, counterEnd);
  }

  private long number(int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + (text[i] - '0');
    }
    return number;
  }

  byte[] wall() {
    return copy(begin, wallEnd);
  }

  byte[] monotonic() {
    return copy(wallEnd + 1, monotonicEnd);
  }

  byte[] connection() {
    return copy(monotonicEnd + 1, connectionEnd);
  }

  byte[] counterText() {
    return copy(connectionEnd + 1, counterEnd);
  }

  private byte[] copy(int from, int to) {
    return Arrays.copyOfRange(text, from, to);
  }

  /** Whether the connection has this name. */
  boolean isOf(byte[] connection) {
    return Arrays.equals(connection, 0, connection.length, text, monotonicEnd + 1, connectionEnd);
  }

  /** Where the message begins. */
  int message() {
    return counterEnd + 1;
  }
}
