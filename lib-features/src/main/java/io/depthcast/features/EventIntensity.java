package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.Arrays;
import java.util.List;

/**
 * How fast rows come, the recent ones counting most, {@code event_intensity_500ms} with the half
 * life h as suffix:
 *
 * <pre>
 *   (ln 2 / h) / (1 - 2^(-cutOff / h))  *  sum over the rows i of the cut-off of 2^(-(t(n) - t(i)) / h)
 * </pre>
 *
 * <p>Rows a second, positive: row n counts itself. Rows that come evenly at a rate have that
 * intensity. Rows older than the cut-off count nothing; with a cut-off of 10 half lives they would
 * be a thousandth.
 *
 * <p>A row is an order's event on venues of orders, a message on venues of levels, a snapshot on
 * venues of depth snapshots.
 *
 * <p>Kept in blocks of the cut-off since 1970 as {@link TimeWindowSum} keeps its sums: within a
 * block the count decays from row to row, and the rows of the block before hold sums that have
 * decayed to its end. Nothing is subtracted.
 *
 * @param halfLife time in which the weight of a row halves, milliseconds
 * @param cutOff time beyond which it is 0, milliseconds, at least halfLife
 */
public record EventIntensity(Window halfLife, Window cutOff) implements FeatureFamily {

  private static final double LN_2 = StrictMath.log(2);

  public EventIntensity {
    if (!halfLife.isTime()) {
      throw new IllegalArgumentException(
          "Invalid halfLife: " + halfLife + " (must be a time such as 500ms)");
    }
    if (cutOff.nanos() < halfLife.nanos()) {
      throw new IllegalArgumentException(
          "Invalid cutOff: " + cutOff + " (must be a time of at least halfLife, " + halfLife + ")");
    }
  }

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "event_intensity_" + halfLife,
            "1/s",
            "ln 2 / h / (1 - 2^(-cutOff / h)) * sum of 2^(-age / h) over "
                + cutOff.words()
                + ", h = "
                + halfLife));
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public long warmupNanos() {
    return cutOff.nanos();
  }

  @Override
  public String reference() {
    return "Hawkes 1971, Spectra of Some Self-Exciting and Mutually Exciting Point Processes,"
        + " exponential kernel; here as an average with a cut-off, not a fitted process";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(halfLife.nanos(), cutOff.nanos());
  }

  private static final class Kernel implements FeatureKernel {

    private static final int FIRST_CAPACITY = 64;

    private final double halfLife;
    private final long cutOff;
    private final double scale;

    /** Rows of the block before: times, and counts from each row on, decayed to the block's end. */
    private long[] oldTimes = new long[FIRST_CAPACITY];

    private double[] oldCounts = new double[FIRST_CAPACITY];
    private int oldRows;

    /** First row of the block before that the cut-off holds. */
    private int oldFirst;

    /** Rows of the present block: times, and decay since the row before it. */
    private long[] times = new long[FIRST_CAPACITY];

    private double[] decays = new double[FIRST_CAPACITY];
    private int rows;
    private long blockEnd = Long.MIN_VALUE;

    /** Count of the present block. */
    private double count;

    /** Decay since the present block began. */
    private double decay;

    Kernel(long halfLifeNanos, long cutOffNanos) {
      halfLife = halfLifeNanos;
      cutOff = cutOffNanos;
      scale = LN_2 / (halfLifeNanos * 1e-9) / (1 - decay(cutOffNanos));
    }

    /** 2^(-age / h). */
    private double decay(long age) {
      return age == 0 ? 1 : StrictMath.exp(-LN_2 * age / halfLife);
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      for (int i = 0; i < batch.rows; i++) {
        long time = batch.tsEvent[i];
        if (time >= blockEnd) {
          beginBlock(time);
        }
        add(time);
        while (oldFirst < oldRows && oldTimes[oldFirst] <= time - cutOff) {
          oldFirst++;
        }
        double old = oldFirst < oldRows ? oldCounts[oldFirst] * decay : 0;
        out[0][i] = scale * (old + count);
      }
    }

    private void beginBlock(long time) {
      long begin = Math.floorDiv(time, cutOff) * cutOff;
      if (begin == blockEnd) {
        closeBlock();
      } else {
        oldRows = 0;
      }
      oldFirst = 0;
      rows = 0;
      count = 0;
      decay = decay(time - begin);
      blockEnd = begin + cutOff;
    }

    /** Makes the present block the one before. */
    private void closeBlock() {
      double weight = decay(blockEnd - times[rows - 1]);
      double sum = 0;
      for (int i = rows - 1; i >= 0; i--) {
        sum += weight;
        weight *= decays[i];
        decays[i] = sum;
      }
      long[] spareTimes = oldTimes;
      oldTimes = times;
      times = spareTimes;
      double[] spareCounts = oldCounts;
      oldCounts = decays;
      decays = spareCounts;
      oldRows = rows;
    }

    private void add(long time) {
      if (rows == times.length) {
        times = Arrays.copyOf(times, 2 * rows);
        decays = Arrays.copyOf(decays, 2 * rows);
      }
      // the first row's is never used
      double step = rows == 0 ? 1 : decay(time - times[rows - 1]);
      times[rows] = time;
      decays[rows] = step;
      rows++;
      count = count * step + 1;
      decay *= step;
    }
  }
}
