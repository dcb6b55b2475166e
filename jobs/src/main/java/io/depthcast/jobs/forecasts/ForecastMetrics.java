package io.depthcast.jobs.forecasts;

import static org.apache.spark.sql.functions.col;

import io.depthcast.linear.Majority;
import io.depthcast.linear.Persistence;
import io.depthcast.models.MoveClass;
import io.depthcast.scores.BlockBootstrap;
import io.depthcast.scores.ConfusionMatrix;
import io.depthcast.scores.ForecastScore;
import io.depthcast.scores.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Scores of out-of-fold forecasts as rows of {@code gold.metrics}: every model by label, over all
 * folds together, by fold and by symbol, with 95 % block-bootstrap intervals where a confusion
 * matrix gives the score, and the difference in macro-F1 to the baselines on the same blocks.
 */
public final class ForecastMetrics {

  /** As in {@code peers}' protocols: 30 consecutive blocks of the test rows. */
  private static final int BLOCKS = 30;

  private static final int DRAWS = 1000;
  private static final String ALL_SYMBOLS = "*";
  private static final int ALL_FOLDS = -1;
  private static final List<ForecastScore> WITH_INTERVAL =
      List.of(
          ForecastScore.ACCURACY,
          ForecastScore.MACRO_F1,
          ForecastScore.WEIGHTED_F1,
          ForecastScore.MCC);

  private final String planId;
  private final BlockBootstrap bootstrap;
  private final List<Row> rows = new ArrayList<>();

  private ForecastMetrics(String planId, long seed) {
    this.planId = planId;
    this.bootstrap = new BlockBootstrap(DRAWS, seed);
  }

  /** Forecasts of one model and label whose truth is known, in the order of time. */
  private static final class Forecasts {
    private int size;
    private byte[] truth = new byte[1024];
    private int[] fold = new int[1024];
    private String[] symbol = new String[1024];
    private double[][] p = new double[MoveClass.COUNT][1024];

    void add(Row row) {
      if (size == truth.length) {
        int larger = size + size / 2;
        truth = Arrays.copyOf(truth, larger);
        fold = Arrays.copyOf(fold, larger);
        symbol = Arrays.copyOf(symbol, larger);
        for (int c = 0; c < p.length; c++) {
          p[c] = Arrays.copyOf(p[c], larger);
        }
      }
      symbol[size] = row.getString(1).intern();
      fold[size] = row.getInt(2);
      p[MoveClass.DOWN][size] = row.getDouble(3);
      p[MoveClass.FLAT][size] = row.getDouble(4);
      p[MoveClass.UP][size] = row.getDouble(5);
      truth[size] = (byte) row.getInt(6);
      size++;
    }

    Forecasts where(IntPredicate wanted) {
      int[] index = IntStream.range(0, size).filter(wanted).toArray();
      Forecasts some = new Forecasts();
      some.size = index.length;
      some.truth = new byte[index.length];
      some.p = new double[MoveClass.COUNT][index.length];
      for (int i = 0; i < index.length; i++) {
        some.truth[i] = truth[index[i]];
        for (int c = 0; c < p.length; c++) {
          some.p[c][i] = p[c][index[i]];
        }
      }
      return some;
    }

    List<ConfusionMatrix> blocks() {
      return ConfusionMatrix.inBlocks(truth, p, BLOCKS);
    }
  }

  /**
   * Scores forecasts.
   *
   * @param scored columns of {@code gold.predictions} with {@code truth}, the class that came, null
   *     where it is not known; all models on the same rows
   * @param labels those to score, in the order of the answer
   * @param seed of the bootstrap
   */
  public static List<Row> of(Dataset<Row> scored, String planId, List<String> labels, long seed) {
    ForecastMetrics metrics = new ForecastMetrics(planId, seed);
    for (String label : labels) {
      metrics.add(label, read(scored, label));
    }
    return metrics.rows;
  }

