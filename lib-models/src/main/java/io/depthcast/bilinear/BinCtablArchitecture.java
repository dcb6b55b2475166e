package io.depthcast.bilinear;

import io.depthcast.networks.Adam;
import io.depthcast.networks.Architecture;
import io.depthcast.networks.Learner;
import io.depthcast.networks.LearnerState;
import io.depthcast.networks.RandomStream;
import io.depthcast.training.Range;

/**
 * {@link BinCtabl} as an architecture, fitted by {@link Adam} with dropout.
 *
 * @param steps rows of a window, 2 to 10000
 */
public record BinCtablArchitecture(int steps) implements Architecture {

  public static final String NAME = "bin_ctabl";

  public BinCtablArchitecture {
    Range.check("steps", steps, 2, 10_000);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int[] sizes() {
    return new int[] {steps};
  }

  @Override
  public Learner begin(int features, long seed) {
    RandomStream random = new RandomStream(seed);
    BinCtabl network = new BinCtabl(features, steps);
    network.begin(random.nextLong());
    return new BinCtablLearner(network, network.adam(), random);
  }

  @Override
  public BinCtabl restore(int features, float[] weights) {
    BinCtabl network = new BinCtabl(features, steps);
    network.setWeights(weights);
    return network;
  }

  private record BinCtablLearner(BinCtabl network, Adam adam, RandomStream dropout)
      implements Learner {

    @Override
    public double learn(
        float[] rows, int[] begins, byte[] labels, float[] classWeights, double rate) {
      double loss = network.learn(rows, begins, labels, classWeights, dropout);
      adam.step(rate);
      network.changed();
      return loss;
    }

    @Override
    public LearnerState state() {
      return new LearnerState(network.weights(), adam.moments(), adam.decayed(), dropout.drawn());
    }

    @Override
    public void resume(LearnerState state) {
      network.setWeights(state.weights());
      adam.resume(state.moments(), state.decayed());
      dropout.moveTo(state.drawn());
    }

    @Override
    public void setWeights(float[] weights) {
      network.setWeights(weights);
    }
  }
}
