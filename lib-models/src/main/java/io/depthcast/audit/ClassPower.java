package io.depthcast.audit;

import java.util.Arrays;

/** How well one number tells a rise from a fall. */
public final class ClassPower {

  private ClassPower() {}

  /**
   * {@code |2 A - 1|} with {@code A} the area under the ROC curve of the values for up against
   * down, ties counted half (the Mann-Whitney statistic): 0 for a number that says nothing, 1 for
   * one that parts all rises from all falls; NaN where there are not both. Flat rows are left out.
   *
   * @param values by row, finite
   * @param classes by row, 0 down, 1 flat, 2 up
   */
  public static double of(float[] values, byte[] classes) {
    float[] downs = chosen(values, classes, 0);
    float[] ups = chosen(values, classes, 2);
    long twiceWon = 0;
    int below = 0;
    int notAbove = 0;
    for (float up : ups) {
      while (below < downs.length && downs[below] < up) {
        below++;
      }
      while (notAbove < downs.length && downs[notAbove] <= up) {
        notAbove++;
      }
      twiceWon += below + notAbove;
    }
    return Math.abs(twiceWon / ((double) downs.length * ups.length) - 1);
  }

  private static float[] chosen(float[] values, byte[] classes, int wanted) {
    float[] chosen = new float[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (classes[i] == wanted) {
        chosen[count++] = values[i];
      }
    }
    float[] sorted = Arrays.copyOf(chosen, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
