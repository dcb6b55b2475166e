package io.depthcast.jobs.report;

import io.depthcast.jobs.report.ReportData.ClassCounts;
import io.depthcast.jobs.report.ReportData.Confusion;
import io.depthcast.jobs.report.ReportData.Estimate;
import io.depthcast.jobs.report.ReportData.Forecasts;
import io.depthcast.jobs.report.ReportData.Metric;
import io.depthcast.jobs.report.ReportData.Verdict;
import io.depthcast.scores.ForecastScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Forecast quality of a plan, from {@code gold.metrics}. */
final class ForecastTables {

  private static final List<String> CLASSES = List.of("down", "flat", "up");
  private static final List<String> SCORES =
      Arrays.stream(ForecastScore.values()).map(ForecastScore::metric).toList();
  private static final String OVER_SINGLE = "_minus_best_single";
  private static final String MACRO_F1 = ForecastScore.MACRO_F1.metric();
  private static final Estimate UNKNOWN = new Estimate(Double.NaN, Double.NaN, Double.NaN, 0);

  private final String planId;
  private final List<MetricRow> rows;

  /** Pooled estimates by label, model and metric. */
  private final Map<String, Map<String, Map<String, Estimate>>> pooled =
      new TreeMap<>(Labels.ORDER);

  private ForecastTables(String planId, List<MetricRow> rows) {
    this.planId = planId;
    this.rows = rows;
    for (MetricRow row : rows) {
      if (row.pooled() && isForecast(row.metric())) {
        pooled
            .computeIfAbsent(row.label(), key -> new TreeMap<>())
            .computeIfAbsent(row.subject(), key -> new TreeMap<>())
            .put(row.metric(), row.estimate());
      }
    }
  }

  /**
   * @return empty where no forecast of the plan has been scored
   */
  static Optional<Forecasts> of(String planId, List<MetricRow> rows) {
    ForecastTables tables = new ForecastTables(planId, rows);
    return tables.pooled.isEmpty() ? Optional.empty() : Optional.of(tables.forecasts());
  }

  private static boolean isForecast(String metric) {
    return SCORES.contains(metric)
        || metric.startsWith("confusion_")
        || metric.startsWith(MACRO_F1 + "_minus_");
  }

  private Forecasts forecasts() {
    List<Metric> metrics =
        rows.stream()
            .filter(row -> SCORES.contains(row.metric()) || row.metric().endsWith(OVER_SINGLE))
            .map(ForecastTables::metric)
            .sorted(
                Comparator.comparing(Metric::label, Labels.ORDER)
                    .thenComparing(Metric::model)
                    .thenComparing(Metric::fold)
                    .thenComparing(Metric::symbol)
                    .thenComparing(Metric::metric))
            .toList();
    List<ClassCounts> classes = new ArrayList<>();
    List<Confusion> confusions = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    pooled.forEach(
        (label, models) -> {
          List<Confusion> ofLabel = new ArrayList<>();
          models.forEach((model, values) -> confusion(model, label, values, ofLabel));
          confusions.addAll(ofLabel);
          ofLabel.stream()
              .map(ForecastTables::classes)
              .max(Comparator.comparingLong(ClassCounts::rows))
              .ifPresent(classes::add);
          verdict(label, models).ifPresent(verdicts::add);
        });
    return new Forecasts(planId, classes, metrics, confusions, verdicts);
  }

  private static Metric metric(MetricRow row) {
    return new Metric(
        row.subject(),
        row.label(),
        row.fold() == -1 ? ReportData.ALL : Integer.toString(row.fold()),
        row.symbol().equals("*") ? ReportData.ALL : row.symbol(),
        row.metric(),
        row.estimate());
  }

  private static void confusion(
      String model, String label, Map<String, Estimate> values, List<Confusion> confusions) {
    List<List<Long>> counts = new ArrayList<>();
    for (String truth : CLASSES) {
      List<Long> line = new ArrayList<>();
      for (String forecast : CLASSES) {
        Estimate count = values.get("confusion_" + truth + "_" + forecast);
        if (count == null) {
          return;
        }
        line.add(Math.round(count.value()));
      }
      counts.add(line);
    }
    confusions.add(new Confusion(model, label, counts));
  }

  /** Rows by true class; the same for every model, fewer for an ensemble of later folds. */
  private static ClassCounts classes(Confusion confusion) {
    List<Long> byTruth =
        confusion.counts().stream()
            .map(line -> line.stream().mapToLong(Long::longValue).sum())
            .toList();
    return new ClassCounts(confusion.label(), byTruth.get(0), byTruth.get(1), byTruth.get(2));
  }

  /**
   * The trained model with the highest macro-F1, of equals the first by name, among those that
   * forecast all rows: an ensemble of later folds has a score of fewer.
   */
  private static Optional<Verdict> verdict(
      String label, Map<String, Map<String, Estimate>> models) {
    long all =
        models.keySet().stream()
            .mapToLong(model -> estimate(models, model, MACRO_F1).n())
            .max()
            .orElse(0);
    return models.keySet().stream()
        .filter(model -> !Models.isBaseline(model))
        .filter(model -> estimate(models, model, MACRO_F1).n() == all)
        .filter(model -> !Double.isNaN(estimate(models, model, MACRO_F1).value()))
        .min(
            Comparator.comparingDouble(
                (String model) -> -estimate(models, model, MACRO_F1).value()))
        .map(
            best ->
                new Verdict(
                    label,
                    best,
                    estimate(models, best, MACRO_F1),
                    estimate(models, best, MACRO_F1 + "_minus_persistence"),
                    estimate(models, best, MACRO_F1 + "_minus_majority")));
  }

  private static Estimate estimate(
      Map<String, Map<String, Estimate>> models, String model, String metric) {
    return models.get(model).getOrDefault(metric, UNKNOWN);
  }
}
