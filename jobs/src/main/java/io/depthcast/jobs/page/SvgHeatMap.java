package io.depthcast.jobs.page;

import io.depthcast.jobs.page.Svg.Anchor;
import java.util.List;
import java.util.Locale;

/**
 * A matrix of colours, blue below zero, red above, grey where there is no value. Cells of one
 * colour are one path, so that a matrix of 200 columns stays small.
 *
 * @param title what is shown
 * @param rows names, from the top
 * @param columns names, from the left
 * @param values by row, then by column; NaN where there is none
 * @param texts to stand in the cells, in the same order; empty for none
 * @param limit the value of the strongest colour, above 0
 * @param key what the colours mean, with the unit
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SvgHeatMap(
    String title,
    List<String> rows,
    List<String> columns,
    double[][] values,
    List<List<String>> texts,
    double limit,
    String key) {

  /** Steps of colour from zero to the limit. */
  private static final int STEPS = 12;

  private static final int[] NEGATIVE = {5, 72, 150};
  private static final int[] POSITIVE = {165, 15, 35};
  private static final String NONE = "#d5dae0";
  private static final String DARK = "#1b2430";
  private static final String LIGHT = "#ffffff";
  private static final int CHARACTER = 7;
  private static final int KEY_WIDTH = 10;

  /** The heat-map as HTML. */
  public String html() {
    int cellWidth = texts.isEmpty() ? (columns.size() > 60 ? 8 : 15) : 58;
    int cellHeight = texts.isEmpty() ? (rows.size() > 60 ? 8 : 15) : 17;
    int rowFont = Math.min(12, cellHeight);
    int columnFont = Math.min(12, cellWidth);
    double left = longest(rows) * CHARACTER * rowFont / 12.0 + 10;
    double top = longest(columns) * CHARACTER * columnFont / 12.0 + 34;
    double right = left + columns.size() * cellWidth;
    Svg svg =
        new Svg(
            Math.max(right + 10, left + 2 * STEPS * KEY_WIDTH + 210),
            top + rows.size() * cellHeight + 6,
            title);
    colors(svg, left, top, cellWidth, cellHeight);
    for (int r = 0; r < rows.size(); r++) {
      double y = top + r * cellHeight + cellHeight / 2.0 + rowFont / 3.0;
      svg.text(left - 5, y, Anchor.END, rowFont, rows.get(r));
      for (int c = 0; c < columns.size() && !texts.isEmpty(); c++) {
        double x = left + (c + 0.5) * cellWidth;
        String ink = Math.abs(values[r][c]) > limit / 2 ? LIGHT : DARK;
        svg.text(x, y, Anchor.MIDDLE, rowFont - 1, ink, texts.get(r).get(c));
      }
    }
    for (int c = 0; c < columns.size(); c++) {
      double x = left + c * cellWidth + cellWidth / 2.0 + columnFont / 3.0;
      svg.textUpwards(x, top - 5, Anchor.START, columnFont, columns.get(c));
    }
    key(svg, left);
    return svg.html();
  }

  private static int longest(List<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }

  /** A path for each colour, runs of equal cells of a row as one. */
  private void colors(Svg svg, double left, double top, int cellWidth, int cellHeight) {
    StringBuilder none = new StringBuilder();
    StringBuilder[] paths = new StringBuilder[2 * STEPS + 1];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = new StringBuilder();
    }
    for (int r = 0; r < rows.size(); r++) {
      int from = 0;
      for (int c = 1; c <= columns.size(); c++) {
        if (c == columns.size() || step(values[r][c]) != step(values[r][from])) {
          int step = step(values[r][from]);
          (step == Integer.MIN_VALUE ? none : paths[step + STEPS])
              .append('M')
              .append(Svg.number(left + from * cellWidth))
              .append(' ')
              .append(Svg.number(top + r * cellHeight))
              .append('h')
              .append((c - from) * cellWidth)
              .append('v')
              .append(cellHeight)
              .append('h')
              .append((from - c) * cellWidth)
              .append('z');
          from = c;
        }
      }
    }
    if (!none.isEmpty()) {
      svg.area(none.toString(), NONE);
    }
    for (int step = -STEPS; step <= STEPS; step++) {
      if (!paths[step + STEPS].isEmpty()) {
        svg.area(paths[step + STEPS].toString(), color(step));
      }
    }
  }

  /** From -STEPS to STEPS; the least whole number where there is no value. */
  private int step(double value) {
    return Double.isNaN(value)
        ? Integer.MIN_VALUE
        : (int) Math.round(Math.max(-1, Math.min(1, value / limit)) * STEPS);
  }

  private static String color(int step) {
    int[] end = step < 0 ? NEGATIVE : POSITIVE;
    double share = Math.abs(step) / (double) STEPS;
    return String.format(
        Locale.ROOT, "#%02x%02x%02x", mix(end[0], share), mix(end[1], share), mix(end[2], share));
  }

  private static int mix(int end, double share) {
    return (int) Math.round(255 + (end - 255) * share);
  }

  private void key(Svg svg, double left) {
    String low = Numbers.fixed(-limit, 2);
    double begin = left + low.length() * CHARACTER + 4;
    svg.text(left, 15, Anchor.START, 12, low);
    for (int step = -STEPS; step <= STEPS; step++) {
      double x = begin + (step + STEPS) * KEY_WIDTH;
      svg.area("M%s 5h%dv12h-%dz".formatted(Svg.number(x), KEY_WIDTH, KEY_WIDTH), color(step));
    }
    svg.text(
        begin + (2 * STEPS + 1) * KEY_WIDTH + 4,
        15,
        Anchor.START,
        12,
        Numbers.fixed(limit, 2) + "  " + key);
  }
}
