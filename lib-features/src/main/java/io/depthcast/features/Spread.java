package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * Best ask less best bid: {@code spread} in quote currency and {@code spread_bps} relative to the
 * mid, {@code (ask - bid) / mid * 10^4}. NaN where a side is empty.
 */
public record Spread() implements FeatureFamily {

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature("spread", "quote currency", "ask - bid"),
        new Feature("spread_bps", "bps", "(ask - bid) / mid * 1e4"));
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public String reference() {
    return "Gould et al. 2013, Limit Order Books, definition of the bid-ask spread";
  }

  @Override
  public FeatureKernel kernel() {
    return Spread::compute;
  }

  private static void compute(BookBatch batch, double[][] out) {
    double[] bid = batch.bidPrice[0];
    double[] ask = batch.askPrice[0];
    double[] spread = out[0];
    double[] spreadBps = out[1];
    for (int i = 0; i < batch.rows; i++) {
      spread[i] = ask[i] - bid[i];
      spreadBps[i] = spread[i] / batch.mid(i) * 1e4;
    }
  }
}
