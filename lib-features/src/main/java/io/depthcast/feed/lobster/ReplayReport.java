package io.depthcast.feed.lobster;

import io.depthcast.book.EventType;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the messages of a file explain its books.
 *
 * @param rows rows by the result of the comparison
 * @param levels levels by what became of them
 * @param references messages of types 1 to 4 of the rows compared, by type and by what they refer
 *     to; what never occurred is absent
 * @param executionsOutOfTurn executions (type 4) of an order while another had priority, at a
 *     better price or earlier at the same one
 */
public record ReplayReport(
    Rows rows,
    Levels levels,
    Map<EventType, Map<Reference, Long>> references,
    long executionsOutOfTurn) {

  public ReplayReport {
    Map<EventType, Map<Reference, Long>> sorted = new TreeMap<>();
    references.forEach(
        (type, counts) -> sorted.put(type, Collections.unmodifiableMap(new TreeMap<>(counts))));
    references = Collections.unmodifiableMap(sorted);
  }

  /**
   * Rows by the result of the comparison.
   *
   * @param equal every level that the messages give is that of the orderbook row
   * @param mismatching a level differs; the replay goes on from the row as it is in the file
   * @param restarted the first row, and suspect rows: taken as they are, with nothing to compare
   */
  public record Rows(long equal, long mismatching, long restarted) {}

  /**
   * Levels, both sides together.
   *
   * @param compared levels compared, over all rows
   * @param intoView came in as the last level when one before them went; taken from the orderbook
   *     row, because what happens outside the view is not in the message file
   * @param outOfView went out behind the last level when one before them came
   */
  public record Levels(long compared, long intoView, long outOfView) {}

  /** What a message refers to. */
  public enum Reference {
    /** An addition of an id that is met for the first time. */
    NEW,
    /** An order whose addition was read, in view ever since. */
    LIVE,
    /**
     * An order whose addition was read, but whose level was taken from the orderbook row since: it
     * was out of view in between, or the replay was restarted.
     */
    LEFT_VIEW,
    /** An order whose addition is not in the file: older than the file, or added out of view. */
    UNSEEN,
    /** None: its price is behind the last visible level. LOBSTER leaves such messages out. */
    OUTSIDE,

    /** Fault: no order id. */
    NO_ID,
    /** Fault: an addition of an id that was added before. */
    REPEATED,
    /** Fault: an order that was deleted or executed to the last share. */
    GONE,
    /** Fault: the order rests at another price, or on the other side. */
    ELSEWHERE,
    /** Fault: more than is left, a deletion of less than that, or a partial one of all of it. */
    OTHER_SIZE,
    /** Fault: an order not known by id where no such quantity of unknown orders rests. */
    UNCOVERED;

    /** Whether a sound file never has it. */
    public boolean isFault() {
      return ordinal() >= NO_ID.ordinal();
    }
  }

  /** Messages of a type that refer to such an order. */
  public long count(EventType type, Reference reference) {
    return references.getOrDefault(type, Map.of()).getOrDefault(reference, 0L);
  }

  /** Messages that refer to no order that they could mean. */
  public long faults() {
    return references.values().stream()
        .flatMap(byReference -> byReference.entrySet().stream())
        .filter(entry -> entry.getKey().isFault())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
