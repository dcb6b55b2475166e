package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import java.util.List;

/**
 * Signed volume, imbalance and number of the trades of a window. With V_buy the size that
 * aggressive buyers took from resting asks and V_sell the size that aggressive sellers gave to
 * resting bids,
 *
 * <pre>
 *   signed_volume   = V_buy - V_sell                          base units
 *   trade_imbalance = (V_buy - V_sell) / (V_buy + V_sell)     -1 (only sells) to 1 (only buys)
 *   trades          = number of trades
 * </pre>
 *
 * <p>A trade is a row of type {@code trade}: on venues of orders the execution of one visible
 * resting order, so that an aggressive order that takes three makes three; on venues of levels a
 * trade as the venue reports it. Who was aggressive is known from the side of the resting order and
 * not guessed. Hidden and auction trades do not count: the one's side is not given by every venue
 * (Nasdaq calls each hidden order a bid since 2014), the other has no aggressor.
 *
 * <p>NaN where the window holds snapshots only, for those do not tell of trades; the imbalance also
 * where it holds no trade.
 *
 * <p>Columns {@code signed_volume_50e}, {@code trade_imbalance_50e}, {@code trades_50e}.
 *
 * @param window rows looked at
 */
public record TradeFlow(Window window) implements FeatureFamily {

  @Override
  public int levels() {
    return 1;
  }

  @Override
  public List<Feature> produces() {
    String words = " of " + window.words();
    return List.of(
        new Feature("signed_volume_" + window, "base units", "V_buy - V_sell" + words),
        new Feature(
            "trade_imbalance_" + window, "1", "(V_buy - V_sell) / (V_buy + V_sell)" + words),
        new Feature("trades_" + window, "trades", "number of trades" + words));
  }

  @Override
  public boolean readsEvents() {
    return true;
  }

  @Override
  public boolean mayBeUndefined() {
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
  public String reference() {
    return "Cont, Kukanov, Stoikov 2014, The Price Impact of Order Book Events, trade imbalance TI"
        + " (here signed_volume); trade_imbalance is TI over the volume";
  }

  @Override
  public FeatureKernel kernel() {
    return new Kernel(window);
  }

  private static final class Kernel implements FeatureKernel {

    private static final byte TRADE = (byte) EventType.TRADE.ordinal();
    private static final byte SNAPSHOT = (byte) EventType.SNAPSHOT.ordinal();
    private static final byte ASK = (byte) Side.ASK.ordinal();

    private final WindowSum buySum;
    private final WindowSum sellSum;
    private final WindowSum tradeSum;
    private final WindowSighting told;
    private boolean[] isTold = {};

    Kernel(Window window) {
      buySum = window.sum();
      sellSum = window.sum();
      tradeSum = window.sum();
      told = new WindowSighting(window);
    }

    @Override
    public void compute(BookBatch batch, double[][] out) {
      double[] buys = out[0];
      double[] sells = out[1];
      double[] trades = out[2];
      read(batch, buys, sells, trades);
      buySum.slide(batch, buys);
      sellSum.slide(batch, sells);
      tradeSum.slide(batch, trades);
      for (int i = 0; i < batch.rows; i++) {
        double buy = isTold[i] ? buys[i] : Double.NaN;
        double sell = sells[i];
        out[0][i] = buy - sell;
        out[1][i] = (buy - sell) / (buy + sell);
        out[2][i] = isTold[i] ? trades[i] : Double.NaN;
      }
    }

    private void read(BookBatch batch, double[] buys, double[] sells, double[] trades) {
      if (isTold.length < batch.rows) {
        isTold = new boolean[batch.capacity];
      }
      for (int i = 0; i < batch.rows; i++) {
        boolean isTrade = batch.eventType[i] == TRADE;
        boolean isBuy = isTrade && batch.side[i] == ASK;
        buys[i] = isBuy ? batch.size[i] : 0;
        sells[i] = isTrade && !isBuy ? batch.size[i] : 0;
        trades[i] = isTrade ? 1 : 0;
        isTold[i] = told.see(batch, i, batch.eventType[i] != SNAPSHOT);
      }
    }
  }
}
