package io.depthcast.jobs.report;

import static io.depthcast.jobs.page.HtmlTable.escape;

import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.report.ReportData.Audit;
import io.depthcast.jobs.report.ReportData.Backtest;
import io.depthcast.jobs.report.ReportData.BacktestResult;
import io.depthcast.jobs.report.ReportData.Estimate;
import io.depthcast.jobs.report.ReportData.SliceSummary;
import io.depthcast.jobs.report.ReportData.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The top of the page: the verdicts in plain sentences and the key numbers. */
final class SummarySection {
  private SummarySection() {}

  static String html(ReportData data) {
    StringBuilder html = new StringBuilder("<section id=\"summary\">\n<ul class=\"verdicts\">\n");
    data.forecasts()
        .ifPresentOrElse(
            forecasts ->
                forecasts.verdicts().stream()
                    .sorted(Comparator.comparing(Verdict::label, Labels.ORDER))
                    .forEach(verdict -> html.append(item(color(verdict), sentence(verdict)))),
            () ->
                html.append(
                    item("open", "No forecasts: run the train job, then the report job again.")));
    if (data.forecasts().isPresent()) {
      html.append(
          item(data.audit().map(SummarySection::color).orElse("open"), auditSentence(data)));
    }
    html.append(
        item(data.backtest().map(SummarySection::color).orElse("open"), moneySentence(data)));
    html.append("</ul>\n");
    if (data.forecasts().isPresent()) {
      html.append(
          """
          <p class="meta">A forecast beats a baseline when the whole 95% interval of the difference in macro-F1 lies above 0. \
          The best model is the one that scores highest on these same test rows, so with many models its lead is slightly flattered.</p>
          """);
    }
    return html.append(tiles(data)).append("</section>\n").toString();
  }

  /** For one label, whether the best model beats persistence and majority in macro-F1. */
  static String sentence(Verdict verdict) {
    boolean persistence = above(verdict.overPersistence());
    boolean majority = above(verdict.overMajority());
    String outcome;
    if (persistence && majority) {
      outcome = "forecasts beat persistence and majority";
    } else if (majority) {
      outcome = "forecasts beat majority but do not beat persistence";
    } else if (persistence) {
      outcome = "forecasts beat persistence but do not beat majority";
    } else {
      outcome = "forecasts beat neither persistence nor majority";
    }
    return "%s: %s in macro-F1. The best model, %s, scores %s: %s, and %s."
        .formatted(
            Labels.words(verdict.label()),
            outcome,
            verdict.bestModel(),
            Numbers.fixed(verdict.macroF1().value(), 3),
            difference(verdict.overPersistence(), "persistence"),
            difference(verdict.overMajority(), "majority"));
  }

  private static String difference(Estimate estimate, String baseline) {
    if (Double.isNaN(estimate.value())) {
      return "the difference to " + baseline + " is not known";
    }
    String text =
        Numbers.fixed(Math.abs(estimate.value()), 3)
            + (estimate.value() < 0 ? " less than " : " more than ")
            + baseline;
    if (!estimate.hasInterval()) {
      return text + " (no interval, so no claim)";
    }
    return "%s (95%% interval %s to %s)"
        .formatted(text, Numbers.signed(estimate.ciLow(), 3), Numbers.signed(estimate.ciHigh(), 3));
  }

  private static boolean above(Estimate difference) {
    return difference.ciLow() > 0 && difference.hasInterval();
  }

  private static String color(Verdict verdict) {
    return above(verdict.overPersistence()) && above(verdict.overMajority()) ? "good" : "bad";
  }

  private static String color(Backtest backtest) {
    return backtest.result().net() > 0 ? "good" : "bad";
  }

  private static String color(Audit audit) {
    return audit.leaks().isEmpty() ? "good" : "bad";
  }

  static String auditSentence(ReportData data) {
    if (data.audit().isEmpty()) {
      return "No audit: run the audit job, then the report job again.";
    }
    Audit audit = data.audit().get();
    if (audit.leaks().isEmpty()) {
      return "Leakage audit: no leak of the future found by %s checks."
          .formatted(Numbers.count(audit.checks()));
    }
    return "Leakage audit: %s of %s checks failed, so no number below can be trusted. The first: %s."
        .formatted(
            Numbers.count(audit.leaks().size()),
            Numbers.count(audit.checks()),
            audit.leaks().get(0));
  }

  private static String moneySentence(ReportData data) {
    if (data.backtest().isEmpty()) {
      return "No backtest: run the backtest job, then the report job again.";
    }
    Backtest backtest = data.backtest().get();
    BacktestResult result = backtest.result();
    if (result.trading().fills() == 0) {
      return "After costs: the backtest did not trade.";
    }
    return "After costs: the backtest %s %s over %s and %s fills. Gross PnL is %s, costs are %s."
        .formatted(
            result.net() > 0 ? "made" : "lost",
            Numbers.money(Math.abs(result.net()), backtest.currency()),
            result.risk().days() == 1 ? "one day" : result.risk().days() + " days",
            Numbers.count(result.trading().fills()),
            Numbers.money(result.gross(), backtest.currency()),
            Numbers.money(result.costs().total(), backtest.currency()));
  }

  private static String item(String color, String sentence) {
    int colon = sentence.indexOf(": ") + 1;
    return "<li class=\"%s\"><strong>%s</strong>%s</li>\n"
        .formatted(color, escape(sentence.substring(0, colon)), escape(sentence.substring(colon)));
  }

  private record Tile(String name, String value) {}

  private static String tiles(ReportData data) {
    List<Tile> tiles = new ArrayList<>();
    List<SliceSummary> slices = data.slices();
    long rows = slices.stream().mapToLong(slice -> slice.book().rows()).sum();
    tiles.add(new Tile("Symbol-days", Numbers.count(slices.size())));
    tiles.add(new Tile("Book rows", Numbers.count(rows)));
    double suspect =
        slices.stream()
            .mapToDouble(slice -> slice.book().rows() * DataSection.suspect(slice))
            .sum();
    tiles.add(new Tile("Rows in suspect windows", Numbers.percent(suspect / rows, 2)));
    data.forecasts().stream()
        .flatMap(forecasts -> forecasts.verdicts().stream())
        .filter(verdict -> !Double.isNaN(verdict.macroF1().value()))
        .max(Comparator.comparingDouble(verdict -> verdict.macroF1().value()))
        .ifPresent(
            best ->
                tiles.add(
                    new Tile(
                        "Best macro-F1, " + Labels.words(best.label()),
                        Numbers.fixed(best.macroF1().value(), 3))));
    data.backtest()
        .ifPresent(
            backtest -> {
              BacktestResult result = backtest.result();
              tiles.add(
                  new Tile("Gross PnL, " + backtest.currency(), Numbers.fixed(result.gross(), 2)));
              tiles.add(
                  new Tile("Net PnL, " + backtest.currency(), Numbers.fixed(result.net(), 2)));
              tiles.add(new Tile("Fills", Numbers.count(result.trading().fills())));
            });
    StringBuilder html = new StringBuilder("<dl class=\"tiles\">\n");
    for (Tile tile : tiles) {
      html.append(
          "<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(escape(tile.name), escape(tile.value)));
    }
    return html.append("</dl>\n").toString();
  }
}
