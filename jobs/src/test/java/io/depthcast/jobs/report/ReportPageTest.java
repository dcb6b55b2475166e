package io.depthcast.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.jobs.report.ReportData.Backtest;
import io.depthcast.jobs.report.ReportData.BacktestResult;
import io.depthcast.jobs.report.ReportData.Costs;
import io.depthcast.jobs.report.ReportData.Estimate;
import io.depthcast.jobs.report.ReportData.Forecasts;
import io.depthcast.jobs.report.ReportData.Header;
import io.depthcast.jobs.report.ReportData.Risk;
import io.depthcast.jobs.report.ReportData.Trading;
import io.depthcast.jobs.report.ReportData.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final double NONE = Double.NaN;
  private static final String SAMPLE = ReportPage.html(SampleReport.data());

  private static List<String> matches(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(MatchResult::group).toList();
  }

  /** The page without its scripts and styles. */
  private static String markup(String html) {
    return html.replaceAll("(?s)<script.*?</script>", "").replaceAll("(?s)<style.*?</style>", "");
  }

  @Test
  void sampleIsWrittenForTheEye() throws IOException {
    Path folder = Files.createDirectories(Path.of("target/report-sample"));
    String html = SAMPLE;
    Files.writeString(folder.resolve("report.html"), html);
    Files.writeString(folder.resolve("empty.html"), ReportPage.html(SampleReport.empty()));
    assertThat(html).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
  }

  @Test
  void loadsNothing() {
    String html = SAMPLE;
    assertThat(matches("<script[^>]*\\ssrc", html)).isEmpty();
    // "data:," is an empty icon, without which a browser asks a server for one
    assertThat(matches("<link[^>]*>", markup(html)))
        .containsExactly("<link rel=\"icon\" href=\"data:,\">");
    assertThat(matches("(?i)https?://", markup(html))).isEmpty();
    assertThat(matches("(?i)@import|url\\(", html.substring(0, html.indexOf("</style>"))))
        .isEmpty();
    assertThat(html).contains("default-src 'none'");
  }

  @Test
  void holdsPlotlyOnceWithItsLicenceNotice() {
    String html = SAMPLE;
    assertThat(matches("plotly\\.js \\(cartesian - minified\\) v2\\.35\\.3", html)).hasSize(1);
    assertThat(html).contains("Licensed under the MIT license");
  }

  @Test
  void sameDataGivesSameBytes() {
    assertThat(ReportPage.html(SampleReport.data())).isEqualTo(SAMPLE);
  }

  @Test
  void everyFigureHasTitleAxisTitlesAndCaption() {
    String html = SAMPLE;
    List<String> figures = matches("(?s)<figure id=.*?</figure>", html);
    // events, correlation, macro-F1, 4 models x 3 labels, equity, drawdown, costs
    assertThat(figures).hasSize(6 + 12);
    assertThat(figures)
        .allSatisfy(
            figure -> {
              // layout, x axis and y axis
              assertThat(matches("title: '[^']+'", figure)).hasSize(3);
              assertThat(figure).containsPattern("<figcaption>[^<]+ From (silver|gold)\\.");
              assertThat(matches("depthcastPlot\\(", figure)).hasSize(1);
            });
  }

  @Test
  void escapesTextFromTables() throws IOException {
    String evil = "</script><b>\"'&\\";
    Header header = new Header(evil, evil, evil, Instant.EPOCH);
    Forecasts given = SampleReport.forecasts();
    Forecasts forecasts =
        new Forecasts(
            evil,
            given.classes(),
            List.of(
                SampleReport.metric(
                    evil, evil, ReportData.ALL, ReportData.ALL, "macro_f1", 0.5, 0.1)),
            given.confusions(),
            given.verdicts());
    ReportData sample = SampleReport.data();
    String html =
        ReportPage.html(
            new ReportData(
                header,
                sample.slices(),
                Optional.of(
                    new ReportData.Correlation(
                        List.of(evil, "b"), List.of(List.of(1.0, 0.0), List.of(0.0, 1.0)), 1)),
                Optional.of(forecasts),
                sample.backtest(),
                Optional.of(new ReportData.Audit(2, List.of(evil))),
                sample.receipts()));
    Path folder = Files.createDirectories(Path.of("target/report-sample"));
    Files.writeString(folder.resolve("escaped.html"), html);
    assertThat(html).doesNotContain(evil).doesNotContain("</script><b>");
    assertThat(html).contains("<title>&lt;/script&gt;&lt;b&gt;&quot;&#39;&amp;\\</title>");
    // A script ends where it should: as many ends as starts.
    assertThat(matches("</script>", html)).hasSameSizeAs(matches("<script>", html));
    // In Tablesaw's single-quoted strings a backslash would swallow the closing quote.
    assertThat(html).contains("name: '&lt;/script&gt;&lt;b&gt;&quot;&#39;&amp;/'");
  }

  @Test
  void missingPartsSayWhichJobToRun() {
    String html = ReportPage.html(SampleReport.empty());
    assertThat(html)
        .contains("Nothing here yet: run the ingest job, then the report job again.")
        .contains("Nothing here yet: run the features job, then the report job again.")
        .contains("Nothing here yet: run the train job, then the report job again.")
        .contains("Nothing here yet: run the backtest job, then the report job again.")
        .contains("<strong>No forecasts:</strong> run the train job")
        .contains("<strong>No backtest:</strong> run the backtest job")
        .doesNotContain("<figure id=");
  }

  @Test
  void saysWhatTheAuditorFound() {
    assertThat(ReportPage.html(SampleReport.data()))
        .contains(
            "<li class=\"good\"><strong>Leakage audit:</strong> no leak of the future found by 54"
                + " checks.</li>");
    ReportData sample = SampleReport.data();
    ReportData leaky =
        new ReportData(
            sample.header(),
            sample.slices(),
            sample.correlation(),
            sample.forecasts(),
            sample.backtest(),
            Optional.of(new ReportData.Audit(54, List.of("fold 0, a: b alone", "c"))),
            sample.receipts());
    assertThat(ReportPage.html(leaky))
        .contains(
            "<li class=\"bad\"><strong>Leakage audit:</strong> 2 of 54 checks failed, so no number"
                + " below can be trusted. The first: fold 0, a: b alone.</li>");
    ReportData unaudited =
        new ReportData(
            sample.header(),
            sample.slices(),
            sample.correlation(),
            sample.forecasts(),
            sample.backtest(),
            Optional.empty(),
            sample.receipts());
    assertThat(ReportPage.html(unaudited)).contains("<strong>No audit:</strong> run the audit job");
  }

  @Test
  void numbersWithoutAReceiptAreCalledOut() {
    ReportData sample = SampleReport.data();
    ReportData untraced =
        new ReportData(
            sample.header(),
            sample.slices(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    assertThat(matches("Receipt: none, these numbers cannot be traced", ReportPage.html(untraced)))
        .hasSize(1);
  }

  @Test
  void everySectionLeadsToItsReceipt() {
    String html = markup(SAMPLE);
    for (String group : List.of("data", "features", "forecasts", "backtest")) {
      assertThat(html).contains("href=\"#receipt-" + group + "\"");
      assertThat(matches("id=\"receipt-" + group + "\"", html)).hasSize(1);
      assertThat(html).contains("<section id=\"" + group + "\">");
    }
    assertThat(html)
        .contains("<code>gold.predictions@1</code>")
        .contains("<code>" + SampleReport.CONFIG_HASH + "</code>")
        .contains("20240603");
  }

  private static String sentence(Estimate overPersistence, Estimate overMajority) {
    return SummarySection.sentence(
        new Verdict(
            "50e", "xgboost", new Estimate(0.5, 0.4, 0.6, 9), overPersistence, overMajority));
  }

  @Test
  void saysThatForecastsBeatBothBaselines() {
    assertThat(sentence(new Estimate(0.1, 0.05, 0.15, 9), new Estimate(0.2, 0.1, 0.3, 9)))
        .isEqualTo(
            "50 events: forecasts beat persistence and majority in macro-F1. The best model, xgboost,"
                + " scores 0.500: 0.100 more than persistence (95% interval +0.050 to +0.150),"
                + " and 0.200 more than majority (95% interval +0.100 to +0.300).");
  }

  @Test
  void saysThatForecastsDoNotBeatPersistence() {
    assertThat(sentence(new Estimate(-0.1, -0.15, -0.05, 9), new Estimate(0.2, 0.1, 0.3, 9)))
        .startsWith(
            "50 events: forecasts beat majority but do not beat persistence in macro-F1. The best"
                + " model, xgboost, scores 0.500: 0.100 less than persistence (95% interval −0.150"
                + " to −0.050)");
    assertThat(sentence(new Estimate(-0.1, -0.15, -0.05, 9), new Estimate(-0.2, -0.3, -0.1, 9)))
        .contains("forecasts beat neither persistence nor majority");
  }

  @Test
  void claimsNothingFromAnIntervalThatHoldsZeroOrIsMissing() {
    assertThat(sentence(new Estimate(0.1, -0.01, 0.21, 9), new Estimate(0.2, 0, 0.4, 9)))
        .contains("forecasts beat neither persistence nor majority");
    assertThat(sentence(new Estimate(0.1, NONE, NONE, 9), new Estimate(NONE, NONE, NONE, 0)))
        .contains("forecasts beat neither persistence nor majority")
        .contains("0.100 more than persistence (no interval, so no claim)")
        .contains("the difference to majority is not known");
  }

  @Test
  void showsTheVerdictOfEachLabelShortestFirst() {
    String html = markup(SAMPLE);
    assertThat(matches("<li class=\"(good|bad|open)\"><strong>[^<]*</strong>", html))
        .containsExactly(
            "<li class=\"good\"><strong>20 events:</strong>",
            "<li class=\"bad\"><strong>50 events:</strong>",
            "<li class=\"bad\"><strong>100 events:</strong>",
            "<li class=\"good\"><strong>Leakage audit:</strong>",
            "<li class=\"bad\"><strong>After costs:</strong>");
  }

  private static String backtestPage(double net, Risk risk) {
    // gross 10, costs 1 + 2 + 3 + 1 = 7
    Backtest backtest =
        new Backtest(
            "b1",
            "USD",
            new BacktestResult(
                10, net, new Costs(1, 2, 3, 1), new Trading(5, 1000, NONE, NONE), risk),
            List.of(),
            List.of());
    return markup(ReportPage.html(SampleReport.with(SampleReport.data(), backtest)));
  }

  @Test
  void oneDayHasNoSharpe() {
    assertThat(backtestPage(3, new Risk(0, 1, NONE)))
        .contains("one day: no Sharpe")
        .contains("the backtest made 3.00 USD over one day and 5 fills")
        .contains("No equity curve: the backtest has no positions.");
    assertThat(backtestPage(3, new Risk(0, 20, 1.234))).contains(">1.23<");
  }

  @Test
  void warnsWhenTheAccountDoesNotBalance() {
    assertThat(backtestPage(3, new Risk(0, 1, NONE))).doesNotContain("does not balance");
    assertThat(backtestPage(2.99, new Risk(0, 1, NONE)))
        .contains("does not balance: gross PnL less costs differs from net PnL by 0.01 USD");
  }

  @Test
  void wideTablesOfMetricsShowMissingValuesAsDashes() {
    String html = markup(SAMPLE);
    assertThat(html).contains("<td class=\"number\">–</td>").doesNotContain("NaN");
  }

  @Test
  void refusesRecordsThatCannotBeRight() {
    assertThatThrownBy(() -> new Estimate(0.5, 0.6, 0.4, 1))
        .hasMessage("Invalid ciLow: 0.6 (must be at most ciHigh 0.4)");
    assertThatThrownBy(() -> new ReportData.SuspectShare("halt", 1.5))
        .hasMessage("Invalid share: 1.5 (must be 0 to 1)");
    assertThatThrownBy(() -> new ReportData.TimeSpan(2, 1))
        .hasMessage("Invalid lastNs: 1 (must be at least firstNs 2)");
    assertThatThrownBy(() -> new ReportData.Confusion("m", "50e", List.of()))
        .hasMessageContaining("(must be 3 x 3)");
    assertThatThrownBy(() -> new ReportData.Correlation(List.of("a"), List.of(List.of(1.5)), 1))
        .hasMessage("Invalid matrix: 1.5 (must be -1 to 1)");
    List<ReportData.SliceId> ids = SampleReport.ids();
    assertThatThrownBy(
            () ->
                new ReportData.EquityCurve(
                    ids.get(0),
                    List.of(
                        new ReportData.EquityPoint(2, 0, 0), new ReportData.EquityPoint(1, 0, 0))))
        .hasMessage("Invalid tsNs of ALFA 2024-06-03: 1 follows 2 (must not fall)");
  }
}
