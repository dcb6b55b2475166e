package io.depthcast.bilinear;

import io.depthcast.networks.Adam;
import io.depthcast.networks.Architecture;
import io.depthcast.networks.Learner;
import io.depthcast.training.Range;
import java.util.SplittableRandom;

/**
 * {@link BinCtabl} as an architecture, fitted by {@link Adam} with dropout.
 *
 * @param steps rows of a window, 2 to 10000
 */
public record BinCtablArchitecture(int steps) implements Architecture {

  public BinCtablArchitecture {
    Range.check("steps", steps, 2, 10_000);
  }

  @Override
  public Learner begin(int features, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
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

  private record BinCtablLearner(BinCtabl network, Adam adam, SplittableRandom dropout)
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
    public void setWeights(float[] weights) {
      network.setWeights(weights);
    }
  }
}
