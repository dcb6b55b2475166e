package io.depthcast.features;

import io.depthcast.book.BookBatch;
import java.util.List;

/** Half the sum of the best prices, {@code mid}, quote currency. NaN where a side is empty. */
public record Mid() implements FeatureFamily {

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(new Feature("mid", "quote currency", "(bid + ask) / 2"));
  }

  @Override
  public int warmupEvents() {
    return 0;
  }

  @Override
  public String reference() {
    return "Gould et al. 2013, Limit Order Books, definition of the mid price";
  }

  @Override
  public FeatureKernel kernel() {
    return Mid::compute;
  }

  private static void compute(BookBatch batch, double[][] out) {
    double[] mid = out[0];
    for (int i = 0; i < batch.rows; i++) {
      mid[i] = batch.mid(i);
    }
  }
}
