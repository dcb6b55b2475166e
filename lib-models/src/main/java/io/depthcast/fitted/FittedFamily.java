package io.depthcast.fitted;

import io.depthcast.features.Feature;
import java.io.Serializable;
import java.util.List;

/**
 * A family of fitted features: a record whose components are its parameters, validated in the
 * compact constructor. Serializable, so that a job can send it to where the rows are.
 *
 * <p>The contract: a fit depends on the rows it was given and their order only, to the last bit;
 * the value of a row depends on the fit and that row's columns only, so that rows that did not
 * train change nothing; it is finite for finite columns. One fit is for one symbol.
 */
public sealed interface FittedFamily extends Serializable permits IntegratedOfi, StoikovMicroprice {

  /** The columns of {@code gold.features_<set>} that are read, in the order of a row's values. */
  List<String> requires();

  /** The column. */
  Feature produces();

  /** The paper, and which of its quantities. */
  String reference();

  /** A fit without rows. */
  FeatureFit start();

  /**
   * The fitted feature of which {@link FittedFeature#numbers()} were stored; its values are equal
   * to the last bit.
   *
   * @throws IllegalArgumentException for numbers that no fit of this family gives
   */
  FittedFeature restore(double[] numbers);
}
