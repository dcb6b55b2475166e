package io.depthcast.jobs.report;

import io.depthcast.jobs.report.ReportData.Backtest;
import io.depthcast.jobs.report.ReportData.Correlation;
import io.depthcast.jobs.report.ReportData.Estimate;
import io.depthcast.jobs.report.ReportData.Metric;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** PNG pictures of the main figures, drawn without a screen. */
public final class ReportPictures {

  static {
    // Before any class of AWT: under spark-submit Java would look for the screen of DISPLAY.
    System.setProperty("java.awt.headless", "true");
  }

  private static final int WIDTH = 1100;
  private static final Color INK = Color.decode("#1b2430");
  private static final Color GRID = Color.decode("#e4e9ef");

  private ReportPictures() {}

  /**
   * Draws {@code macro-f1.png} (1100 x 480 pixels), {@code equity.png} (1100 x 760) and {@code
   * feature-correlation.png} (1100 x 1000); a picture whose numbers are missing is left out. Keys
   * are file names, values are the contents of the files.
   *
   * @param data the report
   */
  public static Map<String, byte[]> draw(ReportData data) {
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    data.forecasts()
        .map(forecasts -> forecasts.metrics().stream().filter(ReportPictures::pooled).toList())
        .filter(metrics -> !metrics.isEmpty())
        .ifPresent(metrics -> pictures.put("macro-f1.png", png(macroF1(metrics))));
    data.backtest()
        .filter(backtest -> !PortfolioEquity.of(backtest.curves()).isEmpty())
        .ifPresent(backtest -> pictures.put("equity.png", png(equity(backtest))));
    data.correlation()
        .filter(correlation -> !correlation.names().isEmpty())
        .ifPresent(
            correlation ->
                pictures.put("feature-correlation.png", png(image(correlation(correlation)))));
    return pictures;
  }

  private static boolean pooled(Metric metric) {
    return metric.metric().equals("macro_f1")
        && metric.fold().equals(ReportData.ALL)
        && metric.symbol().equals(ReportData.ALL);
  }

  private static BufferedImage macroF1(List<Metric> metrics) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(480)
            .title("Macro-F1 of forecasts beside baselines (whiskers: 95% interval)")
            .xAxisTitle("label")
            .yAxisTitle("macro-F1 (0 to 1)")
            .build();
    look(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(0.8);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setErrorBarsColor(INK);
    chart.getStyler().setYAxisMin(0.0);
    // The whiskers end below the upper edge, and the bars stand on the axis.
    double highest =
        metrics.stream()
            .map(Metric::estimate)
            .mapToDouble(estimate -> estimate.hasInterval() ? estimate.ciHigh() : estimate.value())
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    chart.getStyler().setYAxisMax(Math.max(0.05, 1.05 * highest));
    chart.getStyler().setPlotContentSize(0.98);
    chart.getStyler().setYAxisDecimalPattern("0.0##");
    List<String> models = ForecastSection.models(metrics);
    List<String> labels = ForecastSection.labels(metrics);
    List<String> words = labels.stream().map(Labels::words).toList();
    for (String model : models) {
      List<Double> values = new ArrayList<>();
      List<Double> errors = new ArrayList<>();
      for (String label : labels) {
        Estimate estimate =
            ForecastSection.pooledMacroF1(metrics, model, label)
                .filter(e -> !Double.isNaN(e.value()))
                .orElse(new Estimate(0, Double.NaN, Double.NaN, 0));
        values.add(estimate.value());
        // XChart draws whiskers of equal length: the longer side, so that none is understated.
        errors.add(
            estimate.hasInterval()
                ? Math.max(
                    estimate.ciHigh() - estimate.value(), estimate.value() - estimate.ciLow())
                : 0);
      }
      chart
          .addSeries(model, words, values, errors)
          .setFillColor(Color.decode(Models.color(model, models)));
    }
    return image(chart);
  }

