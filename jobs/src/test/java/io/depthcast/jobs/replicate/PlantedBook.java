package io.depthcast.jobs.replicate;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;

/** Writes a book of one level, row by row, for facts whose value is known beforehand. */
final class PlantedBook {

  private static final long BEGIN =
      1_700_000_000_000_000_000L / 1_800_000_000_000L * 1_800_000_000_000L;

  final BookBatch batch;

  PlantedBook(int rows) {
    batch = new BookBatch(rows, 1);
  }

  /** Adds a row at a time after the begin of a half hour. */
  void add(double seconds, double bid, double bidSize, double ask, double askSize) {
    int row = batch.rows++;
    batch.seq[row] = row + 1L;
    batch.tsEvent[row] = BEGIN + Math.round(seconds * 1e9);
    batch.eventType[row] = (byte) EventType.ADD.ordinal();
    batch.side[row] = (byte) Side.BID.ordinal();
    batch.price[row] = bid;
    batch.size[row] = 1;
    batch.bidPrice[0][row] = bid;
    batch.bidSize[0][row] = bidSize;
    batch.askPrice[0][row] = ask;
    batch.askSize[0][row] = askSize;
  }

  /** Makes the last row a trade. */
  void trade(Side resting, double size) {
    int row = batch.rows - 1;
    batch.eventType[row] = (byte) EventType.TRADE.ordinal();
    batch.side[row] = (byte) resting.ordinal();
    batch.size[row] = size;
  }
}
