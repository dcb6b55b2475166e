package io.depthcast.bayes;

/**
 * A model that learns row by row. A row is forecast first; its outcome is learned later, by a call
 * of its own, when it is known. Other rows may be forecast in between: a forecast changes nothing.
 * Outcomes are learned in the order of their rows. Not safe for use by two threads at once.
 */
public interface OnlineModel {

  /** The name under which the model is restored, for example {@code dirichlet_by_state}. */
  String algorithm();

  /**
   * How many outcomes the model rests on, those half forgotten counted as half; its prior counts as
   * none. It is 0 before the first.
   */
  double observations();

  /**
   * Parameters and what was learned. The model's {@code restore} gives a model that goes on to the
   * last bit as this one does. The size does not grow with the number of rows.
   */
  byte[] state();
}
