package io.depthcast.deep;

import io.depthcast.training.Range;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Attention by turns over the steps and over the units, the last pair narrowing to a quarter, after
 * bilinear normalisation; positions by sine and cosine.
 *
 * <p>176,059 weights for 20 features, 64 steps, 40 units, 2 layers and 1 head; the published code
 * counts 3 more, of an embedding of order types that windows without order types never reach.
 *
 * <p>Berti, Kasneci 2025, TLOB: A Novel Transformer Model with Dual Attention for Price Trend
 * Prediction with Limit Order Book Data. Its queries, keys, values and outputs go through two dense
 * layers with nothing between; they are multiplied with each other before they meet the rows.
 *
 * @param steps rows of a window, 4 to 4096, a multiple of 4
 * @param units that the features become, 4 to 4096, a multiple of 4
 * @param layers pairs of attention, 1 to 64
 * @param heads of each attention, 1 to 64
 */
public record Tlob(int steps, int units, int layers, int heads) implements GraphArchitecture {

  public static final String NAME = "tlob";

  public Tlob {
    Range.check("steps", steps, 4, 4096);
    Range.check("units", units, 4, 4096);
    Range.check("layers", layers, 1, 64);
    Range.check("heads", heads, 1, 64);
    Sizes.checkMultiple("steps", steps, 4);
    Sizes.checkMultiple("units", units, 4);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int[] sizes() {
    return new int[] {steps, units, layers, heads};
  }

  @Override
  public int chunk() {
    return 64;
  }

  @Override
  public SDVariable draw(Layers drawing) {
    SameDiff graph = drawing.graph();
    Mixing mixing = new Mixing(drawing);
    int features = drawing.features();
    SDVariable rows = drawing.rows(drawing.bilinearNormalisation(), features);
    SDVariable embedded = drawing.dense("embedding", rows, features, units);
    SDVariable x =
        drawing.rows(
            graph.reshape(embedded, -1, steps, units).add(drawing.positions(steps, units)), units);
    for (int i = 0; i < layers; i++) {
      int narrower = i == layers - 1 ? 4 : 1;
      x = attentive(mixing, "steps" + i, x, steps, units, units / narrower);
      x = mixing.turned(x, steps, units / narrower);
      x = attentive(mixing, "units" + i, x, units / narrower, steps, steps / narrower);
      x = mixing.turned(x, units / narrower, steps / narrower);
    }
    return mixing.narrowed(x, units / 4 * (steps / 4));
  }

  private SDVariable attentive(
      Mixing mixing, String name, SDVariable x, int length, int width, int out) {
    Layers drawing = mixing.layers();
    int inner = Math.multiplyExact(heads, width);
    Projection queries = Projection.twice(drawing, name + ".queries", width, inner);
    Projection keys = Projection.twice(drawing, name + ".keys", width, inner);
    Projection values = Projection.twice(drawing, name + ".values", width, inner);
    SDVariable joined =
        x.mmul(drawing.graph().concat(1, queries.weight(), keys.weight(), values.weight()))
            .add(drawing.graph().concat(1, queries.bias(), keys.bias(), values.bias()));
    SDVariable mixed = drawing.attention(name + ".attention", joined, length, heads, width);
    SDVariable normed =
        drawing.layerNorm(
            name + ".norm", Projection.back(drawing, name, inner, width).of(mixed).add(x), width);
    SDVariable y = mixing.perceptron(name + ".perceptron", normed, width, 4 * width, out);
    return out == width ? y.add(x) : y;
  }

  /**
   * Two dense layers with nothing between as one: weight {@code [in, out]}, bias {@code [1, out]}.
   */
  private record Projection(SDVariable weight, SDVariable bias) {

    static Projection twice(Layers drawing, String name, int in, int out) {
      SDVariable first = drawing.weight(name + ".1.weight", Start.ofInputs(in), in, out);
      SDVariable shift = drawing.weight(name + ".1.bias", Start.ofInputs(in), 1, out);
      // PyTorch begins the three of an attention as one matrix.
      SDVariable second = drawing.weight(name + ".2.weight", Start.glorot(out, 3 * out), out, out);
      SDVariable bias = drawing.weight(name + ".2.bias", Start.ZEROS, 1, out);
      return new Projection(first.mmul(second), shift.mmul(second).add(bias));
    }

    static Projection back(Layers drawing, String name, int in, int out) {
      SDVariable first = drawing.weight(name + ".out.1.weight", Start.ofInputs(in), in, in);
      SDVariable shift = drawing.weight(name + ".out.1.bias", Start.ZEROS, 1, in);
      SDVariable second = drawing.weight(name + ".out.2.weight", Start.ofInputs(in), in, out);
      SDVariable bias = drawing.weight(name + ".out.2.bias", Start.ofInputs(in), 1, out);
      return new Projection(first.mmul(second), shift.mmul(second).add(bias));
    }

    SDVariable of(SDVariable rows) {
      return rows.mmul(weight).add(bias);
    }
  }
}
