package io.depthcast.jobs.audit;

import static org.apache.spark.sql.functions.col;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Tables;
import io.depthcast.jobs.train.Plan;
import io.depthcast.quality.DataContractException;
import io.depthcast.training.Trainer;
import io.depthcast.walkforward.Fold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * Looks for leaks of the future in a train run, and fails where it finds one. What it found is in
 * the table also where it fails.
 */
public final class AuditJob {

  public static final Job<AuditConfig> JOB =
      new Job<>(
          "audit",
          "Look for leaks of the future in a train run; fails where there is one.",
          "gold.models, gold.metrics, gold.features_<set>, gold.labels, ops.runs, ops.trials",
          "gold.audit",
          Job.Input.TABLES,
          AuditConfig.class,
          AuditJob::run);

  private AuditJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, AuditConfig config, Provenance provenance) {
    try (Plan plan = Plan.of(lake, config.planId())) {
      checkRefit(plan, config);
      List<Finding> findings = new ArrayList<>(tooGood(lake, plan, config));
      int done = 0;
      int total = plan.folds().size() * plan.config().labels().size();
      for (String label : plan.config().labels()) {
        for (Fold fold : plan.folds()) {
          findings.addAll(new FoldAudit(plan, fold, label, config, lake.spark()).findings());
          done++;
          Console.progress(
              "audit     fold %d, %s (%d of %d)".formatted(fold.id(), label, done, total));
        }
      }
      lake.replaceWhere(
          Tables.AUDIT,
          "plan_id = '" + plan.id() + "'",
          lake.spark()
              .createDataFrame(
                  findings.stream().map(f -> f.row(plan.id())).toList(), Tables.AUDIT.schema()));
      List<Finding> failed = findings.stream().filter(f -> !f.passed()).toList();
      if (!failed.isEmpty()) {
        throw new DataContractException(failure(plan.id(), failed));
      }
      return String.format(
          Locale.ROOT,
          "plan %s: %d checks of %d folds and labels, no leak found",
          plan.id(),
          findings.size(),
          total);
    }
  }

  private static void checkRefit(Plan plan, AuditConfig config) {
    List<String> models = plan.config().models().stream().map(Trainer::name).toList();
    for (String model : config.refit()) {
      if (!models.contains(model)) {
        throw new ConfigException(
            "refit: no model " + model + " in plan " + plan.id() + "; there are " + models);
      }
    }
  }

  private static String failure(String planId, List<Finding> failed) {
    String first =
        failed.stream()
            .collect(Collectors.groupingBy(Finding::check, Collectors.toList()))
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey().text() + " (" + e.getValue().get(0).detail() + ")")
            .collect(Collectors.joining("; "));
    return "plan " + planId + " leaks: " + first + "; all " + failed.size() + " in gold.audit";
  }

  private static List<Finding> tooGood(Lake lake, Plan plan, AuditConfig config) {
    List<Finding> findings = new ArrayList<>();
    for (Row row :
        lake.read("gold.metrics")
            .where(col("plan_id").equalTo(plan.id()))
            .where("metric = 'mcc' AND fold_id = -1 AND symbol = '*' AND value IS NOT NULL")
            .orderBy("label_id", "subject")
            .collectAsList()) {
      double mcc = row.<Double>getAs("value");
      String model = row.getAs("subject");
      String label = row.getAs("label_id");
      findings.add(
          new Finding(
              Check.TOO_GOOD,
              label,
              -1,
              model,
              mcc,
              config.mostMcc(),
              mcc <= config.mostMcc(),
              String.format(
                  Locale.ROOT, "Matthews correlation of %s on %s %.3f", model, label, mcc)));
    }
    return findings;
  }
}
