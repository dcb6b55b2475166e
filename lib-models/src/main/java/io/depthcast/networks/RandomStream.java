package io.depthcast.networks;

import java.util.SplittableRandom;

/**
 * The numbers of a {@link SplittableRandom}, with a place in them that can be told and taken up
 * again.
 */
public final class RandomStream {

  /** What a SplittableRandom adds to its seed with each number: Steele, Lea, Flood 2014. */
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private final long seed;
  private SplittableRandom random;
  private long drawn;

  public RandomStream(long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
  }

  public long nextLong() {
    drawn++;
    return random.nextLong();
  }

  /** How many numbers were drawn. */
  public long drawn() {
    return drawn;
  }

  /** Goes to the place after so many numbers. */
  public void moveTo(long numbers) {
    drawn = numbers;
    random = new SplittableRandom(seed + numbers * STEP);
  }
}
