package io.depthcast.jobs.report;

import static io.depthcast.jobs.report.HtmlTable.escape;

import io.depthcast.jobs.report.ReportData.Header;
import io.depthcast.jobs.report.ReportData.NumberGroup;
import io.depthcast.jobs.report.ReportData.SliceSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The report as one HTML page that loads nothing: script, style and figures are inside. The same
 * data gives the same bytes.
 */
public final class ReportPage {
  private static final String PLOTLY = "plotly-cartesian-2.35.3.min.js";

  private ReportPage() {}

  /**
   * The page, to be written as UTF-8.
   *
   * @param data what it shows; a part that is empty becomes a sentence that says which job to run
   */
  public static String html(ReportData data) {
    StringBuilder html = new StringBuilder(2_000_000);
    head(html, data.header());
    html.append("<main>\n").append(SummarySection.html(data));
    Optional<List<SliceSummary>> slices =
        data.slices().isEmpty() ? Optional.empty() : Optional.of(data.slices());
    section(html, data, NumberGroup.DATA, "ingest", slices.map(DataSection::html));
    section(
        html,
        data,
        NumberGroup.FEATURES,
        "features",
        data.correlation().map(HeatMaps::correlation));
    section(
        html, data, NumberGroup.FORECASTS, "train", data.forecasts().map(ForecastSection::html));
    section(
        html, data, NumberGroup.BACKTEST, "backtest", data.backtest().map(BacktestSection::html));
    html.append("<section id=\"receipts\">\n<h2>Receipts</h2>\n")
        .append(ReceiptSection.html(data.receipts()))
        .append("</section>\n</main>\n<footer>Depthcast report, run <code>")
        .append(escape(data.header().runId()))
        .append(
            "</code>. Research only, not investment advice. Figures are drawn by plotly.js 2.35.3 (MIT licence), which is inside this page; nothing is loaded.</footer>\n</body>\n</html>\n");
    return html.toString();
  }

  /** A sentence in place of numbers that are not there. */
  static String missing(String sentence) {
    return "<p class=\"missing\">" + escape(sentence) + "</p>\n";
  }

  private static void head(StringBuilder html, Header header) {
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
        .append(escape(header.title()))
        .append("</title>\n<style>\n")
        .append(resource("report.css"))
        .append("</style>\n<script>\n")
        .append(resource(PLOTLY))
        .append("\n</script>\n<script>\n")
        .append(resource("report.js"))
        .append("</script>\n</head>\n<body>\n<header><div>\n<h1>")
        .append(escape(header.title()))
        .append("</h1>\n<p>")
        .append(escape(header.description()))
        .append("</p>\n<p class=\"meta\">Run <code>")
        .append(escape(header.runId()))
        .append("</code>, numbers as of ")
        .append(Numbers.utc(header.asOf()))
        .append(
            ". All times are UTC.</p>\n<noscript><p class=\"warning\">The figures need JavaScript; pictures of the main ones lie beside this page.</p></noscript>\n</div></header>\n")
        .append("<nav aria-label=\"Contents\"><ul>\n<li><a href=\"#summary\">Summary</a></li>\n");
    for (NumberGroup group : NumberGroup.values()) {
      html.append(
          "<li><a href=\"#%s\">%s</a></li>\n"
              .formatted(ReceiptSection.id(group), escape(group.title())));
    }
    html.append("<li><a href=\"#receipts\">Receipts</a></li>\n</ul></nav>\n");
  }

  private static void section(
      StringBuilder html, ReportData data, NumberGroup group, String job, Optional<String> body) {
    html.append(
        "<section id=\"%s\">\n<h2>%s</h2>\n"
            .formatted(ReceiptSection.id(group), escape(group.title())));
    if (body.isPresent()) {
      html.append(body.get()).append(ReceiptSection.link(group, data.receipts()));
    } else {
      html.append(missing("Nothing here yet: run the " + job + " job, then the report job again."));
    }
    html.append("</section>\n");
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + name, e);
    }
  }
}
