package io.depthcast.networks;

import java.io.Serializable;
import java.util.List;

/** The layers of a network and their sizes: an immutable record, valid by construction. */
public interface Architecture extends Serializable {

  /** The algorithm's name in configurations and tables, for example {@code deep_lob}. */
  String name();

  /** Rows of a window, 1 or more. */
  int steps();

  /** The sizes that tell this architecture from others of its kind, to restore it by. */
  int[] sizes();

  /**
   * Refuses features whose number, kind or order it cannot take.
   *
   * @param inputs names of the features of a row, in their order
   * @throws IllegalArgumentException with what is wrong and what to do
   */
  default void checkInputs(List<String> inputs) {}

  /**
   * A network at its start.
   *
   * @param features of a row
   * @param seed of the weights that it begins with, and of everything random in its steps
   * @throws IllegalArgumentException for more or fewer features than the network can take
   */
  Learner begin(int features, long seed);

  /**
   * A fitted network.
   *
   * @param weights as {@link Network#weights()} gave them
   * @throws IllegalArgumentException for a wrong number of weights
   */
  Network restore(int features, float[] weights);
}
