package io.depthcast.jobs.capture;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time up to a limit, of which a random
 * half is left out, so that many clients do not come back at once.
 */
final class Backoff {

  private final long firstNanos;
  private final long mostNanos;
  private final RandomGenerator random;
  private long ceiling;

  /**
   * @param firstNanos longest first wait
   * @param mostNanos longest wait of all
   */
  Backoff(long firstNanos, long mostNanos, RandomGenerator random) {
    this.firstNanos = firstNanos;
    this.mostNanos = mostNanos;
    this.random = random;
    ceiling = firstNanos;
  }

  /** Nanoseconds to wait, between half the ceiling and the ceiling. */
  long next() {
    long wait = ceiling / 2 + (long) (random.nextDouble() * (ceiling - ceiling / 2));
    ceiling = Math.min(mostNanos, 2 * ceiling);
    return wait;
  }

  /** The last try went well. */
  void reset() {
    ceiling = firstNanos;
  }
}
