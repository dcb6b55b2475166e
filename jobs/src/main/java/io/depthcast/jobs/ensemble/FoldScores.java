package io.depthcast.jobs.ensemble;

import static org.apache.spark.sql.functions.col;

import io.depthcast.models.MoveClass;
import io.depthcast.scores.ConfusionMatrix;
import io.depthcast.scores.LogLoss;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How each model did on each fold, for what a later fold may know of it. Added up in the order of
 * time, so that the last bits do not depend on the cluster.
 */
final class FoldScores {

  private final int models;
  private final TreeMap<Integer, Score[]> byFold = new TreeMap<>();

  private FoldScores(int models) {
    this.models = models;
  }

  private static final class Score {
    private final ConfusionMatrix matrix = new ConfusionMatrix();
    private double losses;
    private long rows;
  }

  /**
   * Scores forecasts of one label.
   *
   * @param forecasts rows of {@link PlanForecasts#of}
   */
  static FoldScores of(Dataset<Row> forecasts, int models) {
    FoldScores scores = new FoldScores(models);
    Iterator<Row> rows =
        forecasts
            .where(col("truth").isNotNull())
            .orderBy("ts_event", "venue", "symbol", "trade_date", "seq")
            .select("fold_id", "truth", "forecasts")
            .toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      scores.add(row.getInt(0), row.getInt(1), row.getList(2));
    }
    return scores;
  }

  private void add(int fold, int truth, List<Double> forecasts) {
    Score[] ofFold =
        byFold.computeIfAbsent(
            fold,
            key -> {
              Score[] scores = new Score[models];
              for (int m = 0; m < models; m++) {
                scores[m] = new Score();
              }
              return scores;
            });
    double[][] p = new double[MoveClass.COUNT][1];
    for (int m = 0; m < models; m++) {
      for (int c = 0; c < MoveClass.COUNT; c++) {
        p[c][0] = forecasts.get(m * MoveClass.COUNT + c);
      }
      ofFold[m].matrix.add(truth, ConfusionMatrix.predicted(p, 0));
      ofFold[m].losses += LogLoss.of(p[truth][0]);
      ofFold[m].rows++;
    }
  }

  /** Mean log loss by model on the folds before one; NaN where nothing is known of them. */
  double[] logLossBefore(int fold) {
    double[] losses = new double[models];
    for (int m = 0; m < models; m++) {
      double sum = 0;
      long rows = 0;
      for (Score[] scores : byFold.headMap(fold).values()) {
        sum += scores[m].losses;
        rows += scores[m].rows;
      }
      losses[m] = sum / rows;
    }
    return losses;
  }

  /** Macro-F1 by model on the folds before one; NaN where nothing is known of them. */
  double[] macroF1Before(int fold) {
    double[] values = new double[models];
    for (int m = 0; m < models; m++) {
      ConfusionMatrix sum = new ConfusionMatrix();
      for (Score[] scores : byFold.headMap(fold).values()) {
        sum.add(scores[m].matrix);
      }
      values[m] = sum.macroF1();
    }
    return values;
  }
}
