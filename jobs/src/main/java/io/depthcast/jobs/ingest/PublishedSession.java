package io.depthcast.jobs.ingest;

import io.depthcast.feed.TextSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/**
 * The lines of one feed for one symbol, out of rows that are sorted by symbol, feed, run, segment
 * and line; a line that was published twice is one. Read once, in order.
 */
final class PublishedSession {

  /**
   * A segment of a run of a capture.
   *
   * @param name its file name
   */
  record Segment(String feed, String run, String name) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The rows of a task, the first that is not read yet at hand. */
  private static final class Rows {
    private final Iterator<Row> rows;
    private Row row;

    Rows(Iterator<Row> rows) {
      this.rows = rows;
      next();
    }

    void next() {
      row = rows.hasNext() ? rows.next() : null;
    }

    boolean isOf(String symbol, Segment segment) {
      return row != null
          && row.<String>getAs("segment").equals(segment.name())
          && row.<String>getAs("run").equals(segment.run())
          && row.<String>getAs("feed").equals(segment.feed())
          && row.<String>getAs("symbol").equals(symbol);
    }
  }

  private final Rows rows;
  private final String symbol;
  private final String feed;
  private long missing;

  private PublishedSession(Rows rows) {
    this.rows = rows;
    symbol = rows.row.getAs("symbol");
    feed = rows.row.getAs("feed");
  }

  /** The sessions among the rows of a task; each is read to its end before the next. */
  static Iterator<PublishedSession> all(Iterator<Row> sorted) {
    Rows rows = new Rows(sorted);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.row != null;
      }

      @Override
      public PublishedSession next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return new PublishedSession(rows);
      }
    };
  }

  String symbol() {
    return symbol;
  }

  String feed() {
    return feed;
  }

  /** Lines that are missing between those read so far. */
  long missing() {
    return missing;
  }

  /**
   * The text of each segment, to be read in this order.
   *
   * @param segments those of the feed that have lines
   */
  List<TextSource> sources(List<Segment> segments) {
    return segments.stream()
        .map(segment -> new TextSource(segment.name(), new Lines(segment)))
        .toList();
  }

  /** The lines of a segment. */
  private final class Lines extends InputStream {
    private final Segment segment;
    private byte[] line = {};
    private int at;
    private long lineNo;

    Lines(Segment segment) {
      this.segment = segment;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = 0;
      while (count < length && (at < line.length || nextLine())) {
        int part = Math.min(length - count, line.length - at);
        System.arraycopy(line, at, into, offset + count, part);
        count += part;
        at += part;
      }
      return count == 0 && length > 0 ? -1 : count;
    }

    private boolean nextLine() {
      while (rows.isOf(symbol, segment) && rows.row.<Long>getAs("line") == lineNo) {
        rows.next();
      }
      if (!rows.isOf(symbol, segment)) {
        return false;
      }
      long number = rows.row.getAs("line");
      // What is before the range is not missing.
      missing += lineNo == 0 ? 0 : number - lineNo - 1;
      lineNo = number;
      byte[] text = rows.row.getAs("text");
      line = Arrays.copyOf(text, text.length + 1);
      line[text.length] = '\n';
      at = 0;
      rows.next();
      return true;
    }
  }
}
