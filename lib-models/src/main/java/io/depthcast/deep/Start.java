package io.depthcast.deep;

import java.util.SplittableRandom;

/** What a weight is at the start of a fit. */
interface Start {

  Start ZEROS = constant(0);
  Start ONES = constant(1);

  double draw(SplittableRandom random);

  static Start constant(double value) {
    return random -> value;
  }

  /** Uniform in plus and minus a bound. */
  static Start uniform(double bound) {
    return random -> (2 * random.nextDouble() - 1) * bound;
  }

  /** Uniform in plus and minus 1 / sqrt(inputs), as PyTorch's linear and recurrent layers begin. */
  static Start ofInputs(int inputs) {
    return uniform(1 / Math.sqrt(inputs));
  }

  /**
   * Uniform with variance 2 / (in + out): Glorot, Bengio 2010, Understanding the Difficulty of
   * Training Deep Feedforward Neural Networks.
   */
  static Start glorot(int in, int out) {
    return uniform(Math.sqrt(6.0 / (in + out)));
  }

  /** The same variance, normal around 0. */
  static Start glorotNormal(int in, int out) {
    double deviation = Math.sqrt(2.0 / (in + out));
    return random -> random.nextGaussian() * deviation;
  }
}
