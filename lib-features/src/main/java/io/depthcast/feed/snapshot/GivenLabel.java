package io.depthcast.feed.snapshot;

import java.io.Serializable;

/**
 * A label that comes with a table: the direction of a move from row t to a later row of the same
 * file. The last rows of a file have none, whatever the column says there.
 *
 * @param column its column
 * @param horizonRows rows of the file from t to the last row that the label looks at; 1 to 1000000
 * @param down number that means down
 * @param flat number that means flat
 * @param up number that means up
 */
public record GivenLabel(String column, int horizonRows, double down, double flat, double up)
    implements Serializable {

  static final byte NONE = Byte.MIN_VALUE;

  public GivenLabel {
    if (horizonRows < 1 || horizonRows > 1_000_000) {
      throw new IllegalArgumentException(
          "Invalid horizonRows: " + horizonRows + " (must be 1 to 1000000)");
    }
    if (down == flat || flat == up || up == down) {
      throw new IllegalArgumentException(
          "Invalid classes: " + down + ", " + flat + ", " + up + " (must be different)");
    }
  }

  /** -1, 0 or 1; {@link #NONE} for another number. */
  byte direction(double given) {
    if (given == down) {
      return -1;
    }
    if (given == flat) {
      return 0;
    }
    return given == up ? 1 : NONE;
  }
}
