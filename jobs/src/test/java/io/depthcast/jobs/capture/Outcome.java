package io.depthcast.jobs.capture;

import io.depthcast.jobs.capture.FoundRows.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What there is to find in a captured session, and what was found.
 *
 * @param rows of updates and trades, in order
 * @param spans suspect windows
 */
record Outcome(List<String> rows, List<Span> spans, FoundRows found) {

  /** The columns of {@link #cells}. */
  static final String COLUMNS =
      "windows to find | found | suspect rows to find | found | flagged wrongly | wrong books"
          + " | rows lost | rows doubled |";

  static final String RULE = "---|---|---|---|---|---|---|---|";

  /** Runs sessions side by side, for they wait most of the time; answers in the same order. */
  static <K> Map<K, Outcome> ofAll(Map<K, Callable<Outcome>> sessions) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(sessions.size());
    try {
      Map<K, Future<Outcome>> running = new LinkedHashMap<>();
      sessions.forEach((key, session) -> running.put(key, threads.submit(session)));
      Map<K, Outcome> outcomes = new LinkedHashMap<>();
      for (Map.Entry<K, Future<Outcome>> each : running.entrySet()) {
        outcomes.put(each.getKey(), each.getValue().get());
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  List<Span> rightlyFound() {
    List<Span> left = new ArrayList<>(spans);
    return found.spans().stream().filter(left::remove).toList();
  }

  List<Span> wronglyFlagged() {
    List<Span> left = new ArrayList<>(found.spans());
    spans.forEach(left::remove);
    return left;
  }

  /** Rows between the ends of the windows there are to find. */
  List<String> suspect() {
    Set<String> suspect = new HashSet<>();
    for (Span span : spans) {
      List<String> all = found.rows();
      suspect.addAll(all.subList(all.indexOf(span.first()), all.indexOf(span.last()) + 1));
    }
    return found.rows().stream().filter(suspect::contains).toList();
  }

  List<String> withoutSnapshots() {
    return found.rows().stream().filter(row -> !row.startsWith("snapshot")).toList();
  }

  long lost() {
    Set<String> had = Set.copyOf(withoutSnapshots());
    return rows.stream().filter(row -> !had.contains(row)).count();
  }

  long doubled() {
    return withoutSnapshots().size() - withoutSnapshots().stream().distinct().count();
  }

  /** What a line of the table says of it. */
  String cells() {
    return "%d | %d | %d | %d | %d | %d | %d | %d |%n"
        .formatted(
            spans.size(),
            rightlyFound().size(),
            suspect().size(),
            found.suspect().size(),
            wronglyFlagged().size(),
            found.wrongBooks().size(),
            lost(),
            doubled());
  }
}
