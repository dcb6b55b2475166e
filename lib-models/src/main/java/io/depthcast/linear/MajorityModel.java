package io.depthcast.linear;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import java.util.Arrays;

/** The same probabilities for every row. */
public final class MajorityModel implements ForecastModel {
  public static final String ALGORITHM = "majority";

  private final double[] shares;

  MajorityModel(double[] shares) {
    this.shares = shares;
  }

  /** The model that {@link #artifact()} describes: three doubles, big endian. */
  public static MajorityModel restore(byte[] artifact) {
    DoublesReader doubles = new DoublesReader(ALGORITHM, artifact);
    MajorityModel model = new MajorityModel(doubles.next(MoveClass.COUNT));
    doubles.end();
    return model;
  }

  @Override
  public String algorithm() {
    return ALGORITHM;
  }

  @Override
  public void probabilities(ForecastRows rows, double[][] out) {
    ForecastModel.checkShape(rows, out);
    for (int c = 0; c < MoveClass.COUNT; c++) {
      Arrays.fill(out[c], shares[c]);
    }
  }

  @Override
  public byte[] artifact() {
    return DoublesReader.bytes(shares);
  }
}
