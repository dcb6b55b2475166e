package io.depthcast.bilinear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** BiN-CTABL against the same network on SameDiff, in double, which derives its own gradients. */
class SameDiffTwinTest {

  private static final int FEATURES = 6;
  private static final int STEPS = 5;
  private static final int WINDOWS = 4;
  private static final byte[] LABELS = {0, 1, 2, 1};
  private static final float[] CLASS_WEIGHTS = {1, 0.5f, 2};

  private final SameDiff graph = SameDiff.create();
  private final List<String> names = new ArrayList<>();
  private final BinCtabl network = new BinCtabl(FEATURES, STEPS);
  private final float[] rows = new float[WINDOWS * STEPS * FEATURES];
  private final int[] begins = new int[WINDOWS];
  private float[] weights;
  private int taken;

  private SDVariable weight(long... shape) {
    int size = 1;
    for (long length : shape) {
      size *= (int) length;
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = weights[taken++];
    }
    names.add("w" + names.size());
    return graph.var(names.get(names.size() - 1), Nd4j.create(values, shape, 'c'));
  }

  /** Z-scores along a dimension, deviations dividing by n - 1. */
  private static SDVariable standardised(SameDiff graph, SDVariable x, int dimension, int n) {
    SDVariable centred = x.sub(x.mean(true, dimension));
    return centred.div(graph.math.sqrt(graph.math.square(centred).sum(true, dimension).div(n - 1)));
  }

  private SDVariable bilinear(SDVariable x, int in, int out, int stepsIn, int stepsOut) {
    SDVariable left = weight(in, out);
    SDVariable right = weight(stepsIn, stepsOut);
    SDVariable bias = weight(1, stepsOut, out);
    SDVariable combined = graph.reshape(graph.reshape(x, -1, in).mmul(left), WINDOWS, stepsIn, out);
    SDVariable turned = graph.reshape(graph.permute(combined, 0, 2, 1), -1, stepsIn).mmul(right);
    SDVariable y = graph.permute(graph.reshape(turned, WINDOWS, out, stepsOut), 0, 2, 1);
    return graph.nn.relu(y.add(bias), 0);
  }

  private SDVariable scores(SDVariable x) {
    SDVariable scale1 = weight(STEPS, 1);
    SDVariable shift1 = weight(STEPS, 1);
    SDVariable scale2 = weight(1, FEATURES);
    SDVariable shift2 = weight(1, FEATURES);
    SDVariable share1 = weight(1);
    SDVariable share2 = weight(1);
    SDVariable across = standardised(graph, x, 2, FEATURES).mul(scale1).add(shift1).mul(share1);
    SDVariable along = standardised(graph, x, 1, STEPS).mul(scale2).add(shift2).mul(share2);
    SDVariable first = bilinear(across.add(along), FEATURES, 60, STEPS, 10);
    SDVariable second = bilinear(first, 60, 120, 10, 5);
    SDVariable left = weight(3, 120);
    SDVariable attention = weight(5, 5);
    SDVariable right = weight(1, 1, 5);
    SDVariable bias = weight(1, 3);
    SDVariable mix = weight(1);
    SDVariable straight = graph.reshape(second, -1, 120).mmul(graph.permute(left, 1, 0));
    SDVariable combined = graph.permute(graph.reshape(straight, WINDOWS, 5, 3), 0, 2, 1);
    SDVariable energies = graph.reshape(graph.reshape(combined, -1, 5).mmul(attention), -1, 3, 5);
    SDVariable mask = graph.nn.softmax(energies, 2).mul(mix.rsub(1)).add(mix);
    return combined.mul(mask).mul(right).sum(2).add(bias);
  }

  @Test
  void probabilitiesLossAndGradientsAreThoseOfSameDiff() {
    Random random = new Random(1);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    for (int w = 0; w < WINDOWS; w++) {
      begins[w] = w * STEPS * FEATURES;
    }
    network.begin(2);
    weights = network.weights();
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.1 * random.nextGaussian());
    }
    network.setWeights(weights);
    weights = network.weights();

    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = rows[i];
    }
    SDVariable x = graph.placeHolder("x", DataType.DOUBLE, WINDOWS, STEPS, FEATURES);
    SDVariable target = graph.placeHolder("target", DataType.DOUBLE, WINDOWS, 3);
    SDVariable scores = scores(x);
    assertThat(taken).isEqualTo(weights.length);
    graph.nn.softmax("probabilities", scores, 1);
    target.mul(graph.nn.logSoftmax(scores)).sum().neg("loss");
    graph.setLossVariables("loss");
    double sum = 1 + 0.5 + 2 + 0.5;
    double[][] targets = new double[WINDOWS][3];
    for (int w = 0; w < WINDOWS; w++) {
      targets[w][LABELS[w]] = CLASS_WEIGHTS[LABELS[w]] / sum;
    }
    Map<String, INDArray> inputs =
        Map.of(
            "x",
            Nd4j.create(values, new long[] {WINDOWS, STEPS, FEATURES}, 'c'),
            "target",
            Nd4j.createFromArray(targets));

    INDArray expected = graph.output(inputs, "probabilities").get("probabilities");
    float[][] out = new float[WINDOWS][3];
    network.probabilities(rows, begins, out);
    for (int w = 0; w < WINDOWS; w++) {
      for (int c = 0; c < 3; c++) {
        assertThat((double) out[w][c]).isCloseTo(expected.getDouble(w, c), within(1e-5));
      }
    }

    double loss = network.learn(rows, begins, LABELS, CLASS_WEIGHTS, null);
    assertThat(loss).isCloseTo(graph.output(inputs, "loss").get("loss").getDouble(0), within(1e-5));
    float[] gradients = network.gradients();
    Map<String, INDArray> derived = graph.calculateGradients(inputs, names);
    int at = 0;
    double largest = 0;
    for (String name : names) {
      double[] part = derived.get(name).dup('c').data().asDouble();
      boolean isAttention = part.length == 25 && name.equals("w" + (names.size() - 4));
      for (int i = 0; i < part.length; i++, at++) {
        // The diagonal of the attention is fixed at 1 / steps.
        double wanted = isAttention && i % 6 == 0 ? 0 : part[i];
        assertThat((double) gradients[at]).as("%s, %s", name, i).isCloseTo(wanted, within(1e-4));
        largest = Math.max(largest, Math.abs(wanted));
      }
    }
    assertThat(at).isEqualTo(gradients.length);
    assertThat(largest).isGreaterThan(0.01);
  }
}
