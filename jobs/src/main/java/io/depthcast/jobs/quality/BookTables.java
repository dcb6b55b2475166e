package io.depthcast.jobs.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.quality.Curves.Rate;
import io.depthcast.jobs.quality.SliceQuality.Share;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** What the rows of {@code silver.book} say: their number, times, and which are suspect. */
final class BookTables {

  /** Time from a row to the next, nanoseconds; null for the last of a slice. */
  private static final String HOLD = "hold";

  private final Dataset<Row> rows;

  BookTables(Lake lake, Arguments arguments) {
    Column next = lead("ts_event", 1).over(Window.partitionBy(BySlice.key()).orderBy("seq"));
    rows =
        lake.read("silver.book", arguments)
            .select(BySlice.key("seq", "ts_event", "suspect"))
            .withColumn(HOLD, next.minus(col("ts_event")));
  }

  /**
   * What one pass over a slice gives.
   *
   * @param firstNs time of the first row, nanoseconds UTC
   * @param lastNs time of the last row, nanoseconds UTC
   * @param suspectRows rows in suspect windows
   * @param suspectNs nanoseconds for which their books held
   */
  record Pass(long rows, long firstNs, long lastNs, long suspectRows, long suspectNs) {

    /** A part of the slice. */
    Share share(long ofRows, long nanos) {
      long all = lastNs - firstNs;
      return new Share(ofRows / (double) rows, all == 0 ? Double.NaN : nanos / (double) all);
    }
  }

  Map<Slice, Pass> passes() {
    return BySlice.collect(
        rows.groupBy(BySlice.key())
            .agg(
                count(lit(1)),
                min("ts_event"),
                max("ts_event"),
                sum(when(col("suspect"), 1L).otherwise(0L)),
                sum(when(col("suspect"), coalesce(col(HOLD), lit(0L))).otherwise(0L))),
        row ->
            new Pass(
                row.getLong(BySlice.FIRST),
                row.getLong(BySlice.FIRST + 1),
                row.getLong(BySlice.FIRST + 2),
                row.getLong(BySlice.FIRST + 3),
                row.getLong(BySlice.FIRST + 4)));
  }

  /** From each row to the next, nanoseconds. */
  Map<Slice, Distribution> gaps() {
    return BySlice.collect(
        Distribution.of(rows.where(col(HOLD).isNotNull()), HOLD, BySlice.key()),
        row -> Distribution.of(row, BySlice.FIRST));
  }

  /** Most rows in a second of the clock. */
  Map<Slice, Long> busiestSeconds() {
    return BySlice.collect(
        rows.withColumn("second", expr("ts_event div 1000000000"))
            .groupBy(BySlice.key("second"))
            .count()
            .groupBy(BySlice.key())
            .agg(max("count")),
        row -> row.getLong(BySlice.FIRST));
  }

  /**
   * Rows per second in the spans of slices, from the first to the last; none of a slice that takes
   * no time.
   */
  Map<Slice, List<Rate>> rates(Spans spans, Collection<Slice> shown) {
    Map<Slice, List<Rate>> rates = new TreeMap<>();
    spans
        .of(rows.where(Slice.predicate(shown)), "ts_event")
        .groupBy(BySlice.key(Spans.FROM, Spans.LENGTH))
        .count()
        .where(col(Spans.LENGTH).gt(1))
        .orderBy(BySlice.key(Spans.FROM))
        .collectAsList()
        .forEach(
            row -> {
              long from = row.getLong(BySlice.FIRST);
              long length = row.getLong(BySlice.FIRST + 1);
              List<Rate> curve = rates.computeIfAbsent(Slice.of(row), key -> new ArrayList<>());
              while (!curve.isEmpty() && curve.get(curve.size() - 1).fromNs() + length < from) {
                curve.add(new Rate(curve.get(curve.size() - 1).fromNs() + length, 0));
              }
              curve.add(new Rate(from, 1e9 * row.getLong(BySlice.FIRST + 2) / length));
            });
    return rates;
  }

  /** Column {@code seq_last}, a row, and {@code end_ns}, when the book after it ends. */
  Dataset<Row> ends() {
    return rows.select(
        BySlice.key(
            col("seq").as("seq_last"),
            col("ts_event").plus(coalesce(col(HOLD), lit(0L))).as("end_ns")));
  }
}
