package io.depthcast.training;

import io.depthcast.models.MoveClass;
import java.io.Serializable;

/** How often each class follows each last known class in a set of rows. */
public final class ClassCounts implements Serializable {
  private static final long serialVersionUID = 1;

  /** Rows by last known class + 1 (so 0 is unknown) and label. */
  private final long[][] counts = new long[MoveClass.COUNT + 1][MoveClass.COUNT];

  /** Counts one row. */
  public void add(int lastClass, int label) {
    counts[lastClass + 1][label]++;
  }

  /** Rows with this last known class, which may be {@link MoveClass#UNKNOWN}, and this label. */
  public long count(int lastClass, int label) {
    return counts[lastClass + 1][label];
  }

  /** Rows with this label. */
  public long count(int label) {
    long sum = 0;
    for (long[] row : counts) {
      sum += row[label];
    }
    return sum;
  }

  /** All rows. */
  public long rows() {
    long sum = 0;
    for (int label = 0; label < MoveClass.COUNT; label++) {
      sum += count(label);
    }
    return sum;
  }

  /** How many of the three classes have at least one row. */
  public int classesPresent() {
    int present = 0;
    for (int label = 0; label < MoveClass.COUNT; label++) {
      present += count(label) > 0 ? 1 : 0;
    }
    return present;
  }

  /**
   * The weight of a row of this class that gives all classes the same say: {@code rows / (3 *
   * count)}; 1 for a class without rows. Source: G. King and L. Zeng, Logistic Regression in Rare
   * Events Data, Political Analysis 9 (2001), section 4.2; the rule of scikit-learn's {@code
   * class_weight="balanced"}.
   */
  public double balancedWeight(int label) {
    long count = count(label);
    return count == 0 ? 1 : (double) rows() / (MoveClass.COUNT * count);
  }
}
