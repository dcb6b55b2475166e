package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import java.util.List;

/**
 * Volume-synchronized probability of informed trading: the mean imbalance of the last buckets of
 * equal volume,
 *
 * <pre>
 *   vpin = sum over the last N full buckets of |V_buy - V_sell|  /  (N * V)
 * </pre>
 *
 * <p>0 (as much bought as sold in each bucket) to 1 (each bucket one-sided), without unit. A trade
 * that fills a bucket goes on in the next. Who was aggressive is known from the side of the resting
 * order, so that volume is not classified in bulk by price changes as in the paper. Trades are rows
 * of type {@code trade}, as in {@link TradeFlow}, and mean the same there on venues of orders and
 * of levels; depth snapshots have none.
 *
 * <p>Buckets begin anew, empty, at each multiple of the window: of {@code seq}, or of time since
 * 1970. They therefore depend on the rows and not on where a run began. The last buckets are those
 * filled since the multiple before the last one, that is in one to two windows; NaN where fewer
 * than N were filled. A window should hold many more than N buckets of an ordinary day.
 *
 * <p>Column {@code vpin_50_3600000ms} for N = 50.
 *
 * @param bucketVolume V, size of a bucket in base units, above 0; a fiftieth of the volume of an
 *     ordinary day in the paper
 * @param buckets N, buckets averaged; 1 to 1000, 50 in the paper
 * @param window buckets begin anew at its multiples; the look-back is up to two of it
 */
public record Vpin(double bucketVolume, int buckets, Window window) implements FeatureFamily {

  public Vpin {
    Ranges.checkPositive("bucketVolume", bucketVolume);
    Ranges.check("buckets", buckets, 1, 1000);
  }

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "vpin_" + buckets + "_" + window,
            "1",
            "mean of |V_buy - V_sell| / V over the last "
                + buckets
                + " buckets of volume V = "
                + bucketVolume));
  }

  @Override
  public boolean readsEvents() {
    return true;
  }

  @Override
  public boolean mayBeUndefined() {
    return true;
  }

  @Override
  public int warmupEvents() {
    return Math.max(0, 2 * window.rows() - 1);
  }

  @Override
  public long warmupNanos() {
    return 2 * window.nanos();
  }

  @Override
  public String reference() {
    return "Easley, Lopez de Prado, O'Hara 2012, Flow Toxicity and Liquidity in a High-Frequency"
        + " World, VPIN; with known aggressors";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(bucketVolume, buckets, window);
  }

  private static final class Kernel implements FeatureKernel {

    private static final byte TRADE = (byte) EventType.TRADE.ordinal();
    private static final byte ASK = (byte) Side.ASK.ordinal();

    private final double bucketVolume;
    private final boolean isTime;
    private final long length;

    /** |V_buy - V_sell| of the last full buckets, a ring. */
    private final double[] imbalances;

    /** Where the oldest of them stands, and the next full one will. */
    private int oldest;

    private long block = Long.MIN_VALUE;

    /** Buckets filled in the block before and in this one. */
    private long filledBefore;

    private long filled;

    /** What the bucket that is being filled holds. */
    private double buys;

    private double sells;

    private double vpin = Double.NaN;

    Kernel(double bucketVolume, int buckets, Window window) {
      this.bucketVolume = bucketVolume;
      isTime = window.isTime();
      length = isTime ? window.nanos() : window.rows();
      imbalances = new double[buckets];
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      long[] place = isTime ? batch.tsEvent : batch.seq;
      for (int i = 0; i < batch.rows; i++) {
        long blockOfRow = Math.floorDiv(place[i], length);
        if (blockOfRow != block) {
          begin(blockOfRow);
        }
        if (batch.eventType[i] == TRADE) {
          add(batch.size[i], batch.side[i] == ASK);
        }
        out[0][i] = vpin;
      }
    }

    private void begin(long newBlock) {
      filledBefore = newBlock == block + 1 ? filled : 0;
      filled = 0;
      buys = 0;
      sells = 0;
      block = newBlock;
      if (filledBefore < imbalances.length) {
        vpin = Double.NaN;
      }
    }

    private void add(double size, boolean isBuy) {
      double room = bucketVolume - (buys + sells);
      if (size < room) {
        buys += isBuy ? size : 0;
        sells += isBuy ? 0 : size;
        return;
      }
      fill(Math.abs(isBuy ? buys + room - sells : buys - (sells + room)));
      double rest = size - room;
      double whole = Math.floor(rest / bucketVolume);
      for (int bucket = 0; bucket < Math.min(whole, imbalances.length); bucket++) {
        fill(bucketVolume);
      }
      filled += (long) Math.max(0, whole - imbalances.length);
      rest %= bucketVolume;
      buys = isBuy ? rest : 0;
      sells = isBuy ? 0 : rest;
      if (filledBefore + filled >= imbalances.length) {
        vpin = mean();
      }
    }

    private void fill(double imbalance) {
      imbalances[oldest] = imbalance;
      oldest = (oldest + 1) % imbalances.length;
      filled++;
    }

    /** From the oldest to the latest, so that the bits do not depend on where the ring began. */
    private double mean() {
      double sum = 0;
      for (int i = oldest; i < imbalances.length; i++) {
        sum += imbalances[i];
      }
      for (int i = 0; i < oldest; i++) {
        sum += imbalances[i];
      }
      return Math.min(1, sum / (imbalances.length * bucketVolume));
    }
  }
}
