package io.depthcast.jobs.replicate;

import io.depthcast.book.BookBatch;
import io.depthcast.features.MidMove;
import io.depthcast.scores.RocArea;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How well queue imbalance tells the direction of the next move of the mid, as Gould and Bonart
 * (2016) measure it: of each stretch between two moves one row is taken (there at a random time,
 * here the one at the middle of the time), a logistic regression is fitted to the first half of the
 * rows and scored on the second.
 */
final class QueueImbalanceFacts {

  /** Beyond this, every second sample is left out, then every second of those. */
  private static final int MOST_SAMPLES = 1 << 18;

  private static final int MOST_ROWS_BETWEEN_MOVES = 1 << 20;
  private static final int LEAST_SAMPLES = 200;

  private long[] times = new long[1024];
  private double[] imbalances = new double[1024];
  private int rows;
  private double lastMid = Double.NaN;

  private final double[] imbalance = new double[MOST_SAMPLES];
  private final boolean[] up = new boolean[MOST_SAMPLES];
  private int samples;
  private int stride = 1;
  private long moves;

  /** Takes the next rows. */
  void add(BookBatch batch) {
    for (int i = 0; i < batch.rows; i++) {
      double mid = batch.mid(i);
      if (batch.suspect[i] || Double.isNaN(mid)) {
        rows = 0;
        lastMid = Double.NaN;
        continue;
      }
      if (!MidMove.isNone(mid, lastMid)) {
        if (rows > 0) {
          sample(batch.tsEvent[i], mid > lastMid);
        }
        rows = 0;
        lastMid = mid;
      }
      if (rows < MOST_ROWS_BETWEEN_MOVES) {
        double bid = batch.bidSize[0][i];
        double ask = batch.askSize[0][i];
        addRow(batch.tsEvent[i], (bid - ask) / (bid + ask));
      }
    }
  }

  private void addRow(long time, double value) {
    if (rows == times.length) {
      times = Arrays.copyOf(times, 2 * rows);
      imbalances = Arrays.copyOf(imbalances, 2 * rows);
    }
    times[rows] = time;
    imbalances[rows] = value;
    rows++;
  }

  private void sample(long moved, boolean isUp) {
    if (moves++ % stride != 0) {
      return;
    }
    if (samples == MOST_SAMPLES) {
      thin();
    }
    long middle = times[0] + (moved - times[0]) / 2;
    int at = Arrays.binarySearch(times, 0, rows, middle + 1);
    imbalance[samples] = imbalances[Math.max(0, (at < 0 ? -at - 1 : at) - 1)];
    up[samples] = isUp;
    samples++;
  }

  private void thin() {
    samples /= 2;
    for (int i = 0; i < samples; i++) {
      imbalance[i] = imbalance[2 * i];
      up[i] = up[2 * i];
    }
    stride *= 2;
  }

  /** Notes the gains over knowing nothing, measured on the second half of the samples. */
  void measure(SliceFacts facts) {
    if (samples < LEAST_SAMPLES) {
      return;
    }
    int half = samples / 2;
    double[] line = logistic(half);
    double residuals = 0;
    for (int i = half; i < samples; i++) {
      double p = 1 / (1 + Math.exp(-line[0] - line[1] * imbalance[i]));
      residuals += Math.pow((up[i] ? 1 : 0) - p, 2);
    }
    facts.add(Fact.QUEUE_IMBALANCE_MSR_GAIN, 1 - residuals / (samples - half) / 0.25);
    double area = RocArea.of(of(true, half), of(false, half));
    facts.add(Fact.QUEUE_IMBALANCE_AUC_GAIN, Math.signum(line[1]) * (area / 0.5 - 1));
  }

  /** Imbalances before a rise, or before a fall. */
  private double[] of(boolean rise, int from) {
    return IntStream.range(from, samples)
        .filter(i -> up[i] == rise)
        .mapToDouble(i -> imbalance[i])
        .toArray();
  }

  /** Constant and slope by Newton's method on the likelihood, which is concave. */
  private double[] logistic(int to) {
    double constant = 0;
    double slope = 0;
    for (int step = 0; step < 50; step++) {
      double g0 = 0;
      double g1 = 0;
      double h00 = 1e-9;
      double h01 = 0;
      double h11 = 1e-9;
      for (int i = 0; i < to; i++) {
        double x = imbalance[i];
        double p = 1 / (1 + Math.exp(-constant - slope * x));
        double error = (up[i] ? 1 : 0) - p;
        double weight = p * (1 - p);
        g0 += error;
        g1 += error * x;
        h00 += weight;
        h01 += weight * x;
        h11 += weight * x * x;
      }
      double determinant = h00 * h11 - h01 * h01;
      double d0 = (h11 * g0 - h01 * g1) / determinant;
      double d1 = (h00 * g1 - h01 * g0) / determinant;
      constant += d0;
      slope += d1;
      if (Math.abs(d0) + Math.abs(d1) < 1e-10) {
        break;
      }
    }
    return new double[] {constant, slope};
  }
}
