package io.depthcast.jobs.ensemble;

import static org.apache.spark.sql.functions.col;

import io.depthcast.ensembles.Gain;
import io.depthcast.models.MoveClass;
import io.depthcast.scores.BlockBootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What each ensemble gains over the best single model, on the rows from the second fold on whose
 * truth is known. The best single model of a fold is the one with the best score on the folds
 * before it, of macro-F1 and of log loss each.
 */
final class Gains {

  private static final int BLOCKS = 30;
  private static final int DRAWS = 1000;
  private static final int ALL_FOLDS = -1;

  private Gains() {}

  /**
   * The gains of one ensemble and label.
   *
   * @param rows how many were compared
   */
  record Line(String label, String ensemble, Gain macroF1, Gain logLoss, long rows) {

    /** In words, with the verdicts. */
    String text() {
      return String.format(
          Locale.ROOT,
          "%s, %s: macro-F1 %+.4f [%+.4f, %+.4f] %s; log loss %+.4f [%+.4f, %+.4f] %s; %,d rows",
          label,
          ensemble,
          macroF1.value(),
          macroF1.interval().low(),
          macroF1.interval().high(),
          macroF1.verdict(true).words(),
          logLoss.value(),
          logLoss.interval().low(),
          logLoss.interval().high(),
          logLoss.verdict(false).words(),
          rows);
    }

    /** Rows of {@code gold.metrics}. */
    List<Row> metrics(String planId) {
      return List.of(
          metric(planId, "macro_f1_minus_best_single", macroF1),
          metric(planId, "log_loss_minus_best_single", logLoss));
    }

    private Row metric(String planId, String metric, Gain gain) {
      return RowFactory.create(
          ensemble,
          planId,
          ALL_FOLDS,
          "*",
          label,
          metric,
          gain.value(),
          gain.interval().low(),
          gain.interval().high(),
          rows);
    }
  }

  /** Forecasts of an ensemble beside those of the best single models. */
  private static final class Paired {
    private int size;
    private byte[] truth = new byte[1024];
    private double[][] own = new double[MoveClass.COUNT][1024];
    private double[][] byF1 = new double[MoveClass.COUNT][1024];
    private double[][] byLoss = new double[MoveClass.COUNT][1024];

    void add(int came, List<Double> forecast, List<Double> forecasts, int f1Best, int lossBest) {
      if (size == truth.length) {
        resize(size + size / 2);
      }
      truth[size] = (byte) came;
      for (int c = 0; c < MoveClass.COUNT; c++) {
        own[c][size] = forecast.get(c);
        byF1[c][size] = forecasts.get(f1Best * MoveClass.COUNT + c);
        byLoss[c][size] = forecasts.get(lossBest * MoveClass.COUNT + c);
      }
      size++;
    }

    private void resize(int length) {
      truth = Arrays.copyOf(truth, length);
      for (double[][] p : List.of(own, byF1, byLoss)) {
        for (int c = 0; c < MoveClass.COUNT; c++) {
          p[c] = Arrays.copyOf(p[c], length);
        }
      }
    }

    Line line(String label, String ensemble, long seed) {
      resize(size);
      BlockBootstrap bootstrap = new BlockBootstrap(DRAWS, seed);
      return new Line(
          label,
          ensemble,
          Gain.macroF1(truth, own, byF1, bootstrap, BLOCKS),
          Gain.logLoss(truth, own, byLoss, bootstrap, BLOCKS),
          size);
    }
  }

  /**
   * The gains of one label; none of an ensemble with fewer than 30 rows.
   *
   * @param combined rows of {@link Combination#SCHEMA} with {@code model_id}
   * @param folds ids of the folds, in the order of time
   */
  static List<Line> of(
      Dataset<Row> combined, String label, FoldScores scores, List<Integer> folds, long seed) {
    List<Integer> compared = folds.subList(1, folds.size());
    Map<Integer, Integer> bestF1 = new TreeMap<>();
    Map<Integer, Integer> bestLoss = new TreeMap<>();
    for (int fold : compared) {
      bestF1.put(fold, greatest(scores.macroF1Before(fold)));
      bestLoss.put(
          fold, greatest(Arrays.stream(scores.logLossBefore(fold)).map(loss -> -loss).toArray()));
    }
    Map<String, Paired> byEnsemble = new TreeMap<>();
    Iterator<Row> rows =
        combined
            .where(col("truth").isNotNull().and(col("fold_id").isin(compared.toArray())))
            .orderBy("ts_event", "venue", "symbol", "trade_date", "seq", "model_id")
            .select("model_id", "fold_id", "truth", "forecast", "forecasts")
            .toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      int fold = row.getInt(1);
      byEnsemble
          .computeIfAbsent(row.getString(0), key -> new Paired())
          .add(row.getInt(2), row.getList(3), row.getList(4), bestF1.get(fold), bestLoss.get(fold));
    }
    List<Line> lines = new ArrayList<>();
    byEnsemble.forEach(
        (ensemble, paired) -> {
          if (paired.size >= BLOCKS) {
            lines.add(paired.line(label, ensemble, seed));
          }
        });
    return lines;
  }

  /** The first of the greatest. */
  private static int greatest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
