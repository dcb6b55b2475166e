package io.depthcast.labels;

import io.depthcast.book.BookBatch;
import io.depthcast.features.Window;

/**
 * The imbalance of the book after a horizon, {@code imbalance_5_ahead_50e}:
 *
 * <pre>
 *   imbalance(x) = (sum qb_m(x) - sum qa_m(x)) / (sum qb_m(x) + sum qa_m(x)),  m = 1 .. levels
 * </pre>
 *
 * <p>-1 (only asks) to 1 (only bids), without unit. Row x is k events after row t, or the last one
 * not later than the time of row t plus the horizon. An empty level adds nothing; missing only
 * where both sides of row x are empty, and where the source has fewer levels.
 *
 * <p>Its class is 1 above {@code balanced}, -1 below {@code -balanced}, else 0.
 *
 * <p>Source: Gould, Bonart 2016, Queue Imbalance as a One-Tick-Ahead Price Predictor, for the
 * imbalance.
 *
 * @param levels levels summed; 1 to 10
 * @param horizon from row t to row x
 * @param balanced largest absolute imbalance that counts as balanced; 0 to less than 1
 */
public record ImbalanceAhead(int levels, Window horizon, double balanced) implements Label {

  public ImbalanceAhead {
    if (levels < 1 || levels > 10) {
      throw new IllegalArgumentException("Invalid levels: " + levels + " (must be 1 to 10)");
    }
    if (!(balanced >= 0 && balanced < 1)) {
      throw new IllegalArgumentException(
          "Invalid balanced: " + balanced + " (must be 0 or more, less than 1)");
    }
  }

  @Override
  public String id() {
    return "imbalance_" + levels + "_ahead_" + horizon;
  }

  @Override
  public Quantity quantity() {
    return Quantity.IMBALANCE;
  }

  @Override
  public int direction(double value) {
    if (value > balanced) {
      return 1;
    }
    return value < -balanced ? -1 : 0;
  }

  @Override
  public LabelRun start(long lastSeq) {
    AheadRun.Quotes depth =
        new AheadRun.Quotes() {
          @Override
          public double bid(BookBatch batch, int row) {
            return depth(batch, batch.bidSize, row);
          }

          @Override
          public double ask(BookBatch batch, int row) {
            return depth(batch, batch.askSize, row);
          }
        };
    return new AheadRun(
        horizon, lastSeq, depth, (bidNow, askNow, bid, ask) -> (bid - ask) / (bid + ask));
  }

  private double depth(BookBatch batch, double[][] sizes, int row) {
    double sum = levels > batch.known ? Double.NaN : 0;
    for (int level = 0; level < levels; level++) {
      double size = sizes[level][row];
      sum += Double.isNaN(size) ? 0 : size;
    }
    return sum;
  }
}
