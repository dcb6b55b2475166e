package io.depthcast.linear;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.MoveClass;
import io.depthcast.training.ClassCounts;
import io.depthcast.training.Trainer;
import io.depthcast.training.TrainingRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The forecast that the next move is the last known one; flat where none is known.
 *
 * <p>The predicted class {@code c} gets the share of training rows with last class {@code c} whose
 * label was {@code c} too, by Laplace's rule of succession {@code (hits + 1) / (rows + 3)} so that
 * it is never 0 or 1; the other two classes share the rest evenly. The share is raised to {@link
 * #LEAST_PROBABILITY} where it is less, so that the most probable class is always the last one.
 */
public record Persistence() implements Trainer {

  /** Just above the third at which the three classes would tie. */
  static final double LEAST_PROBABILITY = 0.34;

  @Override
  public String name() {
    return PersistenceModel.ALGORITHM;
  }

  @Override
  public ForecastModel fit(Dataset<Row> train, Dataset<Row> validation, long seed) {
    ClassCounts counts = TrainingRows.of(train).counts();
    double[] stay = new double[MoveClass.COUNT];
    for (int c = 0; c < stay.length; c++) {
      long rows = 0;
      for (int label = 0; label < MoveClass.COUNT; label++) {
        rows += countFrom(counts, c, label);
      }
      stay[c] = Math.max(LEAST_PROBABILITY, (countFrom(counts, c, c) + 1.0) / (rows + 3.0));
    }
    return new PersistenceModel(stay);
  }

  /** Rows without a known class count as flat, as they are predicted. */
  private static long countFrom(ClassCounts counts, int last, int label) {
    long count = counts.count(last, label);
    return last == MoveClass.FLAT ? count + counts.count(MoveClass.UNKNOWN, label) : count;
  }
}
