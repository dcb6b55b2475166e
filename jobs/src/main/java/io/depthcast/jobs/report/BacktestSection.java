package io.depthcast.jobs.report;

import static io.depthcast.jobs.page.HtmlTable.Column.number;
import static io.depthcast.jobs.page.HtmlTable.Column.text;
import static io.depthcast.jobs.page.HtmlTable.escape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.depthcast.jobs.page.HtmlTable;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.page.PlotlyFigure;
import io.depthcast.jobs.report.ReportData.Backtest;
import io.depthcast.jobs.report.ReportData.BacktestResult;
import io.depthcast.jobs.report.ReportData.Costs;
import io.depthcast.jobs.report.ReportData.Risk;
import io.depthcast.jobs.report.ReportData.SlicePnl;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;

/** Money: equity, drawdown, costs and totals. */
final class BacktestSection {
  private static final String GROSS = "#8a97a5";
  private static final String NET = "#0b5cad";
  private static final String COST = "#d9731a";
  private static final String LOSS = "#b42318";

  /** An account that is off by less than this, in quote currency, balances to the cent. */
  private static final double CENT = 0.005;

  private static final DateTimeFormatter PLOTLY_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private BacktestSection() {}

  static String html(Backtest backtest) {
    StringBuilder html =
        new StringBuilder("<p class=\"meta\">Backtest <code>")
            .append(escape(backtest.backtestId()))
            .append("</code>.</p>\n");
    double imbalance = backtest.result().imbalance();
    if (!(Math.abs(imbalance) < CENT)) {
      html.append(
          "<p class=\"warning\">The account does not balance: gross PnL less costs differs from net PnL by %s.</p>\n"
              .formatted(escape(Numbers.money(imbalance, backtest.currency()))));
    }
    html.append(totals(backtest));
    PortfolioEquity equity = PortfolioEquity.of(backtest.curves());
    if (equity.isEmpty()) {
      html.append("<p class=\"missing\">No equity curve: the backtest has no positions.</p>\n");
    } else {
      html.append(equity(equity, backtest.currency()))
          .append(drawdown(equity, backtest.currency()));
    }
    html.append(costs(backtest));
    return html.append(slices(backtest)).toString();
  }

  private static String totals(Backtest backtest) {
    BacktestResult result = backtest.result();
    Costs costs = result.costs();
    Risk risk = result.risk();
    String currency = backtest.currency();
    HtmlTable table =
        new HtmlTable(
            "Totals over all symbol-days. From gold.fills, gold.positions and gold.metrics.",
            List.of(text("Quantity"), number("Value"), text("Meaning")));
    table.row(List.of("Gross PnL", Numbers.money(result.gross(), currency), "before costs"));
    table.row(
        List.of("Spread cost", Numbers.money(costs.spread(), currency), "crossing the spread"));
    table.row(
        List.of(
            "Slippage",
            Numbers.money(costs.slippage(), currency),
            "price move between decision and fill"));
    table.row(List.of("Impact", Numbers.money(costs.impact(), currency), "walking the book"));
    table.row(List.of("Fees", Numbers.money(costs.fees(), currency), "exchange fees"));
    table.row(List.of("Net PnL", Numbers.money(result.net(), currency), "after costs"));
    table.row(
        List.of(
            "Turnover",
            Numbers.money(result.trading().turnover(), currency),
            "sum of price times size over fills"));
    table.row(List.of("Fills", Numbers.count(result.trading().fills()), "executions"));
    table.row(
        List.of(
            "Win rate",
            Numbers.percent(result.trading().winRate(), 2),
            "share of closed trades with positive net PnL"));
    table.row(
        List.of(
            "Profit factor",
            Numbers.fixed(result.trading().profitFactor(), 2),
            "net gains over net losses"));
    table.row(
        List.of(
            "Maximum drawdown",
            Numbers.money(risk.maxDrawdown(), currency),
            "largest fall of net equity from its peak"));
    table.row(List.of("Sharpe ratio", sharpe(risk), "of daily net PnL, annualised"));
    return table.html();
  }

  static String sharpe(Risk risk) {
    if (risk.days() == 1) {
      return "one day: no Sharpe";
    }
    return Double.isNaN(risk.sharpe())
        ? risk.days() + " days: no Sharpe"
        : Numbers.fixed(risk.sharpe(), 2);
  }

  private static String equity(PortfolioEquity equity, String currency) {
    int[] gross = CurveThinning.keep(equity.gross(), CurveThinning.MAX_POINTS);
    int[] net = CurveThinning.keep(equity.net(), CurveThinning.MAX_POINTS);
    Figure figure =
        new Figure(
            timeLayout("Profit and loss", "PnL since start (" + currency + ")", 420, true),
            line(equity, equity.gross(), gross).name("gross").line(stroke(GROSS)).build(),
            line(equity, equity.net(), net).name("net of costs").line(stroke(NET)).build());
    return new PlotlyFigure(
            "equity",
            figure,
            withoutPauses(equity),
            "Gross and net PnL of all symbol-days together, marked to the mid."
                + pauses(equity)
                + thinned(equity.points().size(), Math.max(gross.length, net.length))
                + " From gold.positions.")
        .html();
  }

