package io.depthcast.feed.binance;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Messages of one numbered stream that came by one connection before others that another connection
 * may yet bring. They are held until those have come or nobody is left to bring them, {@value
 * #MOST_SECONDS} seconds at most.
 */
final class Overlap {

  private static final long MOST_SECONDS = 5;
  private static final long MOST_NANOS = MOST_SECONDS * 1_000_000_000L;

  private final Connections connections;
  private final int stream;
  private final Queue<Message> held =
      new PriorityQueue<>(Comparator.comparingLong((Message message) -> message.firstId));
  private final Deque<Message> spare = new ArrayDeque<>();

  /**
   * @param stream of {@link Connections}
   */
  Overlap(Connections connections, int stream) {
    this.connections = connections;
    this.stream = stream;
  }

  /** Whether a new message that others should come before is to be held, be it behind others. */
  boolean isToHold(Message message) {
    return !held.isEmpty() || isToWait(message);
  }

  /** Whether a message waits for others that may yet come. */
  boolean isToWait(Message message) {
    return Math.abs(connections.now() - message.tsRecv) < MOST_NANOS
        && connections.mayBring(stream, message);
  }

  /** Holds a message; gives one to reuse. */
  Message hold(Message message) {
    held.add(message);
    return spare.isEmpty() ? new Message() : spare.pop();
  }

  /** The first that is held, null if there is none. */
  Message first() {
    return held.peek();
  }

  /** Gives the first that is held, and takes a message to reuse. */
  Message release(Message used) {
    spare.push(used);
    return held.remove();
  }
}
