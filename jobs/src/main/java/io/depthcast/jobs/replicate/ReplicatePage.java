package io.depthcast.jobs.replicate;

import static io.depthcast.jobs.page.HtmlTable.Column.number;
import static io.depthcast.jobs.page.HtmlTable.Column.text;
import static io.depthcast.jobs.page.HtmlTable.escape;

import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.page.HtmlPage;
import io.depthcast.jobs.page.HtmlPage.Section;
import io.depthcast.jobs.page.HtmlTable;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.replicate.SymbolFacts.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page of a run: each fact with the published value, a symbol a line.
 *
 * @param versions version of each table read
 */
record ReplicatePage(
    ReplicateConfig config,
    Provenance provenance,
    Map<String, Long> versions,
    List<SymbolFacts> symbols) {

  String html() {
    String run = "<code>" + escape(provenance.runId()) + "</code>";
    return new HtmlPage(
            "Known facts, measured",
            description(),
            "Run " + run + ".",
            "the tables have the numbers",
            "Depthcast replicate, run " + run + ".",
            List.of(
                Section.titled("facts", "Facts", facts()),
                Section.titled("impact", "Impact", ReplicateFigures.impact(symbols)),
                Section.titled("micro-price", "Micro-price", ReplicateFigures.martingale(symbols)),
                Section.titled("signature", "Volatility", ReplicateFigures.signature(symbols)),
                Section.titled("volume", "Volume", ReplicateFigures.volume(symbols)),
                Section.titled("receipt", "Receipt", receipt())))
        .html();
  }

  private String description() {
    int slices = symbols.stream().mapToInt(SymbolFacts::slices).sum();
    return "%d symbols, %d symbol-days. Flows and moves over %d s, regressions in windows of %d minutes, %d levels at most."
        .formatted(
            symbols.size(),
            slices,
            config.intervalSeconds(),
            config.windowMinutes(),
            config.levels());
  }

  private String facts() {
    StringBuilder html =
        new StringBuilder(
            """
            <p>A value outside its band ("unclear" where its interval reaches into it) means that the feed is broken, that the loader is, or that \
            the market is of another kind than those of the source. Intervals are by Student's \
            distribution over windows, which are taken as independent. Forecasts ("next window", \
            "two mid changes ahead") use coefficients from windows before only. \
            Drift that a micro-price leaves is measured by products of the means of even and of odd \
            windows, to which chance adds nothing; it is 0 where they are negative.</p>
            """);
    for (Fact fact : Fact.values()) {
      html.append(table(fact).html());
    }
    return html.toString();
  }

  private HtmlTable table(Fact fact) {
    HtmlTable table =
        new HtmlTable(
            "%s. Published: %s. %s. Band: %s to %s."
                .formatted(
                    fact.title(),
                    fact.published(),
                    fact.source(),
                    Numbers.fixed(fact.low(), 3),
                    Numbers.fixed(fact.high(), 3)),
            List.of(
                text("Venue"),
                text("Symbol"),
                number("Value"),
                number("95% interval"),
                number("n"),
                text("Verdict")));
    for (SymbolFacts symbol : symbols) {
      Estimate estimate = symbol.estimates().get(fact);
      List<String> cells = new ArrayList<>(List.of(symbol.venue(), symbol.symbol()));
      if (estimate == null) {
        cells.addAll(List.of(Numbers.MISSING, Numbers.MISSING, "0"));
      } else {
        cells.addAll(
            List.of(
                Numbers.fixed(estimate.value(), 4),
                Double.isNaN(estimate.low())
                    ? Numbers.MISSING
                    : Numbers.fixed(estimate.low(), 4) + " to " + Numbers.fixed(estimate.high(), 4),
                Numbers.count(estimate.n())));
      }
      cells.add(fact.verdict(estimate).words());
      table.row(cells);
    }
    return table;
  }

  private String receipt() {
    return new HtmlTable(
            "What made the numbers of this page; the run is in ops.runs, the numbers are in"
                + " gold.metrics.",
            List.of(text("Run"), text("Tables read"), text("Code"), text("Configuration")))
        .row(
            List.of(
                provenance.runId(),
                versions.entrySet().stream()
                    .map(e -> e.getKey() + "@" + e.getValue())
                    .collect(Collectors.joining(", ")),
                provenance.codeVersion(),
                provenance.configHash()))
        .html();
  }
}
