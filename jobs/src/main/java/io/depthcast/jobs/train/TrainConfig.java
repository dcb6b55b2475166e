package io.depthcast.jobs.train;

import io.depthcast.fitted.FittedFamily;
import io.depthcast.jobs.JobMain;
import io.depthcast.training.Trainer;
import io.depthcast.walkforward.WalkForward;
import java.util.HashSet;
import java.util.List;

/**
 * {@code configs/train.yaml}.
 *
 * @param set feature set to read, {@code gold.features_<set>}
 * @param exclude feature columns that are no inputs, such as absolute prices
 * @param fitted inputs that are fitted on the training rows of each fold, by symbol; may be none
 * @param labels names of the labels to forecast, as computed by the features job, {@code label_id}
 *     in {@code gold.labels}
 * @param flatShare share of the training moves that is called flat, 0 to 0.9; the class threshold
 *     is that quantile of the absolute moves of the fold's training rows, by symbol
 * @param walkForward folds; blocks are days where there are enough days, else stretches of equal
 *     numbers of events
 * @param sampleEvery every how many rows one trains, 1 or more
 * @param models algorithms with their hyper-parameters
 * @param seed seed of every fit
 */
public record TrainConfig(
    String set,
    List<String> exclude,
    List<FittedFamily> fitted,
    List<String> labels,
    double flatShare,
    WalkForward walkForward,
    int sampleEvery,
    List<Trainer> models,
    long seed)
    implements JobMain.Seeded {

  public TrainConfig {
    exclude = List.copyOf(exclude);
    fitted = List.copyOf(fitted);
    labels = List.copyOf(labels);
    models = List.copyOf(models);
    if (labels.isEmpty() || new HashSet<>(labels).size() < labels.size()) {
      throw new IllegalArgumentException(
          "Invalid labels: " + labels + " (must be at least one, none twice)");
    }
    List<String> inputs = fitted.stream().map(family -> family.produces().name()).toList();
    if (new HashSet<>(inputs).size() < inputs.size()) {
      throw new IllegalArgumentException("Invalid fitted: " + inputs + " (must be none twice)");
    }
    if (!(flatShare >= 0 && flatShare <= 0.9)) {
      throw new IllegalArgumentException("Invalid flatShare: " + flatShare + " (must be 0 to 0.9)");
    }
    if (sampleEvery < 1) {
      throw new IllegalArgumentException(
          "Invalid sampleEvery: " + sampleEvery + " (must be 1 or more)");
    }
    List<String> names = models.stream().map(Trainer::name).toList();
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "Invalid models: " + names + " (must be at least one, none twice)");
    }
  }
}
