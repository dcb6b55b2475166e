package io.depthcast.jobs.explore;

import java.util.Comparator;

/**
 * A label of the table.
 *
 * @param horizon its length, in events or ms as the id says
 */
record LabelName(String id, long horizon) {

  /** By kind, then horizons of events before those of time, then by length. */
  static final Comparator<LabelName> ORDER =
      Comparator.comparing(LabelName::kind)
          .thenComparing(label -> label.id.contains("ms"))
          .thenComparingLong(LabelName::horizon)
          .thenComparing(LabelName::id);

  /** The id without its numbers. */
  private String kind() {
    return id.replaceAll("_\\d.*", "");
  }
}
