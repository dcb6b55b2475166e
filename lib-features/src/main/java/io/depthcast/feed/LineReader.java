package io.depthcast.feed;

import io.depthcast.quality.DataContractException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Walks through the lines of several texts, one after the other, without an allocation per line.
 *
 * <p>A line ends with {@code \n} or {@code \r\n}; the last of a text may end with nothing. Not safe
 * for threads.
 */
public final class LineReader implements Closeable {

  /** The longest line; a snapshot of 5000 levels a side is below half a megabyte. */
  static final int MOST_BYTES = 1 << 25;

  private final List<TextSource> sources;
  private int source;
  private byte[] bytes = new byte[1 << 16];

  /** Begin and end of the present line, its line end left out. */
  private int start;

  private int end;

  /** Begin of the line after it, and the end of what has been read. */
  private int next;

  private int limit;
  private long lineNo;

  /**
   * @param sources read in this order, at least one
   */
  public LineReader(List<TextSource> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("No text to read");
    }
    this.sources = List.copyOf(sources);
  }

  /**
   * Goes to the next line.
   *
   * @return false after the last line of the last text
   * @throws DataContractException if a text is empty or cut off, or a line is longer than 32 MiB
   */
  public boolean next() throws IOException {
    while (!nextInSource()) {
      if (lineNo == 0) {
        throw new DataContractException(name() + ": the file is empty; fetch it again");
      }
      if (source + 1 == sources.size()) {
        return false;
      }
      source++;
      lineNo = 0;
    }
    lineNo++;
    return true;
  }

  private boolean nextInSource() throws IOException {
    start = next;
    int at = start;
    while (true) {
      while (at < limit && bytes[at] != '\n') {
        at++;
      }
      if (at < limit) {
        endAt(at, at + 1);
        return true;
      }
      at -= start;
      moveToFront();
      int count = read();
      if (count < 0) {
        endAt(limit, limit);
        return limit > 0;
      }
      limit += count;
    }
  }

  private void endAt(int lineFeed, int nextLine) {
    end = lineFeed > start && bytes[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
    next = nextLine;
  }

  private void moveToFront() {
    limit -= start;
    byte[] from = bytes;
    if (limit == bytes.length) {
      if (limit == MOST_BYTES) {
        throw new DataContractException(
            name()
                + " line "
                + (lineNo + 1)
                + ": longer than "
                + MOST_BYTES
                + " bytes; this is no captured text, fetch the file again");
      }
      bytes = new byte[2 * limit];
    }
    System.arraycopy(from, start, bytes, 0, limit);
    start = 0;
  }

  private int read() throws IOException {
    InputStream in = sources.get(source).in();
    try {
      return in.read(bytes, limit, bytes.length - limit);
    } catch (EOFException | ZipException e) {
      throw new DataContractException(
          name()
              + ": the file ends in the middle (truncated download?) after line "
              + lineNo
              + "; fetch it again",
          e);
    }
  }

  /** Name of the text with the present line. */
  public String name() {
    return sources.get(source).name();
  }

  /** Index of the text with the present line. */
  public int source() {
    return source;
  }

  /** The present line in its text, from 1. */
  public long lineNo() {
    return lineNo;
  }

  /** Holds the present line from {@link #start()} to {@link #end()}; other bytes are undefined. */
  public byte[] bytes() {
    return bytes;
  }

  /** First byte of the present line. */
  public int start() {
    return start;
  }

  /** After the last byte of the present line without its line end. */
  public int end() {
    return end;
  }

  /**
   * The present line; bytes that are no UTF-8 become U+FFFD.
   *
   * @param mostBytes bytes after which it is cut
   */
  public String text(int mostBytes) {
    return new String(bytes, start, Math.min(end - start, mostBytes), StandardCharsets.UTF_8);
  }

  /** Closes all texts. */
  @Override
  public void close() throws IOException {
    IOException fault = null;
    for (TextSource each : sources) {
      try {
        each.in().close();
      } catch (IOException e) {
        fault = e;
      }
    }
    if (fault != null) {
      throw fault;
    }
  }
}
