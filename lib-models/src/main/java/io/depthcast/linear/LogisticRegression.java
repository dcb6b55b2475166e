package io.depthcast.linear;

import static org.apache.spark.sql.functions.col;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.MoveClass;
import io.depthcast.training.Range;
import io.depthcast.training.Standardisation;
import io.depthcast.training.Trainer;
import io.depthcast.training.TrainingRows;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Multinomial logistic regression by MLlib's L-BFGS on standardised features.
 *
 * <p>Each feature is centred and scaled by the mean and standard deviation of the training rows and
 * cut to +-10, see {@link Standardisation}; a missing value counts as the mean. Minimised is {@code
 * sum(w_i * -log p_i) / sum(w_i) + regularization / 2 * |B|^2}, {@code B} without the intercepts:
 * scikit-learn's {@code C} is {@code 1 / (rows * regularization)}.
 *
 * @param regularization strength of the L2 penalty, 0 to 1000
 * @param maxIterations most steps of L-BFGS, 1 to 10000; it stops before at a relative gain of 1e-6
 * @param balanced whether rows are weighted so that the classes have the same say
 */
public record LogisticRegression(double regularization, int maxIterations, boolean balanced)
    implements Trainer {

  private static final double TOLERANCE = 1e-6;

  public LogisticRegression {
    Range.check("regularization", regularization, 0, 1000);
    Range.check("maxIterations", maxIterations, 1, 10000);
  }

  @Override
  public String name() {
    return SoftmaxModel.ALGORITHM;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException also where the training rows are all of one class
   */
  @Override
  public ForecastModel fit(Dataset<Row> train, Dataset<Row> validation, long seed) {
    TrainingRows rows = TrainingRows.of(train);
    if (rows.counts().classesPresent() < 2) {
      throw new IllegalArgumentException(
          "Invalid training rows: all "
              + rows.counts().rows()
              + " of one class (logistic regression needs 2 or more classes)");
    }
    Standardisation standardisation = Standardisation.of(train);
    LogisticRegressionModel fitted = mllib(rows, standardisation);
    double[][] coefficients = new double[MoveClass.COUNT][standardisation.columns()];
    double[] intercepts = new double[MoveClass.COUNT];
    for (int c = 0; c < MoveClass.COUNT; c++) {
      intercepts[c] = fitted.interceptVector().apply(c);
      for (int j = 0; j < standardisation.columns(); j++) {
        coefficients[c][j] = fitted.coefficientMatrix().apply(c, j);
      }
    }
    return new SoftmaxModel(standardisation, intercepts, coefficients);
  }

  /** MLlib's fit of the standardised rows; standardising is ours so that scoring can repeat it. */
  LogisticRegressionModel mllib(TrainingRows rows, Standardisation standardisation) {
    return new org.apache.spark.ml.classification.LogisticRegression()
        .setFamily("multinomial")
        .setRegParam(regularization)
        .setElasticNetParam(0)
        .setMaxIter(maxIterations)
        .setTol(TOLERANCE)
        .setStandardization(false)
        .setFeaturesCol(TrainingRows.FEATURES)
        .setLabelCol(TrainingRows.LABEL)
        .setWeightCol(TrainingRows.WEIGHT)
        .fit(vectors(rows.weighted(rows.rows(), balanced), standardisation));
  }

  /** Rows with standardised vectors, weights, and labels that are known to be of three classes. */
  static Dataset<Row> vectors(Dataset<Row> weighted, Standardisation standardisation) {
    JavaRDD<Row> vectors =
        weighted
            .select(col(TrainingRows.FEATURES), col(TrainingRows.LABEL), col(TrainingRows.WEIGHT))
            .toJavaRDD()
            .mapPartitions(rows -> new VectorRows(rows, standardisation));
    Metadata threeClasses =
        NominalAttribute.defaultAttr()
            .withName(TrainingRows.LABEL)
            .withNumValues(MoveClass.COUNT)
            .toMetadata();
    StructType schema =
        new StructType(
            new StructField[] {
              new StructField(
                  TrainingRows.FEATURES, SQLDataTypes.VectorType(), false, Metadata.empty()),
              new StructField(TrainingRows.LABEL, DataTypes.DoubleType, false, threeClasses),
              new StructField(TrainingRows.WEIGHT, DataTypes.DoubleType, false, Metadata.empty())
            });
    return weighted.sparkSession().createDataFrame(vectors, schema);
  }

  private record VectorRows(Iterator<Row> rows, Standardisation standardisation)
      implements Iterator<Row> {

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      Row row = rows.next();
      List<Float> features = row.getList(0);
      double[] z = new double[standardisation.columns()];
      for (int j = 0; j < z.length; j++) {
        z[j] = standardisation.apply(j, features.get(j));
      }
      return RowFactory.create(Vectors.dense(z), row.getDouble(1), row.getDouble(2));
    }
  }
}
