package io.depthcast.jobs.columns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Small whole numbers of a Parquet page: dictionary indices or definition levels.
 *
 * <p>Format: Apache Parquet, "Encodings", RLE / bit-packing hybrid.
 */
final class IndexRuns {

  /** Bytes behind the last number that may be looked at: a number is read as eight bytes. */
  static final int PADDING = Long.BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int width;
  private int position;

  // The present run.
  private int left;
  private boolean packed;
  private int repeated;
  private long bit;

  /**
   * @param bytes the runs, and {@link #PADDING}
   * @param position where the first run begins
   * @param width bits of a number, 0 to 32
   */
  IndexRuns(byte[] bytes, int position, int width) {
    this.bytes = bytes;
    this.position = position;
    this.width = width;
  }

  /** Takes the next numbers if they are one run of a number; else takes none. */
  boolean takeRun(int number, int count) {
    if (left == 0) {
      startRun();
    }
    if (packed || repeated != number || left < count) {
      return false;
    }
    left -= count;
    return true;
  }

  /**
   * Takes the next numbers.
   *
   * @param meanings what each number stands for
   * @param into gets the meanings, from an index on
   */
  void take(long[] meanings, long[] into, int from, int count) {
    int end = from + count;
    for (int at = from; at < end; ) {
      if (left == 0) {
        startRun();
      }
      int next = at + Math.min(left, end - at);
      if (packed) {
        unpack(meanings, into, at, next);
      } else {
        Arrays.fill(into, at, next, meanings[repeated]);
      }
      left -= next - at;
      at = next;
    }
  }

  private void unpack(long[] meanings, long[] into, int from, int to) {
    long mask = (1L << width) - 1;
    long first = bit;
    for (int i = from; i < to; i++) {
      long number = (long) LONG.get(bytes, (int) (first >>> 3)) >>> (first & 7) & mask;
      into[i] = meanings[(int) number];
      first += width;
    }
    bit = first;
  }

  private void startRun() {
    int header = 0;
    int shift = 0;
    int part;
    do {
      part = bytes[position++];
      header |= (part & 0x7f) << shift;
      shift += 7;
    } while (part < 0);
    packed = (header & 1) == 1;
    if (packed) {
      int groups = header >>> 1;
      left = groups * Byte.SIZE;
      bit = (long) position * Byte.SIZE;
      position += groups * width;
    } else {
      left = header >>> 1;
      repeated = 0;
      for (int i = 0; i < width; i += Byte.SIZE) {
        repeated |= (bytes[position++] & 0xff) << i;
      }
    }
  }
}
