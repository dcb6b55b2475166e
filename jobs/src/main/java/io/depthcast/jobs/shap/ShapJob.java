package io.depthcast.jobs.shap;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.depthcast.calibration.Calibrated;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Tables;
import io.depthcast.jobs.train.Plan;
import io.depthcast.training.Trainer;
import io.depthcast.trees.Xgboost;
import io.depthcast.walkforward.Fold;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Says what each input adds to the forecasts of a plan's XGBoost models. */
public final class ShapJob {

  public static final Job<ShapConfig> JOB =
      new Job<>(
          "shap",
          "Say what each input adds to the forecasts of a plan's XGBoost models (SHAP values).",
          "gold.models, gold.features_<set>, gold.labels, ops.runs, ops.trials",
          "gold.shap",
          Job.Input.TABLES,
          ShapConfig.class,
          ShapJob::run);

  /** Inputs that are printed of each label. */
  private static final int PRINTED = 10;

  private ShapJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, ShapConfig config, Provenance provenance) {
    try (Plan plan = Plan.of(lake, config.planId())) {
      checkModel(plan, config.model());
      JavaRDD<Row> all =
          plan.config().labels().stream()
              .flatMap(
                  label -> plan.folds().stream().map(fold -> explained(plan, fold, label, config)))
              .reduce(JavaRDD::union)
              .orElseThrow();
      Dataset<Row> rows =
          lake.spark()
              .createDataFrame(all, Tables.SHAP.schema())
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        lake.replaceWhere(
            Tables.SHAP,
            "plan_id = '" + plan.id() + "' AND model_id = '" + config.model() + "'",
            rows);
        for (String label : plan.config().labels()) {
          print(rows, label);
        }
        long explained =
            rows.where(
                    col("feature").equalTo(Explanation.BIAS).and(col("move_class").equalTo("up")))
                .count();
        return String.format(
            Locale.ROOT,
            "plan %s, %s: %d rows of %d folds and labels %s",
            plan.id(),
            config.model(),
            explained,
            plan.folds().size(),
            plan.config().labels());
      } finally {
        rows.unpersist();
      }
    }
  }

  private static void checkModel(Plan plan, String model) {
    List<String> trees =
        plan.config().models().stream().filter(ShapJob::isTrees).map(Trainer::name).toList();
    if (!trees.contains(model)) {
      throw new ConfigException(
          "model: no XGBoost model " + model + " in plan " + plan.id() + "; there are " + trees);
    }
  }

  private static boolean isTrees(Trainer model) {
    Trainer inner = model instanceof Calibrated calibrated ? calibrated.model() : model;
    return inner instanceof Xgboost;
  }

  private static JavaRDD<Row> explained(Plan plan, Fold fold, String label, ShapConfig config) {
    Row card =
        plan.cards(fold, label).stream()
            .filter(c -> c.getAs("model_id").equals(config.model()))
            .findFirst()
            .orElseThrow();
    Explanation explanation =
        new Explanation(
            plan.id(),
            label,
            fold.id(),
            config.model(),
            plan.artifact(card),
            List.of(card.<String>getAs("inputs").split(",", -1)));
    return sample(plan.testRows(fold, label), config).toJavaRDD().mapPartitions(explanation);
  }

  /** Some rows, in one partition in the order of events. */
  private static Dataset<Row> sample(Dataset<Row> rows, ShapConfig config) {
    return rows.withColumn(
            "draw",
            xxhash64(
                lit(config.seed()), col("venue"), col("symbol"), col("trade_date"), col("seq")))
        .orderBy("draw", "venue", "symbol", "trade_date", "seq")
        .limit(config.rows())
        .drop("draw")
        .repartition(1)
        .sortWithinPartitions("venue", "symbol", "trade_date", "seq");
  }

  /** The inputs that move the margins most. */
  private static void print(Dataset<Row> rows, String label) {
    String most =
        rows
            .where(col("label_id").equalTo(label).and(col("feature").notEqual(Explanation.BIAS)))
            .groupBy("feature")
            .agg(avg(abs(col("contribution"))).as("importance"))
            .orderBy(col("importance").desc(), col("feature"))
            .limit(PRINTED)
            .collectAsList()
            .stream()
            .map(r -> String.format(Locale.ROOT, "%s %.4f", r.getString(0), r.getDouble(1)))
            .collect(Collectors.joining(", "));
    Console.print(label + ": " + most);
  }
}
