package io.depthcast.jobs.backtest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.depthcast.costs.FeeSchedule;
import io.depthcast.execution.Fill;
import io.depthcast.execution.PositionMark;
import io.depthcast.execution.Taker;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.BookRows;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.RowStream;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import io.depthcast.jobs.table.Trials;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/** Trades out-of-fold forecasts on the recorded book, with latency, depth and fees. */
public final class BacktestJob {

  public static final Job<BacktestConfig> JOB =
      new Job<>(
          "backtest",
          "Trade out-of-fold forecasts on the recorded book, with latency, depth and fees.",
          "gold.predictions, silver.book, ops.trials",
          "gold.fills, gold.positions, gold.metrics, ops.trials",
          Job.Input.TABLES,
          BacktestConfig.class,
          BacktestJob::run);

  private static final List<String> KEY = List.of("venue", "symbol", "trade_date", "seq");

  private BacktestJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, BacktestConfig config, Provenance provenance) {
    String planId = config.planId().equals("newest") ? newestPlan(lake) : config.planId();
    FeeSchedule fees = ConfigFile.shipped("fees/" + config.fees() + ".yaml").as(FeeSchedule.class);
    String backtestId = ConfigFile.hash(List.of(planId, config, fees));
    Dataset<Row> forecasts = forecasts(lake, arguments, config, planId);
    int levels = config.levels();
    Taker taker = config.taker();

    JavaRDD<SliceBacktest> traded =
        RowStream.toObjects(
                traded(lake, arguments, levels, forecasts),
                rows -> SliceBacktest.each(rows, levels, taker, fees))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Slice> slices = traded.map(SliceBacktest::slice).collect().stream().sorted().toList();
      String replaced = "(" + Slice.predicate(slices) + ") AND backtest_id = '" + backtestId + "'";
      lake.replaceWhere(
          Tables.FILLS,
          replaced,
          table(lake, Tables.FILLS, traded.flatMap(s -> fills(s, backtestId).iterator())));
      lake.replaceWhere(
          Tables.POSITIONS,
          replaced,
          table(lake, Tables.POSITIONS, traded.flatMap(s -> positions(s, backtestId).iterator())));
      List<SliceBacktest> results =
          traded.collect().stream().sorted(Comparator.comparing(SliceBacktest::slice)).toList();
      MoneyMetrics metrics = MoneyMetrics.of(results, config.market());
      lake.replaceWhere(
          Tables.METRICS,
          "subject = '" + backtestId + "'",
          lake.spark()
              .createDataFrame(
                  metrics.rows(backtestId, planId, config.label()), Tables.METRICS.schema()));
      lake.append(
          Tables.TRIALS,
          lake.spark()
              .createDataFrame(
                  List.of(trial(backtestId, planId, config, provenance)), Tables.TRIALS.schema()));
      return metrics.summary(backtestId, config.model(), config.label());
    } finally {
      traded.unpersist();
    }
  }

  private static String newestPlan(Lake lake) {
    return Trials.of(lake)
        .newestFit()
        .map(Trials.Tried::planId)
        .orElseThrow(
            () -> new ConfigException("planId: newest, but nothing has been trained; run train"));
  }

  private static Dataset<Row> forecasts(
      Lake lake, Arguments arguments, BacktestConfig config, String planId) {
    Dataset<Row> forecasts =
        lake.read("gold.predictions", arguments)
            .where(col("plan_id").equalTo(planId))
            .where(col("model_id").equalTo(config.model()))
            .where(col("label_id").equalTo(config.label()))
            .select("venue", "symbol", "trade_date", "seq", "p_up", "p_down");
    if (forecasts.isEmpty()) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "gold.predictions has no forecast of plan %s, model %s, label %s for %s; check"
                  + " planId, model and label, or run train",
              planId,
              config.model(),
              config.label(),
              arguments));
    }
    return forecasts;
  }

  /** The book of the slices that have forecasts, with the forecasts beside it, in slice order. */
  private static Dataset<Row> traded(
      Lake lake, Arguments arguments, int levels, Dataset<Row> forecasts) {
    List<String> names = new ArrayList<>(BookRows.columns(levels));
    names.add("p_up");
    names.add("p_down");
    Column[] slice = {col("venue"), col("symbol"), col("trade_date")};
    Dataset<Row> slices = forecasts.select(slice).distinct();
    Dataset<Row> book =
        lake.read("silver.book", arguments)
            .join(slices, KEY.subList(0, 3).toArray(String[]::new), "left_semi");
    Dataset<Row> rows = book.join(forecasts, KEY.toArray(String[]::new), "left");
    Set<String> present = Set.of(rows.columns());
    return rows.select(
            names.stream()
                // A level that the table does not have is as empty as any other.
                .map(name -> present.contains(name) ? col(name) : lit(null).cast("double").as(name))
                .toArray(Column[]::new))
        .repartition(slice)
        .sortWithinPartitions("venue", "symbol", "trade_date", "seq");
  }

  private static List<Row> fills(SliceBacktest traded, String backtestId) {
    List<Row> rows = new ArrayList<>();
    for (Fill fill : traded.fills()) {
      rows.add(
          RowFactory.create(
              traded.slice().venue(),
              traded.slice().symbol(),
              Date.valueOf(traded.slice().tradeDate()),
              fill.seq(),
              backtestId,
              fill.side().column(),
              fill.size(),
              fill.price(),
              fill.decisionMid(),
              fill.tsDecision(),
              fill.tsFill(),
              null,
              fill.costs().fee(),
              fill.costs().spreadCost(),
              fill.costs().slippage(),
              fill.costs().impact(),
              fill.pnl()));
    }
    return rows;
  }

  /** Position and money; gross equity is net equity with the costs so far given back. */
  private static List<Row> positions(SliceBacktest traded, String backtestId) {
    List<Row> rows = new ArrayList<>();
    int next = 0;
    double costs = 0;
    for (PositionMark mark : traded.marks()) {
      while (next < traded.fills().size() && traded.fills().get(next).tsFill() <= mark.ts()) {
        costs += traded.fills().get(next++).costs().total();
      }
      if (Double.isNaN(mark.mid())) {
        continue;
      }
      rows.add(
          RowFactory.create(
              traded.slice().venue(),
              traded.slice().symbol(),
              Date.valueOf(traded.slice().tradeDate()),
              mark.seq(),
              backtestId,
              mark.ts(),
              mark.position(),
              mark.cash(),
              mark.mid(),
              mark.equity(),
              mark.equity() + costs));
    }
    return rows;
  }

  private static Row trial(
      String backtestId, String planId, BacktestConfig config, Provenance provenance) {
    return RowFactory.create(
        ConfigFile.hash(List.of("backtest", backtestId)),
        "backtest",
        planId,
        backtestId,
        -1,
        config.label(),
        provenance.configHash(),
        provenance.runId());
  }

  private static Dataset<Row> table(Lake lake, TableSpec table, JavaRDD<Row> rows) {
    return lake.spark().createDataFrame(rows, table.schema());
  }
}
