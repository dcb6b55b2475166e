package io.depthcast.jobs.page;

import java.util.ArrayList;
import java.util.List;

/** A table of the page. Cells are text and are escaped here, except where a cell is HTML. */
public final class HtmlTable {
  /** A column; numbers are set to the right. */
  public record Column(String title, boolean number) {
    public static Column text(String title) {
      return new Column(title, false);
    }

    public static Column number(String title) {
      return new Column(title, true);
    }
  }

  private final String caption;
  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param caption what is in the table and where it comes from
   */
  public HtmlTable(String caption, List<Column> columns) {
    this.caption = caption;
    this.columns = List.copyOf(columns);
  }

  /** Adds a row of plain texts. */
  public HtmlTable row(List<String> texts) {
    return htmlRow(texts.stream().map(HtmlTable::escape).toList());
  }

  /** Adds a row of cells that are HTML already. */
  public HtmlTable htmlRow(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "Invalid row: " + cells.size() + " cells (must be " + columns.size() + ")");
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** The table as HTML. */
  public String html() {
    StringBuilder html = new StringBuilder("<div class=\"table\"><table>\n<caption>");
    html.append(escape(caption)).append("</caption>\n<thead><tr>");
    for (Column column : columns) {
      html.append(column.number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
          .append(escape(column.title))
          .append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        html.append(columns.get(i).number ? "<td class=\"number\">" : "<td>")
            .append(row.get(i))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  /** Text as HTML, safe in an element and in a quoted attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
