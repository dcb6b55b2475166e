package io.depthcast.jobs.train;

import static org.apache.spark.sql.functions.col;

import io.depthcast.algorithms.Algorithms;
import io.depthcast.jobs.columns.ArrayVector;
import io.depthcast.jobs.forecasts.ClassThresholds;
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
import org.apache.spark.sql.Column;
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
  static Dataset<Row> of(
      TrainingTable table, String label, String planId, int history, List<FoldModels> folds) {
    int inputs = table.inputs().size();
    Dataset<Row> rows =
        (history > 0 ? bySlice(table.rows()) : table.rows())
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
        rows,
        SCHEMA,
        in -> new ScoredRows(in, label, planId, inputs, history, new ArrayList<>(folds)));
  }

  /** Rows so that those before a row are those before it in time. */
  private static Dataset<Row> bySlice(Dataset<Row> rows) {
    Column[] slice = {col("venue"), col("symbol"), col("trade_date")};
    return rows.repartition(slice).sortWithinPartitions(slice[0], slice[1], slice[2], col("seq"));
  }

  /** Collects rows of one fold, forecasts them together, gives one row for each model. */
  private static final class ScoredRows implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final String label;
    private final String planId;
    private final int inputs;
    private final History history;
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
        int history,
        List<FoldModels> folds) {
      this.rows = rows;
      this.label = label;
      this.planId = planId;
      this.inputs = inputs;
      this.history = new History(history);
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
      score(row);
      history.add(row);
    }

    private void score(InternalRow row) {
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
        filling[f] = new Batch(f, inputs, history.longest);
      }
      filling[f].add(row, folds.get(f), history);
      if (filling[f].isFull()) {
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

  /** The newest rows of a stretch without gaps. */
  private static final class History {
    private final int longest;
    private final Deque<InternalRow> rows = new ArrayDeque<>();
    private long seen;

    History(int longest) {
      this.longest = longest;
    }

    /** Counts the rows added, of all stretches. */
    long number() {
      return seen;
    }

    void add(InternalRow row) {
      seen++;
      if (longest == 0) {
        return;
      }
      if (!isFollowedBy(row)) {
        rows.clear();
      }
      if (rows.size() == longest) {
        rows.remove();
      }
      rows.add(row.copy());
    }

    boolean isFollowedBy(InternalRow row) {
      return !rows.isEmpty() && HistoryRows.follows(rows.getLast(), row);
    }

    /** The rows before a row, as many as are wanted: the first one stands for those missing. */
    List<InternalRow> padded(InternalRow row) {
      List<InternalRow> before = isFollowedBy(row) ? new ArrayList<>(rows) : new ArrayList<>();
      InternalRow first = before.isEmpty() ? row : before.get(0);
      before.addAll(0, Collections.nCopies(longest - before.size(), first));
      return before;
    }
  }

  /** Test rows of one fold. */
  private static final class Batch {
    private static final int NO_TRUTH = Integer.MIN_VALUE;
    private static final int MOST_STORED = 4 * BATCH;
    private static final long NONE = -1;

    private final int fold;
    private final int inputs;
    private final UTF8String[] venue = new UTF8String[BATCH];
    private final UTF8String[] symbol = new UTF8String[BATCH];
    private final int[] tradeDate = new int[BATCH];
    private final long[] seq = new long[BATCH];
    private final long[] tsEvent = new long[BATCH];
    private final int[] truth = new int[BATCH];
    private final byte[] lastClass = new byte[BATCH];
    private final int[] at = new int[BATCH];
    private final int history;
    private float[] values;
    private int stored;
    private int rows;

    /** The row last added, to know whether the next one follows it. */
    private long lastAdded = NONE;

    Batch(int fold, int inputs, int history) {
      this.fold = fold;
      this.inputs = inputs;
      this.history = history;
      this.values = new float[(BATCH + history) * inputs];
    }

    /** Short stretches need more room for their history than for themselves. */
    boolean isFull() {
      return rows == BATCH || stored > MOST_STORED + history;
    }

    void add(InternalRow row, FoldModels fitted, History before) {
      venue[rows] = row.getUTF8String(0).clone();
      symbol[rows] = row.getUTF8String(1).clone();
      tradeDate[rows] = row.getInt(2);
      seq[rows] = row.getLong(3);
      tsEvent[rows] = row.getLong(4);
      String name = symbol[rows].toString();
      if (history > 0 && !(before.isFollowedBy(row) && lastAdded == before.number())) {
        for (InternalRow earlier : before.padded(row)) {
          store(earlier, name, fitted.fittedInputs());
        }
      }
      lastAdded = before.number() + 1;
      at[rows] = stored;
      store(row, name, fitted.fittedInputs());
      Double threshold = fitted.thresholdsBps().get(name);
      int came = ClassThresholds.moveClass(move(row, 7), threshold);
      truth[rows] = came == MoveClass.UNKNOWN ? NO_TRUTH : came;
      lastClass[rows] = (byte) ClassThresholds.moveClass(move(row, 8), threshold);
      rows++;
    }

    private void store(InternalRow row, String symbol, FittedInputs fitted) {
      if ((stored + 1) * inputs > values.length) {
        values = Arrays.copyOf(values, 2 * values.length);
      }
      float[] all =
          fitted.inputs(symbol, row.getArray(5).toFloatArray(), row.getArray(6).toDoubleArray());
      System.arraycopy(all, 0, values, stored * inputs, inputs);
      stored++;
    }

    private static Double move(InternalRow row, int column) {
      return row.isNullAt(column) ? null : (Double) row.getDouble(column);
    }

    ForecastRows forecastRows() {
      return new ForecastRows(
          inputs,
          Arrays.copyOf(values, stored * inputs),
          Arrays.copyOf(at, rows),
          history,
          Arrays.copyOf(lastClass, rows));
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
