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

  /** Numbers of {@link SnapshotSource#numberColumns()}; NaN where missing. */
  public final double[] numbers;

  public SnapshotRow(SnapshotSource source) {
    texts = new String[source.textColumns().size()];
    numbers = new double[source.numberColumns().size()];
  }

  /** The values, parted by commas. */
  String payload() {
    StringBuilder payload = new StringBuilder(String.join(",", texts));
    for (double number : numbers) {
      payload.append(',').append(number);
    }
    return payload.toString();
  }
}
