package io.depthcast.jobs.report;

/**
 * {@code configs/report.yaml}.
 *
 * @param title heading of the page
 * @param currency quote currency of the amounts, such as {@code USD}
 * @param set feature set whose correlation is shown, {@code gold.features_<set>}
 * @param planId plan whose forecasts are shown; {@code newest} is that of the last train run
 * @param backtestId backtest that is shown; {@code newest} is the last one of the plan
 * @param correlationSampleRows rows, at most, that the correlation is computed from, 100 or more:
 *     every n-th row of the slices
 */
public record ReportConfig(
    String title,
    String currency,
    String set,
    String planId,
    String backtestId,
    long correlationSampleRows) {

  static final String NEWEST = "newest";

  public ReportConfig {
    if (title.isBlank()) {
      throw new IllegalArgumentException("Invalid title: '" + title + "' (must not be blank)");
    }
    if (currency.isBlank()) {
      throw new IllegalArgumentException(
          "Invalid currency: '" + currency + "' (must not be blank)");
    }
    if (correlationSampleRows < 100) {
      throw new IllegalArgumentException(
          "Invalid correlationSampleRows: " + correlationSampleRows + " (must be 100 or more)");
    }
  }

  String featureTable() {
    return "gold.features_" + set;
  }
}
