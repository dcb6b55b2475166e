package io.depthcast.jobs.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.depthcast.feed.snapshot.SnapshotRow;
import io.depthcast.feed.snapshot.SnapshotSource;
import io.depthcast.quality.DataContractException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * A CSV file of depth snapshots with a line of column names, read row by row. All rows are of one
 * instrument.
 */
public final class SnapshotFile implements Closeable {

  private static final int MOST_CHARS_PER_COLUMN = 1000;

  private final String name;
  private final SourceFiles.Opened opened;
  private final CsvParser parser;
  private final int symbolColumn;
  private final int[] textColumns;
  private final int[] numberColumns;
  private final SnapshotRow row;
  private String symbol;
  private long lineNo = 1;

  /**
   * @throws DataContractException if the file is empty or damaged, or a column is missing
   */
  public SnapshotFile(Configuration hadoop, String file, SnapshotSource source) {
    name = SourceFiles.name(file);
    opened = SourceFiles.open(hadoop, file);
    CsvParserSettings settings = new CsvParserSettings();
    settings.setMaxCharsPerColumn(MOST_CHARS_PER_COLUMN);
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setReadInputOnSeparateThread(false);
    parser = new CsvParser(settings);
    String[] header =
        readable(
            () -> {
              parser.beginParsing(opened.text(), StandardCharsets.UTF_8);
              return parser.parseNext();
            });
    if (header == null) {
      throw new DataContractException(name + ": the file is empty; fetch it again");
    }
    symbolColumn = column(header, source.columns().symbol());
    textColumns = columns(header, source.textColumns());
    numberColumns = columns(header, source.numberColumns());
    row = new SnapshotRow(source);
    row.sourceFile = name;
  }

  private int[] columns(String[] header, List<String> names) {
    return names.stream().mapToInt(column -> column(header, column)).toArray();
  }

  private int column(String[] header, String column) {
    int at = Arrays.asList(header).indexOf(column);
    if (at < 0) {
      throw new DataContractException(
          name
              + ": no column "
              + column
              + "; there are "
              + String.join(", ", header)
              + "; name the columns in the source's file");
    }
    return at;
  }

  private String[] readable(Supplier<String[]> parsing) {
    try {
      return parsing.get();
    } catch (TextParsingException | IllegalStateException e) {
      // The parser wraps what the stream throws, such as the end of a cut gzip file.
      throw new DataContractException(
          name + " line " + (lineNo + 1) + ": cannot be read: the file is cut, damaged or no CSV",
          e);
    }
  }

  /**
   * The next row, in an object that is filled again and again; null at the end.
   *
   * @throws DataContractException if it is of another instrument than the first
   */
  public SnapshotRow next() {
    String[] values = readable(parser::parseNext);
    if (values == null) {
      return null;
    }
    row.lineNo = ++lineNo;
    String of = value(values, symbolColumn);
    if (symbol == null) {
      symbol = of;
    }
    if (of == null || !of.equals(symbol)) {
      throw new DataContractException(
          name
              + " line "
              + lineNo
              + ": "
              + of
              + " in a file of "
              + symbol
              + "; part the table by instrument, a file each");
    }
    for (int i = 0; i < textColumns.length; i++) {
      row.texts[i] = value(values, textColumns[i]);
    }
    for (int i = 0; i < numberColumns.length; i++) {
      row.numbers[i] = number(value(values, numberColumns[i]));
    }
    return row;
  }

  private static String value(String[] values, int column) {
    return column < values.length ? values[column] : null;
  }

  /** What is no number is missing: the reader rejects the row if it needs the value. */
  private static double number(String text) {
    if (text == null) {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? Double.NaN : value;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The instrument; known after the first row. */
  public String symbol() {
    return symbol;
  }

  public String name() {
    return name;
  }

  /** CRC-32C of the file; of the whole file once {@link #next} has given null. */
  public long checksum() {
    return opened.checksum().getValue();
  }

  @Override
  public void close() throws IOException {
    parser.stopParsing();
    opened.text().close();
  }
}
