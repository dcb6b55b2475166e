package io.depthcast.audit;

import io.depthcast.models.MoveClass;
import io.depthcast.scores.RocArea;
import java.util.stream.IntStream;

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
    double area =
        RocArea.of(chosen(values, classes, MoveClass.UP), chosen(values, classes, MoveClass.DOWN));
    return Math.abs(2 * area - 1);
  }

  private static double[] chosen(float[] values, byte[] classes, int wanted) {
    return IntStream.range(0, values.length)
        .filter(i -> classes[i] == wanted)
        .mapToDouble(i -> values[i])
        .toArray();
  }
}
