package io.depthcast.jobs.explore;

import static io.depthcast.jobs.page.HtmlTable.escape;

import io.depthcast.jobs.explore.SetFacts.ColumnSummary;
import io.depthcast.jobs.explore.SetFacts.LabelSummary;
import io.depthcast.jobs.explore.SetFacts.Tested;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.page.SvgHeatMap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The heat-maps of the page. */
final class ExploreFigures {

  private static final String MARK = "*";

  private ExploreFigures() {}

  static String correlation(SetFacts facts) {
    List<String> names = facts.columns().stream().map(ColumnSummary::name).toList();
    double[][] values = new double[names.size()][names.size()];
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < names.size(); j++) {
        values[i][j] = facts.correlation(i, j);
      }
    }
    return figure(
        "feature_correlation",
        new SvgHeatMap(
            "Correlation of the columns",
            names,
            names,
            values,
            List.of(),
            1,
            "Spearman's correlation"),
        "Spearman's correlation of each pair of columns within a symbol-day, the mean of symbol-days"
            + " by rows; grey where one has one value only. From gold.feature_correlations.");
  }

  static String ic(SetFacts facts) {
    return byLabel(
        "rank_ic",
        "Rank information coefficient",
        "IC; " + MARK + " q ≤ " + ExploreJob.RATE,
        facts,
        tested -> tested.power().ic(),
        tested -> decimals(tested.power().ic(), 3) + (tested.q() <= ExploreJob.RATE ? MARK : ""),
        "IC of each column and label; starred where the q-value is at most "
            + ExploreJob.RATE
            + ". The colours end at what 5 % of the ICs exceed. From gold.feature_power.");
  }

  static String information(SetFacts facts) {
    return byLabel(
        "mutual_information",
        "Mutual information above the null level's mean",
        "hundredths of a bit; " + MARK + " above the null level",
        facts,
        tested -> 100 * (tested.power().bits() - tested.power().nullBits()),
        tested ->
            decimals(100 * (tested.power().bits() - tested.power().nullBits()), 2)
                + (tested.power().isAboveNull() ? MARK : ""),
        "Mutual information less its mean over the shuffles, in hundredths of a bit; starred where"
            + " it is above the null level, as 5 % are by chance. Grey where blocks are too few."
            + " From gold.feature_power.");
  }

  private static String decimals(double value, int decimals) {
    return Double.isNaN(value) ? "" : Numbers.fixed(value, decimals);
  }

  private static String byLabel(
      String id,
      String title,
      String key,
      SetFacts facts,
      ToDoubleFunction<Tested> value,
      Function<Tested, String> text,
      String caption) {
    double[][] values =
        facts.powers().stream()
            .map(row -> row.stream().mapToDouble(value).toArray())
            .toArray(double[][]::new);
    // So that one label that is easy to foretell does not pale all others.
    double[] sizes =
        Arrays.stream(values)
            .flatMapToDouble(Arrays::stream)
            .map(Math::abs)
            .filter(size -> !Double.isNaN(size))
            .sorted()
            .toArray();
    double limit = sizes.length == 0 ? 0 : sizes[(int) (0.95 * (sizes.length - 1))];
    return figure(
        id,
        new SvgHeatMap(
            title,
            facts.columns().stream().map(ColumnSummary::name).toList(),
            facts.labels().stream().map(LabelSummary::id).toList(),
            values,
            facts.powers().stream().map(row -> row.stream().map(text).toList()).toList(),
            limit > 0 ? limit : 1,
            key),
        caption);
  }

  private static String figure(String id, SvgHeatMap map, String caption) {
    return String.format(
        Locale.ROOT,
        "<figure id=\"%s\"><div class=\"scroll\">%s</div>\n<figcaption>%s</figcaption></figure>\n",
        id,
        map.html(),
        escape(caption));
  }
}
