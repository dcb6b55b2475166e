package io.depthcast.jobs.benchmark;

import io.depthcast.scores.ConfusionMatrix;
import io.depthcast.scores.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How one model did on one horizon.
 *
 * @param model its name
 * @param plain by seed: the most probable class, on the test rows
 * @param tuned by seed: the class by the rule that was tuned on the validation rows; empty for a
 *     model without probabilities
 * @param validation by seed: as plain, on the validation rows
 * @param validationTuned by seed: as tuned, on the validation rows
 * @param interval of the first seed's macro-F1, tuned where it can be
 * @param notes by seed
 */
record Outcome(
    String model,
    List<Scores> plain,
    List<Scores> tuned,
    List<Scores> validation,
    List<Scores> validationTuned,
    Interval interval,
    List<String> notes) {

  static Outcome of(
      Contestant model, BenchmarkRows data, Problem problem, List<Forecast> forecasts) {
    byte[] truth = problem.labels(problem.validation());
    List<Scores> plain = new ArrayList<>();
    List<Scores> tuned = new ArrayList<>();
    List<Scores> validation = new ArrayList<>();
    List<Scores> validationTuned = new ArrayList<>();
    Interval interval = null;
    for (Forecast forecast : forecasts) {
      byte[] classes = Decision.PLAIN.classes(forecast.test());
      plain.add(Scores.of(data, problem, problem.test(), classes));
      validation.add(
          Scores.of(
              data, problem, problem.validation(), Decision.PLAIN.classes(forecast.validation())));
      if (model.isProbabilistic()) {
        Decision decision = Decision.tuned(truth, forecast.validation());
        classes = decision.classes(forecast.test());
        tuned.add(Scores.of(data, problem, problem.test(), classes));
        validationTuned.add(
            Scores.of(
                data, problem, problem.validation(), decision.classes(forecast.validation())));
      }
      if (interval == null) {
        interval = Scores.macroF1Interval(problem, classes);
      }
    }
    return new Outcome(
        model.name(),
        plain,
        tuned,
        validation,
        validationTuned,
        interval,
        forecasts.stream().map(Forecast::note).toList());
  }

  /** Mean over seeds of a score of the pooled rows; NaN for no seeds. */
  static double mean(List<Scores> seeds, ToDoubleFunction<ConfusionMatrix> score) {
    return seeds.stream()
        .mapToDouble(s -> score.applyAsDouble(s.pooled()))
        .average()
        .orElse(Double.NaN);
  }

  /** Standard deviation over seeds, with divisor seeds - 1; NaN for less than two. */
  static double sd(List<Scores> seeds, ToDoubleFunction<ConfusionMatrix> score) {
    double mean = mean(seeds, score);
    double squares =
        seeds.stream().mapToDouble(s -> Math.pow(score.applyAsDouble(s.pooled()) - mean, 2)).sum();
    return seeds.size() < 2 ? Double.NaN : Math.sqrt(squares / (seeds.size() - 1));
  }

  /** Mean over seeds and symbols of a plain score. */
  double meanOverSymbols(ToDoubleFunction<ConfusionMatrix> score) {
    return plain.stream().mapToDouble(s -> s.meanOverSymbols(score)).average().orElse(Double.NaN);
  }

  /** Mean over seeds of a tuned score of one symbol's rows; NaN for no seeds. */
  double tunedOf(int symbol, ToDoubleFunction<ConfusionMatrix> score) {
    return tuned.stream()
        .mapToDouble(s -> score.applyAsDouble(s.bySymbol().get(symbol)))
        .average()
        .orElse(Double.NaN);
  }

  String note() {
    return notes.stream().distinct().collect(Collectors.joining(" / "));
  }
}
