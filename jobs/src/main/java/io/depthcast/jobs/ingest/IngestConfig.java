package io.depthcast.jobs.ingest;

import java.io.Serializable;

/**
 * {@code configs/ingest-lobster.yaml}.
 *
 * @param levels levels a side of {@code silver.book}, 1 to 200; deeper levels of a file are left
 *     out, missing ones are null
 * @param maxRejectedShare share of a file's rows, 0 to 1, that may be bad; they go to {@code
 *     silver.rejected}. One more fails the job and nothing is written.
 */
public record IngestConfig(int levels, double maxRejectedShare) implements Serializable {

  private static final long serialVersionUID = 1L;

  public IngestConfig {
    requireLevels(levels);
    if (!(maxRejectedShare >= 0 && maxRejectedShare <= 1)) {
      throw new IllegalArgumentException(
          "Invalid maxRejectedShare: " + maxRejectedShare + " (must be 0 to 1)");
    }
  }

  static void requireLevels(int levels) {
    if (levels < 1 || levels > 200) {
      throw new IllegalArgumentException("Invalid levels: " + levels + " (must be 1 to 200)");
    }
  }
}
