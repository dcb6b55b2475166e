package io.depthcast.jobs.report;

import static org.apache.spark.sql.functions.col;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.report.ReportData.Correlation;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.RowStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Correlation of the features of a set, from {@code gold.features_<set>}. */
final class FeatureCorrelation {

  private static final Set<String> NO_FEATURES =
      Set.of("venue", "symbol", "trade_date", "seq", "ts_event", "feature_set_id");

  private FeatureCorrelation() {}

  /**
   * Correlation over every n-th row of each slice.
   *
   * @param rows rows of the slices together
   * @param sampleRows rows to use, at most
   * @return empty where the features job has not run
   */
  static Optional<Correlation> read(
      Lake lake, Arguments arguments, String table, long rows, long sampleRows) {
    if (!lake.has(table)) {
      return Optional.empty();
    }
    long every = Math.max(1, (rows + sampleRows - 1) / sampleRows);
    Dataset<Row> features = lake.read(table, arguments);
    List<String> names =
        Arrays.stream(features.columns()).filter(name -> !NO_FEATURES.contains(name)).toList();
    int n = names.size();
    PairSums sums =
        RowStream.toObjects(
                features
                    .where(col("seq").mod(every).equalTo(0))
                    .select(names.stream().map(name -> col(name)).toArray(Column[]::new)),
                partition -> {
                  PairSums own = new PairSums(n);
                  partition.forEachRemaining(own::add);
                  return List.of(own).iterator();
                })
            .collect()
            .stream()
            .reduce(new PairSums(n), PairSums::plus);
    return sums.isEmpty()
        ? Optional.empty()
        : Optional.of(new Correlation(names, sums.correlations(), every));
  }
}
