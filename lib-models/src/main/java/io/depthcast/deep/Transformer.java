package io.depthcast.deep;

import io.depthcast.models.MoveClass;
import io.depthcast.training.Range;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * An encoder over the levels of the book and then over time. A row's features are its levels, four
 * columns each (price and size of both sides); the levels of a row attend to each other and are
 * averaged to a vector a row, to which the position by sine and cosine is added; the rows attend to
 * each other and are averaged.
 *
 * <p>Each attention weight can be read out: {@link GraphNetwork#attention}.
 *
 * <p>Vaswani et al. 2017, Attention Is All You Need, section 3.1: normalisation after the residual,
 * a perceptron with ReLU.
 *
 * @param steps rows of a window, 2 to 4096
 * @param units of a level and of a row, 1 to 4096, a multiple of the heads
 * @param heads of each attention, 1 to 64
 * @param inner units of the perceptron, 1 to 16384
 * @param layers over time, 1 to 64; over the levels there is one
 */
public record Transformer(int steps, int units, int heads, int inner, int layers)
    implements GraphArchitecture {

  public static final String NAME = "transformer";

  public Transformer {
    Range.check("steps", steps, 2, 4096);
    Range.check("units", units, 1, 4096);
    Range.check("heads", heads, 1, 64);
    Range.check("inner", inner, 1, 16_384);
    Range.check("layers", layers, 1, 64);
    Sizes.checkMultiple("units", units, heads);
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
    return new int[] {steps, units, heads, inner, layers};
  }

  @Override
  public int chunk() {
    return 64;
  }

  @Override
  public SDVariable draw(Layers drawing) {
    Sizes.checkMultiple("features", drawing.features(), LevelInputs.COLUMNS);
    SameDiff graph = drawing.graph();
    int levels = drawing.features() / LevelInputs.COLUMNS;
    SDVariable tokens = drawing.rows(drawing.windows(), LevelInputs.COLUMNS);
    SDVariable position =
        drawing.weight("levels", Start.ofInputs(LevelInputs.COLUMNS), 1, levels, units);
    SDVariable embedded =
        graph
            .reshape(
                drawing.dense("embedding", tokens, LevelInputs.COLUMNS, units), -1, levels, units)
            .add(position);
    SDVariable attended = block(drawing, "level", drawing.rows(embedded, units), levels);
    SDVariable row = graph.reshape(attended, -1, levels, units).mean(1);
    SDVariable x =
        drawing.rows(
            graph.reshape(row, -1, steps, units).add(drawing.positions(steps, units)), units);
    for (int i = 0; i < layers; i++) {
      x = block(drawing, "time" + i, x, steps);
    }
    SDVariable pooled = graph.reshape(x, -1, steps, units).mean(1);
    return drawing.dense("scores", pooled, units, MoveClass.COUNT);
  }

  private SDVariable block(Layers drawing, String name, SDVariable x, int length) {
    SDVariable joined = drawing.dense(name + ".joined", x, units, 3 * units);
    SDVariable mixed = drawing.attention(name + ".attention", joined, length, heads, units / heads);
    SDVariable y =
        drawing.layerNorm(
            name + ".norm1", x.add(drawing.dense(name + ".out", mixed, units, units)), units);
    SDVariable hidden = drawing.relu(drawing.dense(name + ".1", y, units, inner));
    return drawing.layerNorm(
        name + ".norm2", y.add(drawing.dense(name + ".2", hidden, inner, units)), units);
  }
}
