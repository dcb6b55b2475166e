package io.depthcast.jobs.quality;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.quality.BookTables.Pass;
import io.depthcast.jobs.quality.SliceQuality.Counts;
import io.depthcast.jobs.quality.SliceQuality.Latency;
import io.depthcast.jobs.quality.SliceQuality.Loss;
import io.depthcast.jobs.quality.SliceQuality.Share;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far the slices of a lake can be trusted. Rows stay with Spark: what comes to the driver is a
 * few lines a slice, and the curves of those slices that figures show.
 *
 * @param slices in their order
 * @param shown the first of them, which the figures show
 * @param curves what the figures show
 */
record LakeQuality(List<SliceQuality> slices, List<SliceQuality> shown, Curves curves) {

  /**
   * Reads the silver tables.
   *
   * @throws io.depthcast.jobs.ConfigException if the arguments name no slice
   */
  static LakeQuality read(Lake lake, Arguments arguments, QualityConfig config) {
    List<Slice> names = lake.slices("silver.book", arguments);
    int figures = Math.min(names.size(), config.figureSlices());
    BookTables book = new BookTables(lake, arguments);
    LatencyTables late = new LatencyTables(lake, arguments);
    WindowTables windows = new WindowTables(lake, arguments, book);
    Map<Slice, Pass> passes = book.passes();
    Spans spans = new Spans(lake.spark(), passes, config.curvePoints());

    Map<Slice, Map<String, Share>> lost = windows.byCause(passes);
    Map<Slice, Distribution> gaps = book.gaps();
    Map<Slice, Long> busiest = book.busiestSeconds();
    Map<Slice, Latency> latencies = late.latencies(spans);
    Map<Slice, Long> trades = counts(lake, "silver.trades", arguments);
    Map<Slice, Long> rejected = counts(lake, "silver.rejected", arguments);
    List<SliceQuality> slices = new ArrayList<>();
    for (Slice slice : names) {
      Pass pass = passes.get(slice);
      slices.add(
          new SliceQuality(
              slice,
              new Counts(
                  pass.rows(),
                  trades.getOrDefault(slice, 0L),
                  rejected.getOrDefault(slice, 0L),
                  pass.firstNs(),
                  pass.lastNs(),
                  busiest.get(slice)),
              new Loss(
                  pass.share(pass.suspectRows(), pass.suspectNs()),
                  lost.getOrDefault(slice, Map.of())),
              Optional.ofNullable(gaps.get(slice)),
              Optional.ofNullable(latencies.get(slice))));
    }
    List<Slice> shown = names.subList(0, figures);
    return new LakeQuality(
        slices,
        slices.subList(0, figures),
        new Curves(book.rates(spans, shown), late.curves(spans, shown), windows.timeline(shown)));
  }

  private static Map<Slice, Long> counts(Lake lake, String table, Arguments arguments) {
    return BySlice.collect(
        lake.read(table, arguments).groupBy(BySlice.key()).count(),
        row -> row.getLong(BySlice.FIRST));
  }
}
