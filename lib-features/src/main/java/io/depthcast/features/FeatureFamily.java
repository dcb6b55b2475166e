package io.depthcast.features;

import java.util.List;

/**
 * A family of features: a record whose components are its parameters, validated in the compact
 * constructor.
 *
 * <p>The contract, held by a common test: a value at row n depends on rows up to n of its slice
 * only; it is the same to the last bit however the rows are cut into batches; it is NaN during
 * warm-up (the first {@link #warmupEvents()} rows of the slice, and as many rows after a suspect
 * row) and in suspect rows, and finite or NaN otherwise.
 */
public interface FeatureFamily {

  /** Book levels a side that the kernel reads. */
  int levels();

  /** The columns, in the order of the kernel's output arrays. */
  List<Feature> produces();

  /**
   * Rows before row n that the value at row n looks at. The value is missing for the first {@code
   * warmupEvents()} rows of a slice and after a suspect row.
   */
  int warmupEvents();

  /** Paper and equation. */
  String reference();

  /** Fresh running state for one slice. */
  FeatureKernel kernel();
}
