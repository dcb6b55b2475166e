package io.depthcast.labels;

import java.io.Serializable;

/**
 * A label: a record whose components are its parameters, validated in the compact constructor.
 * Serializable, so that a job can send it to where the slices are.
 */
public sealed interface Label extends Serializable permits SmoothedMidMove {

  /** The end of a label whose last row lies beyond the slice. */
  long NO_END = Long.MIN_VALUE;

  /** Name in the tables, for example {@code smoothed_mid_move_50e}. */
  String id();

  /** Rows after row t that the label of row t looks at. */
  int horizonEvents();

  /** Fresh running state for one slice. */
  LabelRun start();
}
