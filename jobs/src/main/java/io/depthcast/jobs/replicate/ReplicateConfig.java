package io.depthcast.jobs.replicate;

import java.io.Serializable;

/**
 * {@code configs/replicate.yaml}.
 *
 * @param intervalSeconds length of the intervals over which flows and moves are summed, 1 to 60
 * @param windowMinutes length of the windows in which regressions are fitted, 5 to 120
 * @param levels levels a side whose flow is looked at, 1 to 10; those a book does not have are left
 *     out
 */
public record ReplicateConfig(int intervalSeconds, int windowMinutes, int levels)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public ReplicateConfig {
    check("intervalSeconds", intervalSeconds, 1, 60);
    check("windowMinutes", windowMinutes, 5, 120);
    check("levels", levels, 1, 10);
  }

  private static void check(String key, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "Invalid " + key + ": " + value + " (must be " + lowest + " to " + highest + ")");
    }
  }

  long intervalNanos() {
    return intervalSeconds * 1_000_000_000L;
  }

  long windowNanos() {
    return windowMinutes * 60_000_000_000L;
  }
}
