package io.depthcast.execution;

import io.depthcast.book.BookBatch;

/**
 * What a market order takes from the visible levels of the opposite side, best first.
 *
 * @param size base units taken
 * @param notional sum of size times price over the levels
 * @param best price of level 1
 * @param worst price of the last level taken from
 */
record BookWalk(double size, double notional, double best, double worst) {

  /** Takes up to {@code quantity} from a book whose opposite side is not empty. */
  static BookWalk of(BookBatch batch, int row, TradeSide side, double quantity) {
    double[][] prices = side == TradeSide.BUY ? batch.askPrice : batch.bidPrice;
    double[][] sizes = side == TradeSide.BUY ? batch.askSize : batch.bidSize;
    double best = prices[0][row];
    double worst = best;
    double remaining = quantity;
    double taken = 0;
    double notional = 0;
    for (int level = 0; level < batch.levels && remaining > 0; level++) {
      double available = sizes[level][row];
      if (!(available > 0)) {
        break;
      }
      double take = Math.min(available, remaining);
      worst = prices[level][row];
      notional += take * worst;
      taken += take;
      remaining -= take;
    }
    // The sum of the takes may miss the quantity by a rounding; a full fill must not.
    return new BookWalk(remaining > 0 ? taken : quantity, notional, best, worst);
  }

  /** The same, with what the levels lack of {@code quantity} taken at the last level's price. */
  BookWalk filledUpTo(double quantity) {
    return new BookWalk(quantity, notional + (quantity - size) * worst, best, worst);
  }

  /** Average price. */
  double price() {
    return worst == best ? best : notional / size;
  }
}
