package io.depthcast.jobs.benchmark;

import io.depthcast.scores.ConfusionMatrix;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The scores of a horizon in setup 1 of FI-2010: means over its folds, each of which counts the
 * same.
 */
final class AnchoredTable {

  private static final List<String> HEADS =
      List.of(
          "model",
          "seeds",
          "F1",
          "accuracy",
          "MCC",
          "worst and best day F1",
          "tuned F1",
          "accuracy",
          "MCC",
          "published F1",
          "accuracy");

  private AnchoredTable() {}

  /**
   * The table, and that of the published models below ours.
   *
   * @param folds by fold the outcomes of the same models
   */
  static List<String> lines(int horizon, List<List<Outcome>> folds, List<Reference> references) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    for (int m = 0; m < folds.get(0).size(); m++) {
      int model = m;
      rows.add(row(folds.stream().map(fold -> fold.get(model)).toList()));
    }
    references.stream()
        .filter(r -> r.isOf(Reference.ANCHORED, horizon))
        .map(
            r ->
                List.of(
                    r.model(),
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    ResultTable.figure(r.macroF1()),
                    ResultTable.figure(r.accuracy())))
        .forEach(rows::add);
    List<String> lines = new ArrayList<>();
    lines.add(
        "### " + Reference.ANCHORED + ", horizon " + horizon + ", " + folds.size() + " folds");
    lines.add("");
    lines.addAll(ResultTable.aligned(rows));
    lines.add("");
    lines.add(Fi2010Rows.LIMITS);
    lines.add("");
    return lines;
  }

  private static List<String> row(List<Outcome> folds) {
    DoubleSummaryStatistics f1 =
        folds.stream()
            .mapToDouble(o -> Outcome.mean(o.plain(), ConfusionMatrix::macroF1))
            .summaryStatistics();
    return List.of(
        folds.get(0).model(),
        String.valueOf(folds.get(0).plain().size()),
        ResultTable.figure(f1.getAverage()),
        mean(folds, Outcome::plain, ConfusionMatrix::accuracy),
        mean(folds, Outcome::plain, ConfusionMatrix::mcc),
        ResultTable.figure(f1.getMin()) + " to " + ResultTable.figure(f1.getMax()),
        mean(folds, Outcome::tuned, ConfusionMatrix::macroF1),
        mean(folds, Outcome::tuned, ConfusionMatrix::accuracy),
        mean(folds, Outcome::tuned, ConfusionMatrix::mcc),
        "",
        "");
  }

  private static String mean(
      List<Outcome> folds,
      Function<Outcome, List<Scores>> seeds,
      ToDoubleFunction<ConfusionMatrix> score) {
    return ResultTable.figure(
        folds.stream()
            .mapToDouble(o -> Outcome.mean(seeds.apply(o), score))
            .average()
            .orElse(Double.NaN));
  }
}
