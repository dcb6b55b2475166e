package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;

/**
 * The sum of the values of the last {@code W} nanoseconds: of the rows later than {@code t(n) - W},
 * up to row n.
 *
 * <p>The series is cut into blocks at the multiples of W since 1970, as {@link EventWindowSum} cuts
 * it at the multiples of its length: a window is the end of one block and the beginning of the
 * next, so nothing is subtracted and memory holds the rows of two blocks at most.
 */
public final class TimeWindowSum implements WindowSum {

  private static final int FIRST_CAPACITY = 64;

  private final long window;

  /** Rows of the block before: times, and sums from each row to the end of the block. */
  private long[] oldTimes = new long[FIRST_CAPACITY];

  private double[] oldSums = new double[FIRST_CAPACITY];
  private int oldRows;

  /** First row of the block before that lies in the window. */
  private int oldFirst;

  /** Rows of the present block: times and values. */
  private long[] times = new long[FIRST_CAPACITY];

  private double[] values = new double[FIRST_CAPACITY];
  private int rows;
  private double sum;

  /** First time after the present block. */
  private long blockEnd = Long.MIN_VALUE;

  /**
   * @param windowNanos length W, at least 1
   */
  public TimeWindowSum(long windowNanos) {
    if (windowNanos < 1) {
      throw new IllegalArgumentException("Invalid window: " + windowNanos + " ns (must be >= 1)");
    }
    window = windowNanos;
  }

  @Override
  public void slide(BookBatch batch, double[] series) {
    for (int i = 0; i < batch.rows; i++) {
      long time = batch.tsEvent[i];
      if (time >= blockEnd) {
        beginBlock(time);
      }
      add(time, series[i]);
      while (oldFirst < oldRows && oldTimes[oldFirst] <= time - window) {
        oldFirst++;
      }
      series[i] = oldFirst < oldRows ? oldSums[oldFirst] + sum : sum;
    }
  }

  private void beginBlock(long time) {
    long begin = Math.floorDiv(time, window) * window;
    if (begin == blockEnd) {
      swap();
      for (int i = oldRows - 2; i >= 0; i--) {
        oldSums[i] += oldSums[i + 1];
      }
    } else {
      oldRows = 0;
    }
    oldFirst = 0;
    rows = 0;
    sum = 0;
    blockEnd = begin + window;
  }

  private void swap() {
    long[] spareTimes = oldTimes;
    oldTimes = times;
    times = spareTimes;
    double[] spareValues = oldSums;
    oldSums = values;
    values = spareValues;
    oldRows = rows;
  }

  private void add(long time, double value) {
    if (rows == times.length) {
      times = Arrays.copyOf(times, 2 * rows);
      values = Arrays.copyOf(values, 2 * rows);
    }
    times[rows] = time;
    values[rows] = value;
    rows++;
    sum += value;
  }
}
