package io.depthcast.jobs.quality;

import io.depthcast.jobs.table.Slice;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far one slice can be trusted.
 *
 * @param slice venue, symbol and trade date
 * @param counts what it holds
 * @param loss what of it cannot be used
 * @param gaps nanoseconds from each row to the next; empty where there is one row
 * @param latency how late its messages came; empty where the source has no receive times
 */
record SliceQuality(
    Slice slice, Counts counts, Loss loss, Optional<Distribution> gaps, Optional<Latency> latency) {

  /**
   * What a slice holds.
   *
   * @param rows rows of the book
   * @param trades trades
   * @param rejected lines that could not be read
   * @param firstNs time of the first row, nanoseconds UTC
   * @param lastNs time of the last row, nanoseconds UTC
   * @param busiestSecond most rows in a second of the clock
   */
  record Counts(
      long rows, long trades, long rejected, long firstNs, long lastNs, long busiestSecond) {

    /** Seconds from the first row to the last. */
    double seconds() {
      return (lastNs - firstNs) / 1e9;
    }

    /** Rows per second from the first row to the last; NaN for no time. */
    double rowsPerSecond() {
      return lastNs == firstNs ? Double.NaN : rows / seconds();
    }
  }

  /**
   * Shares lost to suspect windows.
   *
   * @param all to any cause, each row and each moment counted once
   * @param byCause to each cause; more than {@code all} together where causes overlap
   */
  record Loss(Share all, Map<String, Share> byCause) {
    /** Copies the map, in the order of the causes' names. */
    Loss {
      byCause = new TreeMap<>(byCause);
    }
  }

  /**
   * A part of a slice. A row's book holds from its time to that of the next row; the last row's
   * holds for no time.
   *
   * @param rows share of the rows, 0 to 1
   * @param time share of the time from the first row to the last, 0 to 1, NaN for no time
   */
  record Share(double rows, double time) {}

  /**
   * Receive time less venue time.
   *
   * @param nanos over the messages of the slice, snapshots left out, whose time the venue need not
   *     give
   * @param negative messages received before they were sent, by the two clocks
   * @param drift how the least latency goes; empty where there are too few spans
   */
  record Latency(Distribution nanos, long negative, Optional<ClockDrift> drift) {}
}
