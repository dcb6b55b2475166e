package io.depthcast.deep;

import io.depthcast.models.MoveClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The layers that a graph is drawn with. A weight is declared when its layer is drawn, so the order
 * of the weights is that of the drawing.
 *
 * <p>Shapes begin with the windows; where a layer takes rows, these are the steps of all windows.
 */
final class Layers {

  /** Placeholder of the windows, {@code [windows, steps, features]}. */
  static final String WINDOWS = "windows";

  /** Placeholder {@code [windows, 3]}: the weight of the window at its class, 0 elsewhere. */
  static final String TARGET = "target";

  static final String PROBABILITIES = "probabilities";
  static final String LOSS = "loss";

  private static final double LEAST_DEVIATION = 1e-4;
  private static final double LEAK = 0.01;

  /**
   * A weight.
   *
   * @param isPositive whether it is kept above 0
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Weight(String name, Start start, long[] shape, boolean isPositive) {

    int size() {
      return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    INDArray begin(DataType type, SplittableRandom random) {
      double[] values = new double[size()];
      Arrays.setAll(values, i -> start.draw(random));
      return Nd4j.create(values, shape, 'c').castTo(type);
    }
  }

  /**
   * A placeholder that multiplies units: 0 for one that is dropped.
   *
   * @param shape without the windows
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Mask(String name, double drop, long[] shape) {}

  private final SameDiff graph = SameDiff.create();
  private final DataType type;
  private final SplittableRandom random;
  private final int steps;
  private final int features;
  private final SDVariable windows;
  private final List<Weight> weights = new ArrayList<>();
  private final List<Mask> masks = new ArrayList<>();
  private final List<String> attentions = new ArrayList<>();

  Layers(DataType type, int steps, int features, long seed) {
    this.type = type;
    this.steps = steps;
    this.features = features;
    random = new SplittableRandom(seed);
    windows = graph.placeHolder(WINDOWS, type, -1, steps, features);
  }

  SameDiff graph() {
    return graph;
  }

  int features() {
    return features;
  }

  SDVariable windows() {
    return windows;
  }

  List<Weight> weights() {
    return weights;
  }

  List<Mask> masks() {
    return masks;
  }

  /** Names of the arrays of attention weights, in the order of the drawing. */
  List<String> attentions() {
    return attentions;
  }

  /** Ends the drawing with the scores {@code [windows, 3]}: their softmax, and the loss. */
  void finish(SDVariable scores) {
    graph.nn.softmax(PROBABILITIES, scores, 1);
    SDVariable target = graph.placeHolder(TARGET, type, -1, MoveClass.COUNT);
    target.mul(graph.nn.logSoftmax(scores)).sum().neg(LOSS);
    graph.setLossVariables(LOSS);
  }

  SDVariable weight(String name, Start start, long... shape) {
    return weight(new Weight(name, start, shape, false));
  }

  private SDVariable weight(Weight weight) {
    weights.add(weight);
    return graph.var(weight.name, weight.begin(type, random));
  }

  /** All steps of all windows, one below the other. */
  SDVariable rows(SDVariable sequence, int width) {
    return graph.reshape(sequence, -1, width);
  }

  /** {@code [windows, a, b]} to {@code [windows, b, a]}. */
  SDVariable swap(SDVariable x) {
    return graph.permute(x, 0, 2, 1);
  }

  /** Rows {@code [n, in]} to {@code [n, out]}. */
  SDVariable dense(String name, SDVariable rows, int in, int out) {
    SDVariable w = weight(name + ".weight", Start.ofInputs(in), in, out);
    SDVariable b = weight(name + ".bias", Start.ofInputs(in), out);
    return rows.mmul(w).add(b);
  }

  /**
   * Gaussian error linear unit in its form with a sigmoid, x sigmoid(1.702 x): Hendrycks, Gimpel
   * 2016, Gaussian Error Linear Units, section 2. ND4J takes a quarter of the time for it that the
   * form with tanh takes.
   */
  SDVariable gelu(SDVariable x) {
    return graph.nn.gelu(x);
  }

  SDVariable relu(SDVariable x) {
    return graph.nn.relu(x, 0);
  }

  /** Rows to mean 0 and deviation 1, times a gain, plus a shift. */
  SDVariable layerNorm(String name, SDVariable rows, int width) {
    SDVariable gain = weight(name + ".gain", Start.ONES, width);
    SDVariable shift = weight(name + ".shift", Start.ZEROS, width);
    return graph.nn.layerNorm(rows, gain, shift, false, 1);
  }

  /**
   * Closes a share of the units while the network learns and scales the others, so that the mean
   * stays.
   *
   * @param shape of x without the windows
   */
  SDVariable dropout(SDVariable x, double drop, long... shape) {
    if (drop == 0) {
      return x;
    }
    long[] all = new long[shape.length + 1];
    all[0] = -1;
    System.arraycopy(shape, 0, all, 1, shape.length);
    Mask mask = new Mask("mask" + masks.size(), drop, shape);
    masks.add(mask);
    return x.mul(graph.placeHolder(mask.name, type, all));
  }

