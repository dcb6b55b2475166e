package io.depthcast.jobs.source;

import java.util.List;

/**
 * What captures publish to and ingest reads from. A record's value is the venue's message as a
 * segment holds it, its time the receive time in milliseconds; its key is {@code feed|symbol}, with
 * {@code *} for a message about no symbol. The headers are text.
 */
public final class Topics {

  /** All messages but trades: snapshots and updates of depth, best prices, heartbeats. */
  public static final String BOOKS = "order_book_snapshots";

  /** Messages about trades. */
  public static final String TRADES = "trades";

  public static final List<String> ALL = List.of(BOOKS, TRADES);

  /** Stands in a key for no symbol. */
  public static final String NO_SYMBOL = "*";

  /** File name of the segment that holds the message. */
  public static final String SEGMENT = "segment";

  /** Number of the message's line in the segment, from 1. */
  public static final String LINE = "line";

  /** Receive time, nanoseconds UTC. */
  public static final String RECEIVED = "received";

  /** Receive time, nanoseconds of a clock that is never set. */
  public static final String MONOTONIC = "monotonic";

  /** The connection; its name is of one capture run alone. */
  public static final String CONNECTION = "connection";

  /** Number of the message in the connection, from 1. */
  public static final String COUNTER = "counter";

  private Topics() {}
}
