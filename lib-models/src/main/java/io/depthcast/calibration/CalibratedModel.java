package io.depthcast.calibration;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;

/** Another model's forecasts at a {@link Temperature}. */
public final class CalibratedModel implements ForecastModel {

  /** Ends the name of the other model. */
  public static final String SUFFIX = "_calibrated";

  private final ForecastModel model;
  private final Temperature temperature;

  CalibratedModel(ForecastModel model, Temperature temperature) {
    this.model = model;
    this.temperature = temperature;
  }

  /** The other model's name, of a name that ends in {@link #SUFFIX}. */
  public static String base(String algorithm) {
    return algorithm.substring(0, algorithm.length() - SUFFIX.length());
  }

  /**
   * The model that {@link #artifact()} describes: the temperature, a double in big endian, and the
   * other model's artifact.
   *
   * @param restore restores the other model, of its name and artifact
   */
  public static CalibratedModel restore(
      String algorithm, byte[] artifact, BiFunction<String, byte[], ForecastModel> restore) {
    ByteBuffer bytes = ByteBuffer.wrap(artifact);
    if (bytes.remaining() < Double.BYTES) {
      throw new IllegalArgumentException("Damaged artifact of " + algorithm);
    }
    Temperature temperature = new Temperature(bytes.getDouble());
    byte[] ofModel = new byte[bytes.remaining()];
    bytes.get(ofModel);
    return new CalibratedModel(restore.apply(base(algorithm), ofModel), temperature);
  }

  /** The other model; closed with this one. */
  public ForecastModel model() {
    return model;
  }

  /** What its probabilities are raised to, inverted. */
  public Temperature temperature() {
    return temperature;
  }

  @Override
  public String algorithm() {
    return model.algorithm() + SUFFIX;
  }

  @Override
  public void probabilities(ForecastRows rows, double[][] out) {
    model.probabilities(rows, out);
    temperature.apply(out);
  }

  @Override
  public byte[] artifact() {
    byte[] ofModel = model.artifact();
    return ByteBuffer.allocate(Double.BYTES + ofModel.length)
        .putDouble(temperature.value())
        .put(ofModel)
        .array();
  }

  @Override
  public void close() {
    model.close();
  }
}
