package io.depthcast.jobs.capture;

import java.util.Locale;

/** What a person sees of a running capture. */
final class ProgressLine {

  private final String feed;
  private final CaptureCounts counts;
  private long lastNanos;
  private long lastMessages;

  ProgressLine(String feed, CaptureCounts counts, long now) {
    this.feed = feed;
    this.counts = counts;
    lastNanos = now;
  }

  /**
   * A line on what came since the last one.
   *
   * @param diskNanos longest time from receipt to disk
   */
  String next(long now, long diskNanos) {
    long messages = counts.messages.sum();
    double perSecond = (messages - lastMessages) * 1e9 / Math.max(1, now - lastNanos);
    lastMessages = messages;
    lastNanos = now;
    long lag = counts.longestLag();
    return String.format(
        Locale.ROOT,
        "%s: %s, %,.0f a second, lag %s (to disk %,d ms)",
        feed,
        total(),
        perSecond,
        lag == Long.MIN_VALUE ? "unknown" : String.format(Locale.ROOT, "%,d ms", lag / 1_000_000),
        diskNanos / 1_000_000);
  }

  /** What came since the start. */
  String total() {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%,d messages, %,d gaps, %,d reconnects",
            counts.messages.sum(),
            counts.gaps.sum(),
            counts.reconnects.sum()));
    append(line, counts.renewals.sum(), "planned reconnects");
    append(line, counts.snapshots.sum(), "snapshots");
    append(line, counts.staleSnapshots.sum(), "stale snapshots");
    append(line, counts.malformed.sum(), "malformed messages");
    append(line, counts.refused.sum(), "refused messages");
    return line.toString();
  }

  private static void append(StringBuilder line, long count, String what) {
    if (count > 0) {
      line.append(String.format(Locale.ROOT, ", %,d %s", count, what));
    }
  }
}
