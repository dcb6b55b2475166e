package io.depthcast.deep;

import io.depthcast.networks.Architecture;
import io.depthcast.networks.Learner;
import io.depthcast.networks.RandomStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** An architecture that is a graph of SameDiff. */
interface GraphArchitecture extends Architecture {

  /**
   * Draws the network.
   *
   * @return scores of the classes, {@code [windows, 3]}
   * @throws IllegalArgumentException for features that it cannot take
   */
  SDVariable draw(Layers layers);

  /** Windows that are computed at once; it bounds the native memory. */
  int chunk();

  /** The drawing, its weights at their start. */
  default Layers drawn(DataType type, int features, long seed) {
    Layers layers = new Layers(type, steps(), features, seed);
    layers.finish(draw(layers));
    return layers;
  }

  @Override
  default Learner begin(int features, long seed) {
    RandomStream random = new RandomStream(seed);
    GraphNetwork network =
        new GraphNetwork(drawn(DataType.FLOAT, features, random.nextLong()), steps(), chunk());
    return new GraphLearner(network, random);
  }

  @Override
  default GraphNetwork restore(int features, float[] weights) {
    GraphNetwork network = new GraphNetwork(drawn(DataType.FLOAT, features, 0), steps(), chunk());
    network.setWeights(weights);
    return network;
  }
}
