package io.depthcast.jobs.capture;

import java.util.List;

/** What is said on one connection, and what a glance at the messages tells. Safe for threads. */
interface Conversation {

  /** What is sent when the connection opens. */
  List<String> opening();

  /**
   * Looks at a message that has been stored.
   *
   * @param wallNanos when it was received, UTC
   * @param now the same by a clock that is never set
   * @throws ConnectionFault if messages are missing that only a new connection makes good
   */
  void received(byte[] message, long wallNanos, long now) throws ConnectionFault;

  /** Whether the books of all symbols can be rebuilt from what was stored since the connection. */
  boolean isReady();

  /** Called every few milliseconds with the time of a clock that is never set. */
  void tick(long now);

  /** Nothing more will be received. */
  void close();
}
