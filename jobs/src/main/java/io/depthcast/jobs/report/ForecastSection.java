package io.depthcast.jobs.report;

import static io.depthcast.jobs.page.HtmlTable.Column.number;
import static io.depthcast.jobs.page.HtmlTable.Column.text;
import static io.depthcast.jobs.page.HtmlTable.escape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.depthcast.jobs.page.HtmlTable;
import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.page.PlotlyFigure;
import io.depthcast.jobs.report.ReportData.ClassCounts;
import io.depthcast.jobs.report.ReportData.Confusion;
import io.depthcast.jobs.report.ReportData.Estimate;
import io.depthcast.jobs.report.ReportData.Forecasts;
import io.depthcast.jobs.report.ReportData.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.Trace;

/** Forecasts beside the baselines, and the confusion matrices. */
final class ForecastSection {
  private static final List<String> METRICS =
      List.of(
          "macro_f1",
          "weighted_f1",
          "accuracy",
          "mcc",
          "roc_auc",
          "pr_auc",
          "precision_at_5pct",
          "log_loss",
          "brier",
          "calibration_error",
          "macro_f1_minus_best_single",
          "log_loss_minus_best_single");
  private static final Map<String, String> METRIC_WORDS =
      Map.ofEntries(
          Map.entry("macro_f1", "Macro-F1"),
          Map.entry("weighted_f1", "Weighted F1"),
          Map.entry("accuracy", "Accuracy"),
          Map.entry("mcc", "MCC"),
          Map.entry("roc_auc", "ROC-AUC"),
          Map.entry("pr_auc", "PR-AUC"),
          Map.entry("precision_at_5pct", "Precision of the surest 5 %"),
          Map.entry("log_loss", "Log loss (nats)"),
          Map.entry("brier", "Brier"),
          Map.entry("calibration_error", "Calibration error"),
          Map.entry("macro_f1_minus_best_single", "Macro-F1 less the best single model's"),
          Map.entry("log_loss_minus_best_single", "Log loss less the best single model's"));

  /** One row of a table of metrics; sorted by fold, symbol, label and model. */
  private record Subject(String fold, String symbol, String label, String model)
      implements Comparable<Subject> {
    private static final Comparator<Subject> ORDER =
        Comparator.comparing(Subject::fold)
            .thenComparing(Subject::symbol)
            .thenComparing(Subject::label, Labels.ORDER)
            .thenComparing(Subject::model, Models.ORDER);

    static Subject of(Metric metric) {
      return new Subject(metric.fold(), metric.symbol(), metric.label(), metric.model());
    }

    boolean pooled() {
      return fold.equals(ReportData.ALL) && symbol.equals(ReportData.ALL);
    }

    @Override
    public int compareTo(Subject other) {
      return ORDER.compare(this, other);
    }
  }

  private ForecastSection() {}

  static String html(Forecasts forecasts) {
    List<Metric> pooled =
        forecasts.metrics().stream().filter(metric -> Subject.of(metric).pooled()).toList();
    List<Metric> parts =
        forecasts.metrics().stream().filter(metric -> !Subject.of(metric).pooled()).toList();
    StringBuilder html =
        new StringBuilder("<p class=\"meta\">Walk-forward plan <code>")
            .append(escape(forecasts.planId()))
            .append("</code>; all forecasts are out of fold.</p>\n");
    html.append(classShares(forecasts.classes()));
    html.append(macroF1(pooled));
    html.append(
        metricTable(
            "Out-of-fold metrics over all folds and symbols, with 95% intervals below. Baselines first. From gold.metrics.",
            pooled, true));
    if (!parts.isEmpty()) {
      html.append("<details><summary>The same metrics by fold and symbol</summary>\n")
          .append(
              metricTable(
                  "Out-of-fold metrics by fold and symbol. From gold.metrics.", parts, false))
          .append("</details>\n");
    }
    html.append("<h3 id=\"confusion\">Confusion matrices</h3>\n");
    if (forecasts.confusions().isEmpty()) {
      html.append(ReportPage.missing("No out-of-fold predictions: run the train job again."));
    }
    confusionsByLabel(forecasts)
        .forEach(
            (label, confusions) -> {
              html.append("<div class=\"small-multiples\">\n");
              confusions.forEach(
                  confusion ->
                      html.append(
                          HeatMaps.confusion(
                              confusion,
                              "confusion_" + forecasts.confusions().indexOf(confusion))));
              html.append("</div>\n");
            });
    return html.toString();
  }

  private static Map<String, List<Confusion>> confusionsByLabel(Forecasts forecasts) {
    return forecasts.confusions().stream()
        .sorted(Comparator.comparing(Confusion::model, Models.ORDER))
        .collect(
            Collectors.groupingBy(
                Confusion::label, () -> new TreeMap<>(Labels.ORDER), Collectors.toList()));
  }

  private static String classShares(List<ClassCounts> classes) {
    HtmlTable table =
        new HtmlTable(
            "Test rows by true class. From gold.metrics.",
            List.of(text("Label"), number("Rows"), number("Down"), number("Flat"), number("Up")));
    classes.stream()
        .sorted(Comparator.comparing(ClassCounts::label, Labels.ORDER))
        .forEach(
            counts -> {
              double rows = counts.rows();
              table.row(
                  List.of(
                      Labels.words(counts.label()),
                      Numbers.count((long) rows),
                      Numbers.percent(counts.down() / rows, 2),
                      Numbers.percent(counts.flat() / rows, 2),
                      Numbers.percent(counts.up() / rows, 2)));
            });
    return classes.isEmpty() ? "" : table.html();
  }

