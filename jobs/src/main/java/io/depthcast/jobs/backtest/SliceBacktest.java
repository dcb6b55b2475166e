package io.depthcast.jobs.backtest;

import io.depthcast.costs.FeeSchedule;
import io.depthcast.execution.Fill;
import io.depthcast.execution.PositionMark;
import io.depthcast.execution.SliceResult;
import io.depthcast.execution.Taker;
import io.depthcast.execution.TakerSimulation;
import io.depthcast.jobs.table.BookRows;
import io.depthcast.jobs.table.Slice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** What trading one slice gave. */
record SliceBacktest(Slice slice, List<Fill> fills, List<PositionMark> marks, SliceResult result)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * Trades slice after slice.
   *
   * @param rows columns of the book, then p_up and p_down, in slice order
   */
  static Iterator<SliceBacktest> each(
      Iterator<InternalRow> rows, int levels, Taker taker, FeeSchedule fees) {
    BookRows book = new BookRows(rows, levels, 2);
    List<SliceBacktest> done = new ArrayList<>();
    Open open = null;
    while (book.next()) {
      if (book.isNewSlice()) {
        if (open != null) {
          done.add(open.finish());
        }
        open = new Open(book.slice(), levels, taker, fees);
      }
      open.simulation.run(book.batch(), book.extra()[0], book.extra()[1]);
    }
    if (open != null) {
      done.add(open.finish());
    }
    return done.iterator();
  }

  private static final class Open {
    private final Slice slice;
    private final List<Fill> fills = new ArrayList<>();
    private final List<PositionMark> marks = new ArrayList<>();
    private final TakerSimulation simulation;

    Open(Slice slice, int levels, Taker taker, FeeSchedule fees) {
      this.slice = slice;
      simulation =
          new TakerSimulation(taker, fees.at(slice.tradeDate()), levels, fills::add, marks::add);
    }

    SliceBacktest finish() {
      SliceResult result = simulation.finish();
      return new SliceBacktest(slice, List.copyOf(fills), List.copyOf(marks), result);
    }
  }
}
