package io.depthcast.trees;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A fitted {@link Xgboost}. Holds native memory until {@link #close()}.
 *
 * <p>XGBoost gives probabilities in single precision; they are widened and divided by their sum, so
 * that they sum to 1 in double precision.
 */
public final class XgboostModel implements ForecastModel {
  public static final String ALGORITHM = "xgboost";

  private static final int HEADER_BYTES = 4 * Integer.BYTES;

  private final byte[] artifact;
  private final int columns;
  private final int rounds;
  private final Booster booster;

  private XgboostModel(byte[] artifact, int columns, int rounds, Booster booster) {
    this.artifact = artifact;
    this.columns = columns;
    this.rounds = rounds;
    this.booster = booster;
  }

  static byte[] artifact(int columns, int rounds, byte[] booster) {
    return ByteBuffer.allocate(HEADER_BYTES + booster.length)
        .putInt(MoveClass.COUNT)
        .putInt(columns)
        .putInt(rounds)
        .putInt(checksum(booster))
        .put(booster)
        .array();
  }

  /**
   * The model that {@link #artifact()} describes: the number of classes, of columns and of rounds
   * that the forecast uses and the CRC-32 of the rest, each 4 bytes in big endian, then the booster
   * in XGBoost's UBJSON. The checksum is needed: XGBoost reads on behind the end of cut bytes.
   */
  public static XgboostModel restore(byte[] artifact) {
    if (artifact.length <= HEADER_BYTES) {
      throw damaged(artifact, null);
    }
    ByteBuffer buffer = ByteBuffer.wrap(artifact);
    int classes = buffer.getInt();
    int columns = buffer.getInt();
    int rounds = buffer.getInt();
    int checksum = buffer.getInt();
    byte[] ubj = new byte[buffer.remaining()];
    buffer.get(ubj);
    if (classes != MoveClass.COUNT || columns < 1 || rounds < 1 || checksum != checksum(ubj)) {
      throw damaged(artifact, null);
    }
    try {
      Booster booster = XGBoost.loadModel(ubj);
      booster.setParam("nthread", 1);
      return new XgboostModel(artifact.clone(), columns, rounds, booster);
    } catch (XGBoostError | IOException e) {
      throw damaged(artifact, e);
    }
  }

  /** Boosting rounds that the forecast uses: up to the best one where the fit stopped early. */
  public int rounds() {
    return rounds;
  }

  @Override
  public String algorithm() {
    return ALGORITHM;
  }

  @Override
  public void probabilities(ForecastRows rows, double[][] out) {
    ForecastModel.checkShape(rows, out);
    ForecastModel.checkColumns(rows, columns);
    if (rows.rows() == 0) {
      return;
    }
    float[][] forecast = predicted(rows, matrix -> booster.predict(matrix, false, rounds));
    for (int i = 0; i < forecast.length; i++) {
      double sum = (double) forecast[i][0] + forecast[i][1] + forecast[i][2];
      for (int c = 0; c < MoveClass.COUNT; c++) {
        out[c][i] = forecast[i][c] / sum;
      }
    }
  }

  /**
   * What the trees add up to, before the softmax that makes it probabilities.
   *
   * @return {@code [rows][3]}
   */
  public float[][] margins(ForecastRows rows) {
    ForecastModel.checkColumns(rows, columns);
    return rows.rows() == 0
        ? new float[0][]
        : predicted(rows, matrix -> booster.predict(matrix, true, rounds));
  }

  /**
   * The share of each input in each class's margin: exact SHAP values of the trees, with what is
   * not known of a row weighted by the training rows that went each way (path-dependent TreeSHAP;
   * S. Lundberg and others, Consistent Individualized Feature Attribution for Tree Ensembles, 2018,
   * algorithm 2).
   *
   * @return {@code [rows][3][columns + 1]}; the last one is the bias, the mean margin of the
   *     training rows; all of a class sum to its margin up to single precision
   */
  public float[][][] contributions(ForecastRows rows) {
    ForecastModel.checkColumns(rows, columns);
    float[][][] contributions = new float[rows.rows()][MoveClass.COUNT][columns + 1];
    if (rows.rows() == 0) {
      return contributions;
    }
    float[][] flat = predicted(rows, matrix -> booster.predictContrib(matrix, rounds));
    for (int i = 0; i < contributions.length; i++) {
      for (int c = 0; c < MoveClass.COUNT; c++) {
        System.arraycopy(flat[i], c * (columns + 1), contributions[i][c], 0, columns + 1);
      }
    }
    return contributions;
  }

  @Override
  public byte[] artifact() {
    return artifact.clone();
  }

  @Override
  public void close() {
    booster.dispose();
  }

  /** One of the booster's predictions of a matrix. */
  private interface Prediction {
    float[][] of(DMatrix matrix) throws XGBoostError;
  }

  private float[][] predicted(ForecastRows rows, Prediction prediction) {
    try {
      DMatrix matrix = new DMatrix(rows.scored(), rows.rows(), columns, Float.NaN);
      try {
        return prediction.of(matrix);
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not score " + rows.rows() + " rows", e);
    }
  }

  private static int checksum(byte[] booster) {
    CRC32 crc = new CRC32();
    crc.update(booster);
    return (int) crc.getValue();
  }

  private static IllegalArgumentException damaged(byte[] artifact, Exception cause) {
    return new IllegalArgumentException(
        "Invalid xgboost artifact: " + artifact.length + " bytes (damaged, fit again)", cause);
  }
}
