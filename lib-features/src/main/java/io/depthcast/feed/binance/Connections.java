package io.depthcast.feed.binance;

import java.util.HashMap;
import java.util.Map;

/**
 * The connections of a capture: when each was last heard, and how far each has come in the streams
 * that are numbered. A connection that is replaced overlaps with the one that replaces it, and
 * either may be behind the other.
 */
final class Connections {

  /** Streams that are numbered, by their place in arrays. */
  static final int DEPTH = 0;

  static final int TRADES = 1;

  private static final int STREAMS = 2;

  /** Who says nothing for so long brings nothing any more. */
  private static final long SILENCE_NANOS = 1_000_000_000L;

  /** A bound of the memory; no real session comes near. */
  private static final int MOST = 1_000;

  private static final class Connection {
    private final String name;
    private final long[] lastId = new long[STREAMS];
    private final boolean[] any = new boolean[STREAMS];
    private long heardAt;

    Connection(String name) {
      this.name = name;
    }
  }

  private final Map<String, Connection> all = new HashMap<>();
  private Connection present = new Connection("");
  private long now = Long.MIN_VALUE;

  /**
   * Takes note of a line.
   *
   * @param name of the connection, empty where the capture names none
   * @param tsRecv nanoseconds UTC
   */
  void hear(String name, long tsRecv) {
    if (!present.name.equals(name)) {
      if (all.size() == MOST) {
        all.clear();
      }
      present = all.computeIfAbsent(name, Connection::new);
    }
    present.heardAt = tsRecv;
    now = tsRecv;
  }

  /** When the present line was received. */
  long now() {
    return now;
  }

  /** Name of the present line's connection. */
  String present() {
    return present.name;
  }

  /** Takes note of a numbered message on the present line. */
  void note(int stream, long lastId) {
    present.any[stream] = true;
    present.lastId[stream] = lastId;
  }

  /**
   * Whether what comes before a message may yet come by another connection: by one that has brought
   * the stream, has not come so far in it, and was heard a short while ago.
   */
  boolean mayBring(int stream, Message before) {
    for (Connection other : all.values()) {
      if (other.any[stream]
          && other.lastId[stream] < before.firstId
          && Math.abs(now - other.heardAt) < SILENCE_NANOS
          && !other.name.equals(before.connection)) {
        return true;
      }
    }
    return false;
  }
}
