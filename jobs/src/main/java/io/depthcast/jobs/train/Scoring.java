package io.depthcast.jobs.train;

import io.depthcast.algorithms.Algorithms;
import io.depthcast.jobs.columns.ArrayVector;
import io.depthcast.jobs.table.RowStream;
import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import io.depthcast.walkforward.Fold;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.TaskCompletionListener;

/** Forecasts the test rows of every fold with the models of that fold. */
final class Scoring {

  private static final int BATCH = 2048;

  private Scoring() {}

  /** A model as bytes, for a task. */
  @SuppressWarnings("ArrayRecordComponent") // bytes to restore, never compared
  record Shipped(String algorithm, byte[] artifact) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** A fold's models, and what was fitted with them. */
  record FoldModels(
      Fold fold, Map<String, Double> thresholdsBps, FittedInputs fittedInputs, List<Shipped> models)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Columns of {@code gold.predictions} with {@code truth}, the class that came, null where it is
   * not known.
   */
  static final StructType SCHEMA =
      new StructType()
          .add("venue", DataTypes.StringType, false)
          .add("symbol", DataTypes.StringType, false)
          .add("trade_date", DataTypes.DateType, false)
          .add("seq", DataTypes.LongType, false)
          .add("ts_event", DataTypes.LongType, false)
          .add("label_id", DataTypes.StringType, false)
          .add("plan_id", DataTypes.StringType, false)
          .add("fold_id", DataTypes.IntegerType, false)
          .add("model_id", DataTypes.StringType, false)
          .add("p_down", DataTypes.DoubleType, false)
          .add("p_flat", DataTypes.DoubleType, false)
          .add("p_up", DataTypes.DoubleType, false)
          .add("truth", DataTypes.IntegerType, true);

  /** Out-of-fold forecasts of one label. */
  static Dataset<Row> of(TrainingTable table, String label, String planId, List<FoldModels> folds) {
    int inputs = table.inputs().size();
    Dataset<Row> rows =
        table
            .rows()
            .select(
                "venue",
                "symbol",
                "trade_date",
                "seq",
                "ts_event",
                "features",
                TrainingTable.REQUIRED,
                TrainingTable.move(label),
                TrainingTable.last(label));
    return RowStream.map(
        rows, SCHEMA, in -> new ScoredRows(in, label, planId, inputs, new ArrayList<>(folds)));
  }

  /** Collects rows of one fold, forecasts them together, gives one row for each model. */
  private static final class ScoredRows implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final String label;
    private final String planId;
    private final int inputs;
    private final List<FoldModels> folds;
    private final List<List<ForecastModel>> models = new ArrayList<>();
    private final Deque<Batch> full = new ArrayDeque<>();
    private final Batch[] filling;
    private Iterator<InternalRow> current = Collections.emptyIterator();

