package io.depthcast.jobs.report;

import java.util.Arrays;

/**
 * Picks the points of a long curve that a picture needs: the first, the last, and the lowest and
 * highest of each of equally long runs of points, so that no peak is lost.
 */
final class CurveThinning {
  /** Most points of a curve on a page. */
  static final int MAX_POINTS = 2000;

  private CurveThinning() {}

  /**
   * Indices of the points to keep, rising.
   *
   * @param values the curve, without NaN
   * @param maxPoints most points to keep, at least 4
   */
  static int[] keep(double[] values, int maxPoints) {
    int n = values.length;
    if (maxPoints < 4) {
      throw new IllegalArgumentException(
          "Invalid maxPoints: " + maxPoints + " (must be at least 4)");
    }
    int[] kept = new int[Math.max(n, maxPoints)];
    if (n <= maxPoints) {
      Arrays.setAll(kept, i -> i);
      return Arrays.copyOf(kept, n);
    }
    int buckets = (maxPoints - 2) / 2;
    int size = 0;
    kept[size++] = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      int from = (int) ((long) n * bucket / buckets);
      int to = (int) ((long) n * (bucket + 1) / buckets);
      int low = from;
      int high = from;
      for (int i = from; i < to; i++) {
        low = values[i] < values[low] ? i : low;
        high = values[i] > values[high] ? i : high;
      }
      for (int i : new int[] {Math.min(low, high), Math.max(low, high)}) {
        if (i > kept[size - 1]) {
          kept[size++] = i;
        }
      }
    }
    if (kept[size - 1] < n - 1) {
      kept[size++] = n - 1;
    }
    return Arrays.copyOf(kept, size);
  }
}
