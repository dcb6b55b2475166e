package io.depthcast.feed.coinbase;

/**
 * The numbering of the messages of one connection: {@code sequence_num} grows by one from message
 * to message, and begins again with a new connection.
 */
final class Connection {

  /** How a message stands to the one before. */
  enum Order {
    NEXT,
    /** Messages are missing before it. */
    GAP,
    /** Numbered and sent no later than the last: it was had already. */
    REPEATED,
    /** Numbered no later than the last and sent later: the numbering has begun again. */
    ANEW
  }

  private long sequence = Message.NONE;
  private long time = Message.NONE;
  private long heartbeat = Message.NONE;

  /** Whether a message follows; not yet taken note of. */
  Order order(Message message) {
    if (sequence == Message.NONE || message.sequence == sequence + 1) {
      return Order.NEXT;
    }
    if (message.time <= time) {
      return Order.REPEATED;
    }
    return message.sequence <= sequence ? Order.ANEW : Order.GAP;
  }

  /** The messages are those of another connection from now on. */
  void restart() {
    sequence = Message.NONE;
    heartbeat = Message.NONE;
  }

  /** Takes note of a message. */
  void add(Message message) {
    sequence = message.sequence;
    time = Math.max(time, message.time);
  }

  /** Number of the last message. */
  long sequence() {
    return sequence;
  }

  /** Takes note of a heartbeat; answers the number of the one before, or its own less one. */
  long heartbeatBefore(long number) {
    long before = heartbeat == Message.NONE ? number - 1 : heartbeat;
    heartbeat = number;
    return before;
  }
}
