package io.depthcast.labels;

import io.depthcast.features.Window;
import java.io.Serializable;

/**
 * A label: a record whose components are its parameters, validated in the compact constructor.
 * Serializable, so that a job can send it to where the slices are.
 *
 * <p>The contract, held by a common test for every label: each row of a slice gets one label, in
 * order; the label of row t depends on the rows t .. e only, where row e is its end; it is the same
 * to the last bit however the rows are cut into batches and from whichever row up to t the run
 * begins; it is missing where the slice ends before row e and where any of the rows t .. e is
 * suspect.
 *
 * <p>Row e is the first row by which the label is known. For a horizon of events that is the last
 * of them. For a horizon of time it is the first row later than the horizon's end: only that row
 * tells that no other came before; the value is that of the row before it.
 */
public sealed interface Label extends Serializable
    permits FirstPassage, ImbalanceAhead, MidMove, PayingMove, SmoothedMidMove {

  /** The end of a label whose last row lies beyond the slice. */
  long NO_END = Long.MIN_VALUE;

  /** What the value of a label is. */
  enum Quantity {
    /** A move of the price, bps. */
    MOVE,
    /** An imbalance, -1 (only asks) to 1 (only bids). */
    IMBALANCE
  }

  /** Name in the tables, for example {@code smoothed_mid_move_50e}. */
  String id();

  /** How far the label looks ahead. */
  Window horizon();

  /** Book levels a side that the label reads. */
  default int levels() {
    return 1;
  }

  default Quantity quantity() {
    return Quantity.MOVE;
  }

  /**
   * The class of a value that needs nothing fitted: 1, 0 or -1; for a move its sign.
   *
   * @param value not NaN
   */
  default int direction(double value) {
    return (int) Math.signum(value);
  }

  /** Fresh running state for one slice. */
  default LabelRun start() {
    return start(Long.MAX_VALUE);
  }

  /**
   * Fresh running state for the rows of a slice up to one of them. Later rows are only looked at.
   *
   * @param lastSeq the last row that gets a label
   */
  LabelRun start(long lastSeq);
}
