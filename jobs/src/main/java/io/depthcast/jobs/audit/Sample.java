package io.depthcast.jobs.audit;

import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import io.depthcast.training.TrainingRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Some rows of a fold in memory, in the order of time.
 *
 * @param features by row
 * @param classes by row, 0 down, 1 flat, 2 up
 * @param moves by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(float[][] features, byte[] classes, double[] moves) {

  private static final StructType SCHEMA =
      new StructType()
          .add(TrainingRows.FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false), false)
          .add(TrainingRows.LABEL, DataTypes.DoubleType, false)
          .add(TrainingRows.LAST_CLASS, DataTypes.IntegerType, false);

  int size() {
    return classes.length;
  }

  /** One feature of all rows. */
  float[] column(int feature) {
    float[] column = new float[size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = features[i][feature];
    }
    return column;
  }

  /** The same rows with the classes in random order. */
  Sample shuffled(long seed) {
    byte[] shuffled = classes.clone();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = shuffled.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      byte kept = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = kept;
    }
    return new Sample(features, shuffled, moves);
  }

  /** Rows as a fit reads them; nothing is known of earlier labels. */
  Dataset<Row> dataset(SparkSession spark) {
    List<Row> rows = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      rows.add(RowFactory.create(features[i], (double) classes[i], MoveClass.UNKNOWN));
    }
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }

  ForecastRows forecastRows() {
    int columns = features[0].length;
    float[] values = new float[size() * columns];
    for (int i = 0; i < size(); i++) {
      System.arraycopy(features[i], 0, values, i * columns, columns);
    }
    byte[] unknown = new byte[size()];
    Arrays.fill(unknown, (byte) MoveClass.UNKNOWN);
    return new ForecastRows(size(), columns, values, unknown);
  }
}
