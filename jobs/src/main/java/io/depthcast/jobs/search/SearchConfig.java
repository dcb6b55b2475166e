package io.depthcast.jobs.search;

import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.train.TrainConfig;
import io.depthcast.scores.ForecastScore;
import io.depthcast.search.Distribution;
import io.depthcast.search.SuccessiveHalving;
import io.depthcast.training.Trainer;
import io.depthcast.walkforward.WalkForward;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * {@code configs/search.yaml}.
 *
 * @param train the training for which is searched, as in {@code configs/train.yaml}, with one
 *     model: the one whose hyper-parameters vary, and the candidate that the others are compared
 *     with; its seed is that of the draws and of every fit
 * @param walkForward how the rows before the training's first test are cut; validation rows may
 *     stop a fit, the test of each fold scores
 * @param space hyper-parameters that vary, {@code eta} or {@code schedule.rate}; the others are
 *     those of the model
 * @param halving how many are drawn and tried
 * @param score what decides, {@code log_loss} or {@code macro_f1}, mean of folds and labels
 */
public record SearchConfig(
    TrainConfig train,
    WalkForward walkForward,
    Map<String, Distribution> space,
    SuccessiveHalving halving,
    ForecastScore score)
    implements JobMain.Seeded {

  public SearchConfig {
    if (train.models().size() != 1) {
      throw new IllegalArgumentException(
          "Invalid models: "
              + train.models().stream().map(Trainer::name).toList()
              + " (must be one)");
    }
    if (space.isEmpty() || space.values().stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "Invalid space: "
              + space
              + " (must be one hyper-parameter or more, each with its values)");
    }
    // In order, so that the draws do not depend on the order in the file.
    space = Collections.unmodifiableMap(new TreeMap<>(space));
    if (score != ForecastScore.LOG_LOSS && score != ForecastScore.MACRO_F1) {
      throw new IllegalArgumentException(
          "Invalid score: " + score.metric() + " (must be log_loss or macro_f1)");
    }
    Candidates.check(train.models().get(0), space);
    Candidates.of(train.models().get(0), space, halving.candidates(), train.seed());
  }

  /** The model as given and those drawn, by number. */
  List<Trainer> candidates() {
    return Candidates.of(train.models().get(0), space, halving.candidates(), train.seed());
  }

  @Override
  public long seed() {
    return train.seed();
  }
}
