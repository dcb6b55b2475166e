package io.depthcast.training;

import static org.apache.spark.sql.functions.lit;

import io.depthcast.models.ForecastRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows with a planted signal: the label is up where {@code x0 + 0.5 x1 * x2 + noise} is above 0.6,
 * down below -0.6, flat between; the other columns are noise. Consecutive labels agree more often
 * than chance, as a slow component of x0 is shared by neighbours.
 */
public final class SyntheticRows implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            new StructField(
                "features",
                DataTypes.createArrayType(DataTypes.FloatType, false),
                false,
                Metadata.empty()),
            new StructField("label", DataTypes.DoubleType, false, Metadata.empty()),
            new StructField("last_class", DataTypes.IntegerType, false, Metadata.empty())
          });

  private final int columns;
  private final float[] values;
  private final byte[] labels;
  private final byte[] lastClass;

  public SyntheticRows(int rows, int columns, long seed) {
    Random random = new Random(seed);
    this.columns = columns;
    this.values = new float[rows * columns];
    this.labels = new byte[rows];
    this.lastClass = new byte[rows];
    double slow = 0;
    for (int i = 0; i < rows; i++) {
      slow = 0.9 * slow + 0.4 * random.nextGaussian();
      for (int j = 0; j < columns; j++) {
        double noise = random.nextGaussian();
        values[i * columns + j] = (float) (j == 0 ? slow + 0.3 * noise : (j + 1) * noise);
      }
      double x1 = values[i * columns + 1] / 2;
      double x2 = values[i * columns + 2] / 3;
      double signal = values[i * columns] + 0.5 * x1 * x2 + 0.3 * random.nextGaussian();
      labels[i] = (byte) (signal < -0.6 ? 0 : signal > 0.6 ? 2 : 1);
      lastClass[i] = i == 0 ? -1 : labels[i - 1];
    }
  }

  public static SparkSession spark() {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("tests")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    spark.sparkContext().setLogLevel("OFF");
    return spark;
  }

  /** Rows from first to last, exclusive, in one partition. */
  public Dataset<Row> dataset(SparkSession spark, int first, int last) {
    List<Row> rows = new ArrayList<>();
    for (int i = first; i < last; i++) {
      float[] features = new float[columns];
      System.arraycopy(values, i * columns, features, 0, columns);
      rows.add(RowFactory.create(features, (double) labels[i], (int) lastClass[i]));
    }
    return dataset(spark, rows).withColumn(TrainingRows.STRETCH, lit(0));
  }

  /** Rows of features, label and last class in one partition. */
  public static Dataset<Row> dataset(SparkSession spark, List<Row> rows) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    // the shuffle keeps the rows out of every task that Spark ships
    return spark.createDataFrame(context.parallelize(rows, 1), SCHEMA).repartition(1);
  }

  public ForecastRows forecastRows() {
    return new ForecastRows(labels.length, columns, values, lastClass);
  }

  /** The rows from first to last, exclusive, with as much history as there is, padded. */
  public ForecastRows forecastRows(int first, int last, int history) {
    float[] stored = new float[(last - first + history) * columns];
    for (int i = 0; i < last - first + history; i++) {
      int row = Math.max(0, first - history + i);
      System.arraycopy(values, row * columns, stored, i * columns, columns);
    }
    int[] at = new int[last - first];
    Arrays.setAll(at, i -> i + history);
    return new ForecastRows(
        columns, stored, at, history, Arrays.copyOfRange(lastClass, first, last));
  }

  public byte[] labels() {
    return labels;
  }
}
