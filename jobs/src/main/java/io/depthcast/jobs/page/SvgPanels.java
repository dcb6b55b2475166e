package io.depthcast.jobs.page;

import io.depthcast.jobs.page.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Step lines over a count of events, one panel below the other with the same x axis.
 *
 * @param title what is shown
 * @param xTitle what is counted
 * @param firstX count of the first value
 * @param panels from the top
 */
public record SvgPanels(String title, String xTitle, long firstX, List<Panel> panels) {

  private static final List<String> COLORS = List.of("#3b7dd8", "#c9691d", "#2a9d6f");
  private static final int WIDTH = 720;
  private static final int LEFT = 78;
  private static final int RIGHT = 12;
  private static final int PANEL = 118;
  private static final int HEAD = 24;
  private static final int FOOT = 40;
  private static final int FONT = 12;
  private static final int Y_TICKS = 4;
  private static final int X_TICKS = 6;

  /**
   * Lines that share a y axis.
   *
   * @param unit of the values
   */
  public record Panel(String unit, List<Line> lines) {}

  /**
   * @param values one an event; NaN is a gap
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Line(String name, double[] values) {}

  /** The picture. */
  public String html() {
    Svg svg = new Svg(WIDTH, panels.size() * (HEAD + PANEL) + FOOT, title);
    int count = panels.get(0).lines.get(0).values.length;
    double bottom = panels.size() * (HEAD + PANEL);
    double first = (double) firstX;
    for (double x : ticks(first, first + count - 1, X_TICKS)) {
      double at = x(x - first, count);
      svg.line(at, HEAD, at, bottom + 4, Svg.INK, 0.25);
      svg.text(at, bottom + 17, Anchor.MIDDLE, FONT, String.format(Locale.ROOT, "%.0f", x));
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, bottom + 34, Anchor.MIDDLE, FONT, xTitle);
    for (int p = 0; p < panels.size(); p++) {
      panel(svg, panels.get(p), p * (HEAD + PANEL) + (double) HEAD, p == 0 ? 0 : 1);
    }
    return svg.html();
  }

  private static double x(double at, int count) {
    return LEFT + at * (WIDTH - LEFT - RIGHT) / Math.max(1, count - 1);
  }

  private static void panel(Svg svg, Panel panel, double top, int firstColor) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Line line : panel.lines) {
      for (double value : line.values) {
        if (!Double.isNaN(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    if (low > high) {
      throw new IllegalArgumentException(
          "Invalid panel " + panel.lines.get(0).name + ": no value (must have one)");
    }
    if (low == high) {
      double room = low == 0 ? 1 : Math.abs(low) / 10;
      low -= room;
      high += room;
    }
    double room = (high - low) / 20;
    Scale scale = new Scale(low - room, high + room, top);
    double[] ticks = ticks(low, high, Y_TICKS);
    int decimals = decimals(ticks);
    for (double tick : ticks) {
      double y = scale.y(tick);
      svg.line(LEFT, y, WIDTH - RIGHT, y, Svg.INK, 0.25);
      svg.text(LEFT - 6, y + 4, Anchor.END, FONT, Numbers.fixed(tick, decimals));
    }
    svg.line(LEFT, top, LEFT, top + PANEL, Svg.INK, 1);
    svg.textUpwards(13, top + PANEL / 2.0, Anchor.MIDDLE, FONT - 1, shortened(panel.unit));
    double nameAt = LEFT + 4.0;
    for (int l = 0; l < panel.lines.size(); l++) {
      Line line = panel.lines.get(l);
      String color = COLORS.get((firstColor + l) % COLORS.size());
      svg.path("M%s %sh16".formatted(Svg.number(nameAt), Svg.number(top - 9)), color, 3, 1);
      svg.text(nameAt + 21, top - 5, Anchor.START, FONT, line.name);
      nameAt += 40 + 7.2 * line.name.length();
      svg.path(steps(line.values, scale), color, 1.4, 1);
    }
  }

  /** A unit that is longer than its axis. */
  private static String shortened(String unit) {
    return unit.length() <= 22 ? unit : unit.substring(0, 21) + "…";
  }

  private record Scale(double low, double high, double top) {
    double y(double value) {
      return top + PANEL * (high - value) / (high - low);
    }
  }

  /** A value holds until the next; equal values are one line. */
  private static String steps(double[] values, Scale scale) {
    StringBuilder d = new StringBuilder();
    String last = "";
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        if (!last.isEmpty()) {
          d.append('H').append(Svg.number(x(i, values.length)));
        }
        last = "";
        continue;
      }
      String y = Svg.number(scale.y(values[i]));
      String x = Svg.number(x(i, values.length));
      if (last.isEmpty()) {
        d.append('M').append(x).append(' ').append(y);
      } else if (!y.equals(last)) {
        d.append('H').append(x).append('V').append(y);
      }
      last = y;
    }
    if (!last.isEmpty()) {
      d.append('H').append(Svg.number(x(values.length - 1.0, values.length)));
    }
    return d.toString();
  }

  /** Round numbers, 1, 2 or 5 times a power of ten apart, within a range; of one value, that. */
  static double[] ticks(double low, double high, int most) {
    if (!(high > low)) {
      return new double[] {low};
    }
    double raw = (high - low) / most;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double times = raw / power;
    double step = (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10) * power;
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
      ticks.add(k * step);
    }
    return ticks.stream().mapToDouble(tick -> tick).toArray();
  }

  /** Decimals that tell the ticks apart. */
  private static int decimals(double[] ticks) {
    double step = ticks.length < 2 ? Math.max(1e-9, Math.abs(ticks[0])) : ticks[1] - ticks[0];
    return (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  }
}
