package io.depthcast.jobs.train;

import static org.apache.spark.sql.functions.col;

import io.depthcast.jobs.train.Fits.Fitted;
import io.depthcast.models.ForecastModel;
import io.depthcast.networks.Checkpoint;
import io.depthcast.networks.NetworkTrainer;
import io.depthcast.quality.DataContractException;
import io.depthcast.training.Trainer;
import io.depthcast.training.TrainingRows;
import io.depthcast.walkforward.Fold;
import io.depthcast.walkforward.Role;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of one fold and label, ready to be fitted on, with what was fitted to make them.
 *
 * @param thresholdsBps class threshold by symbol
 * @param train persisted until closed, as is {@code validation}
 */
record FoldRows(
    String label,
    Fold fold,
    Map<String, Double> thresholdsBps,
    FittedInputs fittedInputs,
    Dataset<Row> train,
    Dataset<Row> validation,
    long trainRows,
    long validationRows)
    implements AutoCloseable {

  /**
   * Makes them.
   *
   * @param sampleEvery every how many rows one trains
   * @param history the longest that a model needs
   * @throws DataContractException if no row may train
   */
  static FoldRows of(
      TrainingTable table,
      Fold fold,
      String label,
      TrainConfig config,
      int sampleEvery,
      int history) {
    Dataset<Row> roles =
        Fits.roles(table.rows().where(col("ts_event").lt(fold.testFrom())), fold, label);
    Dataset<Row> training =
        roles
            .where(col("role").equalTo(Role.TRAIN.name()))
            .where(col(TrainingTable.move(label)).isNotNull());
    Map<String, Double> thresholds = TrainingTable.thresholds(training, label, config.flatShare());
    FittedInputs fittedInputs = FittedInputs.fit(config.fitted(), training);
    Preparation preparation = new Preparation(label, thresholds, fittedInputs, history);
    Dataset<Row> train =
        preparation.rows(
            roles,
            col("role").equalTo(Role.TRAIN.name()).and(col("seq").mod(sampleEvery).equalTo(0)));
    Dataset<Row> validation = preparation.rows(roles, col("role").equalTo(Role.VALIDATION.name()));
    FoldRows rows =
        new FoldRows(
            label,
            fold,
            thresholds,
            fittedInputs,
            train,
            validation,
            labelled(train).count(),
            labelled(validation).count());
    if (rows.trainRows() == 0) {
      rows.close();
      throw new DataContractException(
          "fold "
              + fold.id()
              + ", label "
              + label
              + ": no training row is left after the purge; use fewer blocks, a smaller embargo or more data");
    }
    return rows;
  }

  /** Fits a model; several may be fitted at once. */
  Fitted fit(Trainer trainer, long seed, Checkpoint checkpoint) {
    try (ForecastModel model = model(trainer, seed, checkpoint)) {
      return new Fitted(
          trainer,
          label,
          fold,
          thresholdsBps,
          fittedInputs,
          trainRows,
          validationRows,
          model.artifact());
    }
  }

  private ForecastModel model(Trainer trainer, long seed, Checkpoint checkpoint) {
    if (trainer instanceof NetworkTrainer<?> network) {
      return network.fit(train, validation, seed, checkpoint);
    }
    return trainer.history() == 0
        ? trainer.fit(labelled(train), labelled(validation), seed)
        : trainer.fit(train, validation, seed);
  }

  private static Dataset<Row> labelled(Dataset<Row> rows) {
    return rows.where(col(TrainingRows.LABEL).geq(0));
  }

  @Override
  public void close() {
    train.unpersist();
    validation.unpersist();
  }
}
