package io.depthcast.deep;

import io.depthcast.deep.Layers.Mask;
import io.depthcast.models.MoveClass;
import io.depthcast.networks.Adam;
import io.depthcast.networks.Learner;
import io.depthcast.networks.LearnerState;
import io.depthcast.networks.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A graph that learns by Adam. */
final class GraphLearner implements Learner {

  private static final int DROP_BITS = 16;

  private final GraphNetwork network;
  private final RandomStream random;
  private final List<String> names;
  private final List<float[]> gradients = new ArrayList<>();
  private final Adam adam;

  GraphLearner(GraphNetwork network, RandomStream random) {
    this.network = network;
    this.random = random;
    names = network.weightNames();
    QuietGradients.derive(network.graph(), names);
    for (float[] part : network.values()) {
      gradients.add(new float[part.length]);
    }
    adam = new Adam(network.values(), gradients);
  }

  @Override
  public GraphNetwork network() {
    return network;
  }

  @Override
  public void setWeights(float[] weights) {
    network.setWeights(weights);
  }

  @Override
  public LearnerState state() {
    return new LearnerState(network.weights(), adam.moments(), adam.decayed(), random.drawn());
  }

  @Override
  public void resume(LearnerState state) {
    network.setWeights(state.weights());
    adam.resume(state.moments(), state.decayed());
    random.moveTo(state.drawn());
  }

  @Override
  public double learn(
      float[] rows, int[] begins, byte[] labels, float[] classWeights, double rate) {
    double loss = gradients(rows, begins, labels, classWeights);
    adam.step(rate);
    network.changed();
    return loss;
  }

  /** Computes the loss and its gradients, chunk by chunk. */
  private double gradients(float[] rows, int[] begins, byte[] labels, float[] classWeights) {
    double sum = 0;
    for (byte label : labels) {
      sum += classWeights[label];
    }
    gradients.forEach(part -> Arrays.fill(part, 0));
    double loss = 0;
    for (int from = 0; from < begins.length; from += network.chunk()) {
      int to = Math.min(begins.length, from + network.chunk());
      Map<String, INDArray> inputs = new HashMap<>();
      inputs.put(Layers.WINDOWS, network.windows(rows, Arrays.copyOfRange(begins, from, to)));
      float[] target = new float[(to - from) * MoveClass.COUNT];
      for (int i = from; i < to; i++) {
        target[(i - from) * MoveClass.COUNT + labels[i]] = (float) (classWeights[labels[i]] / sum);
      }
      inputs.put(Layers.TARGET, Nd4j.create(target, new long[] {to - from, MoveClass.COUNT}, 'c'));
      for (Mask mask : network.masks()) {
        inputs.put(mask.name(), drawn(mask, to - from));
      }
      loss += network.run(network.gradients(), () -> add(inputs));
      inputs.values().forEach(INDArray::close);
    }
    return loss;
  }

  private double add(Map<String, INDArray> inputs) {
    OutAndGrad result =
        network.graph().calculateGradientsAndOutputs(inputs, List.of(Layers.LOSS), names);
    for (int i = 0; i < names.size(); i++) {
      float[] part = gradients.get(i);
      float[] chunk = GraphNetwork.numbers(result.getGradients().get(names.get(i)));
      for (int k = 0; k < part.length; k++) {
        part[k] += chunk[k];
      }
    }
    return result.getOutputs().get(Layers.LOSS).getDouble(0);
  }

  private INDArray drawn(Mask mask, int windows) {
    long[] shape = GraphNetwork.shape(windows, mask.shape());
    float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
    float kept = (float) (1 / (1 - mask.drop()));
    int threshold = (int) (mask.drop() * (1 << DROP_BITS));
    long bits = 0;
    for (int i = 0; i < values.length; i++) {
      bits = i % (Long.SIZE / DROP_BITS) == 0 ? random.nextLong() : bits >>> DROP_BITS;
      values[i] = (int) (bits & (1 << DROP_BITS) - 1) < threshold ? 0 : kept;
    }
    return Nd4j.create(values, shape, 'c');
  }
}
