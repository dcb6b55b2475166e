package io.depthcast.labels;

import io.depthcast.book.BookBatch;
import io.depthcast.features.Window;
import java.util.Arrays;

/**
 * The side on which the mid first leaves a band around the mid now, {@code first_passage_2t_50e}:
 *
 * <pre>
 *   e       = the first row after row t, within the horizon, with |mid(e) - mid(t)| &gt;= ticks * tickSize
 *   move(t) = (mid(e) - mid(t)) / mid(t)   or 0 if there is none
 * </pre>
 *
 * <p>In bps; its sign is the side. Mids are compared in whole half ticks, to which each is rounded,
 * so that the rounding of decimal prices does not show. The label ends with row e, or with the
 * horizon if there is none: with row t+k, or with the first row later than the time of row t plus
 * the horizon. Missing where a row up to its end has an empty side; it then ends there, as it does
 * at a suspect row.
 *
 * <p>Source: the first passage time of a two-sided barrier; as a label, Lopez de Prado 2018,
 * Advances in Financial Machine Learning, chapter 3 (the triple barrier).
 *
 * @param ticks width of the band to each side; 1 to 10000
 * @param tickSize smallest step of a price, quote currency; positive
 * @param horizon from row t on
 */
public record FirstPassage(int ticks, double tickSize, Window horizon) implements Label {

