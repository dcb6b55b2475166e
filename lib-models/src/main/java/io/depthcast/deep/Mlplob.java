package io.depthcast.deep;

import io.depthcast.training.Range;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Perceptrons by turns over the features and over the steps, the last pair narrowing to a quarter,
 * after bilinear normalisation.
 *
 * <p>68,395 weights for 20 features, 64 steps, 40 units and 2 layers; the published code counts 3
 * more, of an embedding of order types that windows without order types never reach.
 *
 * <p>Berti, Kasneci 2025, TLOB: A Novel Transformer Model with Dual Attention for Price Trend
 * Prediction with Limit Order Book Data.
 *
 * @param steps rows of a window, 4 to 4096, a multiple of 4
 * @param units that the features become, 4 to 4096, a multiple of 4
 * @param layers pairs of perceptrons, 1 to 64
 */
public record Mlplob(int steps, int units, int layers) implements GraphArchitecture {

  public static final String NAME = "mlplob";

  public Mlplob {
    Range.check("steps", steps, 4, 4096);
    Range.check("units", units, 4, 4096);
    Range.check("layers", layers, 1, 64);
    Sizes.checkMultiple("steps", steps, 4);
    Sizes.checkMultiple("units", units, 4);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int[] sizes() {
    return new int[] {steps, units, layers};
  }

  @Override
  public int chunk() {
    return 128;
  }

  @Override
  public SDVariable draw(Layers drawing) {
    Mixing mixing = new Mixing(drawing);
    int features = drawing.features();
    SDVariable rows = drawing.rows(drawing.bilinearNormalisation(), features);
    SDVariable x = drawing.gelu(drawing.dense("embedding", rows, features, units));
    for (int i = 0; i < layers; i++) {
      boolean isLast = i == layers - 1;
      int wider = isLast ? 2 : 4;
      int narrower = isLast ? 4 : 1;
      x = mixing.perceptron("features" + i, x, units, wider * units, units / narrower);
      x = mixing.turned(x, steps, units / narrower);
      x = mixing.perceptron("steps" + i, x, steps, wider * steps, steps / narrower);
      x = mixing.turned(x, units / narrower, steps / narrower);
    }
    return mixing.narrowed(x, units / 4 * (steps / 4));
  }
}
