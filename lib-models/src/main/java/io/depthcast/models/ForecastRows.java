package io.depthcast.models;

/**
 * A batch of rows to score.
 *
 * @param rows 0 or more
 * @param columns features a row, 1 or more
 * @param values {@code rows * columns} values, row by row, each finite or NaN where it is missing;
 *     not copied
 * @param lastClass for each row the class of the newest label whose window had ended by the row's
 *     time, {@link MoveClass#UNKNOWN} where there is none; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a view on the caller's arrays, never compared
public record ForecastRows(int rows, int columns, float[] values, byte[] lastClass) {

  public ForecastRows {
    if (rows < 0) {
      throw new IllegalArgumentException("Invalid rows: " + rows + " (must be 0 or more)");
    }
    if (columns < 1) {
      throw new IllegalArgumentException("Invalid columns: " + columns + " (must be 1 or more)");
    }
    if (values.length != Math.multiplyExact(rows, columns)) {
      throw new IllegalArgumentException(
          "Invalid values: "
              + values.length
              + " (must be rows * columns = "
              + rows
              + " * "
              + columns
              + ")");
    }
    if (lastClass.length != rows) {
      throw new IllegalArgumentException(
          "Invalid lastClass: " + lastClass.length + " values (must be " + rows + ")");
    }
    for (int i = 0; i < values.length; i++) {
      if (Float.isInfinite(values[i])) {
        throw new IllegalArgumentException(
            "Invalid value in row "
                + i / columns
                + ", column "
                + i % columns
                + ": "
                + values[i]
                + " (must be finite, or NaN where missing)");
      }
    }
    for (int i = 0; i < rows; i++) {
      if (lastClass[i] < MoveClass.UNKNOWN || lastClass[i] > MoveClass.UP) {
        throw new IllegalArgumentException(
            "Invalid lastClass in row " + i + ": " + lastClass[i] + " (must be -1 to 2)");
      }
    }
  }
}
