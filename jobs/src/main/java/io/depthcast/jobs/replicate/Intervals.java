package io.depthcast.jobs.replicate;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * A slice cut into intervals of equal length at whole multiples of it: what flowed in, how far the
 * mid went. Left out are the first and the last, which may not be whole, those with a suspect row
 * or an empty best level, those without a row, in which nothing moved, and one after more than a
 * minute without.
 */
final class Intervals {

  private static final long LONGEST_PAUSE = 60_000_000_000L;
  private static final int TRADE = EventType.TRADE.ordinal();

  /**
   * One interval.
   *
   * @param begin nanoseconds since 1970 UTC
   * @param mid at its end
   * @param move of the mid from the end of the interval before, quote currency
   * @param ofi order flow imbalance by level, base units; NaN for levels that were empty at a row
   * @param depth mean over the rows of half the size at the best prices, base units
   * @param levelsDepth mean over the rows and levels of half a level's size on both sides
   * @param signedVolume traded by buyers less by sellers, base units
   * @param volume traded, base units
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Interval(
      long begin,
      double mid,
      double move,
      double[] ofi,
      double depth,
      double levelsDepth,
      double signedVolume,
      double volume) {}

  private final long length;
  private final int levels;
  private final List<Interval> done = new ArrayList<>();

  private long end = Long.MIN_VALUE;
  private boolean first = true;
  private boolean sound = true;
  private double midBefore = Double.NaN;
  private double mid = Double.NaN;
  private double[] ofi;
  private double depth;
  private double levelsDepth;
  private double signedVolume;
  private double volume;
  private long rows;

  private int empty;

  /**
   * @param lengthNanos length of an interval
   * @param levels levels a side
   */
  Intervals(long lengthNanos, int levels) {
    this.length = lengthNanos;
    this.levels = levels;
    ofi = new double[levels];
  }

  /**
   * Takes the next rows.
   *
   * @param flows order flow imbalance of each row, by level
   */
  void add(BookBatch batch, double[][] flows) {
    for (int i = 0; i < batch.rows; i++) {
      long time = batch.tsEvent[i];
      if (end == Long.MIN_VALUE) {
        end = Math.floorDiv(time, length) * length + length;
      }
      while (time >= end) {
        close();
      }
      add(batch, flows, i);
    }
  }

  private void add(BookBatch batch, double[][] flows, int row) {
    rows++;
    mid = batch.suspect[row] ? Double.NaN : batch.mid(row);
    sound &= !Double.isNaN(mid + flows[0][row]);
    double both = 0;
    for (int level = 0; level < levels; level++) {
      ofi[level] += flows[level][row];
      double size = batch.bidSize[level][row] + batch.askSize[level][row];
      both += Double.isNaN(size) ? 0 : size;
    }
    depth += (batch.bidSize[0][row] + batch.askSize[0][row]) / 2;
    levelsDepth += both / (2 * levels);
    if (batch.eventType[row] == TRADE) {
      volume += batch.size[row];
      signedVolume += batch.side[row] == Side.ASK.ordinal() ? batch.size[row] : -batch.size[row];
    }
  }

  private void close() {
    if (rows == 0) {
      empty++;
      if (empty * length > LONGEST_PAUSE) {
        midBefore = Double.NaN;
      }
    } else {
      if (!first && sound && !Double.isNaN(midBefore)) {
        done.add(
            new Interval(
                end - length,
                mid,
                mid - midBefore,
                ofi,
                depth / rows,
                levelsDepth / rows,
                signedVolume,
                volume));
      }
      midBefore = mid;
      first = false;
      empty = 0;
    }
    sound = true;
    ofi = new double[levels];
    depth = 0;
    levelsDepth = 0;
    signedVolume = 0;
    volume = 0;
    rows = 0;
    end += length;
  }

  /** The whole, sound intervals so far. */
  List<Interval> done() {
    return done;
  }

  /** How many of the levels, from the best, have flows in at least 9 of 10 of the intervals. */
  static int filledLevels(List<Interval> intervals) {
    int most = intervals.isEmpty() ? 0 : intervals.get(0).ofi().length;
    for (int level = 0; level < most; level++) {
      int at = level;
      double missing =
          intervals.stream().filter(interval -> Double.isNaN(interval.ofi()[at])).count();
      if (missing > 0.1 * intervals.size()) {
        return level;
      }
    }
    return most;
  }
}
