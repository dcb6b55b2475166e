package io.depthcast.exchange;

import io.depthcast.book.EventType;
import io.depthcast.book.Side;

/** One change of one order; the same object event after event. */
public final class OrderEvent {

  /** What an event comes from. */
  public enum Flow {
    /** A limit order of the flow. */
    LIMIT,
    /** A cancellation of the flow. */
    CANCEL,
    /** A market order of the flow: the executions of one have one time. */
    MARKET,
    /** A move of the reference price: one market order, and the orders that fill its gaps. */
    MOVE,
    /** A halt. */
    HALT
  }

  /** 1, 2, 3 ... in the session. */
  public long number;

  /** Nanoseconds UTC; not before the last, and later unless both are of one market order. */
  public long nanos;

  /** Add, cancel, delete, trade or halt. */
  public EventType type;

  public Flow flow;

  /** Resting order; undefined for a halt, as all below but the code. */
  public long orderId;

  /** Of the resting order. */
  public Side side;

  /** Price of the resting order. */
  public int ticks;

  /** Size added, withdrawn or executed. */
  public int size;

  /** The order that stood right behind it in its queue, or {@code BookBatch.NO_ORDER}. */
  public long behind;

  /** -1 halted, 0 quoting resumes, 1 trading resumes. */
  public int haltCode;

  OrderEvent() {}
}
