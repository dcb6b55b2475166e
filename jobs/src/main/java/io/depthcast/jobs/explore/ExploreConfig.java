package io.depthcast.jobs.explore;

import io.depthcast.jobs.JobMain;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;

/**
 * {@code configs/explore.yaml}.
 *
 * @param set feature set to look at, {@code gold.features_<set>}
 * @param labels names of the labels, {@code label_id} in {@code gold.labels}; all where empty
 * @param sampleRows rows of a slice, at most, that ranks, bins and quantiles are taken from: every
 *     n-th of them; 1000 to 1000000. Counts, means and moments are of all rows
 * @param bins bins of a column for mutual information, 2 to 32
 * @param shuffles how often a label's rows are cut in two that change places, for the null level of
 *     mutual information; 5 to 1000
 * @param blockReaches length of the bootstrap's blocks in reaches of the label, 1 to 50
 * @param dayParts parts of equal numbers of rows that a single day is cut into to see whether what
 *     holds of it holds throughout, 2 to 50
 * @param seed of the shuffles
 */
public record ExploreConfig(
    String set,
    List<String> labels,
    int sampleRows,
    int bins,
    int shuffles,
    int blockReaches,
    int dayParts,
    long seed)
    implements JobMain.Seeded, Serializable {

  private static final long serialVersionUID = 1L;

  public ExploreConfig {
    labels = List.copyOf(labels);
    if (!set.matches("[a-z][a-z0-9_]{0,40}")) {
      throw new IllegalArgumentException(
          "Invalid set: '" + set + "' (must be a lower-case letter, then letters, digits or _)");
    }
    if (new HashSet<>(labels).size() < labels.size()) {
      throw new IllegalArgumentException("Invalid labels: " + labels + " (must be none twice)");
    }
    check("sampleRows", sampleRows, 1000, 1_000_000);
    check("bins", bins, 2, 32);
    check("shuffles", shuffles, 5, 1000);
    check("blockReaches", blockReaches, 1, 50);
    check("dayParts", dayParts, 2, 50);
  }

  private static void check(String key, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "Invalid " + key + ": " + value + " (must be " + lowest + " to " + highest + ")");
    }
  }

  String featureTable() {
    return "gold.features_" + set;
  }
}
