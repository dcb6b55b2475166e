package io.depthcast.jobs.ensemble;

import static org.apache.spark.sql.functions.col;

import io.depthcast.models.MoveClass;
import io.depthcast.scores.RunningScore;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How each model did on each fold, for what a later fold may know of it: rows whose label ends
 * before the next fold's test, less the embargo. Added up in the order of time, so that the last
 * bits do not depend on the cluster.
 */
final class FoldScores {

  private final int models;
  private final TreeMap<Integer, RunningScore[]> byFold = new TreeMap<>();

  private FoldScores(int models) {
    this.models = models;
  }

  /** Scores the forecasts of one label. */
  static FoldScores of(PlanForecasts plan, String label, long embargoNanos) {
    FoldScores scores = new FoldScores(plan.models().size());
    List<Integer> folds = plan.folds();
    for (int i = 0; i + 1 < folds.size(); i++) {
      long known = plan.card(folds.get(i + 1), label).<Long>getAs("test_from") - embargoNanos;
      scores.add(
          folds.get(i),
          plan.of(label)
              .where(col("fold_id").equalTo(folds.get(i)))
              .where(col("truth").isNotNull().and(col("ts_end").lt(known))));
    }
    return scores;
  }

  private void add(int fold, Dataset<Row> forecasts) {
    RunningScore[] scores = new RunningScore[models];
    Arrays.setAll(scores, m -> new RunningScore());
    Iterator<Row> rows =
        forecasts
            .orderBy("ts_event", "venue", "symbol", "trade_date", "seq")
            .select("truth", "forecasts")
            .toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      List<Double> p = row.getList(1);
      for (int m = 0; m < models; m++) {
        int first = m * MoveClass.COUNT;
        scores[m].add(
            row.getInt(0),
            p.get(first + MoveClass.DOWN),
            p.get(first + MoveClass.FLAT),
            p.get(first + MoveClass.UP));
      }
    }
    byFold.put(fold, scores);
  }

  /** Mean log loss by model on the folds before one; NaN where nothing is known of them. */
  double[] logLossBefore(int fold) {
    return before(fold, RunningScore::logLoss);
  }

  /** Macro-F1 by model on the folds before one; NaN where nothing is known of them. */
  double[] macroF1Before(int fold) {
    return before(fold, score -> score.matrix().macroF1());
  }

  private double[] before(int fold, ToDoubleFunction<RunningScore> value) {
    double[] values = new double[models];
    for (int m = 0; m < models; m++) {
      RunningScore sum = new RunningScore();
      for (RunningScore[] scores : byFold.headMap(fold).values()) {
        sum.add(scores[m]);
      }
      values[m] = value.applyAsDouble(sum);
    }
    return values;
  }
}
