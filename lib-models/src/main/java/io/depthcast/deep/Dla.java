package io.depthcast.deep;

import io.depthcast.models.MoveClass;
import io.depthcast.training.Range;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Dual-stage temporal attention: the steps are weighted, go through two layers of gated recurrent
 * units with dropout of 0.5 between them, and their outputs are weighted again.
 *
 * <pre>
 *   a = mean over the features of softmax over the steps of X W1,   H = GRU(GRU(a X))
 *   b = mean over the units of softmax over the steps of H W2,      scores = W3 flat(b H)
 * </pre>
 *
 * <p>109,103 weights for 20 features, 5 steps and 100 units.
 *
 * <p>Guo, Chen 2023, Forecasting the Mid-price Movements with High-Frequency LOB: A Dual-Stage
 * Temporal Attention-Based Deep Learning Architecture; as in LOBCAST (Prata et al. 2023).
 *
 * @param steps rows of a window, 2 to 1000: each is drawn
 * @param units of each recurrent layer, 1 to 4096
 */
public record Dla(int steps, int units) implements GraphArchitecture {

  public static final String NAME = "dla";

  private static final double DROP = 0.5;

  public Dla {
    Range.check("steps", steps, 2, 1000);
    Range.check("units", units, 1, 4096);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int[] sizes() {
    return new int[] {steps, units};
  }

  @Override
  public int chunk() {
    return 256;
  }

  @Override
  public SDVariable draw(Layers layers) {
    SameDiff graph = layers.graph();
    int features = layers.features();
    SDVariable weighted = weighted(layers, "attention1", layers.windows(), features);
    SDVariable rows = layers.timeMajorRows(weighted, features);
    SDVariable first = graph.stack(1, layers.gru("gru1", rows, features, steps, units));
    SDVariable dropped = layers.dropout(first, DROP, steps, units);
    SDVariable[] second =
        layers.gru("gru2", layers.timeMajorRows(dropped, units), units, steps, units);
    SDVariable flat =
        layers.rows(
            weighted(layers, "attention2", graph.stack(1, second), units),
            Math.multiplyExact(steps, units));
    return layers.dense("scores", flat, Math.multiplyExact(steps, units), MoveClass.COUNT);
  }

  /** Each step times its weight: softmax over the steps, by column, and the mean of the columns. */
  private SDVariable weighted(Layers layers, String name, SDVariable x, int width) {
    SameDiff graph = layers.graph();
    SDVariable w = layers.weight(name + ".weight", Start.ofInputs(width), width, width);
    SDVariable energies = graph.reshape(layers.rows(x, width).mmul(w), -1, steps, width);
    return x.mul(graph.nn.softmax(energies, 1).mean(true, 2));
  }
}
