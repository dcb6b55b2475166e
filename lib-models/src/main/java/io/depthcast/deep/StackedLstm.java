package io.depthcast.deep;

import io.depthcast.models.MoveClass;
import io.depthcast.training.Range;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Two recurrent layers, the second smaller, each followed by dropout, and a dense one.
 *
 * <pre>
 *   steps x features  -&gt;  LSTM 256  -&gt;  LSTM 128  -&gt;  dense 64, ReLU  -&gt;  3  -&gt;  softmax
 * </pre>
 *
 * <p>511,235 weights for 40 features and these sizes.
 *
 * @param steps rows of a window, 2 to 10000
 * @param first units of the first recurrent layer, 1 to 4096
 * @param second units of the second, 1 to 4096
 * @param dense units of the dense layer, 1 to 4096
 * @param dropout share of the outputs of both recurrent layers, 0 or more and below 1
 */
public record StackedLstm(int steps, int first, int second, int dense, double dropout)
    implements GraphArchitecture {

  public static final String NAME = "stacked_lstm";

  public StackedLstm {
    Range.check("steps", steps, 2, 10_000);
    Range.check("first", first, 1, 4096);
    Range.check("second", second, 1, 4096);
    Range.check("dense", dense, 1, 4096);
    Sizes.checkDropout(dropout);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int[] sizes() {
    return new int[] {steps, first, second, dense};
  }

  @Override
  public int chunk() {
    return 64;
  }

  @Override
  public SDVariable draw(Layers layers) {
    SDVariable rows = layers.timeMajorRows(layers.windows(), layers.features());
    SDVariable all =
        layers.graph().stack(1, layers.lstm("lstm1", rows, layers.features(), steps, first));
    SDVariable kept = layers.timeMajorRows(layers.dropout(all, dropout, steps, first), first);
    SDVariable last = layers.lstm("lstm2", kept, first, steps, second)[steps - 1];
    SDVariable hidden = layers.dense("dense", layers.dropout(last, dropout, second), second, dense);
    return layers.dense("scores", layers.relu(hidden), dense, MoveClass.COUNT);
  }
}
