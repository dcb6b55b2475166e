package io.depthcast.jobs.benchmark;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Two symbols of two sessions each, with a column that tells the label one row ahead, a column of
 * noise, and every seventh value of the first missing.
 */
final class SmallRows {

  private static final int SESSIONS = 4;
  private static final int SESSION_ROWS = 300;

  private SmallRows() {}

  static BenchmarkRows rows() {
    Random random = new Random(5);
    int n = SESSIONS * SESSION_ROWS;
    Columns inputs = Columns.empty(List.of("ask_price_1", "ask_size_1"), n);
    Columns features = Columns.empty(List.of("queue_imbalance_1", "noise"), n);
    byte[] labels = new byte[n];
    byte[] symbol = new byte[n];
    int[] first = new int[n];
    int[] block = new int[n];
    for (int i = 0; i < n; i++) {
      double x = random.nextGaussian();
      double seen = x + 0.3 * random.nextGaussian();
      inputs.set(i, 0, seen);
      inputs.set(i, 1, random.nextGaussian());
      features.set(i, 0, i % 7 == 0 ? Double.NaN : seen);
      features.set(i, 1, random.nextGaussian());
      labels[i] = (byte) (x > 0.5 ? 2 : x < -0.5 ? 0 : 1);
      first[i] = i - i % SESSION_ROWS;
      symbol[i] = (byte) (i / (2 * SESSION_ROWS));
      block[i] = i % SESSION_ROWS / 30;
    }
    Problem problem =
        new Problem(
            5,
            Double.NaN,
            labels,
            range(n, 0, 150),
            range(n, 150, 200),
            range(n, 200, 300),
            block,
            10);
    return new BenchmarkRows(
        List.of("one", "two"),
        symbol,
        first,
        inputs,
        features,
        List.of("queue_imbalance_1"),
        List.of(problem),
        List.of());
  }

  private static int[] range(int n, int from, int to) {
    return IntStream.range(0, n)
        .filter(i -> i % SESSION_ROWS >= from && i % SESSION_ROWS < to)
        .toArray();
  }
}