    ScoredRows(
        Iterator<InternalRow> rows,
        String label,
        String planId,
        int inputs,
        List<FoldModels> folds) {
      this.rows = rows;
      this.label = label;
      this.planId = planId;
      this.inputs = inputs;
      this.folds = folds;
      this.filling = new Batch[folds.size()];
      for (FoldModels fold : folds) {
        models.add(
            fold.models().stream()
                .map(m -> Algorithms.restore(m.algorithm(), m.artifact()))
                .toList());
      }
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) this::closeModels);
    }

    private void closeModels(TaskContext context) {
      models.forEach(ofFold -> ofFold.forEach(ForecastModel::close));
    }

    @Override
    public boolean hasNext() {
      while (!current.hasNext()) {
        if (full.isEmpty() && !fill()) {
          return false;
        }
        Batch batch = full.remove();
        current = forecasts(batch);
      }
      return true;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return current.next();
    }

    private boolean fill() {
      while (full.isEmpty() && rows.hasNext()) {
        add(rows.next());
      }
      if (full.isEmpty()) {
        for (int f = 0; f < filling.length; f++) {
          if (filling[f] != null) {
            full.add(filling[f]);
            filling[f] = null;
          }
        }
      }
      return !full.isEmpty();
    }

    private void add(InternalRow row) {
      long ts = row.getLong(4);
      int f = 0;
      while (f < folds.size()
          && !(ts >= folds.get(f).fold().testFrom() && ts < folds.get(f).fold().testTo())) {
        f++;
      }
      // Of a symbol that did not train in the fold nothing was fitted.
      if (f == folds.size()
          || !folds.get(f).fittedInputs().knows(row.getUTF8String(1).toString())) {
        return;
      }
      if (filling[f] == null) {
        filling[f] = new Batch(f, inputs);
      }
      filling[f].add(row, folds.get(f));
      if (filling[f].rows == BATCH) {
        full.add(filling[f]);
        filling[f] = null;
      }
    }

    private Iterator<InternalRow> forecasts(Batch batch) {
      List<Iterator<InternalRow>> all = new ArrayList<>();
      ForecastRows rows = batch.forecastRows();
      for (ForecastModel model : models.get(batch.fold)) {
        double[][] p = new double[MoveClass.COUNT][batch.rows];
        model.probabilities(rows, p);
        all.add(
            batch.columns(label, planId, folds.get(batch.fold).fold().id(), model.algorithm(), p));
      }
      Iterator<Iterator<InternalRow>> each = all.iterator();
      return new Iterator<>() {
        private Iterator<InternalRow> rows = Collections.emptyIterator();

        @Override
        public boolean hasNext() {
          while (!rows.hasNext() && each.hasNext()) {
            rows = each.next();
          }
          return rows.hasNext();
        }

        @Override
        public InternalRow next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          return rows.next();
        }
      };
    }
  }

  /** Test rows of one fold. */
  private static final class Batch {
    private static final int NO_TRUTH = Integer.MIN_VALUE;

    private final int fold;
    private final int inputs;
    private final UTF8String[] venue = new UTF8String[BATCH];
    private final UTF8String[] symbol = new UTF8String[BATCH];
    private final int[] tradeDate = new int[BATCH];
    private final long[] seq = new long[BATCH];
    private final long[] tsEvent = new long[BATCH];
    private final int[] truth = new int[BATCH];
    private final byte[] lastClass = new byte[BATCH];
    private final float[] values;
    private int rows;

    Batch(int fold, int inputs) {
      this.fold = fold;
      this.inputs = inputs;
      this.values = new float[BATCH * inputs];
    }

    void add(InternalRow row, FoldModels fitted) {
      venue[rows] = row.getUTF8String(0).clone();
      symbol[rows] = row.getUTF8String(1).clone();
      tradeDate[rows] = row.getInt(2);
      seq[rows] = row.getLong(3);
      tsEvent[rows] = row.getLong(4);
      String name = symbol[rows].toString();
      float[] all =
          fitted
              .fittedInputs()
              .inputs(name, row.getArray(5).toFloatArray(), row.getArray(6).toDoubleArray());
      System.arraycopy(all, 0, values, rows * inputs, inputs);
      Double threshold = fitted.thresholdsBps().get(name);
      int came = Fits.moveClass(move(row, 7), threshold);
      truth[rows] = came == MoveClass.UNKNOWN ? NO_TRUTH : came;
      lastClass[rows] = (byte) Fits.moveClass(move(row, 8), threshold);
      rows++;
    }

    private static Double move(InternalRow row, int column) {
      return row.isNullAt(column) ? null : (Double) row.getDouble(column);
    }

    ForecastRows forecastRows() {
      return new ForecastRows(
          rows, inputs, Arrays.copyOf(values, rows * inputs), Arrays.copyOf(lastClass, rows));
    }

    Iterator<InternalRow> columns(
        String label, String planId, int foldId, String modelId, double[][] p) {
      int[] foldIds = new int[rows];
      Arrays.fill(foldIds, foldId);
      ColumnarBatch batch =
          new ColumnarBatch(
              new ColumnVector[] {
                ArrayVector.texts(venue),
                ArrayVector.texts(symbol),
                ArrayVector.dates(tradeDate),
                ArrayVector.longs(seq, Long.MIN_VALUE),
                ArrayVector.longs(tsEvent, Long.MIN_VALUE),
                ArrayVector.constant(label),
                ArrayVector.constant(planId),
                ArrayVector.ints(foldIds, Integer.MIN_VALUE),
                ArrayVector.constant(modelId),
                ArrayVector.doubles(p[MoveClass.DOWN]),
                ArrayVector.doubles(p[MoveClass.FLAT]),
                ArrayVector.doubles(p[MoveClass.UP]),
                ArrayVector.ints(truth, NO_TRUTH)
              });
      batch.setNumRows(rows);
      return batch.rowIterator();
    }
  }
}
