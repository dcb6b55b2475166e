package io.depthcast.networks;

/**
 * Labelled windows as views over rows: a window is the rows from one on, none is copied.
 *
 * @param rows features row by row, finite; rows of a window stand one after the other, time rising
 * @param features of a row
 * @param steps rows of a window
 * @param begins by window: where its first row begins in {@code rows}
 * @param labels by window: 0 down, 1 flat, 2 up
 */
@SuppressWarnings("ArrayRecordComponent") // a view on the caller's arrays, never compared
public record Windows(float[] rows, int features, int steps, int[] begins, byte[] labels) {

  public Windows {
    if (begins.length != labels.length) {
      throw new IllegalArgumentException(
          "Invalid labels: " + labels.length + " (must be one a window, " + begins.length + ")");
    }
    for (int begin : begins) {
      if (begin < 0 || begin > rows.length - features * steps) {
        throw new IllegalArgumentException(
            "Invalid begin of a window: "
                + begin
                + " (must be 0 to "
                + (rows.length - features * steps)
                + ")");
      }
    }
  }

  /** How many windows there are. */
  public int count() {
    return begins.length;
  }
}
