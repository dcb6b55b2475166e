package io.depthcast.jobs.benchmark;

import io.depthcast.jobs.source.SourceFiles;
import io.depthcast.models.MoveClass;
import io.depthcast.quality.DataContractException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;

/**
 * A file of FI-2010: text of 149 rows, a column an event; 40 rows of the book, 104 of hand-crafted
 * features, then the labels of 10, 20, 30, 50 and 100 events, each 1 up, 2 stationary or 3 down.
 */
final class Fi2010File {

  static final int FEATURES = 144;
  private static final int LABELS = 5;
  private static final int ROWS = FEATURES + LABELS;

  /** Characters of the longest number that is put up with; the published ones have 16. */
  private static final int LONGEST = 64;

  private final String name;
  private final float[][] features = new float[FEATURES][];
  private final byte[][] labels = new byte[LABELS][];
  private final byte[] token = new byte[LONGEST];

  /** How many events there are; -1 before the first row has been read. */
  private int events = -1;

  private Fi2010File(String name) {
    this.name = name;
  }

  /**
   * Reads a file, packed or not, row by row; no more than its values is held.
   *
   * @throws DataContractException if it is not of this format
   */
  static Fi2010File read(Configuration hadoop, String path) {
    Fi2010File file = new Fi2010File(SourceFiles.name(path));
    try (InputStream in = new BufferedInputStream(SourceFiles.open(hadoop, path).text(), 1 << 16)) {
      file.readRows(in);
    } catch (IOException e) {
      throw new DataContractException(
          file.name + ": " + e.getMessage() + "; the file is cut or damaged, fetch it again", e);
    }
    return file;
  }

  /** Its name without folders. */
  String name() {
    return name;
  }

  /** How many columns it has. */
  int events() {
    return events;
  }

  /** A row of the book or of the hand-crafted features, 0 to 143, event by event. */
  float[] feature(int row) {
    return features[row];
  }

  /** As {@link #feature}, which is no longer held afterwards. */
  float[] takeFeature(int row) {
    float[] taken = features[row];
    features[row] = null;
    return taken;
  }

  /**
   * The labels of a horizon, event by event, as {@link MoveClass} numbers them.
   *
   * @param horizon place in 10, 20, 30, 50, 100
   */
  byte[] labels(int horizon) {
    return labels[horizon];
  }

  private void readRows(InputStream in) throws IOException {
    int rows = 0;
    for (float[] row = nextRow(in, rows); row != null; row = nextRow(in, rows)) {
      if (row.length == 0) {
        continue;
      }
      if (rows == ROWS) {
        throw wrong("more than " + ROWS + " rows");
      }
      if (events < 0) {
        events = row.length;
      }
      if (row.length != events) {
        throw wrong(
            String.format(
                "row %d has %d values, row 1 has %d; the file is cut or damaged",
                rows + 1, row.length, events));
      }
      if (rows < FEATURES) {
        features[rows] = row;
      } else {
        labels[rows - FEATURES] = classes(row, rows);
      }
      rows++;
    }
    if (rows != ROWS) {
      throw wrong(rows + " rows (must be " + ROWS + "); the file is cut or another");
    }
  }

  /** The values up to the end of the line, none for a blank one; null at the end of the file. */
  private float[] nextRow(InputStream in, int row) throws IOException {
    float[] values = new float[events < 0 ? 1 << 10 : events];
    int count = 0;
    int length = 0;
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (true) {
      if (b > ' ') {
        if (length == LONGEST) {
          throw notANumber(row, count, length);
        }
        token[length++] = (byte) b;
      } else if (length > 0) {
        if (count == values.length) {
          values = Arrays.copyOf(values, 2 * count + 1);
        }
        values[count] = value(row, count, length);
        count++;
        length = 0;
      }
      if (b < 0 || b == '\n') {
        return count == values.length ? values : Arrays.copyOf(values, count);
      }
      b = in.read();
    }
  }

  private float value(int row, int event, int length) {
    for (int i = 0; i < length; i++) {
      // Java would also take 1f, 0x1p3 and NaN.
      if ((token[i] < '0' || token[i] > '9') && "+-.eE".indexOf(token[i]) < 0) {
        throw notANumber(row, event, length);
      }
    }
    try {
      float value = Float.parseFloat(new String(token, 0, length, StandardCharsets.US_ASCII));
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw notANumber(row, event, length);
  }

  private byte[] classes(float[] row, int number) {
    byte[] classes = new byte[row.length];
    for (int i = 0; i < row.length; i++) {
      if (row[i] != 1 && row[i] != 2 && row[i] != 3) {
        throw wrong(
            String.format(
                "row %d, column %d: label %s (must be 1 up, 2 stationary or 3 down)",
                number + 1, i + 1, row[i]));
      }
      classes[i] =
          (byte) (row[i] == 1 ? MoveClass.UP : row[i] == 2 ? MoveClass.FLAT : MoveClass.DOWN);
    }
    return classes;
  }

  private DataContractException notANumber(int row, int event, int length) {
    return wrong(
        String.format(
            "row %d, column %d: '%s' is not a number",
            row + 1, event + 1, new String(token, 0, length, StandardCharsets.ISO_8859_1)));
  }

  private DataContractException wrong(String what) {
    return new DataContractException(name + ": " + what + "; fetch it again");
  }
}
