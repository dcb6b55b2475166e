package io.depthcast.execution;

import io.depthcast.book.BookBatch;
import io.depthcast.costs.Fee;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** All that a simulation of one slice gives. */
record Traded(List<Fill> fills, List<PositionMark> marks, SliceResult result) {

  static final Fee FREE = new Fee(LocalDate.EPOCH, 0, 0, 0, 0);

  static Traded on(BookText book, Taker taker, Fee fee) {
    return inBatches(book, taker, fee, book.batch().rows);
  }

  /** Feeds the rows in batches of at most {@code batchRows}, all through the same arrays. */
  static Traded inBatches(BookText book, Taker taker, Fee fee, int batchRows) {
    List<Fill> fills = new ArrayList<>();
    List<PositionMark> marks = new ArrayList<>();
    BookBatch all = book.batch();
    TakerSimulation simulation =
        new TakerSimulation(taker, fee, all.levels, fills::add, marks::add);
    BookBatch part = new BookBatch(Math.max(1, batchRows), all.levels);
    double[] pUp = new double[part.capacity];
    double[] pDown = new double[part.capacity];
    for (int from = 0; from < all.rows; from += batchRows) {
      part.rows = Math.min(batchRows, all.rows - from);
      System.arraycopy(book.pUp(), from, pUp, 0, part.rows);
      System.arraycopy(book.pDown(), from, pDown, 0, part.rows);
      System.arraycopy(all.seq, from, part.seq, 0, part.rows);
      System.arraycopy(all.tsEvent, from, part.tsEvent, 0, part.rows);
      System.arraycopy(all.suspect, from, part.suspect, 0, part.rows);
      for (int level = 0; level < all.levels; level++) {
        System.arraycopy(all.bidPrice[level], from, part.bidPrice[level], 0, part.rows);
        System.arraycopy(all.bidSize[level], from, part.bidSize[level], 0, part.rows);
        System.arraycopy(all.askPrice[level], from, part.askPrice[level], 0, part.rows);
        System.arraycopy(all.askSize[level], from, part.askSize[level], 0, part.rows);
      }
      simulation.run(part, pUp, pDown);
    }
    return new Traded(fills, marks, simulation.finish());
  }

  long orders(OrderOutcome outcome) {
    return result.orders().get(outcome);
  }
}
