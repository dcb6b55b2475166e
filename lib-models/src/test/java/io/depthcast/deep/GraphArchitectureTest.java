package io.depthcast.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.models.MoveClass;
import io.depthcast.networks.Learner;
import io.depthcast.networks.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What all networks on SameDiff are held to. */
class GraphArchitectureTest {

  private static final int FEATURES = 8;
  private static final float[] CLASS_WEIGHTS = {1, 0.5f, 1.5f};

  /** A network of few weights, and the rate at which it learns. */
  private record Small(GraphArchitecture architecture, double rate) {}

  static Stream<Small> all() {
    return Stream.of(
        new Small(new Lstm(8, 8, 6), 2e-2),
        new Small(new StackedLstm(8, 8, 6, 6, 0.1), 2e-2),
        new Small(new Gru(8, 8, 6, 0.1), 2e-2),
        new Small(new Dla(5, 10), 2e-2),
        new Small(new Mlplob(16, 16, 2), 5e-3),
        new Small(new Tlob(16, 16, 2, 2), 5e-3),
        new Small(new Transformer(8, 16, 2, 16, 1), 1e-2),
        new Small(new DeepLob(8), 3e-3));
  }

  /** Windows and their labels. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Batch(float[] rows, int[] begins, byte[] labels) {

    /** The first feature rises over the window, stays or falls; the others are noise. */
    static Batch of(int steps, int count, long seed) {
      Random random = new Random(seed);
      float[] rows = new float[count * steps * FEATURES];
      int[] begins = new int[count];
      byte[] labels = new byte[count];
      for (int w = 0; w < count; w++) {
        begins[w] = w * steps * FEATURES;
        labels[w] = (byte) random.nextInt(MoveClass.COUNT);
        for (int i = 0; i < steps * FEATURES; i++) {
          int step = i / FEATURES;
          double move = (labels[w] - 1) * 3 * (step / (steps - 1.0) - 0.5);
          rows[begins[w] + i] =
              (float) (0.7 * random.nextGaussian() + (i % FEATURES == 0 ? move : 0));
        }
      }
      return new Batch(rows, begins, labels);
    }

    double learn(Learner learner, double rate) {
      return learner.learn(rows, begins, labels, CLASS_WEIGHTS, rate);
    }

