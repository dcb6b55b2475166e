package io.depthcast.metrics;

import java.util.Arrays;
import java.util.Optional;

/**
 * Annualised Sharpe ratio of daily profits: {@code mean / standard deviation * sqrt(days a year)},
 * with the standard deviation of the sample (n - 1) and no risk-free rate, since a position that is
 * flat overnight ties up no capital. Ticks and minutes are never annualised.
 *
 * @param value annualised ratio
 * @param days number of days that it rests on; to be shown beside it
 */
public record DailySharpe(double value, int days) {

  /** How many days a year a market trades. */
  public enum Market {
    /** 252 days. */
    EQUITY(252),
    /** 365 days. */
    CRYPTO(365);

    private final int daysPerYear;

    Market(int daysPerYear) {
      this.daysPerYear = daysPerYear;
    }
  }

  /**
   * The ratio, or empty where it is not defined: fewer than two days, or the same profit each day.
   *
   * @param dailyPnl profit after costs of each trade date, days without a trade included as 0
   */
  public static Optional<DailySharpe> of(double[] dailyPnl, Market market) {
    int days = dailyPnl.length;
    if (Arrays.stream(dailyPnl).distinct().count() < 2) {
      return Optional.empty();
    }
    double mean = 0;
    for (double pnl : dailyPnl) {
      mean += pnl / days;
    }
    double squares = 0;
    for (double pnl : dailyPnl) {
      squares += (pnl - mean) * (pnl - mean);
    }
    double deviation = Math.sqrt(squares / (days - 1));
    return Optional.of(new DailySharpe(mean / deviation * Math.sqrt(market.daysPerYear), days));
  }
}
