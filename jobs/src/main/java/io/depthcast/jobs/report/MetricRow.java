package io.depthcast.jobs.report;

import static org.apache.spark.sql.functions.col;

import io.depthcast.jobs.report.ReportData.Estimate;
import io.depthcast.jobs.table.Lake;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A row of {@code gold.metrics}.
 *
 * @param subject model_id or backtest_id
 * @param fold fold, or -1 for all together
 * @param symbol symbol, or * for all together
 * @param label label forecast, or traded on
 * @param metric name
 * @param estimate value with its interval, NaN where null
 */
record MetricRow(
    String subject, int fold, String symbol, String label, String metric, Estimate estimate) {

  private static final String TABLE = "gold.metrics";

  /** Rows of the models and of the backtests of a plan; none where nothing has been scored. */
  static List<MetricRow> read(Lake lake, String planId) {
    if (!lake.has(TABLE)) {
      return List.of();
    }
    return lake
        .read(TABLE)
        .where(col("plan_id").equalTo(planId))
        .select(
            "subject", "fold_id", "symbol", "label_id", "metric", "value", "ci_low", "ci_high", "n")
        .collectAsList()
        .stream()
        .map(MetricRow::of)
        .toList();
  }

  /** Over all folds and symbols together. */
  boolean pooled() {
    return fold == -1 && symbol.equals("*");
  }

  private static MetricRow of(Row row) {
    return new MetricRow(
        row.getString(0),
        row.getInt(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        new Estimate(number(row, 5), number(row, 6), number(row, 7), row.getLong(8)));
  }

  private static double number(Row row, int column) {
    return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
  }
}
