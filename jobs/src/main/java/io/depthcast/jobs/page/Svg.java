package io.depthcast.jobs.page;

import java.util.Locale;

/**
 * A drawing in SVG, without script and style, so that it shows on a page, in a document and in a
 * browser alike. The same calls give the same bytes. Lengths are pixels, y grows downwards; numbers
 * are written with one decimal at most.
 */
public final class Svg {

  /** Of texts and axes: legible on white and on black. */
  public static final String INK = "#768390";

  private final StringBuilder body = new StringBuilder();
  private final double width;
  private final double height;
  private final String title;

  /**
   * @param title what is shown, for those who do not see it
   */
  public Svg(double width, double height, String title) {
    this.width = width;
    this.height = height;
    this.title = title;
  }

  /** Where a text begins, lies or ends at its place. */
  public enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** A straight line. */
  public Svg line(double x1, double y1, double x2, double y2, String color, double opacity) {
    return path(
        "M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2),
        color,
        1,
        opacity);
  }

  /**
   * A line along a path.
   *
   * @param d the path in SVG's words
   */
  public Svg path(String d, String color, double lineWidth, double opacity) {
    body.append("<path fill=\"none\" stroke=\"").append(color).append('"');
    if (lineWidth != 1) {
      body.append(" stroke-width=\"").append(number(lineWidth)).append('"');
    }
    if (opacity != 1) {
      body.append(" stroke-opacity=\"").append(opacity).append('"');
    }
    body.append(" d=\"").append(d).append("\"/>\n");
    return this;
  }

  /**
   * What lies within a path.
   *
   * @param d the path in SVG's words
   */
  public Svg area(String d, String color) {
    body.append("<path fill=\"").append(color).append("\" d=\"").append(d).append("\"/>\n");
    return this;
  }

  /** A text on one line. */
  public Svg text(double x, double y, Anchor anchor, int size, String text) {
    return write(x, y, anchor, size, "", text);
  }

  /** A text on one line in a colour of its own. */
  public Svg text(double x, double y, Anchor anchor, int size, String color, String text) {
    return write(x, y, anchor, size, " fill=\"" + color + "\"", text);
  }

  /** A text that runs upwards. */
  public Svg textUpwards(double x, double y, Anchor anchor, int size, String text) {
    String turn = " transform=\"rotate(-90 " + number(x) + " " + number(y) + ")\"";
    return write(x, y, anchor, size, turn, text);
  }

  private Svg write(double x, double y, Anchor anchor, int size, String more, String text) {
    body.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y)).append('"');
    if (anchor != Anchor.START) {
      body.append(" text-anchor=\"").append(anchor.name().toLowerCase(Locale.ROOT)).append('"');
    }
    body.append(" font-size=\"").append(size).append('"').append(more).append('>');
    body.append(HtmlTable.escape(text)).append("</text>\n");
    return this;
  }

  /** The drawing, an element of a page or a file of its own. */
  public String html() {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\" font-family=\"system-ui,sans-serif\" fill=\"%s\">\n<title>%s</title>\n%s</svg>\n"
        .formatted(
            number(width),
            number(height),
            number(width),
            number(height),
            INK,
            HtmlTable.escape(title),
            body);
  }

  /** A length with one decimal at most. */
  static String number(double length) {
    long tenths = Math.round(length * 10);
    String sign = tenths < 0 ? "-" : "";
    long whole = Math.abs(tenths) / 10;
    long rest = Math.abs(tenths) % 10;
    return sign + whole + (rest == 0 ? "" : "." + rest);
  }
}
