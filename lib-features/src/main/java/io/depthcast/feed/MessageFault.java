package io.depthcast.feed;

/** Says why a line is rejected. */
public final class MessageFault extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean negativeSize;

  public MessageFault(String reason) {
    this(reason, false);
  }

  /**
   * @param negativeSize whether a size below zero is the reason
   */
  public MessageFault(String reason, boolean negativeSize) {
    // The reason is for the user; no stack is walked for it.
    super(reason, null, false, false);
    this.negativeSize = negativeSize;
  }

  /** Whether a size below zero is the reason. */
  public boolean isNegativeSize() {
    return negativeSize;
  }
}
