package io.depthcast.jobs.table;

import io.depthcast.jobs.ConfigException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Which feature set the slices of {@code gold.features_<set>} hold. */
public final class FeatureSetId {

  private FeatureSetId() {}

  /**
   * The id that all slices have.
   *
   * @param ids those found in the slices, each once or more often
   * @throws ConfigException if they are of several sets, or there is none
   */
  public static String only(Collection<String> ids) {
    Set<String> different = new TreeSet<>(ids);
    if (different.size() != 1) {
      throw new ConfigException(
          "The slices hold features of "
              + different.size()
              + " feature sets "
              + different
              + "; run the features job on all of them");
    }
    return different.iterator().next();
  }
}
