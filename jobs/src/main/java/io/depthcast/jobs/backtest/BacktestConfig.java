package io.depthcast.jobs.backtest;

import io.depthcast.execution.Taker;
import io.depthcast.metrics.DailySharpe;

/**
 * {@code configs/backtest.yaml}.
 *
 * @param planId plan whose forecasts are traded; {@code newest} is that of the last train run
 * @param model algorithm whose forecasts are traded
 * @param label label_id of the forecasts, as in {@code gold.labels}
 * @param levels levels a side that an order can walk
 * @param taker the strategy
 * @param fees name of a schedule in {@code configs/fees}
 * @param market trading days a year, for the Sharpe ratio over days
 */
public record BacktestConfig(
    String planId,
    String model,
    String label,
    int levels,
    Taker taker,
    String fees,
    DailySharpe.Market market) {

  public BacktestConfig {
    if (levels < 1 || levels > 200) {
      throw new IllegalArgumentException("Invalid levels: " + levels + " (must be 1 to 200)");
    }
    if (!fees.matches("[a-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "Invalid fees: '"
              + fees
              + "' (must be the name of a file in configs/fees, without .yaml)");
    }
  }
}
