package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import java.util.Arrays;

/**
 * The time over which flows of a window are rates, in seconds: the window's own, or that from the
 * row before it to row n. NaN where the window holds snapshots only, which do not tell of flows.
 */
final class FlowTime {

  private static final byte SNAPSHOT = (byte) EventType.SNAPSHOT.ordinal();

  private final Window window;
  private final RowGaps gaps = new RowGaps();
  private final WindowSum sum;
  private final WindowSighting told;
  private double[] seconds = {};

  FlowTime(Window window) {
    this.window = window;
    sum = window.sum();
    told = new WindowSighting(window);
  }

  /** The seconds of each row, valid up to {@code batch.rows} until the next call. */
  double[] compute(BookBatch batch) {
    if (seconds.length < batch.rows) {
      seconds = new double[batch.capacity];
    }
    if (window.isTime()) {
      Arrays.fill(seconds, 0, batch.rows, window.nanos() / 1e9);
    } else {
      gaps.compute(batch, seconds);
      sum.slide(batch, seconds);
      for (int i = 0; i < batch.rows; i++) {
        seconds[i] /= 1e9;
      }
    }
    for (int i = 0; i < batch.rows; i++) {
      if (!told.see(batch, i, batch.eventType[i] != SNAPSHOT)) {
        seconds[i] = Double.NaN;
      }
    }
    return seconds;
  }
}
