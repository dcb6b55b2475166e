package io.depthcast.training;

import io.depthcast.models.ForecastModel;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A way to fit a forecaster: an immutable record of hyper-parameters, valid by construction.
 *
 * <p>Rows have the columns of {@link TrainingRows}, all in one partition and in the order of
 * events. A fit depends on the rows, their order and the seed only, to the last bit on one machine:
 * it uses one thread and adds nothing up in an order that the cluster could change. A fit reads its
 * rows several times, so persist them where they are costly to make.
 */
public interface Trainer {

  /** The algorithm's name in configurations and tables, for example {@code xgboost}. */
  String name();

  /**
   * How many rows before a row its forecast needs, 0 or more. Where there are fewer, as at the
   * start of a session, the first one stands for those that are missing.
   */
  default int history() {
    return 0;
  }

  /**
   * Refuses inputs that it could not be fitted on.
   *
   * @param inputs names of the features, in their order
   * @throws IllegalArgumentException with what is wrong and what to do
   */
  default void checkInputs(List<String> inputs) {}

  /**
   * Fits a model.
   *
   * @param train at least one labelled row; rows without a label only where there is a {@link
   *     #history()}
   * @param validation rows after the training rows that may decide when to stop; may be empty;
   *     ignored by algorithms that do not stop early
   * @param seed of everything random in the fit
   * @throws IllegalArgumentException for rows that are not what {@link TrainingRows} asks for
   */
  ForecastModel fit(Dataset<Row> train, Dataset<Row> validation, long seed);
}
