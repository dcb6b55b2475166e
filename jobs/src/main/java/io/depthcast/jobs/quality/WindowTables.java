package io.depthcast.jobs.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.quality.BookTables.Pass;
import io.depthcast.jobs.quality.Curves.Timeline;
import io.depthcast.jobs.quality.SliceQuality.Share;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What {@code silver.suspect_windows} says: windows of one cause that overlap are one, and a window
 * lasts until the row after its last.
 */
final class WindowTables {

  /** Windows in a timeline; more cannot be told apart. */
  private static final int MOST_SHOWN = 2_000;

  private final Dataset<Row> windows;

  WindowTables(Lake lake, Arguments arguments, BookTables book) {
    WindowSpec inOrder = Window.partitionBy(BySlice.key("cause")).orderBy("seq_first", "seq_last");
    WindowSpec before = inOrder.rowsBetween(Window.unboundedPreceding(), -1);
    WindowSpec soFar = inOrder.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    windows =
        lake.read("silver.suspect_windows", arguments)
            .select(BySlice.key("cause", "seq_first", "seq_last", "ts_first"))
            .withColumn("reach", coalesce(max("seq_last").over(before), lit(0L)))
            .withColumn("begins", when(col("seq_first").gt(col("reach")), 1L).otherwise(0L))
            .withColumn("nth", sum("begins").over(soFar))
            .groupBy(BySlice.key("cause", "nth"))
            .agg(
                min("seq_first").as("seq_first"),
                max("seq_last").as("seq_last"),
                min("ts_first").as("ts_first"))
            .join(book.ends(), BySlice.names("seq_last"))
            .select(
                BySlice.key(
                    col("cause"),
                    col("seq_last").minus(col("seq_first")).plus(1).as("rows"),
                    col("ts_first"),
                    col("end_ns"),
                    col("end_ns").minus(col("ts_first")).as("nanos")));
  }

  /** Shares of slices by cause. */
  Map<Slice, Map<String, Share>> byCause(Map<Slice, Pass> passes) {
    Map<Slice, Map<String, Share>> shares = new TreeMap<>();
    windows
        .groupBy(BySlice.key("cause"))
        .agg(sum("rows"), sum("nanos"))
        .collectAsList()
        .forEach(
            row ->
                shares
                    .computeIfAbsent(Slice.of(row), key -> new TreeMap<>())
                    .put(
                        row.getString(BySlice.FIRST),
                        passes
                            .get(Slice.of(row))
                            .share(
                                row.getLong(BySlice.FIRST + 1), row.getLong(BySlice.FIRST + 2))));
    return shares;
  }

  /** The windows of slices, in the order of slice, cause and time. */
  Timeline timeline(Collection<Slice> shown) {
    Dataset<Row> ofShown = windows.where(Slice.predicate(shown));
    List<Curves.Lost> longest =
        ofShown
            .orderBy(col("nanos").desc(), col("ts_first"), col("cause"))
            .limit(MOST_SHOWN)
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Curves.Lost(
                        Slice.of(row),
                        row.getString(BySlice.FIRST),
                        row.getLong(BySlice.FIRST + 2),
                        row.getLong(BySlice.FIRST + 3)))
            .sorted(
                Comparator.comparing(Curves.Lost::slice)
                    .thenComparing(Curves.Lost::cause)
                    .thenComparing(Curves.Lost::firstNs))
            .toList();
    return new Timeline(longest, ofShown.count());
  }
}
