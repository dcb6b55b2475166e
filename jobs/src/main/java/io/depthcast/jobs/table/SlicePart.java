package io.depthcast.jobs.table;

import java.io.Serializable;

/**
 * A stretch of a slice that one task writes.
 *
 * @param number its place among the parts of the slice, in the order of their rows, from 0
 * @param count parts of the slice
 */
public record SlicePart(Slice slice, int number, int count) implements Serializable {
  private static final long serialVersionUID = 1L;

  public SlicePart {
    if (number < 0 || number >= count) {
      throw new IllegalArgumentException(
          "Invalid part: " + number + " (must be 0 to " + (count - 1) + ")");
    }
  }
}
