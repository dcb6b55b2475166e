package io.depthcast.calibration;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import io.depthcast.training.Trainer;
import io.depthcast.training.TrainingRows;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Fits another model, then the {@link Temperature} of its forecasts of the validation rows; without
 * these they stay as they are. Where the other model stops early by the same rows, it fits them a
 * little, so the temperature is a little low.
 *
 * @param model fits the other model
 */
public record Calibrated(Trainer model) implements Trainer {

  /** The name in configurations. */
  public static final String NAME = "calibrated";

  private static final int BATCH = 1024;

  public Calibrated {
    if (model instanceof Calibrated) {
      throw new IllegalArgumentException(
          "Invalid model: " + model.name() + " (must not be calibrated twice)");
    }
  }

  @Override
  public String name() {
    return model.name() + CalibratedModel.SUFFIX;
  }

  @Override
  public int history() {
    return model.history();
  }

  @Override
  public void checkInputs(List<String> inputs) {
    model.checkInputs(inputs);
  }

  @Override
  public ForecastModel fit(Dataset<Row> train, Dataset<Row> validation, long seed) {
    TrainingRows.checkPartition(validation, "validation");
    ForecastModel fitted = model.fit(train, validation, seed);
    Forecasts forecasts = new Forecasts(fitted, history());
    String[] columns = {
      TrainingRows.FEATURES, TrainingRows.LABEL, TrainingRows.LAST_CLASS, TrainingRows.STRETCH
    };
    boolean hasHistory = history() > 0;
    Iterator<Row> rows =
        validation
            .select(columns[0], Arrays.copyOfRange(columns, 1, hasHistory ? 4 : 3))
            .toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      forecasts.add(
          row.getList(0),
          (byte) row.getDouble(1),
          (byte) row.getInt(2),
          hasHistory ? row.getInt(3) : 0);
    }
    return new CalibratedModel(fitted, forecasts.temperature());
  }

  /** Forecasts of rows as they come, each with the rows before it. */
  private static final class Forecasts {
    private final ForecastModel model;
    private final int history;
    private float[] values = new float[0];

    /** The row before and those before it, the newest last; padded at a stretch's begin. */
    private float[] window = new float[0];

    private int columns;
    private int stretch = -1;
    private int batched;
    private final byte[] lastClass = new byte[BATCH];
    private byte[] truth = new byte[BATCH];
    private double[][] probabilities = new double[MoveClass.COUNT][BATCH];
    private int size;

    Forecasts(ForecastModel model, int history) {
      this.model = model;
      this.history = history;
    }

    void add(List<Float> row, byte label, byte last, int ofStretch) {
      if (columns == 0) {
        columns = row.size();
        window = new float[(history + 1) * columns];
        values = new float[BATCH * window.length];
      }
      boolean isFirst = ofStretch != stretch;
      stretch = ofStretch;
      for (int copies = isFirst ? history + 1 : 1; copies > 0; copies--) {
        System.arraycopy(window, columns, window, 0, window.length - columns);
        for (int j = 0; j < columns; j++) {
          window[window.length - columns + j] = row.get(j);
        }
      }
      if (label == MoveClass.UNKNOWN) {
        return;
      }
      if (size == truth.length) {
        truth = Arrays.copyOf(truth, 2 * size);
      }
      System.arraycopy(window, 0, values, batched * window.length, window.length);
      lastClass[batched] = last;
      truth[size++] = label;
      if (++batched == BATCH) {
        forecast();
      }
    }

    private void forecast() {
      int[] at = new int[batched];
      for (int i = 0; i < batched; i++) {
        at[i] = (i + 1) * (history + 1) - 1;
      }
      double[][] p = new double[MoveClass.COUNT][batched];
      model.probabilities(
          new ForecastRows(
              columns,
              Arrays.copyOf(values, batched * window.length),
              at,
              history,
              Arrays.copyOf(lastClass, batched)),
          p);
      for (int c = 0; c < p.length; c++) {
        probabilities[c] =
            Arrays.copyOf(probabilities[c], Math.max(probabilities[c].length, truth.length));
        System.arraycopy(p[c], 0, probabilities[c], size - batched, batched);
      }
      batched = 0;
    }

    Temperature temperature() {
      if (batched > 0) {
        forecast();
      }
      byte[] known = Arrays.copyOf(truth, size);
      double[][] p = new double[MoveClass.COUNT][];
      for (int c = 0; c < p.length; c++) {
        p[c] = Arrays.copyOf(probabilities[c], size);
      }
      return Temperature.fit(known, p);
    }
  }
}
