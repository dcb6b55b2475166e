package io.depthcast.jobs.quality;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.page.Palette;
import io.depthcast.jobs.page.PlotlyFigure;
import io.depthcast.jobs.quality.Curves.Late;
import io.depthcast.jobs.quality.Curves.Lost;
import io.depthcast.jobs.quality.Curves.Rate;
import io.depthcast.jobs.quality.Curves.Timeline;
import io.depthcast.jobs.table.Slice;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.Trace;

/** The figures of the page. Times are those of the day: days lie over each other. */
final class QualityFigures {

  private QualityFigures() {}

  /** Loss by cause, a bar a slice; nothing where none is lost. */
  static String loss(List<SliceQuality> slices) {
    List<String> causes =
        slices.stream()
            .flatMap(quality -> quality.loss().byCause().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    if (causes.isEmpty()) {
      return "<p>No row lies in a suspect window.</p>\n";
    }
    Object[] x =
        slices.stream().map(quality -> PlotlyFigure.category(quality.slice().toString())).toArray();
    List<Trace> traces = new ArrayList<>();
    for (String cause : causes) {
      double[] y =
          slices.stream()
              .mapToDouble(
                  quality -> {
                    var share = quality.loss().byCause().get(cause);
                    return share == null ? 0 : 100 * share.rows();
                  })
              .toArray();
      traces.add(
          BarTrace.builder(x, y)
              .name(PlotlyFigure.name(cause))
              .marker(Marker.builder().color(Palette.color(causes.indexOf(cause))).build())
              .showLegend(true)
              .build());
    }
    Layout layout =
        Layout.builder()
            .title("Rows lost by cause")
            .height(420)
            .barMode(Layout.BarMode.STACK)
            .showLegend(true)
            .xAxis(Axis.builder().title("symbol-day").build())
            .yAxis(Axis.builder().title("share of rows (%)").build())
            .build();
    return new PlotlyFigure(
            "loss_by_cause",
            new Figure(layout, traces.toArray(Trace[]::new)),
            "Share of the rows in suspect windows of each cause; rows of two causes count for"
                + " both. From silver.suspect_windows and silver.book.")
        .html();
  }

  /** When the book could not be trusted, a line a slice; nothing where it always could. */
  static String timeline(List<SliceQuality> shown, Timeline timeline) {
    if (timeline.windows().isEmpty()) {
      return "";
    }
    List<Slice> slices = shown.stream().map(SliceQuality::slice).toList();
    List<String> causes = timeline.windows().stream().map(Lost::cause).distinct().sorted().toList();
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    ArrayNode extraTraces = extra.putArray("traces");
    List<Trace> traces = new ArrayList<>();
    for (String cause : causes) {
      List<Lost> windows =
          timeline.windows().stream().filter(lost -> lost.cause().equals(cause)).toList();
      // A point that is no number ends a line.
      double[] x = new double[3 * windows.size()];
      double[] y = new double[x.length];
      Arrays.fill(x, Double.NaN);
      Arrays.fill(y, Double.NaN);
      for (int i = 0; i < windows.size(); i++) {
        Lost lost = windows.get(i);
        x[3 * i] = timeOfDay(lost.slice(), lost.firstNs());
        x[3 * i + 1] = timeOfDay(lost.slice(), lost.endNs());
        y[3 * i] = slices.indexOf(lost.slice());
        y[3 * i + 1] = y[3 * i];
      }
      ObjectNode trace = extraTraces.addObject();
      trace.put("mode", "lines+markers").putObject("line").put("width", 9);
      trace.putObject("marker").put("symbol", "line-ns-open").put("size", 9);
      traces.add(line(x, y, cause, causes.indexOf(cause)));
    }
    ArrayNode range = extra.withObject("/layout/xaxis").putArray("range");
    range.add(
        shown.stream()
            .mapToDouble(q -> timeOfDay(q.slice(), q.counts().firstNs()))
            .min()
            .orElseThrow());
    range.add(
        shown.stream()
            .mapToDouble(q -> timeOfDay(q.slice(), q.counts().lastNs()))
            .max()
            .orElseThrow());
    ObjectNode axis = extra.withObject("/layout/yaxis");
    ArrayNode ticks = axis.put("autorange", "reversed").putArray("tickvals");
    ArrayNode names = axis.putArray("ticktext");
    for (Slice slice : slices) {
      ticks.add(slices.indexOf(slice));
      names.add(PlotlyFigure.category(slice.toString()));
    }
    return new PlotlyFigure(
            "timeline",
            new Figure(
                layout("Suspect windows", "symbol-day", 200 + 40 * slices.size()),
                traces.toArray(Trace[]::new)),
            clock(extra),
            "Suspect windows of each symbol-day, each to the row after its last"
                + (timeline.all() > timeline.windows().size()
                    ? ": the longest "
                        + Numbers.count(timeline.windows().size())
                        + " of "
                        + Numbers.count(timeline.all())
                    : "")
                + ". From silver.suspect_windows.")
        .html();
  }

  /** Latency over the day. */
  static String latency(Map<Slice, List<Late>> curves) {
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    ArrayNode extraTraces = extra.putArray("traces");
    List<Trace> traces = new ArrayList<>();
    List<Slice> slices = List.copyOf(curves.keySet());
    curves.forEach(
        (slice, lates) -> {
          int n = slices.indexOf(slice);
          traces.add(late(slice, lates, " median", Distribution::p50, n));
          extraTraces.addObject();
          traces.add(late(slice, lates, " 99 %", Distribution::p99, n));
          extraTraces.addObject().putObject("line").put("dash", "dash");
          traces.add(late(slice, lates, " most", Distribution::max, n));
          extraTraces.addObject().putObject("line").put("dash", "dot");
        });
    return new PlotlyFigure(
            "latency_over_the_day",
            new Figure(
                layout("Latency over the day", "receive less venue time (ms)", height(traces)),
                traces.toArray(Trace[]::new)),
            clock(legendBelow(extra)),
            "Median, 99 % and most of the latencies in equal spans of each symbol-day, by the"
                + " receiver's clock. From silver.events.")
        .html();
  }

  private static Trace late(
      Slice slice, List<Late> lates, String what, ToLongFunction<Distribution> value, int color) {
    double[] x = lates.stream().mapToDouble(late -> timeOfDay(slice, late.fromNs())).toArray();
    double[] y = lates.stream().mapToDouble(l -> value.applyAsLong(l.nanos()) / 1e6).toArray();
    return line(x, y, slice + what, color);
  }

  /** How often the book changed over the day. */
  static String rates(Map<Slice, List<Rate>> curves) {
    List<Slice> slices = List.copyOf(curves.keySet());
    List<Trace> traces = new ArrayList<>();
    curves.forEach(
        (slice, rates) ->
            traces.add(
                line(
                    rates.stream().mapToDouble(r -> timeOfDay(slice, r.fromNs())).toArray(),
                    rates.stream().mapToDouble(Rate::rowsPerSecond).toArray(),
                    slice.toString(),
                    slices.indexOf(slice))));
    return new PlotlyFigure(
            "update_rate",
            new Figure(
                layout("Update rate", "rows per second", height(traces)),
                traces.toArray(Trace[]::new)),
            clock(legendBelow(JsonNodeFactory.instance.objectNode())),
            "Rows of the book per second in equal spans of each symbol-day. From silver.book.")
        .html();
  }

  private static Trace line(double[] x, double[] y, String name, int color) {
    return ScatterTrace.builder(x, y)
        .mode(ScatterTrace.Mode.LINE)
        .name(PlotlyFigure.name(name))
        .line(Line.builder().color(Palette.color(color)).width(1.6).build())
        .showLegend(true)
        .build();
  }

  private static Layout layout(String title, String yTitle, int height) {
    return Layout.builder()
        .title(title)
        .height(height)
        .showLegend(true)
        .xAxis(Axis.builder().title("time of day (UTC)").type(Axis.Type.DATE).build())
        .yAxis(Axis.builder().title(yTitle).build())
        .build();
  }

  /** With room for a legend of three names a line. */
  private static int height(List<Trace> traces) {
    return 440 + 20 * (traces.size() / 3);
  }

  private static ObjectNode legendBelow(ObjectNode extra) {
    extra.withObject("/layout/legend").put("y", -0.2).put("yanchor", "top");
    extra.withObject("/layout/margin").put("t", 56);
    return extra;
  }

  /** plotly reads numbers on a date axis as milliseconds since 1970 UTC; the date is not shown. */
  private static double timeOfDay(Slice slice, long ns) {
    long midnight = slice.tradeDate().atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    return (ns - midnight * 1_000_000_000L) / 1e6;
  }

  private static ObjectNode clock(ObjectNode extra) {
    extra
        .withObject("/layout/xaxis")
        .put("tickformat", "%H:%M:%S")
        .put("hoverformat", "%H:%M:%S.%L");
    return extra;
  }
}
