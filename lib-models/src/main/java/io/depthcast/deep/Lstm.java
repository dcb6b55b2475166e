package io.depthcast.deep;

import io.depthcast.models.MoveClass;
import io.depthcast.training.Range;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * One recurrent layer and a dense one, the size that LOBCAST (Prata et al. 2023) fits: 40 units and
 * 64, windows of 100 rows.
 *
 * <pre>
 *   steps x features  -&gt;  LSTM units  -&gt;  dense, dropout 0.2, ReLU  -&gt;  3  -&gt;  softmax
 * </pre>
 *
 * <p>12,739 weights for 20 features. Tsantekidis et al. 2017, Using Deep Learning to Detect Price
 * Change Indications in Financial Markets.
 *
 * @param steps rows of a window, 2 to 10000
 * @param units of the recurrent layer, 1 to 4096
 * @param dense units of the dense layer, 1 to 4096
 */
public record Lstm(int steps, int units, int dense) implements GraphArchitecture {

  public static final String NAME = "lstm";

  private static final double DROP = 0.2;

  public Lstm {
    Range.check("steps", steps, 2, 10_000);
    Range.check("units", units, 1, 4096);
    Range.check("dense", dense, 1, 4096);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int[] sizes() {
    return new int[] {steps, units, dense};
  }

  @Override
  public int chunk() {
    return 256;
  }

  @Override
  public SDVariable draw(Layers layers) {
    SDVariable rows = layers.timeMajorRows(layers.windows(), layers.features());
    SDVariable last = layers.lstm("lstm", rows, layers.features(), steps, units)[steps - 1];
    SDVariable hidden = layers.dropout(layers.dense("dense", last, units, dense), DROP, dense);
    return layers.dense("scores", layers.relu(hidden), dense, MoveClass.COUNT);
  }
}
