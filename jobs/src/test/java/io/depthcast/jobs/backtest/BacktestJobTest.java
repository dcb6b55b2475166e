package io.depthcast.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkTest.class)
class BacktestJobTest {

  private static final double HALF_A_CENT = 0.005;

  @Test
  void tradesSoMuchThatTheTestsBelowSaySomething(SyntheticLake lake) {
    assertThat(lake.open().read("gold.fills").count()).isGreaterThan(20);
  }

  @Test
  void booksEachCentOfTheNetPnlWithAFill(SyntheticLake lake) {
    Lake open = lake.open();
    assertThat(sum(open.read("gold.fills"), "pnl"))
        .isCloseTo(metric(open, "*", "net_pnl"), within(HALF_A_CENT));
    for (String symbol : new String[] {"SYNA", "SYNB"}) {
      assertThat(sum(open.read("gold.fills").where("symbol = '" + symbol + "'"), "pnl"))
          .isCloseTo(metric(open, symbol, "net_pnl"), within(HALF_A_CENT));
    }
  }

  @Test
  void losesItsCostsBetweenGrossAndNet(SyntheticLake lake) {
    Lake open = lake.open();
    double costs = 0;
    for (String column : new String[] {"fee", "spread_cost", "slippage", "impact"}) {
      costs += sum(open.read("gold.fills"), column);
    }
    assertThat(metric(open, "*", "gross_pnl") - metric(open, "*", "net_pnl"))
        .isCloseTo(costs, within(HALF_A_CENT));
    assertThat(sum(open.read("gold.fills"), "fee")).isPositive();
  }

  @Test
  void endsEachDayFlatWithTheNetPnlInCash(SyntheticLake lake) {
    Dataset<Row> ends =
        lake.open()
            .read("gold.positions")
            .selectExpr(
                "symbol",
                "position",
                "equity",
                "row_number() OVER (PARTITION BY symbol, trade_date ORDER BY seq DESC) AS back")
            .where("back = 1");
    assertThat(ends.count()).isPositive();
    assertThat(ends.where("position <> 0").count()).isZero();
    assertThat(sum(ends, "equity"))
        .isCloseTo(metric(lake.open(), "*", "net_pnl"), within(HALF_A_CENT));
  }

  @Test
  void decidesOnlyInTestSpansAndFillsAfterTheLatency(SyntheticLake lake) {
    Lake open = lake.open();
    Row spans = open.read("gold.models").selectExpr("min(test_from)", "max(test_to)").first();
    Dataset<Row> fills = open.read("gold.fills");
    assertThat(
            fills
                .where(
                    "ts_decision < " + spans.getLong(0) + " OR ts_decision >= " + spans.getLong(1))
                .count())
        .isZero();
    Dataset<Row> late = fills.where("ts_fill - ts_decision >= 1000 * 1000");
    // All but those that close the position with the day's last row.
    assertThat(fills.count() - late.count()).isLessThanOrEqualTo(3);
  }

  @Test
  void paysThePricesOfTheBookThatStood(SyntheticLake lake) {
    Lake open = lake.open();
    Dataset<Row> fills =
        open.read("gold.fills")
            .join(
                open.read("silver.book").drop("side", "size", "price"),
                new String[] {"venue", "symbol", "trade_date", "seq"});
    assertThat(fills.count()).isEqualTo(open.read("gold.fills").count());
    assertThat(
            fills
                .where(
                    "(side = 'buy' AND price < ask_price_1 - 1e-9)"
                        + " OR (side = 'sell' AND price > bid_price_1 + 1e-9)")
                .count())
        .isZero();
  }

  @Test
  void writesEqualTablesWhenRunTwice(SyntheticLake lake) {
    Lake open = lake.open();
    Dataset<Row> fills = open.read("gold.fills");
    Dataset<Row> positions = open.read("gold.positions");
    Dataset<Row> metrics = open.read("gold.metrics");
    lake.run(BacktestJob.JOB, SyntheticLake.BACKTEST);
    Lake again = lake.open();
    assertThat(TableDifference.of(fills, again.read("gold.fills"))).isEmpty();
    assertThat(TableDifference.of(positions, again.read("gold.positions"))).isEmpty();
    assertThat(TableDifference.of(metrics, again.read("gold.metrics"))).isEmpty();
  }

  @Test
  void refusesAModelWithoutForecasts(SyntheticLake lake, SparkSession spark) {
    BacktestConfig of = SyntheticLake.BACKTEST;
    BacktestConfig config =
        new BacktestConfig(
            "newest", "deeplob", of.label(), of.levels(), of.taker(), of.fees(), of.market());
    RunOutcome outcome =
        RunOutcome.of(spark, BacktestJob.JOB, config, lake.root(), Arguments.all());
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.err()).hasSize(1);
    assertThat(outcome.err().get(0))
        .matches(
            "depthcast: gold\\.predictions has no forecast of plan [0-9a-f]{16}, model deeplob,"
                + " label smoothed_mid_move_10e for any slice; check planId, model and label, or run train");
  }

  private static double sum(Dataset<Row> rows, String column) {
    return rows.selectExpr("coalesce(sum(" + column + "), 0D)").first().getDouble(0);
  }

  private static double metric(Lake lake, String symbol, String name) {
    String id = lake.read("gold.fills").select("backtest_id").first().getString(0);
    return lake.read("gold.metrics")
        .where("subject = '" + id + "' AND symbol = '" + symbol + "' AND metric = '" + name + "'")
        .select("value")
        .first()
        .getDouble(0);
  }
}
