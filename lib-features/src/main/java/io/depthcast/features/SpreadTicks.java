package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * The spread in ticks, {@code spread_ticks = (ask - bid) / tickSize}, 1 for the narrowest spread of
 * prices on the grid. NaN where a side is empty.
 *
 * <p>Rounded to a millionth of a tick, so that whole numbers of ticks are whole numbers. Another
 * value means that the prices are not on the grid of {@code tickSize}.
 *
 * @param tickSize smallest step of the price, quote currency, positive
 */
public record SpreadTicks(double tickSize) implements FeatureFamily {

  public SpreadTicks {
    Ranges.checkPositive("tickSize", tickSize);
  }

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature("spread_ticks", "ticks", "(ask - bid) / " + ColumnNumber.of(tickSize)));
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public String reference() {
    return "Gould et al. 2013, Limit Order Books, definitions of the bid-ask spread and the tick"
        + " size";
  }

  @Override
  public FeatureKernel kernel() {
    return (batch, out) -> compute(batch, tickSize, out[0]);
  }

  /** The spread of each row in ticks. */
  static void compute(BookBatch batch, double tickSize, double[] ticks) {
    double[] bid = batch.bidPrice[0];
    double[] ask = batch.askPrice[0];
    for (int i = 0; i < batch.rows; i++) {
      ticks[i] = Math.rint((ask[i] - bid[i]) / tickSize * 1e6) / 1e6;
    }
  }
}
