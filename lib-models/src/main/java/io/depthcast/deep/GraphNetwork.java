package io.depthcast.deep;

import io.depthcast.deep.Layers.Mask;
import io.depthcast.deep.Layers.Weight;
import io.depthcast.models.MoveClass;
import io.depthcast.networks.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network that is a graph of SameDiff; it holds native memory until it is closed. */
public final class GraphNetwork implements Network {

  private static final float LEAST_POSITIVE = 0.01f;

  /** SameDiff's name of the graph that it derives. */
  private static final String GRADIENTS = "grad";

  private final SameDiff graph;
  private final List<Weight> weights;
  private final List<Mask> masks;
  private final List<String> attentions;
  private final int features;
  private final int steps;
  private final int chunk;
  private final RunMemory memory = new RunMemory();

  /** The numbers of each weight; the graph has a copy of them. */
  private final List<float[]> values = new ArrayList<>();

  GraphNetwork(Layers layers, int steps, int chunk) {
    graph = layers.graph();
    weights = List.copyOf(layers.weights());
    masks = List.copyOf(layers.masks());
    attentions = List.copyOf(layers.attentions());
    features = layers.features();
    this.steps = steps;
    this.chunk = chunk;
    for (Weight weight : weights) {
      values.add(numbers(array(weight)));
    }
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int steps() {
    return steps;
  }

  int chunk() {
    return chunk;
  }

  SameDiff graph() {
    return graph;
  }

  List<Mask> masks() {
    return masks;
  }

  List<String> weightNames() {
    return weights.stream().map(Weight::name).toList();
  }

  List<float[]> values() {
    return values;
  }

  private INDArray array(Weight weight) {
    return graph.getVariable(weight.name()).getArr();
  }

  /** The numbers of an array, the last dimension fastest. */
  static float[] numbers(INDArray array) {
    try (INDArray inOrder = array.dup('c')) {
      return inOrder.data().asFloat();
    }
  }

  @Override
  public float[] weights() {
    float[] all = new float[size()];
    int at = 0;
    for (float[] part : values) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private int size() {
    return values.stream().mapToInt(part -> part.length).sum();
  }

  void setWeights(float[] all) {
    if (all.length != size()) {
      throw new IllegalArgumentException(
          "Invalid weights: %d (must be %d for %d features and %d steps)"
              .formatted(all.length, size(), features, steps));
    }
    int at = 0;
    for (float[] part : values) {
      System.arraycopy(all, at, part, 0, part.length);
      at += part.length;
    }
    changed();
  }

  /** Puts the numbers of the weights, which have changed, into their ranges and into the graph. */
  void changed() {
    for (int i = 0; i < weights.size(); i++) {
      Weight weight = weights.get(i);
      float[] part = values.get(i);
      if (weight.isPositive()) {
        for (int k = 0; k < part.length; k++) {
          part[k] = part[k] <= 0 ? LEAST_POSITIVE : part[k];
        }
      }
      try (INDArray from = Nd4j.create(part, weight.shape(), 'c')) {
        array(weight).assign(from);
      }
    }
  }

  @Override
  public void probabilities(float[] rows, int[] begins, float[][] out) {
    for (int from = 0; from < begins.length; from += chunk) {
      int to = Math.min(begins.length, from + chunk);
      float[] all = output(Layers.PROBABILITIES, rows, Arrays.copyOfRange(begins, from, to));
      for (int i = from; i < to; i++) {
        System.arraycopy(all, (i - from) * MoveClass.COUNT, out[i], 0, MoveClass.COUNT);
      }
    }
  }

  /** Names of the attentions, in the order of the layers; none for a network without. */
  public List<String> attentions() {
    return attentions;
  }

  /**
   * How much each position of a window looks at each other.
   *
   * @param name one of {@link #attentions()}
   * @param rows features row by row, finite; rows of the window one after the other
   * @param begin where the window's first row begins
   * @return weights, by sequence, head, position that looks, position that is looked at; each
   *     position's weights sum to 1
   */
  public float[] attention(String name, float[] rows, int begin) {
    if (!attentions.contains(name)) {
      throw new IllegalArgumentException(
          "Invalid attention: %s (must be one of %s)".formatted(name, attentions));
    }
    return output(name, rows, new int[] {begin});
  }

  private float[] output(String name, float[] rows, int[] begins) {
    Map<String, INDArray> inputs = new HashMap<>();
    inputs.put(Layers.WINDOWS, windows(rows, begins));
    for (Mask mask : masks) {
      inputs.put(mask.name(), Nd4j.ones(shape(1, mask.shape())));
    }
    try {
      return run(graph, () -> numbers(graph.output(inputs, name).get(name)));
    } finally {
      inputs.values().forEach(INDArray::close);
    }
  }

  /** Runs the graph, or that of its gradients; arrays of the run are of no use after it. */
  <T> T run(SameDiff running, Supplier<T> run) {
    InferenceSession session = new InferenceSession(running);
    session.setMmgr(memory);
    running.getSessions().put(Thread.currentThread().getId(), session);
    try {
      return run.get();
    } finally {
      running.getSessions().clear();
      memory.endRun();
    }
  }

  /** The graph that SameDiff derived of this one. */
  SameDiff gradients() {
    return graph.getFunction(GRADIENTS);
  }

  /** {@code [windows, steps, features]} of the windows that begin there. */
  INDArray windows(float[] rows, int[] begins) {
    int size = steps * features;
    float[] all = new float[begins.length * size];
    for (int i = 0; i < begins.length; i++) {
      System.arraycopy(rows, begins[i], all, i * size, size);
    }
    return Nd4j.create(all, new long[] {begins.length, steps, features}, 'c');
  }

  static long[] shape(long windows, long[] rest) {
    long[] shape = new long[rest.length + 1];
    shape[0] = windows;
    System.arraycopy(rest, 0, shape, 1, rest.length);
    return shape;
  }

  @Override
  public void close() {
    memory.close();
    for (Weight weight : weights) {
      array(weight).close();
    }
  }
}
