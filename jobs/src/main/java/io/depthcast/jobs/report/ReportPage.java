package io.depthcast.jobs.report;

import static io.depthcast.jobs.page.HtmlTable.escape;

import io.depthcast.jobs.page.HtmlPage;
import io.depthcast.jobs.page.HtmlPage.Section;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.report.ReportData.Header;
import io.depthcast.jobs.report.ReportData.NumberGroup;
import io.depthcast.jobs.report.ReportData.SliceSummary;
import java.util.List;
import java.util.Optional;

/** The report as one HTML page. The same data gives the same bytes. */
public final class ReportPage {
  private ReportPage() {}

  /**
   * The page, to be written as UTF-8.
   *
   * @param data what it shows; a part that is empty becomes a sentence that says which job to run
   */
  public static String html(ReportData data) {
    Header header = data.header();
    Optional<List<SliceSummary>> slices =
        data.slices().isEmpty() ? Optional.empty() : Optional.of(data.slices());
    List<Section> sections =
        List.of(
            new Section("summary", "Summary", SummarySection.html(data)),
            section(data, NumberGroup.DATA, "ingest", slices.map(DataSection::html)),
            section(
                data,
                NumberGroup.FEATURES,
                "features",
                data.correlation().map(HeatMaps::correlation)),
            section(
                data, NumberGroup.FORECASTS, "train", data.forecasts().map(ForecastSection::html)),
            section(
                data, NumberGroup.BACKTEST, "backtest", data.backtest().map(BacktestSection::html)),
            Section.titled("receipts", "Receipts", ReceiptSection.html(data.receipts())));
    return new HtmlPage(
            header.title(),
            header.description(),
            "Run <code>%s</code>, numbers as of %s."
                .formatted(escape(header.runId()), Numbers.utc(header.asOf())),
            "pictures of the main ones lie beside this page",
            "Depthcast report, run <code>" + escape(header.runId()) + "</code>.",
            sections)
        .html();
  }

  /** A sentence in place of numbers that are not there. */
  static String missing(String sentence) {
    return "<p class=\"missing\">" + escape(sentence) + "</p>\n";
  }

  private static Section section(
      ReportData data, NumberGroup group, String job, Optional<String> body) {
    return Section.titled(
        ReceiptSection.id(group),
        group.title(),
        body.map(html -> html + ReceiptSection.link(group, data.receipts()))
            .orElseGet(
                () ->
                    missing(
                        "Nothing here yet: run the " + job + " job, then the report job again.")));
  }
}
