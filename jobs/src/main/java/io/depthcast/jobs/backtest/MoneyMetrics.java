package io.depthcast.jobs.backtest;

import io.depthcast.costs.CostBreakdown;
import io.depthcast.execution.Fill;
import io.depthcast.execution.OrderOutcome;
import io.depthcast.metrics.BreakEvenBps;
import io.depthcast.metrics.DailySharpe;
import io.depthcast.metrics.MaxDrawdown;
import io.depthcast.metrics.MeanHoldingTime;
import io.depthcast.metrics.ProfitFactor;
import io.depthcast.metrics.RoundTrip;
import io.depthcast.metrics.TotalCosts;
import io.depthcast.metrics.Turnover;
import io.depthcast.metrics.WinRate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Money metrics of a backtest, by symbol and together. */
final class MoneyMetrics {

  private static final String ALL = "*";

  private final Map<String, Map<String, Double>> bySymbol = new TreeMap<>();
  private final Map<String, Long> fillsBySymbol = new TreeMap<>();

  private MoneyMetrics() {}

  /** Metrics of slices in order. */
  static MoneyMetrics of(List<SliceBacktest> slices, DailySharpe.Market market) {
    MoneyMetrics metrics = new MoneyMetrics();
    Map<String, List<SliceBacktest>> groups = new TreeMap<>();
    for (SliceBacktest slice : slices) {
      groups.computeIfAbsent(ALL, key -> new ArrayList<>()).add(slice);
      groups.computeIfAbsent(slice.slice().symbol(), key -> new ArrayList<>()).add(slice);
    }
    groups.forEach(
        (symbol, group) -> {
          metrics.bySymbol.put(symbol, values(group, market));
          metrics.fillsBySymbol.put(symbol, group.stream().mapToLong(s -> s.fills().size()).sum());
        });
    return metrics;
  }

  private static Map<String, Double> values(List<SliceBacktest> group, DailySharpe.Market market) {
    List<Fill> fills = group.stream().flatMap(s -> s.fills().stream()).toList();
    List<RoundTrip> trips = group.stream().flatMap(s -> RoundTrip.of(s.fills()).stream()).toList();
    CostBreakdown costs = TotalCosts.of(fills);
    Map<LocalDate, Double> byDay = new TreeMap<>();
    Map<String, Double> values = new LinkedHashMap<>();
    double gross = 0;
    double net = 0;
    for (SliceBacktest slice : group) {
      gross += slice.result().gross();
      net += slice.result().net();
      byDay.merge(slice.slice().tradeDate(), slice.result().net(), Double::sum);
    }
    MaxDrawdown drawdown = drawdown(group);
    values.put("gross_pnl", gross);
    values.put("net_pnl", net);
    values.put("cost_fee", costs.fee());
    values.put("cost_spread", costs.spreadCost());
    values.put("cost_slippage", costs.slippage());
    values.put("cost_impact", costs.impact());
    values.put("turnover", Turnover.of(fills));
    values.put("fills", (double) fills.size());
    values.put("round_trips", (double) trips.size());
    values.put("win_rate", WinRate.of(trips));
    values.put("profit_factor", ProfitFactor.of(trips));
    values.put("mean_holding_s", MeanHoldingTime.of(trips));
    values.put("break_even_bps", BreakEvenBps.of(fills));
    values.put("max_drawdown", drawdown.amount());
    values.put("max_drawdown_s", drawdown.seconds());
    values.put("days", (double) byDay.size());
    double[] daily = byDay.values().stream().mapToDouble(Double::doubleValue).toArray();
    values.put("sharpe", DailySharpe.of(daily, market).map(DailySharpe::value).orElse(Double.NaN));
    for (OrderOutcome outcome : OrderOutcome.values()) {
      values.put(
          "orders_" + outcome.column(),
          group.stream().mapToDouble(s -> s.result().orders().get(outcome)).sum());
    }
    return values;
  }

  /** Drawdown of the equity of all slices together, each slice starting from where others stand. */
  private static MaxDrawdown drawdown(List<SliceBacktest> group) {
    record Mark(long ts, int slice, double equity) {}
    List<Mark> marks = new ArrayList<>();
    for (int s = 0; s < group.size(); s++) {
      int slice = s;
      group.get(s).marks().forEach(m -> marks.add(new Mark(m.ts(), slice, m.equity())));
    }
    marks.sort(java.util.Comparator.comparingLong(Mark::ts).thenComparingInt(Mark::slice));
    double[] last = new double[group.size()];
    long[] ts = new long[marks.size()];
    double[] equity = new double[marks.size()];
    double total = 0;
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      total += mark.equity() - last[mark.slice()];
      last[mark.slice()] = mark.equity();
      ts[i] = mark.ts();
      equity[i] = total;
    }
    return MaxDrawdown.of(ts, equity);
  }

  /** Rows of {@code gold.metrics}. */
  List<Row> rows(String backtestId, String planId, String label) {
    List<Row> rows = new ArrayList<>();
    bySymbol.forEach(
        (symbol, values) ->
            values.forEach(
                (metric, value) ->
                    rows.add(
                        RowFactory.create(
                            backtestId,
                            planId,
                            -1,
                            symbol,
                            label,
                            metric,
                            Double.isFinite(value) ? value : null,
                            null,
                            null,
                            fillsBySymbol.get(symbol)))));
    return rows;
  }

  String summary(String backtestId, String model, String label) {
    Map<String, Double> all = bySymbol.get(ALL);
    return String.format(
        Locale.ROOT,
        "%s on %s: gross %,.2f, net %,.2f after costs, %,d fills (backtest %s)",
        model,
        label,
        all.get("gross_pnl"),
        all.get("net_pnl"),
        fillsBySymbol.get(ALL),
        backtestId);
  }
}
