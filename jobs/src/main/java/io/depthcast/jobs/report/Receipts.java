package io.depthcast.jobs.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.jobs.report.ReportData.NumberGroup;
import io.depthcast.jobs.report.ReportData.Origin;
import io.depthcast.jobs.report.ReportData.Receipt;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Trials;
import io.depthcast.jobs.table.Trials.Tried;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * Runs that wrote what a report shows, from {@code ops.runs}.
 *
 * @param rows one for each group of numbers
 * @param newest start of the newest of the runs; the epoch where there is none
 */
record Receipts(List<Receipt> rows, Instant newest) {

  private static final ObjectMapper JSON = new ObjectMapper();

  Receipts {
    rows = List.copyOf(rows);
  }

  /**
   * The newest ingest of each format, the newest run that wrote the features, and the runs of the
   * fit, its ensembles and the backtest that are shown.
   */
  static Receipts read(
      Lake lake,
      String featureTable,
      Trials trials,
      Optional<Tried> fit,
      Optional<Tried> backtest) {
    if (!lake.has("ops.runs")) {
      return new Receipts(List.of(), Instant.EPOCH);
    }
    List<String> shown =
        Stream.of(fit, fit.flatMap(f -> trials.newestEnsemble(f.planId())), backtest)
            .flatMap(Optional::stream)
            .map(Tried::runId)
            .toList();
    Column applies =
        col("job")
            .startsWith("ingest ")
            .or(
                col("job")
                    .equalTo("features")
                    .and(col("output_versions").contains("\"" + featureTable + "\"")))
            .or(col("run_id").isin(shown.toArray()));
    List<Receipt> rows = new ArrayList<>();
    List<Instant> starts = new ArrayList<>();
    // Run ids of a job sort by time.
    lake.read("ops.runs")
        .where(col("status").equalTo("done").and(applies))
        .groupBy("job")
        .agg(
            max(
                struct(
                    col("run_id"),
                    col("started_at"),
                    col("input_versions"),
                    col("code_version"),
                    col("config_hash"),
                    col("seed"))))
        .collectAsList()
        .forEach(
            row -> {
              rows.add(receipt(row.getString(0), row.getStruct(1), trials));
              starts.add(Instant.parse(row.getStruct(1).getString(1)));
            });
    rows.sort(Comparator.comparing(Receipt::group).thenComparing(Receipt::job));
    return new Receipts(rows, starts.stream().max(Instant::compareTo).orElse(Instant.EPOCH));
  }

  private static Receipt receipt(String job, Row run, Trials trials) {
    NumberGroup group =
        switch (job) {
          case "features" -> NumberGroup.FEATURES;
          case "train", "ensemble" -> NumberGroup.FORECASTS;
          case "backtest" -> NumberGroup.BACKTEST;
          default -> NumberGroup.DATA;
        };
    return new Receipt(
        group,
        run.getString(0),
        job,
        versions(run.getString(2)),
        new Origin(
            run.getString(3),
            run.getString(4),
            group == NumberGroup.FORECASTS
                ? OptionalLong.of(run.getLong(5))
                : OptionalLong.empty()),
        switch (group) {
          case FORECASTS -> trials.fits();
          case BACKTEST -> trials.backtests();
          case DATA, FEATURES -> 0;
        });
  }

  /** {@code {"silver.book":3}} as {@code silver.book@3}. */
  private static List<String> versions(String json) {
    try {
      return JSON.readValue(json, new TypeReference<TreeMap<String, Long>>() {}).entrySet().stream()
          .map(e -> e.getKey() + "@" + e.getValue())
          .toList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("ops.runs holds no JSON: " + json, e);
    }
  }
}