  private static String drawdown(PortfolioEquity equity, String currency) {
    double[] drawdown = equity.drawdown();
    int[] kept = CurveThinning.keep(drawdown, CurveThinning.MAX_POINTS);
    Figure figure =
        new Figure(
            timeLayout("Drawdown of net PnL", "drawdown (" + currency + ")", 300, false),
            line(equity, drawdown, kept)
                .name("drawdown")
                .line(stroke(LOSS))
                .fill(ScatterTrace.Fill.TO_ZERO_Y)
                .fillColor("rgba(180, 35, 24, 0.12)")
                .build());
    return new PlotlyFigure(
            "drawdown",
            figure,
            withoutPauses(equity),
            "Net PnL less its highest value so far (0 at the start)."
                + pauses(equity)
                + thinned(drawdown.length, kept.length)
                + " From gold.positions.")
        .html();
  }

  private static Layout timeLayout(String title, String yTitle, int height, boolean legend) {
    return Layout.builder()
        .title(title)
        .height(height)
        .showLegend(legend)
        .xAxis(Axis.builder().title("time (UTC)").type(Axis.Type.DATE).build())
        .yAxis(Axis.builder().title(PlotlyFigure.name(yTitle)).build())
        .build();
  }

  private static ScatterTrace.ScatterBuilder line(
      PortfolioEquity equity, double[] values, int[] kept) {
    // plotly reads numbers on a date axis as milliseconds since 1970 UTC
    double[] x =
        Arrays.stream(kept).mapToDouble(i -> equity.points().get(i).tsNs() / 1e6).toArray();
    double[] y = Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
    return ScatterTrace.builder(x, y).mode(ScatterTrace.Mode.LINE).showLegend(true);
  }

  private static Line stroke(String color) {
    return Line.builder().color(color).width(1.6).build();
  }

  private static ObjectNode withoutPauses(PortfolioEquity equity) {
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    ArrayNode breaks = extra.withObject("/layout/xaxis").putArray("rangebreaks");
    for (int i : equity.pauses()) {
      long fromMs = equity.points().get(i).tsNs() / 1_000_000 + 1;
      long toMs = equity.points().get(i + 1).tsNs() / 1_000_000 - 1;
      ObjectNode pause = breaks.addObject();
      pause.putArray("values").add(PLOTLY_TIME.format(Instant.ofEpochMilli(fromMs)));
      pause.put("dvalue", toMs - fromMs);
    }
    return extra;
  }

  private static String pauses(PortfolioEquity equity) {
    return equity.pauses().length == 0 ? "" : " Pauses of more than one hour are left out.";
  }

  private static String thinned(int points, int kept) {
    return points == kept
        ? ""
        : " The curve of %s points is drawn with %s, which keep the lowest and highest of each run."
            .formatted(Numbers.count(points), Numbers.count(kept));
  }

  private static String costs(Backtest backtest) {
    BacktestResult result = backtest.result();
    Costs costs = result.costs();
    Object[] names = {"gross PnL", "spread", "slippage", "impact", "fees", "net PnL"};
    double[] steps = {
      result.gross(),
      -costs.spread(),
      -costs.slippage(),
      -costs.impact(),
      -costs.fees(),
      result.net()
    };
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    ObjectNode trace = extra.putArray("traces").addObject();
    ArrayNode base = trace.putArray("base");
    ArrayNode labels = trace.putArray("text");
    double level = 0;
    double lowest = 0;
    double highest = 0;
    for (int i = 0; i < steps.length; i++) {
      boolean total = i == 0 || i == steps.length - 1;
      base.add(total ? 0 : level);
      labels.add(Numbers.signed(steps[i], 2));
      level = total ? steps[i] : level + steps[i];
      lowest = Math.min(lowest, level);
      highest = Math.max(highest, level);
    }
    // room for the texts outside the bars
    double room = 0.1 * (highest - lowest);
    if (room > 0) {
      ArrayNode range = extra.withObject("/layout/yaxis").putArray("range");
      range.add(lowest < 0 ? lowest - room : 0).add(highest > 0 ? highest + room : 0);
    }
    trace.put("textposition", "outside").put("cliponaxis", false);
    trace.put("hovertemplate", "%{x}: %{text}<extra></extra>");
    BarTrace bars =
        BarTrace.builder(names, steps)
            .marker(
                Marker.builder().color(new String[] {GROSS, COST, COST, COST, COST, NET}).build())
            .showLegend(false)
            .build();
    Layout layout =
        Layout.builder()
            .title("From gross to net PnL")
            .height(420)
            .xAxis(Axis.builder().title("component").build())
            .yAxis(
                Axis.builder()
                    .title(PlotlyFigure.name("PnL (" + backtest.currency() + ")"))
                    .build())
            .build();
    return new PlotlyFigure(
            "costs",
            new Figure(layout, bars),
            extra,
            "How costs take gross PnL to net PnL; each bar starts where the one before ends."
                + " From gold.fills.")
        .html();
  }

  private static String slices(Backtest backtest) {
    if (backtest.slices().isEmpty()) {
      return "";
    }
    HtmlTable table =
        new HtmlTable(
            "PnL by symbol-day in " + backtest.currency() + ". From gold.fills and gold.positions.",
            List.of(
                text("Symbol"),
                text("Date"),
                text("Venue"),
                number("Fills"),
                number("Gross PnL"),
                number("Costs"),
                number("Net PnL")));
    for (SlicePnl slice : backtest.slices()) {
      table.row(
          List.of(
              slice.id().symbol(),
              slice.id().date().toString(),
              slice.id().venue(),
              Numbers.count(slice.fills()),
              Numbers.fixed(slice.gross(), 2),
              Numbers.fixed(slice.costs(), 2),
              Numbers.fixed(slice.net(), 2)));
    }
    return table.html();
  }
}
