package io.depthcast.jobs.explore;

import io.depthcast.jobs.explore.SetFacts.ColumnSummary;
import io.depthcast.jobs.explore.SetFacts.LabelSummary;
import io.depthcast.jobs.explore.SetFacts.Tested;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Writes what was found into the tables; a run of the same id replaces what it wrote. */
final class ExploreTables {

  private static final double[] QUANTILES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
  private static final String ALL_SLICES = "*";

  private ExploreTables() {}

  static void write(Lake lake, SetFacts facts) {
    replace(lake, Tables.FEATURE_DISTRIBUTIONS, facts, distributions(facts));
    replace(lake, Tables.FEATURE_CORRELATIONS, facts, correlations(facts));
    replace(lake, Tables.FEATURE_POWER, facts, powers(facts));
  }

  private static void replace(Lake lake, TableSpec table, SetFacts facts, List<Row> rows) {
    lake.replaceWhere(
        table,
        "explore_id = '" + facts.exploreId() + "'",
        lake.spark().createDataFrame(rows, table.schema()).coalesce(1));
  }

  private static List<Row> distributions(SetFacts facts) {
    List<Row> rows = new ArrayList<>();
    for (ColumnSummary column : facts.columns()) {
      List<Object> quantiles = new ArrayList<>();
      for (double share : QUANTILES) {
        quantiles.add(number(column.distribution().quantile(share)));
      }
      rows.add(distribution(facts, column.name(), "feature", column.moments(), quantiles));
    }
    for (LabelSummary label : facts.labels()) {
      List<Object> none = new ArrayList<>();
      for (int i = 0; i < QUANTILES.length; i++) {
        none.add(null);
      }
      rows.add(distribution(facts, label.id(), "label", label.moments(), none));
    }
    return rows;
  }

  private static Row distribution(
      SetFacts facts, String name, String kind, Moments moments, List<Object> quantiles) {
    List<Object> cells = new ArrayList<>(List.of(facts.exploreId(), facts.featureSetId()));
    cells.add(name);
    cells.add(kind);
    cells.add(moments.rows());
    cells.add(moments.count());
    cells.add(number(moments.missingShare()));
    cells.add(number(moments.mean()));
    cells.add(number(moments.standardDeviation()));
    cells.add(number(moments.skewness()));
    cells.add(number(moments.excessKurtosis()));
    cells.add(number(moments.min()));
    cells.addAll(quantiles);
    cells.add(number(moments.max()));
    return RowFactory.create(cells.toArray());
  }

  private static List<Row> correlations(SetFacts facts) {
    List<Row> rows = new ArrayList<>();
    for (int j = 1; j < facts.columns().size(); j++) {
      for (int i = 0; i < j; i++) {
        int pair = SliceFacts.pair(i, j);
        rows.add(
            RowFactory.create(
                facts.exploreId(),
                facts.featureSetId(),
                facts.columns().get(i).name(),
                facts.columns().get(j).name(),
                number(facts.correlations().get(pair)),
                facts.correlationRows().get(pair)));
      }
    }
    return rows;
  }

  private static List<Row> powers(SetFacts facts) {
    List<Row> rows = new ArrayList<>();
    for (int f = 0; f < facts.columns().size(); f++) {
      for (int l = 0; l < facts.labels().size(); l++) {
        Tested tested = facts.powers().get(f).get(l);
        Power power = tested.power();
        PowerRows of = new PowerRows(facts, facts.columns().get(f).name(), facts.labels().get(l));
        rows.add(
            of.row(
                ALL_SLICES,
                "rank_ic",
                power.ic(),
                List.of(power.low(), power.high(), Double.NaN, power.p(), tested.q()),
                power.n()));
        rows.add(
            of.row(
                ALL_SLICES,
                "mutual_information",
                power.bits(),
                List.of(Double.NaN, Double.NaN, power.nullLevel(), Double.NaN, Double.NaN),
                power.n()));
        for (int part = 0; part < power.parts().size(); part++) {
          rows.add(
              of.row(
                  facts.partNames().get(part),
                  "rank_ic",
                  power.parts().get(part),
                  List.of(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
                  0));
        }
      }
    }
    return rows;
  }

  /** The rows of one feature and label. */
  private record PowerRows(SetFacts facts, String column, LabelSummary label) {

    Row row(String part, String metric, double value, List<Double> rest, long n) {
      List<Object> cells = new ArrayList<>(List.of(facts.exploreId(), facts.featureSetId()));
      cells.add(column);
      cells.add(label.id());
      cells.add(label.horizon());
      cells.add(part);
      cells.add(metric);
      cells.add(number(value));
      rest.forEach(number -> cells.add(number(number)));
      cells.add(n);
      return RowFactory.create(cells.toArray());
    }
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
