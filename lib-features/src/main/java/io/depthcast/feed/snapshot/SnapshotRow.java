package io.depthcast.feed.snapshot;

/**
 * One row of a table. Whoever reads the table may fill the same row again and again: {@link
 * SnapshotReader} asks for the next when it is done with the last.
 */
public final class SnapshotRow {

  /** File of the row, for messages; rows of a file come in its order. */
  public String sourceFile = "";

  /** The row in its file, from 1. */
  public long lineNo;

  /** Texts of {@link SnapshotSource#textColumns()}; null where missing. */
  public final String[] texts;

  /** Numbers of {@link SnapshotSource#numberColumns()}; NaN where missing or no number. */
  public final double[] numbers;

  /** Texts in the places of numbers that are none; null where there is a number, or nothing. */
  public final String[] notNumbers;

  public SnapshotRow(SnapshotSource source) {
    texts = new String[source.textColumns().size()];
    numbers = new double[source.numberColumns().size()];
    notNumbers = new String[numbers.length];
  }

  /** The values, parted by commas. */
  String payload() {
    StringBuilder payload = new StringBuilder(String.join(",", texts));
    for (int i = 0; i < numbers.length; i++) {
      payload
          .append(',')
          .append(notNumbers[i] == null ? Double.toString(numbers[i]) : notNumbers[i]);
    }
    return payload.toString();
  }
}
