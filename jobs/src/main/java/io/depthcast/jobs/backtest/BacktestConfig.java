package io.depthcast.jobs.backtest;

import io.depthcast.execution.Taker;
import io.depthcast.metrics.DailySharpe;

/**
 * {@code configs/backtest.yaml}.
 *
 * @param planId plan whose forecasts are traded; {@code newest} is that of the last train run
 * @param model algorithm whose forecasts are traded
 * @param horizon events ahead of the forecasts
 * @param levels levels a side that an order can walk
 * @param taker the strategy
 * @param fees name of a schedule in {@code configs/fees}
 * @param market trading days a year, for the Sharpe ratio over days
 */
public record BacktestConfig(
    String planId,
    String model,
    int horizon,
    int levels,
    Taker taker,
    String fees,
    DailySharpe.Market market) {

  public BacktestConfig {
    if (levels < 1 || levels > 200) {
      throw new IllegalArgumentException("Invalid levels: " + levels + " (must be 1 to 200)");
    }
    if (horizon < 1) {
      throw new IllegalArgumentException("Invalid horizon: " + horizon + " (must be 1 or more)");
    }
    if (!fees.matches("[a-z0-9_-]+")) {
      throw new IllegalArgumentException(
          "Invalid fees: '"
              + fees
              + "' (must be the name of a file in configs/fees, without .yaml)");
    }
  }
}