  public FirstPassage {
    if (ticks < 1 || ticks > 10_000) {
      throw new IllegalArgumentException("Invalid ticks: " + ticks + " (must be 1 to 10000)");
    }
    if (!(tickSize > 0 && tickSize < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid tickSize: " + tickSize + " (must be positive and finite)");
    }
  }

  @Override
  public String id() {
    return "first_passage_" + ticks + "t_" + horizon;
  }

  @Override
  public LabelRun start(long lastSeq) {
    return new Run(this, lastSeq);
  }

  /**
   * Rows still inside their band lie less than the band's width from the present mid, so they fit
   * queues by level of the mid, in a ring of levels. A mid that moves empties the queues of the
   * levels that it leaves behind: each row is touched twice, whatever the horizon.
   */
  private static final class Run implements LabelRun {

    private static final int TIME = 0;
    private static final int MID = 1;
    private static final int LEVEL = 2;

    /** The next row of the same level, or {@link #NONE}. */
    private static final int NEXT = 3;

    private static final int VALUE = 4;
    private static final int END_SEQ = 5;
    private static final int END_TIME = 6;

    private static final long NONE = -1;
    private static final long OPEN = -2;

    private final Window horizon;
    private final double tickSize;
    private final long lastSeq;
    private final RowOrder order = new RowOrder();
    private final WaitingRows waiting = new WaitingRows(7);

    /** Half ticks to either edge of the band. */
    private final int width;

    /** Oldest and newest row of each level that is still in its band, at the level's remainder. */
    private final long[] oldest;

    private final long[] newest;

    private long level;
    private boolean hasLevel;

    Run(FirstPassage label, long lastSeq) {
      horizon = label.horizon;
      tickSize = label.tickSize;
      this.lastSeq = lastSeq;
      width = 2 * label.ticks;
      int levels = Integer.highestOneBit(2 * width) << 1;
      oldest = new long[levels];
      newest = new long[levels];
      Arrays.fill(oldest, NONE);
    }

    @Override
    public void compute(BookBatch batch, LabelSink sink) {
      if (batch.rows > 0) {
        order.follow(batch);
      }
      for (int i = 0; i < batch.rows; i++) {
        row(batch, i);
        give(sink);
      }
    }

    private void row(BookBatch batch, int row) {
      long seq = batch.seq[row];
      long time = batch.tsEvent[row];
      double mid = batch.mid(row);
      if (batch.suspect[row] || Double.isNaN(mid)) {
        forget(seq, time);
        if (seq <= lastSeq) {
          add(seq, time, Double.NaN);
          end(seq, Double.NaN, seq, time);
        }
        return;
      }
      if (horizon.isTime()) {
        expire(seq, time);
      }
      pass(Math.round(2 * mid / tickSize), mid, seq, time);
      if (!horizon.isTime()) {
        expire(seq, time);
      }
      if (seq <= lastSeq) {
        add(seq, time, mid);
        enqueue(seq);
      }
    }

    private void add(long seq, long time, double mid) {
      waiting.add(seq);
      waiting.set(TIME, seq, time);
      waiting.setDouble(MID, seq, mid);
    }

    private void enqueue(long seq) {
      int at = at(level);
      if (oldest[at] == NONE) {
        oldest[at] = seq;
      } else {
        waiting.set(NEXT, newest[at], seq);
      }
      newest[at] = seq;
      waiting.set(LEVEL, seq, level);
      waiting.set(NEXT, seq, NONE);
      waiting.set(END_SEQ, seq, OPEN);
    }

    private int at(long ofLevel) {
      return (int) ofLevel & oldest.length - 1;
    }

    /** Ends every row that is still in its band: it touches a row without a trusted mid. */
    private void forget(long seq, long time) {
      if (hasLevel) {
        for (long left = level - width + 1; left < level + width; left++) {
          empty(left, Double.NaN, seq, time);
        }
        hasLevel = false;
      }
    }

    /** Moves the mid and ends the rows that are a band's width or more away from it now. */
    private void pass(long to, double mid, long seq, long time) {
      if (hasLevel && to > level) {
        long last = Math.min(to - width, level + width - 1);
        for (long left = level - width + 1; left <= last; left++) {
          empty(left, mid, seq, time);
        }
      } else if (hasLevel && to < level) {
        long last = Math.max(to + width, level - width + 1);
        for (long left = level + width - 1; left >= last; left--) {
          empty(left, mid, seq, time);
        }
      }
      level = to;
      hasLevel = true;
    }

    private void empty(long left, double mid, long seq, long time) {
      int at = at(left);
      for (long t = oldest[at]; t != NONE; t = waiting.get(NEXT, t)) {
        double start = waiting.getDouble(MID, t);
        end(t, Moves.bps(mid - start, start), seq, time);
      }
      oldest[at] = NONE;
    }

    /** Ends the rows whose horizon the present row ends without a passage. */
    private void expire(long seq, long time) {
      for (long t = waiting.firstSeq(); t < waiting.endSeq(); t++) {
        if (waiting.get(END_SEQ, t) == OPEN) {
          boolean ends =
              horizon.isTime()
                  ? time - waiting.get(TIME, t) > horizon.nanos()
                  : seq - t >= horizon.rows();
          if (!ends) {
            return;
          }
          // The oldest of all is the oldest of its level.
          oldest[at(waiting.get(LEVEL, t))] = waiting.get(NEXT, t);
          end(t, 0, seq, time);
        }
      }
    }

    private void end(long t, double value, long seq, long time) {
      waiting.setDouble(VALUE, t, value);
      waiting.set(END_SEQ, t, seq);
      waiting.set(END_TIME, t, time);
    }

    private void give(LabelSink sink) {
      while (!waiting.isEmpty() && waiting.get(END_SEQ, waiting.firstSeq()) != OPEN) {
        giveFirst(sink);
      }
    }

    private void giveFirst(LabelSink sink) {
      long t = waiting.firstSeq();
      if (waiting.get(END_SEQ, t) == OPEN) {
        end(t, Double.NaN, NO_END, NO_END);
      }
      sink.label(
          t,
          waiting.get(TIME, t),
          waiting.getDouble(VALUE, t),
          waiting.get(END_SEQ, t),
          waiting.get(END_TIME, t));
      waiting.removeFirst();
    }

    @Override
    public void finish(LabelSink sink) {
      while (!waiting.isEmpty()) {
        giveFirst(sink);
      }
    }
  }
}
