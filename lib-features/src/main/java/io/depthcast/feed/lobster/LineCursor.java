package io.depthcast.feed.lobster;

import io.depthcast.quality.DataContractException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import java.util.zip.ZipException;

/**
 * Walks through the lines of a text stream and reads numbers where they lie, without an allocation.
 *
 * <p>The buffer always holds the whole of the present line with its line feed (one is added if the
 * last line has none), so that reading a number needs no check for the end of the buffer.
 */
final class LineCursor implements Closeable {

  /** Returned by {@link #natural()} where no number of 1 to 18 digits stands. */
  static final long NOT_A_NUMBER = -1;

  private static final int SIZE = 1 << 18;
  private static final int PADDING = Long.BYTES;
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ZEROS = 0x3030303030303030L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Added to a byte, sets its high bit if the byte is above 9. */
  private static final long ABOVE_NINE = 0x7676767676767676L;

  private final String name;
  private final InputStream in;
  private final CRC32C checksum = new CRC32C();
  private final byte[] bytes = new byte[SIZE + PADDING];

  /** Begin of the present line. */
  private int lineStart;

  /** Next byte to read. */
  private int pos;

  /** After the last line feed in the buffer. */
  private int linesEnd;

  /** After the last byte in the buffer. */
  private int limit;

  /** The present line, from 1. */
  private long lineNo;

  LineCursor(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  String name() {
    return name;
  }

  long lineNo() {
    return lineNo;
  }

  /** CRC-32C of the bytes read so far. */
  long checksum() {
    return checksum.getValue();
  }

  /** Goes to the line at the cursor; false at the end of the stream. */
  boolean nextLine() throws IOException {
    if (pos == linesEnd && !fill()) {
      return false;
    }
    lineStart = pos;
    lineNo++;
    return true;
  }

  private boolean fill() throws IOException {
    limit -= linesEnd;
    System.arraycopy(bytes, linesEnd, bytes, 0, limit);
    pos = 0;
    linesEnd = 0;
    while (limit < SIZE) {
      int count = read();
      if (count < 0) {
        return endLastLine();
      }
      checksum.update(bytes, limit, count);
      int from = limit;
      limit += count;
      for (int i = limit - 1; i >= from; i--) {
        if (bytes[i] == '\n') {
          linesEnd = i + 1;
          return true;
        }
      }
    }
    throw new DataContractException(
        name
            + " line "
            + (lineNo + 1)
            + ": longer than "
            + SIZE
            + " bytes; this is no LOBSTER text, fetch the file again");
  }

  private int read() throws IOException {
    try {
      return in.read(bytes, limit, SIZE - limit);
    } catch (EOFException | ZipException e) {
      throw new DataContractException(
          name
              + ": the file ends in the middle (truncated download?) after line "
              + lineNo
              + "; fetch it again",
          e);
    }
  }

  private boolean endLastLine() {
    if (limit == 0) {
      return false;
    }
    bytes[limit++] = '\n';
    linesEnd = limit;
    return true;
  }

  /** Goes to the end of the present line, wherever in it the cursor is. */
  void skipLine() {
    pos = lineStart;
    while (bytes[pos++] != '\n') {}
  }

  /** The present line without its end. */
  String line() {
    int end = lineStart;
    while (bytes[end] != '\n') {
      end++;
    }
    if (end > lineStart && bytes[end - 1] == '\r') {
      end--;
    }
    return new String(bytes, lineStart, end - lineStart, StandardCharsets.UTF_8);
  }

  /**
   * Reads 1 to 18 digits, or gives {@link #NOT_A_NUMBER} and does not move.
   *
   * <p>Eight digits are read at once: Lemire, "Quickly parsing eight digits", 2018.
   */
  long natural() {
    long word = (long) EIGHT_BYTES.get(bytes, pos) ^ ZEROS;
    int digits = Long.numberOfTrailingZeros(((word + ABOVE_NINE) | word) & HIGH_BITS) >>> 3;
    if (digits == 0) {
      return NOT_A_NUMBER;
    }
    if (digits == 8) {
      return longNatural(eightDigits(word));
    }
    pos += digits;
    return eightDigits(word << (64 - 8 * digits));
  }

  /** The value of eight digits, the first in the lowest byte. */
  private static long eightDigits(long digits) {
    long pairs = (digits * 10 + (digits >>> 8)) & 0x00FF00FF00FF00FFL;
    long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000FFFF0000FFFFL;
    return (fours * 10_000 + (fours >>> 32)) & 0xFFFFFFFFL;
  }

  private long longNatural(long firstEightDigits) {
    long value = firstEightDigits;
    int at = pos + 8;
    while (bytes[at] >= '0' && bytes[at] <= '9') {
      if (at - pos == 18) {
        return NOT_A_NUMBER;
      }
      value = 10 * value + (bytes[at++] - '0');
    }
    pos = at;
    return value;
  }

  /** Steps over a character; false, without a step, if another one stands there. */
  boolean skip(char c) {
    if (bytes[pos] != c) {
      return false;
    }
    pos++;
    return true;
  }

  /** Steps over the end of the line; false, without a step, if it is not there. */
  boolean skipLineEnd() {
    int end = bytes[pos] == '\r' ? pos + 1 : pos;
    if (bytes[end] != '\n') {
      return false;
    }
    pos = end + 1;
    return true;
  }

  /** Steps over one column of any text and the end of the line; false if more columns follow. */
  boolean skipLastColumn() {
    while (bytes[pos] != '\n') {
      if (bytes[pos++] == ',') {
        return false;
      }
    }
    pos++;
    return true;
  }

  int position() {
    return pos;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
