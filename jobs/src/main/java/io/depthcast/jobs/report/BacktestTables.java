package io.depthcast.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.report.ReportData.Backtest;
import io.depthcast.jobs.report.ReportData.BacktestResult;
import io.depthcast.jobs.report.ReportData.Costs;
import io.depthcast.jobs.report.ReportData.EquityCurve;
import io.depthcast.jobs.report.ReportData.EquityPoint;
import io.depthcast.jobs.report.ReportData.Risk;
import io.depthcast.jobs.report.ReportData.SlicePnl;
import io.depthcast.jobs.report.ReportData.Trading;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Money of a backtest, from {@code gold.metrics}, {@code gold.fills}, {@code gold.positions}. */
final class BacktestTables {

  private BacktestTables() {}

  private record Fills(long count, double costs) {}

  /**
   * @param metrics rows of {@code gold.metrics}, the backtest's among them
   * @return empty where the backtest has no metrics
   */
  static Optional<Backtest> read(
      Lake lake, Arguments arguments, String backtestId, String currency, List<MetricRow> metrics) {
    Map<String, Double> values = new TreeMap<>();
    metrics.stream()
        .filter(row -> row.pooled() && row.subject().equals(backtestId))
        .forEach(row -> values.put(row.metric(), row.estimate().value()));
    if (values.isEmpty()) {
      return Optional.empty();
    }
    List<EquityCurve> curves = new ArrayList<>();
    List<SlicePnl> slices = new ArrayList<>();
    Map<Slice, Fills> fills = fills(lake, arguments, backtestId);
    points(lake, arguments, backtestId)
        .forEach(
            (slice, points) -> {
              Fills own = fills.getOrDefault(slice, new Fills(0, 0));
              EquityPoint last = points.get(points.size() - 1);
              curves.add(new EquityCurve(SliceTables.id(slice), points));
              slices.add(
                  new SlicePnl(
                      SliceTables.id(slice), own.count(), last.gross(), own.costs(), last.net()));
            });
    return Optional.of(new Backtest(backtestId, currency, result(values), slices, curves));
  }

  private static BacktestResult result(Map<String, Double> values) {
    return new BacktestResult(
        values.get("gross_pnl"),
        values.get("net_pnl"),
        new Costs(
            values.get("cost_spread"),
            values.get("cost_slippage"),
            values.get("cost_impact"),
            values.get("cost_fee")),
        new Trading(
            Math.round(values.get("fills")),
            values.get("turnover"),
            values.get("win_rate"),
            values.get("profit_factor")),
        new Risk(
            values.get("max_drawdown"),
            (int) Math.round(values.get("days")),
            values.get("sharpe")));
  }

  private static Map<Slice, Fills> fills(Lake lake, Arguments arguments, String backtestId) {
    Map<Slice, Fills> fills = new TreeMap<>();
    lake.read("gold.fills", arguments)
        .where(col("backtest_id").equalTo(backtestId))
        .groupBy("venue", "symbol", "trade_date")
        .agg(
            count(lit(1)),
            sum(col("fee").plus(col("spread_cost")).plus(col("slippage")).plus(col("impact"))))
        .collectAsList()
        .forEach(row -> fills.put(Slice.of(row), new Fills(row.getLong(3), row.getDouble(4))));
    return fills;
  }

  /** Equity in time order: one point for each fill and each minute. */
  private static Map<Slice, List<EquityPoint>> points(
      Lake lake, Arguments arguments, String backtestId) {
    Map<Slice, List<EquityPoint>> points = new TreeMap<>();
    lake.read("gold.positions", arguments)
        .where(col("backtest_id").equalTo(backtestId))
        .select("venue", "symbol", "trade_date", "ts_event", "gross_equity", "equity")
        .collectAsList()
        .forEach(
            row ->
                points
                    .computeIfAbsent(Slice.of(row), key -> new ArrayList<>())
                    .add(new EquityPoint(row.getLong(3), row.getDouble(4), row.getDouble(5))));
    points.values().forEach(p -> p.sort(Comparator.comparingLong(EquityPoint::tsNs)));
    return points;
  }
}
