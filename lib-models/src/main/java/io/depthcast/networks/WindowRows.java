package io.depthcast.networks;

import io.depthcast.models.MoveClass;
import io.depthcast.training.Standardisation;
import java.util.Arrays;

/** Collects rows, stretch by stretch, for the windows that end at those with a label. */
final class WindowRows {

  /** The longest array that a virtual machine gives. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private final Standardisation standardisation;
  private final int steps;
  private final int features;
  private float[] rows;
  private int size;
  private int[] begins = new int[1024];
  private byte[] labels = new byte[1024];
  private int windows;
  private boolean isFirst;

  WindowRows(Standardisation standardisation, int steps) {
    this.standardisation = standardisation;
    this.steps = steps;
    features = standardisation.columns();
    rows = new float[1024 * features];
  }

  /** The next row follows none: it stands for those that its window misses. */
  void begin() {
    isFirst = true;
  }

  /**
   * Adds a row.
   *
   * @param label 0 to 2, or -1 for a row that is history only
   */
  void add(float[] row, int label) {
    if (label < MoveClass.UNKNOWN || label > MoveClass.UP) {
      throw new IllegalArgumentException("Invalid label: " + label + " (must be -1 to 2)");
    }
    if (row.length != features) {
      throw new IllegalArgumentException(
          "Invalid features: " + row.length + " values (must be " + features + ")");
    }
    for (int copies = isFirst ? steps : 1; copies > 0; copies--) {
      append(row);
    }
    isFirst = false;
    if (label != MoveClass.UNKNOWN) {
      if (windows == begins.length) {
        begins = Arrays.copyOf(begins, 2 * windows);
        labels = Arrays.copyOf(labels, 2 * windows);
      }
      begins[windows] = size - steps * features;
      labels[windows] = (byte) label;
      windows++;
    }
  }

  private void append(float[] row) {
    if (size > MOST - features) {
      throw new IllegalArgumentException(
          "Invalid training rows: more than %d values (train on fewer)".formatted(MOST));
    }
    if (size + features > rows.length) {
      rows = Arrays.copyOf(rows, (int) Math.min(2L * rows.length, MOST));
    }
    for (int j = 0; j < features; j++) {
      rows[size + j] = (float) standardisation.apply(j, row[j]);
    }
    size += features;
  }

  Windows windows() {
    return new Windows(
        rows, features, steps, Arrays.copyOf(begins, windows), Arrays.copyOf(labels, windows));
  }
}
