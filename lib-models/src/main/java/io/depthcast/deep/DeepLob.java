package io.depthcast.deep;

import io.depthcast.models.MoveClass;
import io.depthcast.training.Range;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Convolutions that join price and size, then the sides, then the levels, each followed by two over
 * four steps; an inception module over one, three and five steps; a recurrent layer of 64 units.
 *
 * <p>142,691 weights for 40 features: as the authors' network without batch normalisation, with the
 * two biases of a recurrent layer that PyTorch has.
 *
 * <p>Zhang, Zohren, Roberts 2019, DeepLOB: Deep Convolutional Neural Networks for Limit Order
 * Books.
 *
 * @param steps rows of a window, 4 to 4096
 */
public record DeepLob(int steps) implements GraphArchitecture {

  public static final String NAME = "deep_lob";

  private static final int CHANNELS = 32;
  private static final int INCEPTION = 64;

  public DeepLob {
    Range.check("steps", steps, 4, 4096);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void checkInputs(List<String> inputs) {
    LevelInputs.check(NAME, inputs);
  }

  @Override
  public int[] sizes() {
    return new int[] {steps};
  }

  @Override
  public int chunk() {
    return 32;
  }

  @Override
  public SDVariable draw(Layers layers) {
    Sizes.checkMultiple("features", layers.features(), LevelInputs.COLUMNS);
    SameDiff graph = layers.graph();
    SDVariable x = graph.reshape(layers.windows(), -1, 1, steps, layers.features());
    x = block(layers, "size", x, 1, 2);
    x = block(layers, "side", x, CHANNELS, 2);
    x = block(layers, "level", x, CHANNELS, layers.features() / LevelInputs.COLUMNS);
    SDVariable three = layers.convolution("three.1", x, CHANNELS, INCEPTION, 1, 1);
    SDVariable five = layers.convolution("five.1", x, CHANNELS, INCEPTION, 1, 1);
    SDVariable joined =
        graph.concat(
            1,
            layers.convolution("three.2", three, INCEPTION, INCEPTION, 3, 1),
            layers.convolution("five.2", five, INCEPTION, INCEPTION, 5, 1),
            layers.convolution(
                "largest", layers.largestOfThreeSteps(x), CHANNELS, INCEPTION, 1, 1));
    int width = 3 * INCEPTION;
    SDVariable sequence = layers.swap(graph.reshape(joined, -1, width, steps));
    SDVariable rows = layers.timeMajorRows(sequence, width);
    SDVariable last = layers.lstm("lstm", rows, width, steps, INCEPTION)[steps - 1];
    return layers.dense("scores", last, INCEPTION, MoveClass.COUNT);
  }

  private static SDVariable block(Layers layers, String name, SDVariable x, int in, int width) {
    SDVariable y = layers.convolution(name + ".1", x, in, CHANNELS, 1, width);
    y = layers.convolution(name + ".2", y, CHANNELS, CHANNELS, 4, 1);
    return layers.convolution(name + ".3", y, CHANNELS, CHANNELS, 4, 1);
  }
}
