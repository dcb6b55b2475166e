package io.depthcast.algorithms;

import io.depthcast.bilinear.BinCtablArchitecture;
import io.depthcast.calibration.CalibratedModel;
import io.depthcast.deep.DeepLob;
import io.depthcast.deep.Dla;
import io.depthcast.deep.Gru;
import io.depthcast.deep.Lstm;
import io.depthcast.deep.Mlplob;
import io.depthcast.deep.StackedLstm;
import io.depthcast.deep.Tlob;
import io.depthcast.deep.Transformer;
import io.depthcast.linear.LogisticRegression;
import io.depthcast.linear.Majority;
import io.depthcast.linear.MajorityModel;
import io.depthcast.linear.Persistence;
import io.depthcast.linear.PersistenceModel;
import io.depthcast.linear.SoftmaxModel;
import io.depthcast.models.ForecastModel;
import io.depthcast.networks.Architecture;
import io.depthcast.networks.NetworkModel;
import io.depthcast.networks.NetworkTrainer;
import io.depthcast.training.Trainer;
import io.depthcast.trees.Xgboost;
import io.depthcast.trees.XgboostModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every algorithm by the name that configurations, model cards and artifacts carry. */
public final class Algorithms {

  private static final Map<String, Kind<?>> NETWORKS = new LinkedHashMap<>();

  static {
    network(
        BinCtablArchitecture.NAME,
        BinCtablArchitecture.class,
        sizes -> new BinCtablArchitecture(sizes[0]));
    network(Lstm.NAME, Lstm.class, sizes -> new Lstm(sizes[0], sizes[1], sizes[2]));
    // Nothing drops out of a fitted network.
    network(
        StackedLstm.NAME,
        StackedLstm.class,
        sizes -> new StackedLstm(sizes[0], sizes[1], sizes[2], sizes[3], 0));
    network(Gru.NAME, Gru.class, sizes -> new Gru(sizes[0], sizes[1], sizes[2], 0));
    network(Dla.NAME, Dla.class, sizes -> new Dla(sizes[0], sizes[1]));
    network(Mlplob.NAME, Mlplob.class, sizes -> new Mlplob(sizes[0], sizes[1], sizes[2]));
    network(Tlob.NAME, Tlob.class, sizes -> new Tlob(sizes[0], sizes[1], sizes[2], sizes[3]));
    network(
        Transformer.NAME,
        Transformer.class,
        sizes -> new Transformer(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]));
    network(DeepLob.NAME, DeepLob.class, sizes -> new DeepLob(sizes[0]));
  }

  /** The names, baselines first. */
  public static final List<String> NAMES =
      Stream.concat(
              Stream.of(
                  MajorityModel.ALGORITHM,
                  PersistenceModel.ALGORITHM,
                  SoftmaxModel.ALGORITHM,
                  XgboostModel.ALGORITHM),
              NETWORKS.keySet().stream())
          .toList();

  private Algorithms() {}

  /** Networks of one architecture. */
  private record Kind<A extends Architecture>(Class<A> type, Function<int[], A> ofSizes) {}

  private static <A extends Architecture> void network(
      String name, Class<A> type, Function<int[], A> ofSizes) {
    NETWORKS.put(name, new Kind<>(type, ofSizes));
  }

  /**
   * The record of hyper-parameters of an algorithm; of a network, with its {@link #architecture}.
   *
   * @throws IllegalArgumentException for an unknown name
   */
  @SuppressWarnings("rawtypes") // a class has no type arguments
  public static Class<? extends Trainer> trainer(String algorithm) {
    return switch (algorithm) {
      case MajorityModel.ALGORITHM -> Majority.class;
      case PersistenceModel.ALGORITHM -> Persistence.class;
      case SoftmaxModel.ALGORITHM -> LogisticRegression.class;
      case XgboostModel.ALGORITHM -> Xgboost.class;
      default ->
          architecture(algorithm)
              .map(a -> NetworkTrainer.class)
              .orElseThrow(() -> unknown(algorithm));
    };
  }

  /** The record of sizes of a network; empty for other algorithms. */
  public static Optional<Class<? extends Architecture>> architecture(String algorithm) {
    return Optional.ofNullable(NETWORKS.get(algorithm)).map(Kind::type);
  }

  /**
   * The model that {@link ForecastModel#artifact()} described; forecasts are those of the fitted
   * model, bit for bit.
   *
   * @throws IllegalArgumentException for an unknown name or damaged bytes
   */
  public static ForecastModel restore(String algorithm, byte[] artifact) {
    return switch (algorithm) {
      case MajorityModel.ALGORITHM -> MajorityModel.restore(artifact);
      case PersistenceModel.ALGORITHM -> PersistenceModel.restore(artifact);
      case SoftmaxModel.ALGORITHM -> SoftmaxModel.restore(artifact);
      case XgboostModel.ALGORITHM -> XgboostModel.restore(artifact);
      default -> {
        if (algorithm.endsWith(CalibratedModel.SUFFIX)) {
          yield CalibratedModel.restore(algorithm, artifact, Algorithms::restore);
        }
        Kind<?> kind = NETWORKS.get(algorithm);
        if (kind == null) {
          throw unknown(algorithm);
        }
        yield NetworkModel.restore(algorithm, artifact, kind.ofSizes()::apply);
      }
    };
  }

  private static IllegalArgumentException unknown(String algorithm) {
    return new IllegalArgumentException(
        "Invalid algorithm: " + algorithm + " (must be one of " + String.join(", ", NAMES) + ")");
  }
}
