package io.depthcast.jobs.benchmark;

import io.depthcast.models.MoveClass;
import io.depthcast.scores.ConfusionMatrix;
import io.depthcast.scores.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The scores of a horizon beside the reference, as a Markdown table whose columns are as wide as
 * their longest cell, so that it is read as text as well.
 */
final class ResultTable {

  private static final List<String> HEADS =
      List.of(
          "model",
          "seeds",
          "F1 (sd)",
          "accuracy",
          "MCC",
          "by symbol",
          "tuned F1 (sd)",
          "accuracy",
          "MCC",
          "95 %",
          "val F1",
          "tuned",
          "reference",
          "F1 / acc / MCC",
          "tuned F1 / acc / MCC",
          "note");

  private ResultTable() {}

  /** The table of a horizon, best macro-F1 first, and how the mark stands to our best model. */
  static List<String> lines(
      Protocol protocol,
      BenchmarkRows data,
      Problem problem,
      List<Outcome> outcomes,
      List<Reference> references) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    outcomes.stream()
        .sorted(Comparator.comparingDouble(ResultTable::bestF1).reversed())
        .map(o -> row(o, Reference.twin(references, protocol, problem.horizon(), o.model())))
        .forEach(rows::add);
    references.stream()
        .filter(r -> r.isOf(protocol, problem.horizon()) && !r.model().equals(Reference.MARK))
        .filter(r -> outcomes.stream().noneMatch(o -> o.model().equals(r.twin())))
        .map(ResultTable::row)
        .forEach(rows::add);
    List<String> lines = new ArrayList<>();
    lines.add("### " + protocol.word() + ", horizon " + problem.horizon());
    lines.add("");
    lines.add(
        String.format(
                Locale.ROOT,
                "%,d training rows (%s), %,d validation rows (%s), %,d test rows (%s of down / flat /"
                    + " up).",
                problem.train().length,
                shares(problem, problem.train()),
                problem.validation().length,
                shares(problem, problem.validation()),
                problem.test().length,
                shares(problem, problem.test()))
            + (Double.isNaN(problem.flatBps())
                ? ""
                : String.format(Locale.ROOT, " Flat up to %.4f bps.", problem.flatBps())));
    lines.add("");
    lines.addAll(aligned(data.symbols().size() > 1 ? rows : without(rows, "by symbol")));
    lines.add("");
    for (String note : data.notes()) {
      lines.add(note);
      lines.add("");
    }
    references.stream()
        .filter(r -> r.isOf(protocol, problem.horizon()) && r.model().equals(Reference.MARK))
        .findFirst()
        .ifPresent(mark -> lines.addAll(marks(mark, outcomes)));
    return lines;
  }

  private static List<List<String>> without(List<List<String>> rows, String head) {
    int left = rows.get(0).indexOf(head);
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size()).filter(j -> j != left).mapToObj(row::get).toList())
        .toList();
  }

  private static double bestF1(Outcome o) {
    return Outcome.mean(o.tuned().isEmpty() ? o.plain() : o.tuned(), ConfusionMatrix::macroF1);
  }

  private static List<String> marks(Reference mark, List<Outcome> outcomes) {
    Optional<Outcome> best =
        outcomes.stream()
            .filter(o -> !o.tuned().isEmpty())
            .max(
                Comparator.comparingDouble(
                    o -> Outcome.mean(o.validationTuned(), ConfusionMatrix::macroF1)));
    if (best.isEmpty()) {
      return List.of();
    }
    double f1 = Outcome.mean(best.get().tuned(), ConfusionMatrix::macroF1);
    double mcc = Outcome.mean(best.get().tuned(), ConfusionMatrix::mcc);
    return List.of(
        String.format(
            Locale.ROOT,
            "Mark: macro-F1 %.3f, MCC %.3f. The model with the best tuned macro-F1 on the validation"
                + " rows is %s: %.4f (%+.4f), %.4f (%+.4f).",
            mark.tunedF1(),
            mark.tunedMcc(),
            best.get().model(),
            f1,
            f1 - mark.tunedF1(),
            mcc,
            mcc - mark.tunedMcc()),
        "");
  }

  private static List<String> row(Outcome o, Optional<Reference> twin) {
    List<String> cells = new ArrayList<>();
    cells.add(o.model());
    cells.add(String.valueOf(o.plain().size()));
    cells.add(meanAndSd(o.plain()));
    cells.add(figure(Outcome.mean(o.plain(), ConfusionMatrix::accuracy)));
    cells.add(figure(Outcome.mean(o.plain(), ConfusionMatrix::mcc)));
    cells.add(
        figures(
            o.meanOverSymbols(ConfusionMatrix::macroF1),
            o.meanOverSymbols(ConfusionMatrix::accuracy),
            o.meanOverSymbols(ConfusionMatrix::mcc)));
    cells.add(meanAndSd(o.tuned()));
    cells.add(figure(Outcome.mean(o.tuned(), ConfusionMatrix::accuracy)));
    cells.add(figure(Outcome.mean(o.tuned(), ConfusionMatrix::mcc)));
    cells.add(String.format(Locale.ROOT, "[%.3f, %.3f]", o.interval().low(), o.interval().high()));
    cells.add(figure(Outcome.mean(o.validation(), ConfusionMatrix::macroF1)));
    cells.add(figure(Outcome.mean(o.validationTuned(), ConfusionMatrix::macroF1)));
    cells.add(twin.map(Reference::model).orElse(""));
    cells.addAll(theirs(twin));
    cells.add(o.note());
    return cells;
  }

  /** A public model that we have no twin of, or did not run. */
  private static List<String> row(Reference alone) {
    List<String> cells = new ArrayList<>(List.of("", "", "", "", "", "", "", "", "", "", "", ""));
    cells.add(alone.model());
    cells.addAll(theirs(Optional.of(alone)));
    cells.add("");
    return cells;
  }

  private static List<String> theirs(Optional<Reference> r) {
    return List.of(
        r.map(t -> figures(t.macroF1(), t.accuracy(), t.mcc())).orElse(""),
        r.filter(t -> !Double.isNaN(t.tunedF1()))
            .map(t -> figures(t.tunedF1(), t.tunedAccuracy(), t.tunedMcc()))
            .orElse(""));
  }

  private static String meanAndSd(List<Scores> seeds) {
    double sd = Outcome.sd(seeds, ConfusionMatrix::macroF1);
    return figure(Outcome.mean(seeds, ConfusionMatrix::macroF1))
        + (Double.isNaN(sd) ? "" : String.format(Locale.ROOT, " (%.4f)", sd));
  }

  private static String figures(double f1, double accuracy, double mcc) {
    return figure(f1) + " / " + figure(accuracy) + " / " + figure(mcc);
  }

  static String range(Interval interval) {
    return String.format(Locale.ROOT, "[%.3f, %.3f]", interval.low(), interval.high());
  }

  static String figure(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  static String shares(Problem problem, int[] rows) {
    long[] counts = new long[MoveClass.COUNT];
    for (int row : rows) {
      counts[problem.labels()[row]]++;
    }
    double n = rows.length;
    return String.format(
        Locale.ROOT, "%.3f / %.3f / %.3f", counts[0] / n, counts[1] / n, counts[2] / n);
  }

  static List<String> aligned(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int j = 0; j < columns; j++) {
        widths[j] = Math.max(widths[j], row.get(j).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("|");
      for (int j = 0; j < columns; j++) {
        line.append(' ').append(row.get(j)).append(" ".repeat(widths[j] - row.get(j).length()));
        line.append(" |");
      }
      lines.add(line.toString());
    }
    StringBuilder rule = new StringBuilder("|");
    for (int width : widths) {
      rule.append("-".repeat(width + 2)).append('|');
    }
    lines.add(1, rule.toString());
    return lines;
  }
}
