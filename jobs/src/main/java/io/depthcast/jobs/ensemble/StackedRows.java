package io.depthcast.jobs.ensemble;

import io.depthcast.algorithms.Algorithms;
import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Forecasts of a stacker, many rows together.
 *
 * <p>Rows in: venue, symbol, trade_date, seq, ts_event, fold_id, forecasts, truth, features.
 */
final class StackedRows implements Iterator<InternalRow> {

  private static final int BATCH = 2048;

  private final Iterator<InternalRow> rows;
  private final ForecastModel model;
  private final Deque<InternalRow> ready = new ArrayDeque<>();

  StackedRows(Iterator<InternalRow> rows, String algorithm, byte[] artifact) {
    this.rows = rows;
    model = Algorithms.restore(algorithm, artifact);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> model.close());
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && rows.hasNext()) {
      forecast();
    }
    return !ready.isEmpty();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void forecast() {
    List<InternalRow> batch = new ArrayList<>();
    while (batch.size() < BATCH && rows.hasNext()) {
      batch.add(rows.next().copy());
    }
    int columns = batch.get(0).getArray(8).numElements();
    float[] values = new float[batch.size() * columns];
    for (int i = 0; i < batch.size(); i++) {
      float[] features = batch.get(i).getArray(8).toFloatArray();
      System.arraycopy(features, 0, values, i * columns, columns);
    }
    byte[] lastClass = new byte[batch.size()];
    Arrays.fill(lastClass, (byte) MoveClass.UNKNOWN);
    double[][] p = new double[MoveClass.COUNT][batch.size()];
    model.probabilities(new ForecastRows(batch.size(), columns, values, lastClass), p);
    for (int i = 0; i < batch.size(); i++) {
      ready.add(
          Combination.row(
              batch.get(i),
              new double[] {p[MoveClass.DOWN][i], p[MoveClass.FLAT][i], p[MoveClass.UP][i]}));
    }
  }
}
