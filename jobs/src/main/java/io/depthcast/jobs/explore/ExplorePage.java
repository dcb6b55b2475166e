package io.depthcast.jobs.explore;

import static io.depthcast.jobs.page.HtmlTable.Column.number;
import static io.depthcast.jobs.page.HtmlTable.Column.text;
import static io.depthcast.jobs.page.HtmlTable.escape;

import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.explore.SetFacts.ColumnSummary;
import io.depthcast.jobs.explore.SetFacts.LabelSummary;
import io.depthcast.jobs.explore.SetFacts.Tested;
import io.depthcast.jobs.page.HtmlPage;
import io.depthcast.jobs.page.HtmlPage.Section;
import io.depthcast.jobs.page.HtmlTable;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.page.SvgBars;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The page of an exploration.
 *
 * @param versions version of each table read
 */
record ExplorePage(
    ExploreConfig config, Provenance provenance, Map<String, Long> versions, SetFacts facts) {

  private static final double[] QUANTILES = {0.01, 0.5, 0.99};

  String html() {
    String run = "<code>" + escape(provenance.runId()) + "</code>";
    return new HtmlPage(
            "Features: " + config.set(),
            description(),
            "Run " + run + ".",
            "the tables have the numbers",
            "Depthcast explore, run " + run + ".",
            List.of(
                Section.titled("columns", "Distributions", distributions()),
                Section.titled("correlation", "Correlation", ExploreFigures.correlation(facts)),
                Section.titled("power", "Predictive power", power()),
                Section.titled("stability", "Stability", stability()),
                Section.titled("receipt", "Receipt", receipt())))
        .html();
  }

  private String description() {
    long rows = facts.slices().stream().mapToLong(slice -> slice.grid().rows()).sum();
    long sampled = facts.slices().stream().mapToLong(slice -> slice.grid().size()).sum();
    return "%d columns and %d labels on %s rows of %d symbol-days. Counts, means, deviations, skewness, kurtosis and range are of all rows; ranks, bins and quantiles are of a sample of %s rows, every n-th row of a symbol-day so that it has %s at most."
        .formatted(
            facts.columns().size(),
            facts.labels().size(),
            Numbers.count(rows),
            facts.slices().size(),
            Numbers.count(sampled),
            Numbers.count(config.sampleRows()));
  }

  private String distributions() {
    HtmlTable table =
        new HtmlTable(
            "A value is null in suspect rows and in warm-up; such rows count in the share of nulls"
                + " and nowhere else. The bars are between the quantiles of 1 % and 99 %. Kurtosis is"
                + " 0 for a normal distribution. Units: ./depthcast features explain COLUMN. From"
                + " gold.feature_distributions.",
            List.of(
                text("Column"),
                text(""),
                number("Values"),
                number("Null"),
                number("Mean"),
                number("Deviation"),
                number("Skewness"),
                number("Kurtosis"),
                number("Least"),
                number("1 %"),
                number("Median"),
                number("99 %"),
                number("Most")));
    for (ColumnSummary column : facts.columns()) {
      Moments moments = column.moments();
      List<String> cells = new ArrayList<>();
      cells.add(escape(column.name()));
      cells.add(histogram(column));
      cells.add(Numbers.count(moments.count()));
      cells.add(Numbers.percent(moments.missingShare(), 2));
      cells.add(Numbers.significant(moments.mean()));
      cells.add(Numbers.significant(moments.standardDeviation()));
      cells.add(Numbers.fixed(moments.skewness(), 2));
      cells.add(Numbers.fixed(moments.excessKurtosis(), 2));
      cells.add(Numbers.significant(moments.min()));
      for (double share : QUANTILES) {
        cells.add(Numbers.significant(column.distribution().quantile(share)));
      }
      cells.add(Numbers.significant(moments.max()));
      table.htmlRow(cells);
    }
    return table.html();
  }

  private static String histogram(ColumnSummary column) {
    double[] bars = column.distribution().histogram();
    return bars.length == 0
        ? ""
        : SvgBars.html(Arrays.stream(bars).boxed().toList(), 4, "Histogram of " + column.name());
  }

  private String power() {
    long tests = facts.tests();
    return "<p class=\"warning\">%s pairs of column and label are tested: if no column said anything, about %s of their 95%% intervals would still miss zero, so go by the q-value (Benjamini and Hochberg), at most %s of the pairs that it marks being false on average. This page looks at all rows: features picked by it must not be backtested on the same rows.</p>\n"
            .formatted(
                Numbers.count(tests),
                Numbers.count(Math.round(ExploreJob.RATE * tests)),
                Numbers.percent(ExploreJob.RATE, 0))
        + "<p>%s of the %s have q ≤ %s. Tests of columns and labels that resemble each other are no independent tests. Where columns wander through the day, such as absolute prices, ranks within the day know its end: they seem to foretell a way back, in a random walk as well.</p>\n"
            .formatted(
                Numbers.count(facts.findings(ExploreJob.RATE)),
                Numbers.count(tests),
                ExploreJob.RATE)
        + labels()
        + """
        <p>The rank information coefficient (IC) is Spearman's correlation of a column and the \
        signed value of a label (move in bps, or imbalance ahead), ranks within a symbol-day; over \
        symbol-days it is their mean by rows. Its 95%% interval is by the moving block bootstrap, \
        in its closed form, on what each row does to the correlation, with Student's distribution. \
        A block is %d times as long as the label reaches, in sampled rows, so that the overlap of \
        labels lies within it; it is shorter, but never than the label, where a symbol-day would \
        have fewer than %d blocks, and where it has fewer all the same there is no interval. \
        Intervals are about these days, not about days to come.</p>
        """
            .formatted(config.blockReaches(), MovingBlocks.LEAST_BLOCKS)
        + ExploreFigures.ic(facts)
        + """
        <p>Mutual information sees any dependence, also of a column that foretells how far the \
        price goes but not where to. Columns and labels are cut into %d bins of equal numbers, \
        ties together, within a symbol-day; the correction of Miller and Madow is applied. The null \
        level is the mean of %d shuffles plus 1.645 of their standard deviations: what 5%% of columns \
        that know nothing exceed. A shuffle cuts the label's rows in two at a place by chance and \
        exchanges the two, so that slow changes of the label stay as they are.</p>
        """
            .formatted(config.bins(), config.shuffles())
        + ExploreFigures.information(facts)
        + strongest();
  }

  private String labels() {
    HtmlTable table =
        new HtmlTable(
            "The labels. Reach is the most rows from a row to the last that its label looks at."
                + " The last two: columns with an IC of q up to %s, and above the null level of"
                    .formatted(ExploreJob.RATE)
                + " mutual information. From gold.feature_distributions and gold.feature_power.",
            List.of(
                text("Label"),
                number("Values"),
                number("Null"),
                number("Mean"),
                number("Deviation"),
                number("Reach, rows"),
                number("Block, rows"),
                number("Columns by IC"),
                number("By information")));
    for (int l = 0; l < facts.labels().size(); l++) {
      LabelSummary label = facts.labels().get(l);
      int at = l;
      long ics = facts.powers().stream().filter(row -> row.get(at).q() <= ExploreJob.RATE).count();
      long informed =
          facts.powers().stream().filter(row -> row.get(at).power().isAboveNull()).count();
      table.row(
          List.of(
              label.id(),
              Numbers.count(label.moments().count()),
              Numbers.percent(label.moments().missingShare(), 2),
              Numbers.significant(label.moments().mean()),
              Numbers.significant(label.moments().standardDeviation()),
              Numbers.count(label.reach()),
              Numbers.count(label.blockRows()),
              Numbers.count(ics),
              Numbers.count(informed)));
    }
    return table.html();
  }

  /** For each label the columns with the largest IC in units of its error. */
  private String strongest() {
    HtmlTable table =
        new HtmlTable(
            "For each label the five columns whose IC is furthest from 0 in units of its error. All"
                + " of them: gold.feature_power.",
            List.of(
                text("Label"),
                text("Column"),
                number("IC"),
                number("95% interval"),
                number("q"),
                number("Information, bits"),
                number("Null level"),
                number("Rows")));
    for (int l = 0; l < facts.labels().size(); l++) {
      int at = l;
      IntStream.range(0, facts.columns().size())
          .boxed()
          .filter(f -> tested(f, at).power().hasInterval())
          .sorted(Comparator.comparingDouble((Integer f) -> -tested(f, at).power().strength()))
          .limit(5)
          .forEach(f -> table.row(strongest(f, at)));
    }
    return table.html();
  }

  private List<String> strongest(int column, int label) {
    Tested tested = tested(column, label);
    Power power = tested.power();
    return List.of(
        facts.labels().get(label).id(),
        facts.columns().get(column).name(),
        Numbers.signed(power.ic(), 4),
        Numbers.fixed(power.low(), 4) + " to " + Numbers.fixed(power.high(), 4),
        Numbers.significant(tested.q()),
        Numbers.fixed(power.bits(), 5),
        Numbers.fixed(power.nullLevel(), 5),
        Numbers.count(power.n()));
  }

  private Tested tested(int column, int label) {
    return facts.powers().get(column).get(label);
  }

  private String stability() {
    HtmlTable table =
        new HtmlTable(
            "For each column the label that its IC is strongest for, and the IC in each %s. Agreement"
                    .formatted(
                        isOneDay()
                            ? "of %d parts of the day of equal numbers of rows"
                                .formatted(config.dayParts())
                            : "symbol-day")
                + " is the share of them with the sign of the whole, %s by chance alone. From gold.feature_power."
                    .formatted(Numbers.percent(Power.chanceAgreement(facts.partNames().size()), 0)),
            List.of(
                text("Column"),
                text("Label"),
                number("IC"),
                text("IC by part"),
                number("Least"),
                number("Most"),
                number("Agreement")));
    for (int f = 0; f < facts.columns().size(); f++) {
      int column = f;
      IntStream.range(0, facts.labels().size())
          .boxed()
          .filter(l -> tested(column, l).power().hasInterval())
          .max(Comparator.comparingDouble(l -> tested(column, l).power().strength()))
          .ifPresent(label -> table.htmlRow(stability(column, label)));
    }
    return table.html();
  }

  private List<String> stability(int column, int label) {
    Power power = tested(column, label).power();
    double[] parts =
        power.parts().stream()
            .mapToDouble(part -> part)
            .filter(part -> !Double.isNaN(part))
            .sorted()
            .toArray();
    String name = facts.columns().get(column).name();
    return List.of(
        escape(name),
        escape(facts.labels().get(label).id()),
        Numbers.signed(power.ic(), 4),
        SvgBars.html(
            power.parts(),
            Math.max(2, Math.min(10, 400 / power.parts().size())),
            "IC of " + name + " by part"),
        Numbers.signed(parts.length == 0 ? Double.NaN : parts[0], 4),
        Numbers.signed(parts.length == 0 ? Double.NaN : parts[parts.length - 1], 4),
        Numbers.percent(power.signAgreement(), 0));
  }

  private boolean isOneDay() {
    return facts.partNames().size() > facts.slices().size();
  }

  private String receipt() {
    return new HtmlTable(
            "What made the numbers of this page; the run is in ops.runs, the numbers are in"
                + " gold.feature_distributions, gold.feature_correlations and gold.feature_power.",
            List.of(
                text("Run"),
                text("Exploration"),
                text("Feature set"),
                text("Tables read"),
                text("Code"),
                text("Configuration"),
                number("Seed")))
        .row(
            List.of(
                provenance.runId(),
                facts.exploreId(),
                facts.featureSetId(),
                versions.entrySet().stream()
                    .map(e -> e.getKey() + "@" + e.getValue())
                    .collect(Collectors.joining(", ")),
                provenance.codeVersion(),
                provenance.configHash(),
                Long.toString(config.seed())))
        .html();
  }
}
