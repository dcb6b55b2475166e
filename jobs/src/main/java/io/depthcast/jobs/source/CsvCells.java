package io.depthcast.jobs.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.depthcast.feed.snapshot.SnapshotRow;
import io.depthcast.feed.snapshot.SnapshotSource;
import io.depthcast.jobs.source.SourceFiles.Opened;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/** A CSV file with a line of column names. */
final class CsvCells implements SnapshotFile.Cells {

  private static final int MOST_CHARS_PER_COLUMN = 1000;

  private final String name;
  private final Opened opened;
  private final CsvParser parser;
  private final int symbolColumn;
  private final int[] textColumns;
  private final int[] numberColumns;
  private String symbol;
  private long lineNo = 1;

  /**
   * @throws DataContractException if the file is empty or damaged, or a column is missing
   */
  CsvCells(Configuration hadoop, String file, SnapshotSource source) {
    name = SourceFiles.name(file);
    CsvParserSettings settings = new CsvParserSettings();
    settings.setMaxCharsPerColumn(MOST_CHARS_PER_COLUMN);
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setReadInputOnSeparateThread(false);
    parser = new CsvParser(settings);
    opened = SourceFiles.open(hadoop, file);
    try {
      List<String> header = header();
      symbolColumn = column(header, source.columns().symbol());
      textColumns = columns(header, source.textColumns());
      numberColumns = columns(header, source.numberColumns());
    } catch (RuntimeException e) {
      SourceFiles.close(this, e);
      throw e;
    }
  }

  private List<String> header() {
    String[] header =
        readable(
            () -> {
              parser.beginParsing(opened.text(), StandardCharsets.UTF_8);
              return parser.parseNext();
            });
    if (header == null) {
      throw new DataContractException(name + ": the file is empty; fetch it again");
    }
    return Arrays.stream(header).map(String::valueOf).toList();
  }

  private int[] columns(List<String> header, List<String> names) {
    return names.stream().mapToInt(column -> column(header, column)).toArray();
  }

  private int column(List<String> header, String column) {
    int at = header.indexOf(column);
    if (at < 0) {
      throw SnapshotFile.missing(name, column, header);
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

  @Override
  public boolean read(SnapshotRow row) {
    String[] values = readable(parser::parseNext);
    if (values == null) {
      return false;
    }
    row.lineNo = ++lineNo;
    symbol = value(values, symbolColumn);
    for (int i = 0; i < textColumns.length; i++) {
      row.texts[i] = value(values, textColumns[i]);
    }
    for (int i = 0; i < numberColumns.length; i++) {
      readNumber(value(values, numberColumns[i]), row, i);
    }
    return true;
  }

  private static String value(String[] values, int column) {
    return column < values.length ? values[column] : null;
  }

  /** An empty cell and {@code NaN} are missing numbers. */
  private static void readNumber(String text, SnapshotRow row, int i) {
    row.numbers[i] = Double.NaN;
    row.notNumbers[i] = null;
    if (text != null && !text.equalsIgnoreCase("nan")) {
      try {
        row.numbers[i] = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        row.notNumbers[i] = text;
      }
    }
  }

  @Override
  public String symbol() {
    return symbol;
  }

  @Override
  public long checksum() {
    return opened.checksum().getValue();
  }

  @Override
  public void close() throws IOException {
    parser.stopParsing();
    opened.text().close();
  }
}