    float[][] probabilities(Network network) {
      float[][] out = new float[begins.length][MoveClass.COUNT];
      network.probabilities(rows, begins, out);
      return out;
    }
  }

  @Test
  void haveAsManyWeightsAsPublished() {
    // peers.md, 20 columns; MLPLOB and TLOB 68,398 and 176,062 with an unused embedding of 3
    assertThat(count(new Dla(5, 100), 20)).isEqualTo(109_103);
    assertThat(count(new Lstm(100, 40, 64), 20)).isEqualTo(12_739);
    assertThat(count(new Mlplob(64, 40, 2), 20)).isEqualTo(68_398 - 3);
    assertThat(count(new Tlob(64, 40, 2, 1), 20)).isEqualTo(176_062 - 3);
    assertThat(count(new StackedLstm(100, 256, 128, 64, 0.3), 40)).isEqualTo(511_235);
    // 40 columns: 116,303, 15,939, 69,238 and 176,902
    assertThat(count(new Dla(5, 100), 40)).isEqualTo(116_303);
    assertThat(count(new Lstm(100, 40, 64), 40)).isEqualTo(15_939);
    assertThat(count(new Mlplob(64, 40, 2), 40)).isEqualTo(69_238 - 3);
    assertThat(count(new Tlob(64, 40, 2, 1), 40)).isEqualTo(176_902 - 3);
    // DeepLOB 143,907 with 9 batch normalisations of 32 channels and 5 of 64, gain and shift each
    assertThat(count(new DeepLob(100), 40)).isEqualTo(143_907 - 9 * 64 - 5 * 128);
    // GRU: 3 x 64 x (20 + 64 + 2), dense 64 x 64 + 64, 64 x 3 + 3
    assertThat(count(new Gru(50, 64, 64, 0.1), 20)).isEqualTo(16_512 + 4_160 + 195);
  }

  @Test
  void onlyThoseThatKnowLevelsAskForThem() {
    List<String> book =
        List.of(
            "ask_distance_1_bps",
            "ask_size_1",
            "bid_distance_1_bps",
            "bid_size_1",
            "ask_distance_2_bps",
            "ask_size_2",
            "bid_distance_2_bps",
            "bid_size_2");
    List<String> turned = new ArrayList<>(book);
    Collections.swap(turned, 0, 2);
    all().forEach(small -> small.architecture.checkInputs(book));
    for (List<String> other : List.of(turned, book.subList(0, 6), book.subList(4, 8))) {
      assertThat(all().filter(small -> refuses(small.architecture, other)))
          .extracting(small -> small.architecture.name())
          .containsExactly("transformer", "deep_lob");
    }
  }

  private static boolean refuses(GraphArchitecture architecture, List<String> inputs) {
    try {
      architecture.checkInputs(inputs);
      return false;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining(architecture.name() + " needs the columns of bookLevels");
      return true;
    }
  }

  private static int count(GraphArchitecture architecture, int features) {
    return architecture.drawn(DataType.FLOAT, features, 1).weights().stream()
        .mapToInt(Layers.Weight::size)
        .sum();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSameSeedGivesTheSameBitsAndAnotherDoesNot(Small small) {
    float[] once = learnt(small, 5);
    assertThat(learnt(small, 5)).isEqualTo(once);
    assertThat(learnt(small, 6)).isNotEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("all")
  void aLearnerThatWasCutOffGoesOnToTheSameBits(Small small) {
    Learner learner = small.architecture.begin(FEATURES, 5);
    Learner other = small.architecture.begin(FEATURES, 5);
    try (Network network = learner.network();
        Network resumed = other.network()) {
      Batch batch = Batch.of(small.architecture.steps(), 10, 1);
      batch.learn(learner, small.rate);
      other.resume(learner.state());
      batch.learn(learner, small.rate);
      batch.learn(other, small.rate);
      assertThat(resumed.weights()).isEqualTo(network.weights());
    }
  }

  private static float[] learnt(Small small, long seed) {
    Learner learner = small.architecture.begin(FEATURES, seed);
    try (Network network = learner.network()) {
      for (int i = 0; i < 2; i++) {
        Batch.of(small.architecture.steps(), 40, i).learn(learner, small.rate);
      }
      return network.weights();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRestoredNetworkGivesTheSameBits(Small small) {
    Learner learner = small.architecture.begin(FEATURES, 5);
    // more than a chunk of most networks, and no multiple of it
    Batch batch = Batch.of(small.architecture.steps(), 75, 1);
    batch.learn(learner, small.rate);
    try (Network network = learner.network();
        Network restored = small.architecture.restore(FEATURES, network.weights())) {
      float[][] expected = batch.probabilities(network);
      assertThat(batch.probabilities(restored)).isDeepEqualTo(expected);
      assertThat(restored.weights()).isEqualTo(network.weights());
      for (float[] p : expected) {
        assertThat((double) p[0] + p[1] + p[2]).isCloseTo(1, within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theProbabilitiesOfAWindowDoNotDependOnTheOthers(Small small) {
    Batch batch = Batch.of(small.architecture.steps(), 40, 1);
    try (Network network = small.architecture.begin(FEATURES, 5).network()) {
      float[][] together = batch.probabilities(network);
      float[][] alone = new float[1][MoveClass.COUNT];
      for (int w = 0; w < 3; w++) {
        network.probabilities(batch.rows, new int[] {batch.begins[w]}, alone);
        for (int c = 0; c < MoveClass.COUNT; c++) {
          assertThat((double) alone[0][c]).isCloseTo(together[w][c], within(1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAreThoseOfFiniteDifferences(Small small) {
    int steps = small.architecture.steps();
    Layers layers = small.architecture.drawn(DataType.DOUBLE, FEATURES, 3);
    SameDiff graph = layers.graph();
    Map<String, INDArray> inputs = inputs(layers, steps);
    List<String> names = layers.weights().stream().map(Layers.Weight::name).toList();
    Map<String, INDArray> gradients = graph.calculateGradients(inputs, names);
    Random random = new Random(4);
    int large = 0;
    // TLOB has two layers of each kind: some weights of each kind are enough.
    int stride = names.size() > 50 ? 3 : 1;
    for (int i = 0; i < names.size(); i += stride) {
      Layers.Weight weight = layers.weights().get(i);
      INDArray values = graph.getVariable(weight.name()).getArr();
      INDArray gradient = gradients.get(weight.name()).dup('c');
      long at = random.nextInt(weight.size());
      double value = values.getDouble(at);
      double step = 1e-6;
      values.putScalar(at, value + step);
      double above = loss(graph, inputs);
      values.putScalar(at, value - step);
      double below = loss(graph, inputs);
      values.putScalar(at, value);
      double expected = (above - below) / (2 * step);
      assertThat(gradient.getDouble(at))
          .as("gradient of %s %s", weight.name(), at)
          .isCloseTo(expected, within(1e-6 + 1e-4 * Math.abs(expected)));
      large += Math.abs(expected) > 1e-4 ? 1 : 0;
    }
    assertThat(large).isGreaterThan(names.size() / stride / 2);
  }

  private static double loss(SameDiff graph, Map<String, INDArray> inputs) {
    return graph.output(inputs, Layers.LOSS).get(Layers.LOSS).getDouble(0);
  }

  private static Map<String, INDArray> inputs(Layers layers, int steps) {
    int windows = 3;
    Random random = new Random(9);
    double[] values = new double[windows * steps * FEATURES];
    Arrays.setAll(values, i -> random.nextGaussian());
    Map<String, INDArray> inputs = new HashMap<>();
    inputs.put(Layers.WINDOWS, Nd4j.create(values, new long[] {windows, steps, FEATURES}, 'c'));
    inputs.put(
        Layers.TARGET, Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 0, 2}, {0, 0.5, 0}}));
    for (Layers.Mask mask : layers.masks()) {
      inputs.put(
          mask.name(), Nd4j.ones(DataType.DOUBLE, GraphNetwork.shape(windows, mask.shape())));
    }
    return inputs;
  }

  @ParameterizedTest
  @MethodSource("all")
  void learnsARule(Small small) {
    Learner learner = small.architecture.begin(FEATURES, 7);
    try (Network network = learner.network()) {
      for (int i = 0; i < 40; i++) {
        Batch.of(small.architecture.steps(), 32, i).learn(learner, small.rate);
      }
      Batch unseen = Batch.of(small.architecture.steps(), 300, 1_000);
      float[][] out = unseen.probabilities(network);
      int right = 0;
      for (int w = 0; w < out.length; w++) {
        float[] p = out[w];
        int most = p[0] > p[1] ? p[0] > p[2] ? 0 : 2 : p[1] > p[2] ? 1 : 2;
        right += most == unseen.labels[w] ? 1 : 0;
      }
      // each class has about a third
      assertThat(right).isGreaterThan(180);
    }
  }

  @Test
  void attentionWeightsCanBeReadOutAndSumToOne() {
    // 8 features are 2 levels: for each of 6 rows and each of 2 heads, from each level to each
    try (GraphNetwork network =
        (GraphNetwork) new Transformer(6, 8, 2, 16, 1).begin(FEATURES, 3).network()) {
      assertThat(network.attentions()).containsExactly("level.attention", "time0.attention");
      Batch batch = Batch.of(6, 2, 1);
      sumsToOne(network.attention("level.attention", batch.rows, batch.begins[1]), 6 * 2 * 2, 2);
      sumsToOne(network.attention("time0.attention", batch.rows, batch.begins[1]), 2 * 6, 6);
      assertThatThrownBy(() -> network.attention("none", batch.rows, 0))
          .hasMessage(
              "Invalid attention: none (must be one of [level.attention, time0.attention])");
    }
  }

  private static void sumsToOne(float[] weights, int looking, int lookedAt) {
    assertThat(weights).hasSize(looking * lookedAt);
    for (int i = 0; i < looking; i++) {
      double sum = 0;
      for (int k = 0; k < lookedAt; k++) {
        sum += weights[i * lookedAt + k];
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  /** Wide enough that a leak of one batch in the native memory stands out of the rest. */
  static Stream<GraphArchitecture> wide() {
    return Stream.of(new Lstm(50, 32, 8), new Mlplob(32, 40, 2));
  }

  @ParameterizedTest
  @MethodSource("wide")
  void holdsTheMemoryOfOneBatch(GraphArchitecture architecture) {
    Batch batch = Batch.of(architecture.steps(), 256, 1);
    Learner learner = architecture.begin(FEATURES, 3);
    try (Network network = learner.network()) {
      batch.learn(learner, 1e-3);
      long before = Pointer.physicalBytes();
      for (int i = 0; i < 20; i++) {
        batch.learn(learner, 1e-3);
      }
      assertThat(Pointer.physicalBytes() - before).isLessThan(200L << 20);
      assertThat(network.weights()).doesNotContain(Float.NaN);
    }
  }

  @Test
  void refusesWeightsAndFeaturesThatDoNotFit() {
    assertThatThrownBy(() -> new Lstm(8, 8, 6).restore(8, new float[3]))
        .hasMessage("Invalid weights: 3 (must be 651 for 8 features and 8 steps)");
    assertThatThrownBy(() -> new DeepLob(8).begin(6, 1))
        .hasMessage("Invalid features: 6 (must be a multiple of 4)");
  }
}
