package io.depthcast.jobs.shap;

import io.depthcast.algorithms.Algorithms;
import io.depthcast.calibration.CalibratedModel;
import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import io.depthcast.trees.XgboostModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Rows of {@code gold.shap} of one fold and label, of rows of venue, symbol, trade_date, seq and
 * features.
 *
 * @param model its name in the plan
 * @param artifact its bytes
 * @param inputs names of the features
 */
@SuppressWarnings("ArrayRecordComponent") // bytes to restore, never compared
record Explanation(
    String planId, String label, int fold, String model, byte[] artifact, List<String> inputs)
    implements FlatMapFunction<Iterator<Row>, Row> {

  static final String BIAS = "bias";

  private static final long serialVersionUID = 1L;
  private static final int BATCH = 64;
  private static final String[] CLASSES = {"down", "flat", "up"};

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ForecastModel restored = Algorithms.restore(model, artifact);
    TaskContext.get().addTaskCompletionListener(closing(restored));
    XgboostModel trees =
        (XgboostModel)
            (restored instanceof CalibratedModel calibrated ? calibrated.model() : restored);
    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    return IntStream.rangeClosed(0, (all.size() - 1) / BATCH)
        .mapToObj(b -> all.subList(b * BATCH, Math.min(all.size(), (b + 1) * BATCH)))
        .flatMap(batch -> explained(trees, batch).stream())
        .iterator();
  }

  private static TaskCompletionListener closing(ForecastModel model) {
    return context -> model.close();
  }

  private List<Row> explained(XgboostModel trees, List<Row> batch) {
    int columns = inputs.size();
    float[] values = new float[batch.size() * columns];
    for (int i = 0; i < batch.size(); i++) {
      List<Float> features = batch.get(i).getList(4);
      for (int j = 0; j < columns; j++) {
        values[i * columns + j] = features.get(j);
      }
    }
    float[][][] contributions =
        trees.contributions(
            new ForecastRows(batch.size(), columns, values, new byte[batch.size()]));
    List<Row> explained = new ArrayList<>(batch.size() * MoveClass.COUNT * (columns + 1));
    for (int i = 0; i < batch.size(); i++) {
      for (int c = 0; c < MoveClass.COUNT; c++) {
        for (int j = 0; j < columns; j++) {
          explained.add(
              row(
                  batch.get(i),
                  CLASSES[c],
                  inputs.get(j),
                  (double) values[i * columns + j],
                  contributions[i][c][j]));
        }
        explained.add(row(batch.get(i), CLASSES[c], BIAS, null, contributions[i][c][columns]));
      }
    }
    return explained;
  }

  private Row row(Row of, String moveClass, String feature, Double value, double contribution) {
    return RowFactory.create(
        of.get(0),
        of.get(1),
        of.get(2),
        of.get(3),
        planId,
        label,
        fold,
        model,
        moveClass,
        feature,
        value,
        contribution);
  }
}
