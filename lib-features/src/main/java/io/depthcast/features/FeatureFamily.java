package io.depthcast.features;

import java.io.Serializable;
import java.util.List;

/**
 * A family of features: a record whose components are its parameters, validated in the compact
 * constructor. Serializable, so that a job can send it to where the slices are.
 *
 * <p>The contract, held by a common test for every family run by {@link FeatureSet}: a value at row
 * n depends on rows up to n of its slice only; it is the same to the last bit however the rows are
 * cut into batches, and when the run begins at any earlier row of the slice from which the value is
 * not missing; it is NaN during warm-up (the first {@link #warmupEvents()} rows of the slice, and
 * as many rows after a suspect row) and in suspect rows, and finite or NaN otherwise.
 */
public sealed interface FeatureFamily extends Serializable
    permits DepthImbalance, Microprice, Mid, MidReturn, OrderFlowImbalance, QueueImbalance, Spread {

  /** Book levels a side that the kernel reads. */
  int levels();

  /** The columns, in the order of the kernel's output arrays. */
  List<Feature> produces();

  /**
   * Rows before row n that the value at row n looks at. The value is missing for the first {@code
   * warmupEvents()} rows of a slice and after a suspect row.
   */
  int warmupEvents();

  /** The paper, and which of its quantities. */
  String reference();

  /** Fresh running state for one slice. */
  FeatureKernel kernel();
}
