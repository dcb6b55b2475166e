package io.depthcast.trees;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.MoveClass;
import io.depthcast.training.Range;
import io.depthcast.training.Trainer;
import io.depthcast.training.TrainingRows;
import java.util.Collections;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Gradient-boosted trees, three a round, one for each class, on the softmax loss ({@code
 * multi:softprob}) with histogram splits. Source: T. Chen and C. Guestrin, XGBoost: A Scalable Tree
 * Boosting System, KDD 2016.
 *
 * <p>A missing value goes down a tree as the training rows say is best at each split.
 *
 * <p>The fit runs in one task with one thread, through the trainer inside XGBoost4J-Spark. Its
 * estimator, with one worker, fits the same trees (a test holds it), but starts a tracker and a
 * barrier stage, which refuses {@code coalesce(1)} and dynamic allocation, and prints a line a
 * round.
 *
 * <p>With validation rows and {@code earlyStoppingRounds} above 0 the fit stops once the validation
 * log loss, weighted as the training rows are, has not fallen for that many rounds, and the model
 * forecasts with the rounds up to the best one.
 *
 * @param rounds most boosting rounds, 1 to 10000
 * @param maxDepth of a tree, 1 to 16
 * @param eta learning rate, above 0 and at most 1
 * @param subsample share of the rows that a round sees, above 0 and at most 1
 * @param columnSample share of the columns that a tree sees, above 0 and at most 1
 * @param minChildWeight least sum of hessians in a leaf, 0 to 1000000
 * @param lambda L2 penalty on leaf values, 0 to 1000000
 * @param earlyStoppingRounds rounds without a better validation loss after which to stop, 0 (never)
 *     to 10000
 * @param balanced whether rows are weighted so that the classes have the same say
 */
public record Xgboost(
    int rounds,
    int maxDepth,
    double eta,
    double subsample,
    double columnSample,
    double minChildWeight,
    double lambda,
    int earlyStoppingRounds,
    boolean balanced)
    implements Trainer {

  public Xgboost {
    Range.check("rounds", rounds, 1, 10000);
    Range.check("maxDepth", maxDepth, 1, 16);
    Range.checkShare("eta", eta);
    Range.checkShare("subsample", subsample);
    Range.checkShare("columnSample", columnSample);
    Range.check("minChildWeight", minChildWeight, 0, 1e6);
    Range.check("lambda", lambda, 0, 1e6);
    Range.check("earlyStoppingRounds", earlyStoppingRounds, 0, 10000);
  }

  @Override
  public String name() {
    return XgboostModel.ALGORITHM;
  }

  @Override
  public ForecastModel fit(Dataset<Row> train, Dataset<Row> validation, long seed) {
    TrainingRows rows = TrainingRows.of(train);
    BoosterFit fit = new BoosterFit(parameters(seed), rounds, earlyStoppingRounds);
    JavaRDD<Row> points = points(rows, train);
    if (earlyStoppingRounds == 0 || validation.isEmpty()) {
      return XgboostModel.restore(
          points.mapPartitions(p -> fit.call(p, Collections.emptyIterator())).first());
    }
    TrainingRows.checkPartition(validation, "validation");
    return XgboostModel.restore(points.zipPartitions(points(rows, validation), fit).first());
  }

  Map<String, Object> parameters(long seed) {
    return Map.ofEntries(
        Map.entry("objective", "multi:softprob"),
        Map.entry("num_class", MoveClass.COUNT),
        Map.entry("tree_method", "hist"),
        Map.entry("eval_metric", "mlogloss"),
        Map.entry("nthread", 1),
        Map.entry("seed", seed),
        Map.entry("max_depth", maxDepth),
        Map.entry("eta", eta),
        Map.entry("subsample", subsample),
        Map.entry("colsample_bytree", columnSample),
        Map.entry("min_child_weight", minChildWeight),
        Map.entry("lambda", lambda),
        Map.entry("verbosity", 0),
        Map.entry("silent", 1));
  }

  private JavaRDD<Row> points(TrainingRows training, Dataset<Row> rows) {
    return training
        .weighted(rows, balanced)
        .select(TrainingRows.FEATURES, TrainingRows.LABEL, TrainingRows.WEIGHT)
        .toJavaRDD();
  }
}
