package io.depthcast.fitted;

import java.io.Serializable;

/** A feature with its fitted numbers. Immutable. */
public interface FittedFeature extends Serializable {

  /**
   * The value of a row, finite.
   *
   * @param values one a column of {@link FittedFamily#requires()}, finite
   */
  double value(double[] values);

  /** What was fitted, finite; {@link FittedFamily#restore} takes it back. */
  double[] numbers();
}
