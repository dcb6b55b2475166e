package io.depthcast.jobs.replicate;

import io.depthcast.book.BookBatch;
import java.util.Arrays;

/**
 * The volatility signature plot (Andersen, Bollerslev, Diebold, Labys 2000): variance of the mid a
 * second by the time between samples. A sample is the last mid before a whole multiple of that
 * time; a move over a suspect row or over more than a minute without rows is left out.
 */
final class SignatureFacts {

  static final int[] SECONDS = {1, 2, 5, 10, 30, 60, 120, 300};
  private static final long SECOND = 1_000_000_000;
  private static final long LONGEST_PAUSE = 60 * SECOND;
  private static final int LEAST_SAMPLES = 20;

  private final long[] next = new long[SECONDS.length];
  private final double[] sampled = new double[SECONDS.length];
  private final double[] squares = new double[SECONDS.length];
  private final long[] samples = new long[SECONDS.length];
  private double lastMid = Double.NaN;
  private long lastTime;

  SignatureFacts() {
    Arrays.fill(sampled, Double.NaN);
  }

  /** Takes the next rows. */
  void add(BookBatch batch) {
    for (int i = 0; i < batch.rows; i++) {
      long time = batch.tsEvent[i];
      double mid = batch.mid(i);
      boolean sound = !batch.suspect[i] && !Double.isNaN(mid);
      if (!sound || time - lastTime > LONGEST_PAUSE) {
        begin(time);
      } else {
        sample(time);
      }
      lastMid = sound ? mid : Double.NaN;
      lastTime = time;
    }
  }

  private void begin(long time) {
    Arrays.fill(sampled, Double.NaN);
    for (int s = 0; s < SECONDS.length; s++) {
      next[s] = (Math.floorDiv(time, SECONDS[s] * SECOND) + 1) * SECONDS[s] * SECOND;
    }
  }

  private void sample(long time) {
    for (int s = 0; s < SECONDS.length; s++) {
      while (next[s] <= time) {
        double move = (lastMid - sampled[s]) / sampled[s] * 1e4;
        if (!Double.isNaN(move)) {
          squares[s] += move * move;
          samples[s]++;
        }
        sampled[s] = lastMid;
        next[s] += SECONDS[s] * SECOND;
      }
    }
  }

  /** Notes the points of the plot and the ratio of its ends. */
  void measure(SliceFacts facts) {
    double[] variance = new double[SECONDS.length];
    for (int s = 0; s < SECONDS.length; s++) {
      variance[s] = squares[s] / samples[s] / SECONDS[s];
      if (samples[s] > 0) {
        facts.add(new SliceFacts.SignaturePoint(SECONDS[s], variance[s], samples[s]));
      }
    }
    int minute = Arrays.binarySearch(SECONDS, 60);
    if (samples[minute] >= LEAST_SAMPLES) {
      facts.add(Fact.SIGNATURE_RATIO, variance[0] / variance[minute]);
    }
  }
}
