package io.depthcast.jobs.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import tech.tablesaw.plotly.components.Figure;

/**
 * A Tablesaw figure with its caption and with the plotly attributes for which Tablesaw has no
 * setting (colour scale of a heat-map, error bars, texts in cells).
 *
 * @param id HTML id, unique on the page, letters, digits and underscores
 * @param figure figure with title and axis titles
 * @param extra {@code {layout: {...}, traces: [{...}, ...], config: {...}}}, merged over what
 *     Tablesaw writes
 * @param caption what is seen and which table it comes from
 */
public record PlotlyFigure(String id, Figure figure, ObjectNode extra, String caption) {
  private static final String DRAW = "Plotly.newPlot(";

  /** A figure for which Tablesaw's settings do. */
  public PlotlyFigure(String id, Figure figure, String caption) {
    this(id, figure, JsonNodeFactory.instance.objectNode(), caption);
  }

  /** The figure as HTML, to stand on an {@link HtmlPage}. */
  public String html() {
    return "<figure id=\"%s\"><div class=\"scroll\"><div class=\"plot\" id=\"%s_plot\"></div></div>\n%s\n<figcaption>%s</figcaption></figure>\n"
        .formatted(id, id, script(), HtmlTable.escape(caption));
  }

  /**
   * Tablesaw's script with its last call, {@code Plotly.newPlot(target, data, layout)}, turned into
   * {@code depthcastPlot(target, data, layout, extra)} of {@code page.js}. This is the only place
   * where generated script is changed.
   */
  private String script() {
    String script = figure.asJavascript(id + "_plot");
    int draw = script.indexOf(DRAW);
    int end = script.indexOf(");", draw);
    if (draw < 0 || end < 0) {
      throw new IllegalStateException("Tablesaw's script of " + id + " has no " + DRAW);
    }
    return script.substring(0, draw)
        + "depthcastPlot("
        + script.substring(draw + DRAW.length(), end)
        + ", "
        + extra.toString().replace("<", "\\u003c")
        + script.substring(end);
  }

  /**
   * A text that Tablesaw writes between single quotes (titles and names). Tablesaw escapes HTML
   * there, and plotly shows it as it was; a backslash or a line break would end the string.
   */
  public static String name(String text) {
    return text.replace('\\', '/').replaceAll("\\p{Cntrl}", " ");
  }

  /** A text that Tablesaw writes as JSON (categories), which plotly reads as HTML. */
  public static String category(String text) {
    return HtmlTable.escape(text);
  }
}
