package io.depthcast.jobs.benchmark;

import java.util.List;

/** A model of the comparison. */
interface Contestant {

  /** Its name on the command line and in the table. */
  String name();

  /** Whether its fits differ from seed to seed. */
  boolean isSeeded();

  /** Whether it gives probabilities, so that the rule of decision can be tuned. */
  boolean isProbabilistic();

  /** Names of the models that it is made of. */
  default List<String> members() {
    return List.of();
  }

  /**
   * Fits and forecasts.
   *
   * @param seeds one for each forecast; a single one where {@link #isSeeded()} is false
   */
  List<Forecast> forecasts(Contest contest, List<Long> seeds);
}