  /**
   * Bilinear normalisation of the windows, as {@code bilinear} does it: each step over its features
   * and each feature over its steps, each with learnt scales, and the sum of both with learnt
   * shares.
   *
   * <p>Tran, Kanniainen, Gabbouj, Iosifidis 2021, Data Normalization for Bilinear Structures in
   * High-Frequency Financial Time-series.
   *
   * @return {@code [windows, steps, features]}
   */
  SDVariable bilinearNormalisation() {
    SDVariable scale1 = weight("bin.step.scale", Start.glorotNormal(steps, 1), steps, 1);
    SDVariable shift1 = weight("bin.step.shift", Start.ZEROS, steps, 1);
    SDVariable scale2 = weight("bin.feature.scale", Start.glorotNormal(features, 1), 1, features);
    SDVariable shift2 = weight("bin.feature.shift", Start.ZEROS, 1, features);
    SDVariable share1 = weight(new Weight("bin.step.share", Start.constant(0.5), ONE, true));
    SDVariable share2 = weight(new Weight("bin.feature.share", Start.constant(0.5), ONE, true));
    SDVariable acrossFeatures = standardised(2, features).mul(scale1).add(shift1).mul(share1);
    SDVariable alongTime = standardised(1, steps).mul(scale2).add(shift2).mul(share2);
    return acrossFeatures.add(alongTime);
  }

  private static final long[] ONE = {1};

  /**
   * The windows less their mean along a dimension over their deviation, which is 1 if too small.
   */
  private SDVariable standardised(int dimension, int size) {
    SDVariable centred = windows.sub(windows.mean(true, dimension));
    SDVariable deviation =
        graph.math.sqrt(graph.math.square(centred).sum(true, dimension).div(size - 1));
    SDVariable isSmall = deviation.lt(LEAST_DEVIATION).castTo(type);
    return centred.div(deviation.mul(isSmall.rsub(1)).add(isSmall));
  }

  /**
   * Long short-term memory: Hochreiter, Schmidhuber 1997, Long Short-Term Memory; with a forget
   * gate, and two biases as PyTorch has them.
   *
   * <pre>
   *   i, f, o = sigmoid(x W + h U + b),   g = tanh(x W + h U + b),   c' = f c + i g,   h' = o tanh(c')
   * </pre>
   *
   * <p>The backward pass of ND4J 1.0.0-M2.1's own layer never frees what it computes with (37 MB in
   * a batch of 256 windows of 100 steps and 40 units), so the steps are drawn.
   *
   * @param rows steps of all windows one below the other, all windows of the first step first
   * @return the output of each step, {@code [windows, units]} each
   */
  SDVariable[] lstm(String name, SDVariable rows, int in, int length, int units) {
    Start start = Start.ofInputs(units);
    SDVariable input = weight(name + ".input", start, in, 4L * units);
    SDVariable recurrent = weight(name + ".recurrent", start, units, 4L * units);
    SDVariable bias =
        weight(name + ".bias.input", start, 4L * units)
            .add(weight(name + ".bias.recurrent", start, 4L * units));
    SDVariable[] fed = steps(rows.mmul(input).add(bias), length, 4 * units);
    SDVariable[] outputs = new SDVariable[length];
    SDVariable cell = null;
    for (int t = 0; t < length; t++) {
      // Before the first step all units and cells are 0.
      SDVariable all = t == 0 ? fed[t] : fed[t].add(outputs[t - 1].mmul(recurrent));
      SDVariable[] parts = graph.split(all, 4, 1);
      SDVariable proposed = graph.nn.sigmoid(parts[0]).mul(graph.math.tanh(parts[2]));
      cell = t == 0 ? proposed : graph.nn.sigmoid(parts[1]).mul(cell).add(proposed);
      outputs[t] = graph.nn.sigmoid(parts[3]).mul(graph.math.tanh(cell));
    }
    return outputs;
  }

