package io.depthcast.fitted;

/** A fit under way: takes training rows of one symbol in order; memory does not grow with them. */
public interface FeatureFit {

  /**
   * Takes the next row.
   *
   * @param values one a column of {@link FittedFamily#requires()}, finite; not kept
   * @param follows whether the row is the one right after the row of the call before in one slice
   */
  void add(double[] values, boolean follows);

  /** The feature fitted on the rows so far, also where there was none. */
  FittedFeature finish();
}
