package io.depthcast.networks;

/** A network under way of being fitted, with the state of its optimiser. */
public interface Learner {

  /** The network, as it is by now. */
  Network network();

  /**
   * Takes one step against the gradient of the loss of a batch: cross entropy, each window with the
   * weight of its class over the sum of these weights.
   *
   * @param rows features row by row, time rising within each window
   * @param begins where the first row of each window begins
   * @param labels class of each window
   * @param classWeights weight of each class
   * @param rate of learning
   * @return the loss before the step
   */
  double learn(float[] rows, int[] begins, byte[] labels, float[] classWeights, double rate);

  /** All that later steps depend on, at this moment. */
  LearnerState state();

  /**
   * Goes to where a learner of the same architecture, features and seed stood.
   *
   * @throws IllegalArgumentException for a state of another size
   */
  void resume(LearnerState state);

  /** Replaces all weights by those that {@link Network#weights()} gave. */
  void setWeights(float[] weights);
}
