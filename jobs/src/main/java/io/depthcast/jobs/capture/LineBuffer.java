package io.depthcast.jobs.capture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines of a segment, as bytes. */
final class LineBuffer {

  private byte[] bytes = new byte[1 << 16];
  private int size;

  /**
   * Adds a line; line ends within the message become spaces.
   *
   * @param wallNanos receive time, nanoseconds UTC
   * @param monotonicNanos receive time by a clock that is never set
   * @param connection without spaces
   * @param counter of the message in the connection
   */
  void add(long wallNanos, long monotonicNanos, String connection, long counter, byte[] message) {
    byte[] head =
        (wallNanos + " " + monotonicNanos + " " + connection + " " + counter + " ")
            .getBytes(StandardCharsets.US_ASCII);
    int end = size + head.length + message.length;
    if (end + 1 > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + 1));
    }
    System.arraycopy(head, 0, bytes, size, head.length);
    System.arraycopy(message, 0, bytes, size + head.length, message.length);
    for (int i = size + head.length; i < end; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
    bytes[end] = '\n';
    size = end + 1;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** Holds the lines from 0 to {@link #size()}. */
  byte[] bytes() {
    return bytes;
  }
}
