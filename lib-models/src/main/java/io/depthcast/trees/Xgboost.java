package io.depthcast.trees;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.MoveClass;
import io.depthcast.training.Range;
import io.depthcast.training.Trainer;
import io.depthcast.training.TrainingRows;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel;
import ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Gradient-boosted trees, three a round, one for each class, on the softmax loss ({@code
 * multi:softprob}) with histogram splits. One worker, one thread. Source: T. Chen and C. Guestrin,
 * XGBoost: A Scalable Tree Boosting System, KDD 2016.
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
    return model(classifier(train, validation, seed));
  }

  /** XGBoost4J-Spark's own model; its {@code save} is not used, as its {@code load} is wrong. */
  XGBoostClassificationModel classifier(Dataset<Row> train, Dataset<Row> validation, long seed) {
    TrainingRows rows = TrainingRows.of(train);
    XGBoostClassifier classifier = new XGBoostClassifier();
    classifier.setFeaturesCol(TrainingRows.FEATURES);
    classifier.setLabelCol(TrainingRows.LABEL);
    classifier.setWeightCol(TrainingRows.WEIGHT);
    classifier.setObjective("multi:softprob");
    classifier.setNumClass(MoveClass.COUNT);
    classifier.setTreeMethod("hist");
    classifier.setEvalMetric("mlogloss");
    classifier.setMissing(Float.NaN);
    classifier.setNumWorkers(1);
    classifier.setNthread(1);
    classifier.setVerbosity(0);
    classifier.setSeed(seed);
    classifier.setNumRound(rounds);
    classifier.setMaxDepth(maxDepth);
    classifier.setEta(eta);
    classifier.setSubsample(subsample);
    classifier.setColsampleBytree(columnSample);
    classifier.setMinChildWeight(minChildWeight);
    classifier.setLambda(lambda);
    if (earlyStoppingRounds > 0 && !validation.isEmpty()) {
      TrainingRows.checkPartition(validation, "validation");
      classifier.setEvalDataset(rows.weighted(validation, balanced));
      classifier.setNumEarlyStoppingRounds(earlyStoppingRounds);
    }
    return classifier.fit(rows.weighted(train, balanced));
  }

  static XgboostModel model(XGBoostClassificationModel fitted) {
    Booster booster = fitted.nativeBooster().booster();
    try {
      String best = booster.getAttr("best_iteration");
      int bestRounds = best == null ? booster.getNumBoostedRound() : Integer.parseInt(best) + 1;
      int columns = Math.toIntExact(booster.getNumFeature());
      return XgboostModel.of(columns, bestRounds, booster.toByteArray("ubj"));
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not write the fitted model", e);
    }
  }
}
