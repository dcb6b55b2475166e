package io.depthcast.jobs.page;

import static io.depthcast.jobs.page.HtmlTable.escape;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page that loads nothing: style, figures, and the script of those that need it, are inside. The
 * same content gives the same bytes.
 *
 * @param title heading
 * @param description one or two sentences, text
 * @param status what run made it, HTML; that times are UTC is added
 * @param withoutScript where a reader without JavaScript finds the figures, text
 * @param footer first sentence of the foot, HTML
 * @param sections in their order
 */
public record HtmlPage(
    String title,
    String description,
    String status,
    String withoutScript,
    String footer,
    List<Section> sections) {

  private static final String PLOTLY = "plotly-cartesian-2.35.3.min.js";

  /** Copies the list. */
  public HtmlPage {
    sections = List.copyOf(sections);
  }

  /**
   * A part of the page, to which its head leads.
   *
   * @param id HTML id
   * @param title what the head calls it
   * @param html the element with that id
   */
  public record Section(String id, String title, String html) {

    /**
     * A part below its title.
     *
     * @param body HTML
     */
    public static Section titled(String id, String title, String body) {
      return new Section(
          id,
          title,
          "<section id=\"%s\">\n<h2>%s</h2>\n".formatted(id, escape(title))
              + body
              + "</section>\n");
    }
  }

  /** The page, to be written as UTF-8. */
  public String html() {
    StringBuilder html = new StringBuilder(2_000_000);
    head(html);
    html.append("<main>\n");
    sections.forEach(section -> html.append(section.html));
    html.append("</main>\n<footer>")
        .append(footer)
        .append(" Research only, not investment advice. ")
        .append(
            hasScript()
                ? "Figures are drawn by plotly.js 2.35.3 (MIT licence), which is inside this page; nothing is loaded."
                : "Nothing is loaded.")
        .append("</footer>\n</body>\n</html>\n");
    return html.toString();
  }

  /** Whether a figure is drawn by script; drawings in SVG need none. */
  private boolean hasScript() {
    return sections.stream().anyMatch(section -> section.html.contains("<script>"));
  }

  private void head(StringBuilder html) {
    html.append(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="UTF-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:">
            <link rel="icon" href="data:,">
            """)
        .append("<title>")
        .append(escape(title))
        .append("</title>\n<style>\n")
        .append(resource("page.css"))
        .append("</style>\n")
        .append(
            hasScript()
                ? "<script>\n"
                    + resource(PLOTLY)
                    + "\n</script>\n<script>\n"
                    + resource("page.js")
                    + "</script>\n"
                : "")
        .append("</head>\n<body>\n<header><div>\n<h1>")
        .append(escape(title))
        .append("</h1>\n<p>")
        .append(escape(description))
        .append("</p>\n<p class=\"meta\">")
        .append(status)
        .append(" All times are UTC.</p>\n")
        .append(
            hasScript()
                ? "<noscript><p class=\"warning\">The figures need JavaScript; "
                    + escape(withoutScript)
                    + ".</p></noscript>\n"
                : "")
        .append("</div></header>\n<nav aria-label=\"Contents\"><ul>\n");
    for (Section section : sections) {
      html.append("<li><a href=\"#%s\">%s</a></li>\n".formatted(section.id, escape(section.title)));
    }
    html.append("</ul></nav>\n");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + name, e);
    }
  }
}
