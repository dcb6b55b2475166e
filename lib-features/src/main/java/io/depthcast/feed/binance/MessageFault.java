package io.depthcast.feed.binance;

/** Says why a line is rejected. */
final class MessageFault extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean negativeSize;

  MessageFault(String reason) {
    this(reason, false);
  }

  MessageFault(String reason, boolean negativeSize) {
    // The reason is for the user; no stack is walked for it.
    super(reason, null, false, false);
    this.negativeSize = negativeSize;
  }

  boolean isNegativeSize() {
    return negativeSize;
  }
}