  private static Map<String, Forecasts> read(Dataset<Row> scored, String label) {
    Map<String, Forecasts> byModel = new TreeMap<>();
    Iterator<Row> rows =
        scored
            .where(col("label_id").equalTo(label).and(col("truth").isNotNull()))
            .orderBy("ts_event", "venue", "symbol", "trade_date", "seq", "model_id")
            .select("model_id", "symbol", "fold_id", "p_down", "p_flat", "p_up", "truth")
            .toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      byModel.computeIfAbsent(row.getString(0), key -> new Forecasts()).add(row);
    }
    return byModel;
  }

  private void add(String label, Map<String, Forecasts> byModel) {
    Map<String, List<ConfusionMatrix>> blocks = new TreeMap<>();
    byModel.forEach(
        (model, forecasts) -> {
          Forecasts all = forecasts.where(i -> true);
          score(model, ALL_FOLDS, ALL_SYMBOLS, label, all);
          confusion(model, label, all);
          if (all.size >= BLOCKS) {
            blocks.put(model, all.blocks());
          }
          for (int fold : new TreeSet<>(boxed(forecasts.fold, forecasts.size))) {
            Forecasts some = forecasts.where(i -> forecasts.fold[i] == fold);
            score(model, fold, ALL_SYMBOLS, label, some);
          }
          for (String symbol :
              new TreeSet<>(Arrays.asList(forecasts.symbol).subList(0, forecasts.size))) {
            Forecasts some = forecasts.where(i -> forecasts.symbol[i].equals(symbol));
            score(model, ALL_FOLDS, symbol, label, some);
          }
        });
    for (String baseline : List.of(new Majority().name(), new Persistence().name())) {
      if (blocks.containsKey(baseline)) {
        blocks.forEach((model, of) -> difference(model, of, baseline, blocks, byModel, label));
      }
    }
  }

  private void score(String model, int fold, String symbol, String label, Forecasts forecasts) {
    List<ConfusionMatrix> blocks = forecasts.size >= BLOCKS ? forecasts.blocks() : List.of();
    for (ForecastScore score : ForecastScore.values()) {
      Interval interval =
          WITH_INTERVAL.contains(score) && !blocks.isEmpty()
              ? bootstrap.interval(blocks, score)
              : null;
      double value = score.of(forecasts.truth, forecasts.p);
      row(model, fold, symbol, label, score.metric(), value, interval, forecasts.size);
    }
  }

  /** Counts by true and predicted class, for example {@code confusion_down_up}. */
  private void confusion(String model, String label, Forecasts forecasts) {
    ConfusionMatrix matrix = ConfusionMatrix.of(forecasts.truth, forecasts.p);
    String[] names = {"down", "flat", "up"};
    for (int t = 0; t < MoveClass.COUNT; t++) {
      for (int p = 0; p < MoveClass.COUNT; p++) {
        String metric = "confusion_" + names[t] + "_" + names[p];
        double count = matrix.count(t, p);
        row(model, ALL_FOLDS, ALL_SYMBOLS, label, metric, count, null, forecasts.size);
      }
    }
  }

  private void difference(
      String model,
      List<ConfusionMatrix> of,
      String baseline,
      Map<String, List<ConfusionMatrix>> blocks,
      Map<String, Forecasts> byModel,
      String label) {
    if (model.equals(baseline)) {
      return;
    }
    ForecastScore score = ForecastScore.MACRO_F1;
    Interval interval = bootstrap.difference(of, blocks.get(baseline), score);
    double value = value(byModel.get(model), score) - value(byModel.get(baseline), score);
    String metric = score.metric() + "_minus_" + baseline;
    row(model, ALL_FOLDS, ALL_SYMBOLS, label, metric, value, interval, byModel.get(model).size);
  }

  private static double value(Forecasts forecasts, ForecastScore score) {
    Forecasts all = forecasts.where(i -> true);
    return score.of(all.truth, all.p);
  }

  private void row(
      String model,
      int fold,
      String symbol,
      String label,
      String metric,
      double value,
      Interval interval,
      long n) {
    rows.add(
        RowFactory.create(
            model,
            planId,
            fold,
            symbol,
            label,
            metric,
            Double.isFinite(value) ? value : null,
            interval == null ? null : interval.low(),
            interval == null ? null : interval.high(),
            n));
  }

  private static List<Integer> boxed(int[] values, int size) {
    return Arrays.stream(values, 0, size).boxed().toList();
  }
}
