package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/**
 * The mid weighted by the opposite sizes: {@code microprice = (ask * qb + bid * qa) / (qb + qa)},
 * quote currency, which leans to the side with the shorter queue; and how far it stands from the
 * mid, {@code microprice_deviation_bps = (microprice - mid) / mid * 10^4}. NaN where a side is
 * empty.
 *
 * <p>This is the weighted mid of the best quotes, not Stoikov's fitted micro-price.
 */
public record Microprice() implements FeatureFamily {

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature("microprice", "quote currency", "(ask * qb + bid * qa) / (qb + qa)"),
        new Feature("microprice_deviation_bps", "bps", "(microprice - mid) / mid * 1e4"));
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public String reference() {
    return "Stoikov 2018, The Micro-Price: a High-Frequency Estimator of Future Prices, there"
        + " called the weighted mid-price";
  }

  @Override
  public FeatureKernel kernel() {
    return Microprice::compute;
  }

  private static void compute(BookBatch batch, double[][] out) {
    double[] bid = batch.bidPrice[0];
    double[] ask = batch.askPrice[0];
    double[] bidSize = batch.bidSize[0];
    double[] askSize = batch.askSize[0];
    double[] microprice = out[0];
    double[] deviationBps = out[1];
    for (int i = 0; i < batch.rows; i++) {
      double mid = batch.mid(i);
      microprice[i] = (ask[i] * bidSize[i] + bid[i] * askSize[i]) / (bidSize[i] + askSize[i]);
      deviationBps[i] = (microprice[i] - mid) / mid * 1e4;
    }
  }
}