  /** Macro-F1 of one model and label over all folds and symbols, if it is there. */
  static Optional<Estimate> pooledMacroF1(List<Metric> metrics, String model, String label) {
    Subject subject = new Subject(ReportData.ALL, ReportData.ALL, label, model);
    return metrics.stream()
        .filter(metric -> metric.metric().equals("macro_f1") && Subject.of(metric).equals(subject))
        .map(Metric::estimate)
        .findFirst();
  }

  static List<String> models(List<Metric> metrics) {
    return metrics.stream().map(Metric::model).distinct().sorted(Models.ORDER).toList();
  }

  static List<String> labels(List<Metric> metrics) {
    return metrics.stream().map(Metric::label).distinct().sorted(Labels.ORDER).toList();
  }

  private static String macroF1(List<Metric> pooled) {
    if (pooled.stream().noneMatch(metric -> metric.metric().equals("macro_f1"))) {
      return ReportPage.missing(
          "No macro-F1 over all folds and symbols in gold.metrics: run the train job again.");
    }
    List<String> models = models(pooled);
    List<String> labels = labels(pooled);
    Object[] x = labels.stream().map(Labels::words).map(PlotlyFigure::category).toArray();
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    extra.withObject("/layout/yaxis").put("rangemode", "tozero");
    ArrayNode extraTraces = extra.putArray("traces");
    List<Trace> traces = new ArrayList<>();
    for (String model : models) {
      double[] y = new double[labels.size()];
      ObjectNode errors = extraTraces.addObject().putObject("error_y");
      errors.put("type", "data").put("symmetric", false).put("color", "#1b2430");
      errors.put("thickness", 1.2).put("width", 4);
      ArrayNode up = errors.putArray("array");
      ArrayNode down = errors.putArray("arrayminus");
      for (int i = 0; i < y.length; i++) {
        Optional<Estimate> estimate = pooledMacroF1(pooled, model, labels.get(i));
        y[i] = estimate.map(Estimate::value).orElse(Double.NaN);
        if (estimate.filter(Estimate::hasInterval).isPresent() && !Double.isNaN(y[i])) {
          up.add(estimate.get().ciHigh() - y[i]);
          down.add(y[i] - estimate.get().ciLow());
        } else {
          up.addNull();
          down.addNull();
        }
      }
      traces.add(
          BarTrace.builder(x, y)
              .name(PlotlyFigure.name(model))
              .marker(Marker.builder().color(Models.color(model, models)).build())
              .showLegend(true)
              .build());
    }
    Layout layout =
        Layout.builder()
            .title("Macro-F1 of forecasts beside baselines")
            .height(440)
            .barMode(Layout.BarMode.GROUP)
            .showLegend(true)
            .xAxis(Axis.builder().title("label").build())
            .yAxis(Axis.builder().title("macro-F1 (0 to 1)").build())
            .build();
    return new PlotlyFigure(
            "macro_f1",
            new Figure(layout, traces.toArray(Trace[]::new)),
            extra,
            "Macro-F1, the mean of the F1 of the classes down, flat and up, of out-of-fold"
                + " forecasts over all folds and symbols; higher is better. Grey bars are"
                + " baselines, whiskers are 95% intervals. From gold.metrics.")
        .html();
  }

  private static String metricTable(String caption, List<Metric> metrics, boolean pooled) {
    TreeMap<Subject, Map<String, Estimate>> subjects = new TreeMap<>();
    for (Metric metric : metrics) {
      subjects
          .computeIfAbsent(Subject.of(metric), subject -> new TreeMap<>())
          .put(metric.metric(), metric.estimate());
    }
    List<String> names =
        metrics.stream()
            .map(Metric::metric)
            .distinct()
            .sorted(
                Comparator.<String>comparingInt(
                        name -> METRICS.contains(name) ? METRICS.indexOf(name) : METRICS.size())
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    List<HtmlTable.Column> columns = new ArrayList<>();
    if (!pooled) {
      columns.addAll(List.of(text("Fold"), text("Symbol")));
    }
    columns.addAll(List.of(text("Label"), text("Model")));
    names.forEach(name -> columns.add(number(METRIC_WORDS.getOrDefault(name, name))));
    columns.add(number("Rows"));
    HtmlTable table = new HtmlTable(caption, columns);
    subjects.forEach(
        (subject, estimates) -> {
          List<String> cells = new ArrayList<>();
          if (!pooled) {
            cells.addAll(List.of(escape(subject.fold), escape(subject.symbol)));
          }
          cells.addAll(List.of(escape(Labels.words(subject.label)), escape(subject.model)));
          names.forEach(name -> cells.add(cell(estimates.get(name))));
          long rows = estimates.values().stream().mapToLong(Estimate::n).max().orElse(0);
          cells.add(Numbers.count(rows));
          table.htmlRow(cells);
        });
    return table.html();
  }

  private static String cell(Estimate estimate) {
    if (estimate == null) {
      return Numbers.MISSING;
    }
    String value = Numbers.fixed(estimate.value(), 4);
    return estimate.hasInterval()
        ? "%s<small>%s to %s</small>"
            .formatted(
                value, Numbers.fixed(estimate.ciLow(), 4), Numbers.fixed(estimate.ciHigh(), 4))
        : value;
  }
}
