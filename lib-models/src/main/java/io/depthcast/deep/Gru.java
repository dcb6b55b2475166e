package io.depthcast.deep;

import io.depthcast.models.MoveClass;
import io.depthcast.training.Range;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A layer of gated recurrent units, dropout and a dense layer.
 *
 * <pre>
 *   steps x features  -&gt;  GRU units  -&gt;  dense, ReLU  -&gt;  3  -&gt;  softmax
 * </pre>
 *
 * @param steps rows of a window, 2 to 1000: each is drawn
 * @param units of the recurrent layer, 1 to 4096
 * @param dense units of the dense layer, 1 to 4096
 * @param dropout share of the recurrent layer's outputs, 0 or more and below 1
 */
public record Gru(int steps, int units, int dense, double dropout) implements GraphArchitecture {

  public static final String NAME = "gru";

  public Gru {
    Range.check("steps", steps, 2, 1000);
    Range.check("units", units, 1, 4096);
    Range.check("dense", dense, 1, 4096);
    Sizes.checkDropout(dropout);
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
    SDVariable[] outputs = layers.gru("gru", rows, layers.features(), steps, units);
    SDVariable last = layers.dropout(outputs[steps - 1], dropout, units);
    SDVariable hidden = layers.relu(layers.dense("dense", last, units, dense));
    return layers.dense("scores", hidden, dense, MoveClass.COUNT);
  }
}
