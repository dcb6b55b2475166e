package io.depthcast.jobs.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.depthcast.jobs.Console;
import io.depthcast.networks.Checkpoint;
import io.depthcast.training.Trainer;
import io.depthcast.walkforward.Fold;
import io.depthcast.walkforward.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Fits every model on every fold and label.
 *
 * <p>One fit is one task on ordered rows in one partition, so that it does not depend on the
 * cluster; folds and labels run beside each other.
 */
final class Fits {

  private Fits() {}

  /**
   * A model and what it was fitted on.
   *
   * @param thresholdsBps class threshold by symbol
   * @param fittedInputs inputs that were fitted with it
   * @param trainRows rows that trained
   * @param validationRows rows that decided when to stop
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes to store, never compared
  record Fitted(
      Trainer trainer,
      String label,
      Fold fold,
      Map<String, Double> thresholdsBps,
      FittedInputs fittedInputs,
      long trainRows,
      long validationRows,
      byte[] artifact) {}

  /** Where a fit keeps how it stands. */
  interface States {
    States NONE = (model, label, fold) -> Checkpoint.NONE;

    Checkpoint of(String model, String label, Fold fold);
  }

  /** Fitted models in the order of label, fold and configuration. */
  static List<Fitted> of(TrainingTable table, List<Fold> folds, TrainConfig config, States states) {
    int parallel =
        Math.max(1, Math.min(8, table.rows().sparkSession().sparkContext().defaultParallelism()));
    ExecutorService pool = Executors.newFixedThreadPool(parallel);
    try {
      AtomicInteger done = new AtomicInteger();
      int total = table.labels().size() * folds.size();
      List<Future<List<Fitted>>> fits = new ArrayList<>();
      for (String label : table.labels()) {
        for (Fold fold : folds) {
          fits.add(
              pool.submit(
                  () -> {
                    List<Fitted> fitted = fold(table, fold, label, config, states);
                    Console.progress(
                        String.format(
                            "train     fold %d, %s fitted (%d of %d)",
                            fold.id(), label, done.incrementAndGet(), total));
                    return fitted;
                  }));
        }
      }
      List<Fitted> fitted = new ArrayList<>();
      for (Future<List<Fitted>> fit : fits) {
        fitted.addAll(fit.get());
      }
      return fitted;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Training was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Adds the column {@code role}: of a row in a fold, {@link Role#NONE} without a label. */
  static Dataset<Row> roles(Dataset<Row> rows, Fold fold, String label) {
    UserDefinedFunction role =
        udf(
            (UDF2<Long, Long, String>)
                (ts, end) -> (end == null ? Role.NONE : fold.role(ts, end)).name(),
            DataTypes.StringType);
    return rows.withColumn("role", role.apply(col("ts_event"), col(TrainingTable.end(label))));
  }

  /** Fits all models on one fold and label, in the order of the configuration. */
  static List<Fitted> fold(
      TrainingTable table, Fold fold, String label, TrainConfig config, States states) {
    try (FoldRows rows =
        FoldRows.of(table, fold, label, config, config.sampleEvery(), history(config.models()))) {
      return config.models().stream()
          .map(trainer -> rows.fit(trainer, config.seed(), states.of(trainer.name(), label, fold)))
          .toList();
    }
  }

  /** The longest history that a model needs. */
  static int history(List<Trainer> trainers) {
    return trainers.stream().mapToInt(Trainer::history).max().orElse(0);
  }
}
