package io.depthcast.training;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Centres and scales features: {@code z = (x - mean) / sd}, cut to -10 to 10; 0 for a feature that
 * is constant in the training rows, and for a value that is missing (NaN), which so counts as the
 * mean.
 *
 * @param mean by column, of the values that are not missing; 0 where all are
 * @param sd by column, with divisor {@code values - 1}; 0 for a constant column
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Standardisation(double[] mean, double[] sd) implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final double LIMIT = 10;

  /** How many columns there are. */
  public int columns() {
    return mean.length;
  }

  /** The standardised value of a column. */
  public double apply(int column, double value) {
    if (sd[column] == 0 || Double.isNaN(value)) {
      return 0;
    }
    double z = (value - mean[column]) / sd[column];
    return Math.max(-LIMIT, Math.min(LIMIT, z));
  }

  /**
   * Mean and standard deviation of rows in one partition, added up in their order.
   *
   * @throws IllegalArgumentException for rows of several lengths, or a value that is not finite
   */
  public static Standardisation of(Dataset<Row> train) {
    return train
        .select(TrainingRows.FEATURES)
        .toJavaRDD()
        .mapPartitions(Standardisation::measure)
        .first();
  }

  /** B. P. Welford's running mean and sum of squares, Technometrics 4 (1962). */
  private static Iterator<Standardisation> measure(Iterator<Row> rows) {
    double[] mean = null;
    double[] squares = null;
    long[] values = null;
    long n = 0;
    while (rows.hasNext()) {
      List<Float> features = rows.next().getList(0);
      if (mean == null) {
        mean = new double[features.size()];
        squares = new double[features.size()];
        values = new long[features.size()];
      }
      if (features.size() != mean.length) {
        throw new IllegalArgumentException(
            "Invalid features in row "
                + n
                + ": "
                + features.size()
                + " values (must be "
                + mean.length
                + " as in row 0)");
      }
      n++;
      for (int j = 0; j < mean.length; j++) {
        float x = features.get(j);
        if (Float.isInfinite(x)) {
          throw new IllegalArgumentException(
              "Invalid feature in row "
                  + (n - 1)
                  + ", column "
                  + j
                  + ": "
                  + x
                  + " (must be finite, or NaN where missing)");
        }
        if (Float.isNaN(x)) {
          continue;
        }
        values[j]++;
        double before = x - mean[j];
        mean[j] += before / values[j];
        squares[j] += before * (x - mean[j]);
      }
    }
    double[] sd = new double[mean.length];
    for (int j = 0; j < sd.length; j++) {
      sd[j] = values[j] > 1 ? Math.sqrt(squares[j] / (values[j] - 1)) : 0;
    }
    return List.of(new Standardisation(mean, sd)).iterator();
  }
}
