package io.depthcast.jobs.quality;

import io.depthcast.jobs.table.Slice;
import java.util.List;
import java.util.Map;

/**
 * What the figures show, of the first slices only.
 *
 * @param rates how often the book changed
 * @param latencies how late messages came; none of a slice without receive times
 * @param timeline when the book could not be trusted
 */
record Curves(Map<Slice, List<Rate>> rates, Map<Slice, List<Late>> latencies, Timeline timeline) {

  /**
   * Rows in a span.
   *
   * @param fromNs begin of the span, nanoseconds UTC
   * @param rowsPerSecond rows per second in it
   */
  record Rate(long fromNs, double rowsPerSecond) {}

  /**
   * Latencies in a span.
   *
   * @param fromNs begin of the span by the receiver's clock, nanoseconds UTC
   * @param nanos receive time less venue time
   */
  record Late(long fromNs, Distribution nanos) {}

  /**
   * Suspect windows.
   *
   * @param windows the longest ones, by slice, cause and time
   * @param all how many there are
   */
  record Timeline(List<Lost> windows, long all) {}

  /**
   * A suspect window.
   *
   * @param firstNs time of its first row, nanoseconds UTC
   * @param endNs time of the row after its last, or of the slice's last row, nanoseconds UTC
   */
  record Lost(Slice slice, String cause, long firstNs, long endNs) {}
}
