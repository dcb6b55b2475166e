package io.depthcast.networks;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import io.depthcast.training.Standardisation;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * A fitted network with the standardisation of its inputs. Single precision; the probabilities are
 * widened and divided by their sum, so that they sum to 1 in double precision.
 */
public final class NetworkModel implements ForecastModel {

  private final String algorithm;
  private final byte[] artifact;
  private final Standardisation standardisation;
  private final Network network;

  private NetworkModel(
      String algorithm, byte[] artifact, Standardisation standardisation, Network network) {
    this.algorithm = algorithm;
    this.artifact = artifact;
    this.standardisation = standardisation;
    this.network = network;
  }

  static byte[] artifact(
      Architecture architecture, Standardisation standardisation, Network network) {
    int[] sizes = architecture.sizes();
    float[] weights = network.weights();
    int features = standardisation.columns();
    ByteBuffer buffer =
        ByteBuffer.allocate(
            (3 + sizes.length + weights.length) * Integer.BYTES + 2 * features * Double.BYTES);
    buffer.putInt(0).putInt(features).putInt(sizes.length);
    for (int size : sizes) {
      buffer.putInt(size);
    }
    for (double mean : standardisation.mean()) {
      buffer.putDouble(mean);
    }
    for (double sd : standardisation.sd()) {
      buffer.putDouble(sd);
    }
    for (float weight : weights) {
      buffer.putFloat(weight);
    }
    return buffer.putInt(0, checksum(buffer.array())).array();
  }

  /**
   * The model that {@link #artifact()} describes, in big endian: the CRC-32 of the rest; how many
   * features and sizes there are; the sizes; mean and standard deviation of each feature in double
   * precision; the weights in single precision.
   *
   * @param architecture of the sizes
   */
  public static NetworkModel restore(
      String algorithm, byte[] artifact, Function<int[], Architecture> architecture) {
    if (artifact.length < 3 * Integer.BYTES) {
      throw damaged(algorithm, artifact);
    }
    ByteBuffer buffer = ByteBuffer.wrap(artifact);
    if (buffer.getInt() != checksum(artifact)) {
      throw damaged(algorithm, artifact);
    }
    double[] mean = new double[buffer.getInt()];
    double[] sd = new double[mean.length];
    int[] sizes = new int[buffer.getInt()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = buffer.getInt();
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] = buffer.getDouble();
    }
    for (int j = 0; j < sd.length; j++) {
      sd[j] = buffer.getDouble();
    }
    float[] weights = new float[buffer.remaining() / Float.BYTES];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = buffer.getFloat();
    }
    Network network = architecture.apply(sizes).restore(mean.length, weights);
    return new NetworkModel(algorithm, artifact.clone(), new Standardisation(mean, sd), network);
  }

  @Override
  public String algorithm() {
    return algorithm;
  }

  @Override
  public void probabilities(ForecastRows rows, double[][] out) {
    ForecastModel.checkShape(rows, out);
    ForecastModel.checkColumns(rows, standardisation.columns());
    int steps = network.steps();
    if (rows.history() < steps - 1) {
      throw new IllegalArgumentException(
          "Invalid history: %d rows (%s needs %d)".formatted(rows.history(), algorithm, steps - 1));
    }
    int columns = rows.columns();
    float[] standardised = new float[rows.values().length];
    for (int i = 0; i < standardised.length; i++) {
      standardised[i] = (float) standardisation.apply(i % columns, rows.values()[i]);
    }
    int[] begins = new int[rows.rows()];
    for (int i = 0; i < begins.length; i++) {
      begins[i] = (rows.at()[i] - steps + 1) * columns;
    }
    float[][] p = new float[begins.length][MoveClass.COUNT];
    network.probabilities(standardised, begins, p);
    for (int i = 0; i < p.length; i++) {
      double sum = (double) p[i][0] + p[i][1] + p[i][2];
      for (int c = 0; c < MoveClass.COUNT; c++) {
        out[c][i] = p[i][c] / sum;
      }
    }
  }

  @Override
  public byte[] artifact() {
    return artifact.clone();
  }

  @Override
  public void close() {
    network.close();
  }

  private static int checksum(byte[] artifact) {
    CRC32 crc = new CRC32();
    crc.update(artifact, Integer.BYTES, artifact.length - Integer.BYTES);
    return (int) crc.getValue();
  }

  private static IllegalArgumentException damaged(String algorithm, byte[] artifact) {
    return new IllegalArgumentException(
        "Invalid " + algorithm + " artifact: " + artifact.length + " bytes (damaged, fit again)");
  }
}
