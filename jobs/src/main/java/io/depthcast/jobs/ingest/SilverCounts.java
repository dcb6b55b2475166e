package io.depthcast.jobs.ingest;

import java.io.Serializable;
import java.util.List;

/** How much went into the silver tables. */
record SilverCounts(long rows, int slices, int suspectWindows, int rejected)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  static SilverCounts sum(List<SilverCounts> all) {
    return new SilverCounts(
        all.stream().mapToLong(SilverCounts::rows).sum(),
        all.stream().mapToInt(SilverCounts::slices).sum(),
        all.stream().mapToInt(SilverCounts::suspectWindows).sum(),
        all.stream().mapToInt(SilverCounts::rejected).sum());
  }

  /** What a job says when it is done. */
  @Override
  public String toString() {
    return String.format(
        "%,d rows of %d slices, %d suspect windows, %d rejected rows",
        rows, slices, suspectWindows, rejected);
  }
}