  private static BufferedImage equity(Backtest backtest) {
    PortfolioEquity equity = PortfolioEquity.of(backtest.curves());
    double[] hours = tradingHours(equity);
    String unit = " (" + backtest.currency() + ")";
    XYChart pnl = timeChart(460, "Profit and loss", "PnL since start" + unit);
    add(pnl, "gross", hours, equity.gross(), "#8a97a5");
    add(pnl, "net of costs", hours, equity.net(), "#0b5cad");
    pnl.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    pnl.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    XYChart fall = timeChart(300, "Drawdown of net PnL", "drawdown" + unit);
    fall.getStyler().setLegendVisible(false);
    add(fall, "drawdown", hours, equity.drawdown(), "#b42318")
        .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area)
        .setFillColor(new Color(180, 35, 24, 31));
    BufferedImage both = new BufferedImage(WIDTH, 760, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = both.createGraphics();
    graphics.drawImage(image(pnl), 0, 0, null);
    graphics.drawImage(image(fall), 0, 460, null);
    graphics.dispose();
    return both;
  }

  /** Hours since the first point, in which pauses do not count. */
  private static double[] tradingHours(PortfolioEquity equity) {
    double[] hours = new double[equity.points().size()];
    for (int i = 1; i < hours.length; i++) {
      long step = equity.points().get(i).tsNs() - equity.points().get(i - 1).tsNs();
      hours[i] = hours[i - 1] + (step > PortfolioEquity.PAUSE_NS ? 0 : step / 3.6e12);
    }
    return hours;
  }

  private static XYChart timeChart(int height, String title, String yTitle) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .title(title)
            .xAxisTitle("trading time since the start (hours, pauses over 1 h left out)")
            .yAxisTitle(yTitle)
            .build();
    look(chart.getStyler());
    chart.getStyler().setYAxisDecimalPattern("#,##0.##");
    chart.getStyler().setXAxisDecimalPattern("0.##");
    // The same room for tick labels in both charts, so that their time axes line up.
    chart.getStyler().setYAxisLeftWidthHint(90);
    return chart;
  }

  private static XYSeries add(
      XYChart chart, String name, double[] hours, double[] values, String color) {
    int[] kept = CurveThinning.keep(values, CurveThinning.MAX_POINTS);
    double[] x = Arrays.stream(kept).mapToDouble(i -> hours[i]).toArray();
    double[] y = Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(Color.decode(color));
    series.setLineStyle(new BasicStroke(1.8f));
    return series;
  }

  private static HeatMapChart correlation(Correlation correlation) {
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(WIDTH)
            .height(1000)
            .title("Feature correlation (−1 blue, 0 white, +1 red)")
            .xAxisTitle("feature")
            .yAxisTitle("feature")
            .build();
    look(chart.getStyler());
    chart.getStyler().setMin(-1).setMax(1);
    chart.getStyler().setPlotContentSize(0.98);
    chart
        .getStyler()
        .setRangeColors(
            new Color[] {
              Color.decode("#053061"),
              Color.decode("#6aaed6"),
              Color.WHITE,
              Color.decode("#f4936f"),
              Color.decode("#8c0d25")
            });
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setHeatMapValueDecimalPattern("0.0");
    chart.getStyler().setXAxisLabelRotation(90);
    chart.getStyler().setPlotGridLinesVisible(false);
    chart
        .getStyler()
        .setAxisTickLabelsFont(font(Font.PLAIN, correlation.names().size() > 25 ? 11 : 13));
    // XChart draws the first row at the bottom; the page has it at the top.
    List<String> rows = new ArrayList<>(correlation.names());
    Collections.reverse(rows);
    int n = rows.size();
    List<Number[]> cells = new ArrayList<>();
    for (int x = 0; x < n; x++) {
      for (int y = 0; y < n; y++) {
        double value = correlation.matrix().get(n - 1 - y).get(x);
        if (!Double.isNaN(value)) {
          cells.add(new Number[] {x, y, value});
        }
      }
    }
    chart.addSeries("correlation", correlation.names(), rows, cells);
    return chart;
  }

  private static void look(AxesChartStyler styler) {
    styler.setBaseFont(font(Font.PLAIN, 13));
    styler.setChartTitleFont(font(Font.BOLD, 17));
    styler.setAxisTitleFont(font(Font.PLAIN, 14));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 13));
    styler.setLegendFont(font(Font.PLAIN, 13));
    styler.setChartFontColor(INK);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(12);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setAxisTickMarksColor(Color.decode("#9aa5b1"));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setChartPadding(14);
    styler.setLocale(Locale.ROOT);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  private static BufferedImage image(Chart<?, ?> chart) {
    BufferedImage image =
        new BufferedImage(chart.getWidth(), chart.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    graphics.dispose();
    return image;
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode a picture", e);
    }
    return png.toByteArray();
  }
}
