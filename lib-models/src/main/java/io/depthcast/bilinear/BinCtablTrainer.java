package io.depthcast.bilinear;

import io.depthcast.networks.NetworkTrainer;
import io.depthcast.networks.Schedule;
import io.depthcast.training.Range;

/**
 * Fits {@link BinCtabl} on windows of rows.
 *
 * @param steps rows of a window, 2 to 10000
 * @param schedule how long and how fast it learns; published for limit order books: a rate of 0.001
 *     and batches of 128 (LOBCAST)
 */
public record BinCtablTrainer(int steps, Schedule schedule) implements NetworkTrainer {
  public static final String ALGORITHM = "bin_ctabl";

  public BinCtablTrainer {
    Range.check("steps", steps, 2, 10_000);
  }

  @Override
  public String name() {
    return ALGORITHM;
  }

  @Override
  public BinCtablArchitecture architecture() {
    return new BinCtablArchitecture(steps);
  }
}
