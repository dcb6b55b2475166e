package io.depthcast.algorithms;

import io.depthcast.bilinear.BinCtablArchitecture;
import io.depthcast.bilinear.BinCtablTrainer;
import io.depthcast.linear.LogisticRegression;
import io.depthcast.linear.Majority;
import io.depthcast.linear.MajorityModel;
import io.depthcast.linear.Persistence;
import io.depthcast.linear.PersistenceModel;
import io.depthcast.linear.SoftmaxModel;
import io.depthcast.models.ForecastModel;
import io.depthcast.networks.NetworkModel;
import io.depthcast.training.Trainer;
import io.depthcast.trees.Xgboost;
import io.depthcast.trees.XgboostModel;
import java.util.List;

/** Every algorithm by the name that configurations, model cards and artifacts carry. */
public final class Algorithms {

  /** The names, baselines first. */
  public static final List<String> NAMES =
      List.of(
          MajorityModel.ALGORITHM,
          PersistenceModel.ALGORITHM,
          SoftmaxModel.ALGORITHM,
          XgboostModel.ALGORITHM,
          BinCtablTrainer.ALGORITHM);

  private Algorithms() {}

  /**
   * The record of hyper-parameters of an algorithm.
   *
   * @throws IllegalArgumentException for an unknown name
   */
  public static Class<? extends Trainer> trainer(String algorithm) {
    return switch (algorithm) {
      case MajorityModel.ALGORITHM -> Majority.class;
      case PersistenceModel.ALGORITHM -> Persistence.class;
      case SoftmaxModel.ALGORITHM -> LogisticRegression.class;
      case XgboostModel.ALGORITHM -> Xgboost.class;
      case BinCtablTrainer.ALGORITHM -> BinCtablTrainer.class;
      default -> throw unknown(algorithm);
    };
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
      case BinCtablTrainer.ALGORITHM ->
          NetworkModel.restore(algorithm, artifact, sizes -> new BinCtablArchitecture(sizes[0]));
      default -> throw unknown(algorithm);
    };
  }

  private static IllegalArgumentException unknown(String algorithm) {
    return new IllegalArgumentException(
        "Invalid algorithm: " + algorithm + " (must be one of " + String.join(", ", NAMES) + ")");
  }
}
