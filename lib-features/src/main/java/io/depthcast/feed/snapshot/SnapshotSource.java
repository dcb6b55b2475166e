package io.depthcast.feed.snapshot;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a table of depth snapshots is to be read; a file under {@code configs/sources}.
 *
 * @param venue as in the tables: a lower-case letter, then letters, digits or _
 * @param columns which column is what
 * @param units what the numbers mean
 * @param time which columns say when
 * @param sessions when trading rests
 * @param labels labels that come with the table, may be none
 * @param maxRejectedShare share of an instrument's rows, 0 to 1, that may be bad; one more fails
 *     the table
 */
public record SnapshotSource(
    String venue,
    SnapshotColumns columns,
    SnapshotUnits units,
    SnapshotTime time,
    SnapshotSessions sessions,
    List<GivenLabel> labels,
    double maxRejectedShare)
    implements Serializable {

  public SnapshotSource {
    if (!venue.matches("[a-z][a-z0-9_]{0,40}")) {
      throw new IllegalArgumentException(
          "Invalid venue: '"
              + venue
              + "' (must be a lower-case letter, then letters, digits or _)");
    }
    if (!(maxRejectedShare >= 0 && maxRejectedShare <= 1)) {
      throw new IllegalArgumentException(
          "Invalid maxRejectedShare: " + maxRejectedShare + " (must be 0 to 1)");
    }
    labels = List.copyOf(labels);
    Set<String> names = new HashSet<>();
    for (String name : allColumns(columns, time, labels)) {
      if (name.isBlank() || !names.add(name)) {
        throw new IllegalArgumentException(
            "Invalid columns: '" + name + "' (must have a name that no other column has)");
      }
    }
  }

  private static List<String> allColumns(
      SnapshotColumns columns, SnapshotTime time, List<GivenLabel> labels) {
    List<String> names = numbers(columns, labels);
    names.addAll(time.columns());
    names.add(columns.symbol());
    return names;
  }

  private static List<String> numbers(SnapshotColumns columns, List<GivenLabel> labels) {
    List<String> names = new ArrayList<>(columns.book());
    labels.forEach(label -> names.add(label.column()));
    return names;
  }

  /** Columns of {@link SnapshotRow#texts} in their order. */
  public List<String> textColumns() {
    return time.columns();
  }

  /**
   * Columns of {@link SnapshotRow#numbers} in their order: price and size of the bids from the best
   * on, those of the asks, the labels.
   */
  public List<String> numberColumns() {
    return numbers(columns, labels);
  }
}
