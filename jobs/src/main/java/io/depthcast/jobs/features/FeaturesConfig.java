package io.depthcast.jobs.features;

import io.depthcast.features.FeatureFamily;
import io.depthcast.features.FeatureSet;
import io.depthcast.labels.Label;
import java.util.HashSet;
import java.util.List;

/**
 * {@code configs/features.yaml}.
 *
 * @param set name of the set, lower case; the table is {@code gold.features_<set>}
 * @param families families with their parameters, in the order of the columns
 * @param labels labels with their horizons
 */
public record FeaturesConfig(String set, List<FeatureFamily> families, List<Label> labels) {

  public FeaturesConfig {
    if (!set.matches("[a-z][a-z0-9_]{0,40}")) {
      throw new IllegalArgumentException(
          "Invalid set: '" + set + "' (must be a lower-case letter, then letters, digits or _)");
    }
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("Invalid labels: none (must be at least one)");
    }
    List<String> ids = labels.stream().map(Label::id).toList();
    if (new HashSet<>(ids).size() < ids.size()) {
      throw new IllegalArgumentException("Invalid labels: " + ids + " (must be none twice)");
    }
    families = List.copyOf(families);
    labels = List.copyOf(labels);
  }

  /** Book levels a side that families and labels read. */
  int levels() {
    return Math.max(
        features().levels(), labels.stream().mapToInt(Label::levels).max().orElseThrow());
  }

  /** The families as a set. */
  public FeatureSet features() {
    return new FeatureSet(families);
  }
}
