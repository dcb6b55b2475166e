package io.depthcast.feed.snapshot;

import java.io.Serializable;

/**
 * What the numbers of a table mean: price = number * priceScale + priceOffset, size = number *
 * sizeScale. A level is empty where its price and its size, as given, are both the mark, or are
 * both missing.
 *
 * <p>Returns against a reference price become prices in units of that reference with an offset of
 * 1: 0.0152 is 1.0152.
 *
 * @param priceScale positive
 * @param priceOffset finite
 * @param sizeScale positive
 * @param emptyPrice price of an empty level, as given
 * @param emptySize size of an empty level, as given
 */
public record SnapshotUnits(
    double priceScale, double priceOffset, double sizeScale, double emptyPrice, double emptySize)
    implements Serializable {

  public SnapshotUnits {
    requirePositive("priceScale", priceScale);
    requirePositive("sizeScale", sizeScale);
    if (!Double.isFinite(priceOffset)) {
      throw new IllegalArgumentException(
          "Invalid priceOffset: " + priceOffset + " (must be finite)");
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " (must be > 0 and finite)");
    }
  }

  double price(double given) {
    return given * priceScale + priceOffset;
  }

  double size(double given) {
    return given * sizeScale;
  }

  boolean isEmpty(double givenPrice, double givenSize) {
    return Double.isNaN(givenPrice)
        ? Double.isNaN(givenSize)
        : givenPrice == emptyPrice && givenSize == emptySize;
  }
}
