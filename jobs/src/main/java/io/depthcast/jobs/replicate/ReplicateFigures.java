package io.depthcast.jobs.replicate;

import io.depthcast.jobs.page.Palette;
import io.depthcast.jobs.page.PlotlyFigure;
import io.depthcast.jobs.replicate.SliceFacts.ImbalanceBucket;
import io.depthcast.jobs.replicate.SliceFacts.SignaturePoint;
import io.depthcast.jobs.replicate.SliceFacts.VolumeMove;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.Trace;

/** The figures of the page, a line a symbol. */
final class ReplicateFigures {

  private static final String NONE = "<p class=\"missing\">Nothing to show: %s.</p>\n";

  private ReplicateFigures() {}

  /** Mean move by size of signed volume. */
  static String impact(List<SymbolFacts> symbols) {
    List<SymbolFacts> shown = symbols.stream().filter(s -> !s.impact().isEmpty()).toList();
    if (shown.isEmpty()) {
      return NONE.formatted("no symbol has enough trades");
    }
    return figure(
        "impact_by_volume",
        "Move by signed volume",
        Axis.builder().title("signed volume over the day's volume").type(Axis.Type.LOG).build(),
        Axis.builder().title("mean move in its direction (bps)").type(Axis.Type.LOG).build(),
        "Tenths of the intervals by the size of signed volume. A straight line is a power law; the"
            + " square-root law has slope 0.5. Tenths whose mean move is not positive cannot be"
            + " shown. From silver.book.",
        traces(
            shown,
            s -> s.impact().stream().mapToDouble(VolumeMove::share).toArray(),
            s -> s.impact().stream().mapToDouble(VolumeMove::moveBps).toArray()));
  }

  /** Variance a second by time between samples. */
  static String signature(List<SymbolFacts> symbols) {
    List<SymbolFacts> shown = symbols.stream().filter(s -> !s.signature().isEmpty()).toList();
    if (shown.isEmpty()) {
      return NONE.formatted("no symbol has a stretch without suspect rows");
    }
    return figure(
        "signature_plot",
        "Volatility signature",
        Axis.builder().title("time between samples (s)").type(Axis.Type.LOG).build(),
        Axis.builder().title("variance of the mid (bps² per s)").build(),
        "Mean squared move of the mid over the time between samples. From silver.book.",
        traces(
            shown,
            s -> s.signature().stream().mapToDouble(SignaturePoint::seconds).toArray(),
            s -> s.signature().stream().mapToDouble(SignaturePoint::variance).toArray()));
  }

  /** Share of the volume by half hour. */
  static String volume(List<SymbolFacts> symbols) {
    List<SymbolFacts> shown = symbols.stream().filter(s -> !s.volume().isEmpty()).toList();
    if (shown.isEmpty()) {
      return NONE.formatted("no symbol has trades");
    }
    return figure(
        "volume_by_half_hour",
        "Volume over the day",
        Axis.builder().title("hour of the day (UTC)").build(),
        Axis.builder().title("share of the volume (%)").build(),
        "Share of the traded volume by half hour. From silver.book.",
        traces(
            shown,
            s -> s.volume().keySet().stream().mapToDouble(half -> half / 2.0).toArray(),
            s -> s.volume().values().stream().mapToDouble(share -> 100 * share).toArray()));
  }

  /** Drift of the mid that micro-prices leave, by imbalance; lines of three a symbol. */
  static String martingale(List<SymbolFacts> symbols) {
    List<SymbolFacts> shown =
        symbols.stream().filter(s -> !s.imbalanceBuckets().isEmpty()).toList();
    if (shown.isEmpty()) {
      return NONE.formatted("no symbol has three windows with enough moves of the mid");
    }
    StringBuilder html = new StringBuilder();
    for (SymbolFacts symbol : shown) {
      String name = symbol.venue() + " " + symbol.symbol();
      html.append(
          figure(
              "martingale_" + name.replaceAll("[^A-Za-z0-9]", "_"),
              "Drift left by imbalance, " + name,
              Axis.builder().title("queue imbalance of the best prices").build(),
              Axis.builder().title("mid after six moves less price (bps)").build(),
              "Mean of the mid after its next six moves, less the mid and the two micro-prices now."
                  + " A martingale leaves 0, up to a drift that all buckets share. Stoikov's"
                  + " micro-price is fitted on the windows before. From silver.book.",
              drift(symbol, "mid", 0, bucket -> 0),
              drift(symbol, "size-weighted", 1, ImbalanceBucket::weighted),
              drift(symbol, "Stoikov", 2, ImbalanceBucket::stoikov)));
    }
    return html.toString();
  }

  private static Trace drift(
      SymbolFacts symbol, String name, int color, ToDoubleFunction<ImbalanceBucket> foreseen) {
    List<ImbalanceBucket> buckets = symbol.imbalanceBuckets();
    return ScatterTrace.builder(
            buckets.stream()
                .mapToDouble(b -> (2.0 * b.bucket() + 1) / MartingaleFacts.BUCKETS - 1)
                .toArray(),
            buckets.stream()
                .mapToDouble(b -> (b.drift() - foreseen.applyAsDouble(b)) / b.rows())
                .toArray())
        .mode(ScatterTrace.Mode.LINE_AND_MARKERS)
        .name(name)
        .line(Line.builder().color(Palette.color(color)).width(1.6).build())
        .showLegend(true)
        .build();
  }

  private static Trace[] traces(
      List<SymbolFacts> symbols,
      Function<SymbolFacts, double[]> x,
      Function<SymbolFacts, double[]> y) {
    List<Trace> traces = new ArrayList<>();
    for (SymbolFacts symbol : symbols) {
      traces.add(
          ScatterTrace.builder(x.apply(symbol), y.apply(symbol))
              .mode(ScatterTrace.Mode.LINE_AND_MARKERS)
              .name(PlotlyFigure.name(symbol.venue() + " " + symbol.symbol()))
              .line(Line.builder().color(Palette.color(traces.size())).width(1.6).build())
              .showLegend(true)
              .build());
    }
    return traces.toArray(Trace[]::new);
  }

  private static String figure(
      String id, String title, Axis xAxis, Axis yAxis, String caption, Trace... traces) {
    Layout layout =
        Layout.builder()
            .title(title)
            .height(420)
            .showLegend(true)
            .xAxis(xAxis)
            .yAxis(yAxis)
            .build();
    return new PlotlyFigure(id, new Figure(layout, traces), caption).html();
  }
}
