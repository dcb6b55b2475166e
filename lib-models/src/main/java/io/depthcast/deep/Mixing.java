package io.depthcast.deep;

import io.depthcast.models.MoveClass;
import org.nd4j.autodiff.samediff.SDVariable;

/** What MLPLOB and TLOB have in common. */
record Mixing(Layers layers) {

  private static final int WIDEST = 128;

  /**
   * Two dense layers with a residual where the width stays, normalised: rows {@code [n, in]} to
   * {@code [n, out]}.
   */
  SDVariable perceptron(String name, SDVariable rows, int in, int hidden, int out) {
    SDVariable middle = layers.gelu(layers.dense(name + ".1", rows, in, hidden));
    SDVariable y = layers.dense(name + ".2", middle, hidden, out);
    return layers.gelu(layers.layerNorm(name + ".norm", in == out ? y.add(rows) : y, out));
  }

  /** Rows of one axis to rows of the other. */
  SDVariable turned(SDVariable rows, int length, int width) {
    return layers.rows(layers.swap(layers.graph().reshape(rows, -1, length, width)), length);
  }

  /** Dense layers to a quarter each until there are few units, then the scores. */
  SDVariable narrowed(SDVariable x, int size) {
    int width = size;
    SDVariable y = layers.rows(x, width);
    while (width > WIDEST) {
      y = layers.gelu(layers.dense("narrowed" + width, y, width, width / 4));
      width /= 4;
    }
    return layers.dense("scores", y, width, MoveClass.COUNT);
  }
}
