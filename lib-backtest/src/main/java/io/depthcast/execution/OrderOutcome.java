package io.depthcast.execution;

import java.util.Locale;

/** How an order of the simulation ended. The closing order of a slice is not counted. */
public enum OrderOutcome {
  /** All of it was filled. */
  FILLED,
  /** The visible levels filled a part; the rest was cancelled. */
  PARTLY_FILLED,
  /** The book that it met lies in a suspect window. */
  DROPPED_SUSPECT,
  /** The book that it met has an empty side. */
  DROPPED_ONE_SIDED,
  /** The book that it met has its best bid above its best ask. */
  DROPPED_CROSSED,
  /** It would have arrived after the last row of the slice. */
  DROPPED_AFTER_END;

  /** Name in the tables: the constant in lower case. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
