package io.depthcast.jobs.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.page.PlotlyFigure;
import io.depthcast.jobs.report.ReportData.Confusion;
import io.depthcast.jobs.report.ReportData.Correlation;
import java.util.List;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.HeatmapTrace;

/** Heat-maps of the page: feature correlation and confusion matrices. */
final class HeatMaps {
  private static final String[] CLASSES = {"down", "flat", "up"};
  private static final String[][] DIVERGING = {
    {"0", "#053061"},
    {"0.25", "#6aaed6"},
    {"0.5", "#ffffff"},
    {"0.75", "#f4936f"},
    {"1", "#8c0d25"}
  };
  private static final String[][] RISING = {{"0", "#ffffff"}, {"1", "#0b5cad"}};

  private HeatMaps() {}

  static String correlation(Correlation correlation) {
    Object[] names = correlation.names().stream().map(PlotlyFigure::category).toArray();
    double[][] matrix =
        correlation.matrix().stream()
            .map(row -> row.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    Layout layout =
        Layout.builder()
            .title("Feature correlation")
            .height(280 + 17 * names.length)
            .xAxis(Axis.builder().title("feature").build())
            .yAxis(Axis.builder().title("feature").autoRange(Axis.AutoRange.REVERSED).build())
            .build();
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    for (String axis : new String[] {"xaxis", "yaxis"}) {
      ObjectNode ticks = extra.withObject("/layout/" + axis);
      ticks.put("dtick", 1).put("showgrid", false).put("type", "category");
      ticks.putObject("tickfont").put("size", names.length > 25 ? 10 : 12);
    }
    extra.withObject("/layout/xaxis").put("tickangle", names.length > 8 ? -90 : 0);
    extra.withObject("/layout").put("plot_bgcolor", "#d5dae0");
    ObjectNode trace = trace(extra, DIVERGING, -1, 1);
    trace.put("hovertemplate", "%{y} and %{x}: %{z:.3f}<extra></extra>");
    trace.put("xgap", 1).put("ygap", 1);
    ObjectNode bar = trace.putObject("colorbar");
    bar.putObject("title").put("text", "correlation (−1 to 1)").put("side", "right");
    bar.put("thickness", 16).put("outlinewidth", 0);
    return new PlotlyFigure(
            "feature_correlation",
            new Figure(layout, HeatmapTrace.builder(names, names, matrix).build()),
            extra,
            "Pearson correlation of each pair of features over the rows where both are present"
                + sampled(correlation.everyRows())
                + ": blue is negative, red is positive, grey is not known. From gold.features.")
        .html();
  }

  private static String sampled(long everyRows) {
    return everyRows == 1 ? "" : ", one row in " + Numbers.count(everyRows);
  }

  static String confusion(Confusion confusion, String id) {
    double[][] shares = new double[3][];
    ArrayNode text = JsonNodeFactory.instance.arrayNode();
    for (int truth = 0; truth < 3; truth++) {
      List<Long> counts = confusion.counts().get(truth);
      double total = counts.stream().mapToLong(Long::longValue).sum();
      shares[truth] = counts.stream().mapToDouble(count -> count / total).toArray();
      ArrayNode row = text.addArray();
      for (int forecast = 0; forecast < 3; forecast++) {
        row.add(
            Numbers.count(counts.get(forecast))
                + "<br>"
                + Numbers.percent(shares[truth][forecast], 1));
      }
    }
    String title = confusion.model() + ", " + Labels.words(confusion.label());
    Layout layout =
        Layout.builder()
            .title(PlotlyFigure.name(title))
            .height(290)
            .xAxis(Axis.builder().title("forecast class").build())
            .yAxis(Axis.builder().title("true class").autoRange(Axis.AutoRange.REVERSED).build())
            .build();
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    extra.withObject("/layout/margin").put("l", 50).put("r", 4).put("t", 44).put("b", 45);
    extra.withObject("/layout/title").put("xref", "container").withObject("/font").put("size", 12);
    extra.putObject("config").put("displayModeBar", false);
    ObjectNode trace = trace(extra, RISING, 0, 1);
    trace.put("showscale", false).put("texttemplate", "%{text}").put("xgap", 1).put("ygap", 1);
    trace.put("hovertemplate", "true %{y}, forecast %{x}: %{text}<extra></extra>");
    trace.set("text", text);
    trace.putObject("textfont").put("size", 11);
    return new PlotlyFigure(
            id,
            new Figure(layout, HeatmapTrace.builder(CLASSES, CLASSES, shares).build()),
            extra,
            "Test rows, and below them their share of the true class. From gold.metrics.")
        .html();
  }

  private static ObjectNode trace(ObjectNode extra, String[][] colors, double low, double high) {
    ObjectNode trace = extra.putArray("traces").addObject();
    trace.put("zmin", low).put("zmax", high);
    ArrayNode scale = trace.putArray("colorscale");
    for (String[] color : colors) {
      scale.addArray().add(Double.parseDouble(color[0])).add(color[1]);
    }
    return trace;
  }
}
