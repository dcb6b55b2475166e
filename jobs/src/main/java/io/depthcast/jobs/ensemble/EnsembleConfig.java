package io.depthcast.jobs.ensemble;

import io.depthcast.ensembles.Ensemble;
import io.depthcast.jobs.JobMain;
import java.util.HashSet;
import java.util.List;

/**
 * {@code configs/ensemble.yaml}.
 *
 * @param planId plan whose forecasts are combined; {@code newest} is that of the last train run
 * @param models the plan's models that are combined, 2 or more; none named: all but the baselines
 * @param ensembles ways to combine them, each with a name of its own
 * @param embargoMs milliseconds kept free between the last label that a stacker learns from and the
 *     span after it, 0 to 31536000000 (365 days)
 * @param seed of the stackers' fits and of the intervals
 */
public record EnsembleConfig(
    String planId, List<String> models, List<Ensemble> ensembles, long embargoMs, long seed)
    implements JobMain.Seeded {

  private static final long NS_PER_MS = 1_000_000;
  private static final long MOST_EMBARGO_MS = 365L * 24 * 3600 * 1000;

  public EnsembleConfig {
    models = List.copyOf(models);
    ensembles = List.copyOf(ensembles);
    if (models.size() == 1 || new HashSet<>(models).size() < models.size()) {
      throw new IllegalArgumentException(
          "Invalid models: " + models + " (must be none, or 2 or more, none twice)");
    }
    List<String> names = ensembles.stream().map(Ensemble::name).toList();
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "Invalid ensembles: " + names + " (must be at least one, no name twice)");
    }
    for (String name : names) {
      if (!name.matches("[a-z][a-z0-9_]*")) {
        throw new IllegalArgumentException(
            "Invalid name of an ensemble: '"
                + name
                + "' (must be lower-case letters, digits and _, a letter first)");
      }
    }
    if (embargoMs < 0 || embargoMs > MOST_EMBARGO_MS) {
      throw new IllegalArgumentException(
          "Invalid embargoMs: " + embargoMs + " (must be 0 to " + MOST_EMBARGO_MS + ")");
    }
  }

  long embargoNanos() {
    return embargoMs * NS_PER_MS;
  }
}
