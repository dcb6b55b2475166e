package io.depthcast.jobs.report;

import static io.depthcast.jobs.page.HtmlTable.Column.number;
import static io.depthcast.jobs.page.HtmlTable.Column.text;

import io.depthcast.jobs.page.HtmlTable;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.page.Palette;
import io.depthcast.jobs.page.PlotlyFigure;
import io.depthcast.jobs.report.ReportData.EventCount;
import io.depthcast.jobs.report.ReportData.SliceSummary;
import io.depthcast.jobs.report.ReportData.SuspectShare;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.Trace;

/** What was read, and what of it cannot be used. */
final class DataSection {
  private DataSection() {}

  static String html(List<SliceSummary> slices) {
    return summary(slices) + events(slices) + eventTable(slices) + loss(slices);
  }

  /** Share of the rows of a symbol-day in suspect windows of any cause, 0 to 1. */
  static double suspect(SliceSummary slice) {
    return slice.loss().suspect().stream().mapToDouble(SuspectShare::share).sum();
  }

  private static String summary(List<SliceSummary> slices) {
    HtmlTable table =
        new HtmlTable(
            "Symbol-days read. Times are UTC; the spread is best ask less best bid, averaged over rows.",
            List.of(
                text("Symbol"),
                text("Date"),
                text("Venue"),
                text("First event"),
                text("Last event"),
                number("Book rows"),
                number("Mid changes"),
                number("Mean spread"),
                number("Rejected rows"),
                number("Suspect rows")));
    for (SliceSummary slice : slices) {
      table.row(
          List.of(
              slice.id().symbol(),
              slice.id().date().toString(),
              slice.id().venue(),
              clock(slice, slice.span().firstNs()),
              clock(slice, slice.span().lastNs()),
              Numbers.count(slice.book().rows()),
              Numbers.count(slice.book().midChanges()),
              Numbers.fixed(slice.book().meanSpread(), 4),
              Numbers.count(slice.loss().rejectedRows()),
              Numbers.percent(suspect(slice), 2)));
    }
    return table.html();
  }

  /** UTC time of day, with the date where it is not the trade date. */
  private static String clock(SliceSummary slice, long ns) {
    String utc = Numbers.utc(ns);
    String date = slice.id().date() + " ";
    return utc.startsWith(date) ? utc.substring(date.length()) : utc;
  }

  private static List<String> types(List<SliceSummary> slices) {
    return slices.stream()
        .flatMap(slice -> slice.events().stream())
        .map(EventCount::type)
        .distinct()
        .toList();
  }

  private static long events(Stream<SliceSummary> slices, String type) {
    return slices
        .flatMap(slice -> slice.events().stream())
        .filter(event -> event.type().equals(type))
        .mapToLong(EventCount::count)
        .sum();
  }

  private static String events(List<SliceSummary> slices) {
    List<String> types = types(slices);
    List<String> symbols = slices.stream().map(slice -> slice.id().symbol()).distinct().toList();
    Object[] x = types.stream().map(PlotlyFigure::category).toArray();
    List<Trace> traces = new ArrayList<>();
    for (String symbol : symbols) {
      double[] y =
          types.stream()
              .mapToDouble(
                  type -> events(slices.stream().filter(s -> s.id().symbol().equals(symbol)), type))
              .toArray();
      traces.add(
          BarTrace.builder(x, y)
              .name(PlotlyFigure.name(symbol))
              .marker(Marker.builder().color(Palette.color(symbols.indexOf(symbol))).build())
              .showLegend(true)
              .build());
    }
    Layout layout =
        Layout.builder()
            .title("Events by type")
            .height(400)
            .barMode(Layout.BarMode.GROUP)
            .showLegend(true)
            .xAxis(Axis.builder().title("event type").build())
            .yAxis(Axis.builder().title("events (count)").build())
            .build();
    return new PlotlyFigure(
            "events_by_type",
            new Figure(layout, traces.toArray(Trace[]::new)),
            "Number of events of each type, by symbol, summed over its days. From silver.events.")
        .html();
  }

  private static String eventTable(List<SliceSummary> slices) {
    List<String> types = types(slices);
    List<HtmlTable.Column> columns = new ArrayList<>(List.of(text("Symbol"), text("Date")));
    types.forEach(type -> columns.add(number(type)));
    HtmlTable table = new HtmlTable("Events by type and symbol-day. From silver.events.", columns);
    for (SliceSummary slice : slices) {
      List<String> cells =
          new ArrayList<>(List.of(slice.id().symbol(), slice.id().date().toString()));
      types.forEach(type -> cells.add(Numbers.count(events(Stream.of(slice), type))));
      table.row(cells);
    }
    return table.html();
  }

  private static String loss(List<SliceSummary> slices) {
    if (slices.stream().allMatch(slice -> slice.loss().suspect().isEmpty())) {
      return "<p>No row lies in a suspect window (silver.suspect_windows is empty for these symbol-days).</p>\n";
    }
    HtmlTable table =
        new HtmlTable(
            "Rows in suspect windows by cause. Features and labels that touch one are null. From silver.suspect_windows and silver.book.",
            List.of(text("Symbol"), text("Date"), text("Cause"), number("Share of rows")));
    for (SliceSummary slice : slices) {
      for (SuspectShare suspect : slice.loss().suspect()) {
        table.row(
            List.of(
                slice.id().symbol(),
                slice.id().date().toString(),
                suspect.cause(),
                Numbers.percent(suspect.share(), 2)));
      }
    }
    return table.html();
  }
}
