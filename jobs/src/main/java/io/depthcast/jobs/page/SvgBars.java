package io.depthcast.jobs.page;

import java.util.List;

/** Small bars without an axis, to stand in a cell of a table. */
public final class SvgBars {

  private static final int HEIGHT = 26;
  private static final String UP = "#3b7dd8";
  private static final String DOWN = "#c9691d";

  private SvgBars() {}

  /**
   * Bars above and below zero, the longest as high as there is room.
   *
   * @param values of the bars; NaN is a gap
   * @param barWidth pixels
   * @param title what is shown
   */
  public static String html(List<Double> values, int barWidth, String title) {
    double high = values.stream().filter(v -> v > 0).mapToDouble(v -> v).max().orElse(0);
    double low = values.stream().filter(v -> v < 0).mapToDouble(v -> v).min().orElse(0);
    double scale = high > low ? HEIGHT / (high - low) : 0;
    double zero = high * scale;
    StringBuilder up = new StringBuilder();
    StringBuilder down = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      if (value > 0 || value < 0) {
        (value > 0 ? up : down)
            .append('M')
            .append(i * barWidth)
            .append(' ')
            .append(Svg.number(zero))
            .append('v')
            .append(Svg.number(-value * scale))
            .append('h')
            .append(barWidth - 1)
            .append('V')
            .append(Svg.number(zero))
            .append('z');
      }
    }
    int width = values.size() * barWidth;
    Svg svg = new Svg(width, HEIGHT + 1, title);
    if (!up.isEmpty()) {
      svg.area(up.toString(), UP);
    }
    if (!down.isEmpty()) {
      svg.area(down.toString(), DOWN);
    }
    return svg.line(0, zero + 0.5, width, zero + 0.5, Svg.INK, 0.6).html();
  }
}