  /**
   * Gated recurrent units: Cho et al. 2014, Learning Phrase Representations using RNN
   * Encoder-Decoder; the reset gate after the product with the recurrent weights, as in PyTorch:
   *
   * <pre>
   *   r, z = sigmoid(x W + h U + b + c),   n = tanh(x V + d + r (h S + e)),   h' = n + z (h - n)
   * </pre>
   *
   * <p>ND4J's own layer has the other form, so the steps are drawn; the products with the input are
   * one for all steps.
   *
   * @param rows steps of all windows one below the other, all windows of the first step first
   * @return the output of each step, {@code [windows, units]} each
   */
  SDVariable[] gru(String name, SDVariable rows, int in, int length, int units) {
    Start start = Start.ofInputs(units);
    SDVariable inputGates = weight(name + ".input.gates", start, in, 2L * units);
    SDVariable inputNew = weight(name + ".input.new", start, in, units);
    SDVariable recurrentGates = weight(name + ".recurrent.gates", start, units, 2L * units);
    SDVariable recurrentNew = weight(name + ".recurrent.new", start, units, units);
    SDVariable gateBias =
        weight(name + ".bias.input.gates", start, 2L * units)
            .add(weight(name + ".bias.recurrent.gates", start, 2L * units));
    SDVariable newBias = weight(name + ".bias.input.new", start, units);
    SDVariable recurrentBias = weight(name + ".bias.recurrent.new", start, 1, units);
    SDVariable[] fedGates = steps(rows.mmul(inputGates).add(gateBias), length, 2 * units);
    SDVariable[] fedNew = steps(rows.mmul(inputNew).add(newBias), length, units);
    SDVariable[] outputs = new SDVariable[length];
    for (int t = 0; t < length; t++) {
      // Before the first step all units are 0.
      SDVariable before = t == 0 ? null : outputs[t - 1];
      SDVariable both =
          graph.nn.sigmoid(t == 0 ? fedGates[t] : fedGates[t].add(before.mmul(recurrentGates)));
      SDVariable[] gates = graph.split(both, 2, 1);
      SDVariable remembered = t == 0 ? recurrentBias : before.mmul(recurrentNew).add(recurrentBias);
      SDVariable proposed = graph.nn.tanh(fedNew[t].add(gates[0].mul(remembered)));
      outputs[t] =
          t == 0
              ? proposed.sub(gates[1].mul(proposed))
              : proposed.add(gates[1].mul(before.sub(proposed)));
    }
    return outputs;
  }

  private SDVariable[] steps(SDVariable rows, int length, int width) {
    return graph.unstack(graph.reshape(rows, length, -1, width), 0, length);
  }

  /** {@code [windows, length, width]} to rows, all windows of the first step first. */
  SDVariable timeMajorRows(SDVariable sequence, int width) {
    return graph.reshape(graph.permute(sequence, 1, 0, 2), -1, width);
  }

  /**
   * Scaled dot-product attention of each position to each other: Vaswani et al. 2017, Attention Is
   * All You Need, equation 1.
   *
   * @param joined queries, keys and values side by side, rows {@code [n, 3 heads size]}
   * @param length positions of a sequence
   * @return rows {@code [n, heads size]}
   */
  SDVariable attention(String name, SDVariable joined, int length, int heads, int size) {
    SDVariable[] parts = graph.split(joined, 3, 1);
    SDVariable queries = heads(parts[0], length, heads, size);
    SDVariable keys = heads(parts[1], length, heads, size);
    SDVariable values = heads(parts[2], length, heads, size);
    SDVariable energies = graph.mmul(queries, keys, false, true, false).mul(1 / Math.sqrt(size));
    attentions.add(name);
    SDVariable mixed = graph.mmul(graph.nn.softmax(name, energies, heads == 1 ? 2 : 3), values);
    return rows(
        heads == 1 ? mixed : graph.permute(mixed, 0, 2, 1, 3), Math.multiplyExact(heads, size));
  }

  private SDVariable heads(SDVariable rows, int length, int heads, int size) {
    return heads == 1
        ? graph.reshape(rows, -1, length, size)
        : graph.permute(graph.reshape(rows, -1, length, heads, size), 0, 2, 1, 3);
  }

  /**
   * A convolution followed by a leaky rectifier.
   *
   * @param x {@code [windows, channels in, steps, width]}
   * @param height of the kernel, over the steps, which are padded to stay as many
   * @param width of the kernel and its stride, over the columns
   */
  SDVariable convolution(String name, SDVariable x, int in, int out, int height, int width) {
    int inputs = in * height * width;
    SDVariable kernel =
        weight(
            name + ".kernel", Start.glorot(inputs, out * height * width), height, width, in, out);
    SDVariable bias = weight(name + ".bias", Start.ZEROS, out);
    Conv2DConfig form =
        Conv2DConfig.builder()
            .kH(height)
            .kW(width)
            .sH(1)
            .sW(width)
            .dataFormat("NCHW")
            .weightsFormat(WeightsFormat.YXIO)
            .paddingMode(PaddingMode.SAME)
            .build();
    return graph.nn.leakyRelu(graph.cnn.conv2d(x, kernel, bias, form), LEAK);
  }

  /** The largest of three steps, {@code [windows, channels, steps, 1]}. */
  SDVariable largestOfThreeSteps(SDVariable x) {
    return graph.cnn.maxPooling2d(
        x, Pooling2DConfig.builder().kH(3).kW(1).sH(1).sW(1).paddingMode(PaddingMode.SAME).build());
  }

  /** Sine and cosine of the position: Vaswani et al. 2017, section 3.5. */
  SDVariable positions(int length, int width) {
    double[] values = new double[length * width];
    for (int t = 0; t < length; t++) {
      for (int i = 0; i < width; i++) {
        double angle = t / Math.pow(10_000, (i - i % 2) / (double) width);
        values[t * width + i] = i % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
      }
    }
    return graph.constant(Nd4j.create(values, new long[] {1, length, width}, 'c').castTo(type));
  }
}
