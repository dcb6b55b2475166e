package io.depthcast.networks;

import io.depthcast.networks.NetworkFit.Progress;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps where one fit stands, so that it can go on after it was cut off. Used inside a task. */
public interface Checkpoint extends Serializable {

  /** Keeps nothing. */
  Checkpoint NONE =
      new Checkpoint() {
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<byte[]> last() {
          return Optional.empty();
        }

        @Override
        public void keep(Progress progress, Supplier<byte[]> state) {}
      };

  /** What was kept last, by a fit of the same rows, hyper-parameters and seed. */
  Optional<byte[]> last();

  /**
   * Is told of each evaluation.
   *
   * @param state to keep, computed when asked for and only within this call
   */
  void keep(Progress progress, Supplier<byte[]> state);
}
