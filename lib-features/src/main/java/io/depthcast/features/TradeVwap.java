package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import java.util.List;

/**
 * Mean price of the trades of a window, weighted by size, {@code trade_vwap_50e}, and how far it
 * stands from the mid, {@code trade_vwap_deviation_bps_50e}:
 *
 * <pre>
 *   trade_vwap               = (sum price * size) / (sum size)
 *   trade_vwap_deviation_bps = (trade_vwap - mid) / mid * 10^4
 * </pre>
 *
 * <p>Quote currency and bps. Trades with visible and with hidden orders count, auctions do not. NaN
 * where the window has no trade, and the deviation where a side is empty. On venues of depth
 * snapshots, which show no trades, both are always NaN.
 *
 * @param window whose trades are averaged
 */
public record TradeVwap(Window window) implements FeatureFamily {

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    return List.of(
        new Feature(
            "trade_vwap_" + window,
            "quote currency",
            "sum price * size / sum size over the trades of " + window.words()),
        new Feature("trade_vwap_deviation_bps_" + window, "bps", "(trade_vwap - mid) / mid * 1e4"));
  }

  @Override
  public boolean readsEvents() {
    return true;
  }

  @Override
  public int warmupEvents() {
    return Math.max(0, window.rows() - 1);
  }

  @Override
  public long warmupNanos() {
    return window.nanos();
  }

  @Override
  public boolean mayBeUndefined() {
    return true;
  }

  @Override
  public String reference() {
    return "Berkowitz, Logue, Noser 1988, The Total Cost of Transactions on the NYSE,"
        + " volume-weighted average price";
  }

  @Override
  public FeatureKernel kernel() {
    WindowSum money = window.sum();
    WindowSum volume = window.sum();
    return (batch, out) -> compute(batch, money, volume, out[0], out[1]);
  }

  private static void compute(
      BookBatch batch, WindowSum money, WindowSum volume, double[] vwap, double[] deviationBps) {
    for (int i = 0; i < batch.rows; i++) {
      boolean trade = isTrade(batch.eventType[i]);
      vwap[i] = trade ? batch.price[i] * batch.size[i] : 0;
      deviationBps[i] = trade ? batch.size[i] : 0;
    }
    money.slide(batch, vwap);
    volume.slide(batch, deviationBps);
    for (int i = 0; i < batch.rows; i++) {
      double mid = batch.mid(i);
      vwap[i] /= deviationBps[i];
      deviationBps[i] = (vwap[i] - mid) / mid * 1e4;
    }
  }

  private static boolean isTrade(byte eventType) {
    return eventType == EventType.TRADE.ordinal() || eventType == EventType.HIDDEN_TRADE.ordinal();
  }
}
