package io.depthcast.linear;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.MoveClass;
import io.depthcast.training.ClassCounts;
import io.depthcast.training.Trainer;
import io.depthcast.training.TrainingRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The forecast that knows nothing of the row: the share of each class in the training rows, so that
 * the most frequent class is always predicted.
 */
public record Majority() implements Trainer {

  @Override
  public String name() {
    return MajorityModel.ALGORITHM;
  }

  @Override
  public ForecastModel fit(Dataset<Row> train, Dataset<Row> validation, long seed) {
    ClassCounts counts = TrainingRows.of(train).counts();
    double[] shares = new double[MoveClass.COUNT];
    for (int c = 0; c < shares.length; c++) {
      shares[c] = (double) counts.count(c) / counts.rows();
    }
    return new MajorityModel(shares);
  }
}
