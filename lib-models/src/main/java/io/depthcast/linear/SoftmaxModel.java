package io.depthcast.linear;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import io.depthcast.training.Standardisation;

/**
 * A fitted {@link LogisticRegression}: {@code p_c = exp(a_c + b_c z) / sum_k exp(a_k + b_k z)} with
 * {@code z} the standardised features. Double arithmetic in the order of the columns.
 */
public final class SoftmaxModel implements ForecastModel {
  public static final String ALGORITHM = "logistic_regression";

  private final Standardisation standardisation;
  private final double[] intercepts;
  private final double[][] coefficients;

  SoftmaxModel(Standardisation standardisation, double[] intercepts, double[][] coefficients) {
    this.standardisation = standardisation;
    this.intercepts = intercepts;
    this.coefficients = coefficients;
  }

  /**
   * The model that {@link #artifact()} describes, doubles in big endian: mean and standard
   * deviation of each column, three intercepts, then each class's coefficients.
   */
  public static SoftmaxModel restore(byte[] artifact) {
    DoublesReader doubles = new DoublesReader(ALGORITHM, artifact);
    int perColumn = 2 + MoveClass.COUNT;
    int columns = (doubles.remaining() - MoveClass.COUNT) / perColumn;
    if (columns < 1) {
      throw doubles.damaged();
    }
    Standardisation standardisation =
        new Standardisation(doubles.next(columns), doubles.next(columns));
    double[] intercepts = doubles.next(MoveClass.COUNT);
    double[][] coefficients = new double[MoveClass.COUNT][];
    for (int c = 0; c < MoveClass.COUNT; c++) {
      coefficients[c] = doubles.next(columns);
    }
    doubles.end();
    return new SoftmaxModel(standardisation, intercepts, coefficients);
  }

  @Override
  public String algorithm() {
    return ALGORITHM;
  }

  @Override
  public void probabilities(ForecastRows rows, double[][] out) {
    ForecastModel.checkShape(rows, out);
    ForecastModel.checkColumns(rows, standardisation.columns());
    int columns = rows.columns();
    double[] margin = new double[MoveClass.COUNT];
    for (int i = 0; i < rows.rows(); i++) {
      System.arraycopy(intercepts, 0, margin, 0, margin.length);
      for (int j = 0; j < columns; j++) {
        double z = standardisation.apply(j, rows.values()[rows.at()[i] * columns + j]);
        for (int c = 0; c < margin.length; c++) {
          margin[c] += coefficients[c][j] * z;
        }
      }
      softmax(margin);
      for (int c = 0; c < margin.length; c++) {
        out[c][i] = margin[c];
      }
    }
  }

  @Override
  public byte[] artifact() {
    return DoublesReader.bytes(
        standardisation.mean(),
        standardisation.sd(),
        intercepts,
        coefficients[MoveClass.DOWN],
        coefficients[MoveClass.FLAT],
        coefficients[MoveClass.UP]);
  }

  /** In place; the greatest margin is taken off first so that no exponential overflows. */
  private static void softmax(double[] margin) {
    double greatest = Math.max(margin[0], Math.max(margin[1], margin[2]));
    double sum = 0;
    for (int c = 0; c < margin.length; c++) {
      margin[c] = StrictMath.exp(margin[c] - greatest);
      sum += margin[c];
    }
    for (int c = 0; c < margin.length; c++) {
      margin[c] /= sum;
    }
  }
}
