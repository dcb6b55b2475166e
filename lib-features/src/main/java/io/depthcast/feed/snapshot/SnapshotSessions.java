package io.depthcast.feed.snapshot;

import java.io.Serializable;
import java.time.LocalTime;
import java.util.List;

/**
 * When the rows of a table rest, and how far apart they are otherwise.
 *
 * @param maxGapMs milliseconds, 1 to 86400000, from a row to the next of the same session
 * @param breaks rests within the day, may be none
 */
public record SnapshotSessions(long maxGapMs, List<Break> breaks) implements Serializable {

  private static final long DAY_MS = 86_400_000;

  public SnapshotSessions {
    if (maxGapMs < 1 || maxGapMs > DAY_MS) {
      throw new IllegalArgumentException(
          "Invalid maxGapMs: " + maxGapMs + " (must be 1 to " + DAY_MS + ")");
    }
    breaks = List.copyOf(breaks);
  }

  /**
   * A rest within the day, such as a lunch break, by the clock of the table.
   *
   * @param from when a session ends
   * @param to when the next begins, after {@code from}
   */
  public record Break(LocalTime from, LocalTime to) implements Serializable {

    public Break {
      if (!to.isAfter(from)) {
        throw new IllegalArgumentException(
            "Invalid break: " + from + " to " + to + " (must end after it begins)");
      }
    }
  }
}
