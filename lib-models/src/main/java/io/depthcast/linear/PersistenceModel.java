package io.depthcast.linear;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;

/** The last known class with its probability of coming again, see {@link Persistence}. */
public final class PersistenceModel implements ForecastModel {
  public static final String ALGORITHM = "persistence";

  /** By class, the probability that it comes again. */
  private final double[] stay;

  PersistenceModel(double[] stay) {
    this.stay = stay;
  }

  /** The model that {@link #artifact()} describes: three doubles, big endian. */
  public static PersistenceModel restore(byte[] artifact) {
    DoublesReader doubles = new DoublesReader(ALGORITHM, artifact);
    PersistenceModel model = new PersistenceModel(doubles.next(MoveClass.COUNT));
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
    byte[] lastClass = rows.lastClass();
    for (int i = 0; i < lastClass.length; i++) {
      int last = lastClass[i] == MoveClass.UNKNOWN ? MoveClass.FLAT : lastClass[i];
      for (int c = 0; c < MoveClass.COUNT; c++) {
        out[c][i] = c == last ? stay[last] : (1 - stay[last]) / 2;
      }
    }
  }

  @Override
  public byte[] artifact() {
    return DoublesReader.bytes(stay);
  }
}
