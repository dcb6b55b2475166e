package io.depthcast.networks;

import static org.apache.spark.sql.functions.col;

import io.depthcast.models.ForecastModel;
import io.depthcast.training.Standardisation;
import io.depthcast.training.Trainer;
import io.depthcast.training.TrainingRows;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Fits a network, in one Spark task with one thread, on features standardised by the training rows.
 *
 * <p>The task holds the rows of the fit, 4 bytes a feature, once: windows are views over them.
 *
 * @param architecture what is fitted; gives the algorithm its name
 * @param schedule how long and how fast it learns
 */
public record NetworkTrainer<A extends Architecture>(A architecture, Schedule schedule)
    implements Trainer {

  @Override
  public String name() {
    return architecture.name();
  }

  @Override
  public int history() {
    return architecture.steps() - 1;
  }

  @Override
  public void checkInputs(List<String> inputs) {
    architecture.checkInputs(inputs);
  }

  @Override
  public ForecastModel fit(Dataset<Row> train, Dataset<Row> validation, long seed) {
    return fit(train, validation, seed, Checkpoint.NONE);
  }

  /** As the other; goes on from where the checkpoint says that the same fit stood. */
  public ForecastModel fit(
      Dataset<Row> train, Dataset<Row> validation, long seed, Checkpoint checkpoint) {
    TrainingRows.checkPartition(train, "training");
    TrainingRows.checkPartition(validation, "validation");
    Standardisation standardisation =
        Standardisation.of(train.where(col(TrainingRows.LABEL).geq(0)));
    NetworkTask task =
        new NetworkTask(new NetworkFit(architecture, schedule), standardisation, seed, checkpoint);
    byte[] artifact =
        validation.isEmpty()
            ? rows(train).mapPartitions(t -> task.call(t, Collections.emptyIterator())).first()
            : rows(train).zipPartitions(rows(validation), task).first();
    return NetworkModel.restore(name(), artifact, sizes -> architecture);
  }

  private static JavaRDD<Row> rows(Dataset<Row> rows) {
    return rows.select(TrainingRows.FEATURES, TrainingRows.LABEL, TrainingRows.STRETCH).toJavaRDD();
  }
}
