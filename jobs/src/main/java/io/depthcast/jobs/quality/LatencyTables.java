package io.depthcast.jobs.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.quality.Curves.Late;
import io.depthcast.jobs.quality.SliceQuality.Latency;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How late messages came, from {@code silver.events}: its changes keep the venue's own times, while
 * the times of {@code silver.book} never step back. A message's time is the latest of its changes.
 * Snapshots are left out: not every venue gives their time.
 */
final class LatencyTables {

  private static final String LATENCY = "latency";

  private final Dataset<Row> messages;

  LatencyTables(Lake lake, Arguments arguments) {
    messages =
        lake.read("silver.events", arguments)
            .where(col("ts_recv").isNotNull().and(col("event_type").notEqual("snapshot")))
            .groupBy(BySlice.key("seq"))
            .agg(max("ts_recv").as("ts_recv"), max("ts_event").as("ts_event"))
            .withColumn(LATENCY, col("ts_recv").minus(col("ts_event")));
  }

  /** Of the slices that have receive times. */
  Map<Slice, Latency> latencies(Spans spans) {
    Map<Slice, Clocks> clocks = clocks(spans);
    return BySlice.collect(
        Distribution.of(messages, LATENCY, BySlice.key()),
        row -> {
          Clocks both = clocks.get(Slice.of(row));
          return new Latency(Distribution.of(row, BySlice.FIRST), both.negative, both.drift);
        });
  }

  /** Messages received before they were sent, and the drift. */
  private record Clocks(long negative, Optional<ClockDrift> drift) {}

  /** The driver holds the spans of one slice at a time. */
  private Map<Slice, Clocks> clocks(Spans spans) {
    Iterator<Row> rows =
        spans
            .of(messages, "ts_recv")
            .groupBy(BySlice.key(Spans.FROM))
            .agg(
                min(struct(col(LATENCY), col("ts_recv"))),
                sum(when(col(LATENCY).lt(0), 1L).otherwise(0L)))
            .orderBy(BySlice.key(Spans.FROM))
            .toLocalIterator();
    Map<Slice, Clocks> clocks = new TreeMap<>();
    List<ClockDrift.Least> least = new ArrayList<>();
    Row row = rows.hasNext() ? rows.next() : null;
    while (row != null) {
      Slice slice = Slice.of(row);
      least.clear();
      long negative = 0;
      while (row != null && Slice.of(row).equals(slice)) {
        Row earliest = row.getStruct(BySlice.FIRST + 1);
        least.add(new ClockDrift.Least(earliest.getLong(1), earliest.getLong(0)));
        negative += row.getLong(BySlice.FIRST + 2);
        row = rows.hasNext() ? rows.next() : null;
      }
      clocks.put(slice, new Clocks(negative, ClockDrift.of(least)));
    }
    return clocks;
  }

  /** Latencies in the spans of slices that have any. */
  Map<Slice, List<Late>> curves(Spans spans, Collection<Slice> shown) {
    Map<Slice, List<Late>> curves = new TreeMap<>();
    Dataset<Row> inSpans = spans.of(messages.where(Slice.predicate(shown)), "ts_recv");
    Distribution.of(inSpans, LATENCY, BySlice.key(Spans.FROM))
        .orderBy(BySlice.key(Spans.FROM))
        .collectAsList()
        .forEach(
            row ->
                curves
                    .computeIfAbsent(Slice.of(row), key -> new ArrayList<>())
                    .add(
                        new Late(
                            row.getLong(BySlice.FIRST), Distribution.of(row, BySlice.FIRST + 1))));
    return curves;
  }
}
