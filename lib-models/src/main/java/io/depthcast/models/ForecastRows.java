package io.depthcast.models;

/**
 * A batch of rows to score, among rows that are there as their history.
 *
 * @param columns features a row, 1 or more
 * @param values row by row, each finite or NaN where it is missing; not copied
 * @param at by row to score: which of the rows it is, from 0, ascending; not copied
 * @param history how many rows stand before each row to score that are those before it in time,
 *     without a gap; where there are fewer, the first one repeated
 * @param lastClass for each row to score the class of the newest label whose window had ended by
 *     the row's time, {@link MoveClass#UNKNOWN} where there is none; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a view on the caller's arrays, never compared
public record ForecastRows(int columns, float[] values, int[] at, int history, byte[] lastClass) {

  public ForecastRows {
    if (columns < 1) {
      throw new IllegalArgumentException("Invalid columns: " + columns + " (must be 1 or more)");
    }
    if (values.length % columns != 0) {
      throw new IllegalArgumentException(
          "Invalid values: " + values.length + " (must be a multiple of " + columns + ")");
    }
    if (history < 0) {
      throw new IllegalArgumentException("Invalid history: " + history + " (must be 0 or more)");
    }
    int rows = values.length / columns;
    int least = history;
    for (int row : at) {
      if (row < least || row >= rows) {
        throw new IllegalArgumentException(
            "Invalid place of a row: %d (must be %d to %d)".formatted(row, least, rows - 1));
      }
      least = row + 1;
    }
    if (lastClass.length != at.length) {
      throw new IllegalArgumentException(
          "Invalid lastClass: " + lastClass.length + " values (must be " + at.length + ")");
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
    for (int i = 0; i < lastClass.length; i++) {
      if (lastClass[i] < MoveClass.UNKNOWN || lastClass[i] > MoveClass.UP) {
        throw new IllegalArgumentException(
            "Invalid lastClass in row " + i + ": " + lastClass[i] + " (must be -1 to 2)");
      }
    }
  }

  /**
   * Rows without history, all to score.
   *
   * @param rows 0 or more
   * @param values {@code rows * columns}
   */
  public ForecastRows(int rows, int columns, float[] values, byte[] lastClass) {
    this(columns, values, counted(rows, columns, values), 0, lastClass);
  }

  private static int[] counted(int rows, int columns, float[] values) {
    if (rows < 0) {
      throw new IllegalArgumentException("Invalid rows: " + rows + " (must be 0 or more)");
    }
    if (columns >= 1 && values.length != Math.multiplyExact(rows, columns)) {
      throw new IllegalArgumentException(
          "Invalid values: "
              + values.length
              + " (must be rows * columns = "
              + rows
              + " * "
              + columns
              + ")");
    }
    int[] at = new int[rows];
    for (int i = 0; i < rows; i++) {
      at[i] = i;
    }
    return at;
  }

  /** How many rows to score. */
  public int rows() {
    return at.length;
  }

  /** The values of the rows to score, row by row; not to be changed. */
  public float[] scored() {
    if (history == 0 && values.length == at.length * columns) {
      return values;
    }
    float[] scored = new float[at.length * columns];
    for (int i = 0; i < at.length; i++) {
      System.arraycopy(values, at[i] * columns, scored, i * columns, columns);
    }
    return scored;
  }
}
