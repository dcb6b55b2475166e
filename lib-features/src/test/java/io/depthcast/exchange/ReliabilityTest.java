package io.depthcast.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.EventType;
import io.depthcast.exchange.FaultyCapture.Feed;
import io.depthcast.exchange.FaultyCapture.Known;
import io.depthcast.exchange.FaultyCapture.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the readers find of what was done to captures, held to the truth, and the table of it in
 * {@code docs/reliability.md}. With {@code -Ddocs.write=true} the table is written instead of
 * compared.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReliabilityTest {

  private static final int TIMES = 20;

  private static final String BEGIN = "<!-- begin of the table -->\n";
  private static final String END = "<!-- end of the table -->";

  private final ExchangeSession session = TrueSession.session(OrderFlow.LARGE_TICK, 1_500, 4);
  private final Map<Feed, Known> known =
      Stream.of(Feed.values()).collect(Collectors.toMap(f -> f, f -> Known.of(f, session)));

  private final Map<String, Outcome> outcomes = new HashMap<>();

  static Stream<Arguments> faults() {
    return Stream.of(Feed.values())
        .flatMap(feed -> feed.faults().stream().map(fault -> Arguments.of(feed, fault)));
  }

  /** What came of a fault. */
  private record Outcome(
      long injected,
      List<Span> expected,
      List<Span> found,
      List<Span> wronglyFlagged,
      long wrongWithoutSign,
      long wrongUpdatesWithoutSign,
      long wrongElsewhere,
      long lost,
      long doubled) {}

  private Outcome outcome(Feed feed, CaptureFault fault) {
    return outcomes.computeIfAbsent(
        feed + " " + fault,
        name -> {
          FaultyCapture capture = capture(feed, fault);
          return new Outcome(
              capture.begun().stream().filter(f -> f.fault() == fault).count(),
              capture.expected(),
              capture.rightlyFound(),
              capture.wronglyFlagged(),
              capture.wrong(true).size(),
              capture.wrong(true).stream().filter(row -> row.type() != EventType.TRADE).count(),
              capture.wrong(false).size(),
              capture.lost(),
              capture.doubled());
        });
  }

  /** The same fault again and again; where it leaves no sign, a connection made anew ends it. */
  private FaultyCapture capture(Feed feed, CaptureFault fault) {
    Known session = known.get(feed);
    int every = session.updates() / (TIMES + 1);
    List<PlannedFault> plan = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      plan.add(new PlannedFault(fault, (i + 1) * every - every / 2));
      if (isHidden(feed, fault)) {
        plan.add(new PlannedFault(CaptureFault.RECONNECT, (i + 1) * every));
      }
    }
    return session.with(plan);
  }

  private static boolean isHidden(Feed feed, CaptureFault fault) {
    return feed == Feed.LONE_EXCHANGE && fault == CaptureFault.DROPPED;
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whatCanBeToldIsFoundAndNothingElseIsFlaggedLostOrDoubled(Feed feed, CaptureFault fault) {
    Outcome outcome = outcome(feed, fault);
    assertThat(outcome.injected).isEqualTo(TIMES);
    assertThat(outcome.found).containsExactlyInAnyOrderElementsOf(outcome.expected);
    assertThat(outcome.wronglyFlagged).isEmpty();
    assertThat(outcome.wrongElsewhere).isZero();
    assertThat(outcome.doubled).isZero();
    assertThat(outcome.lost).isZero();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aBookIsWrongWithoutASignOnlyWhereNoNumberTells(Feed feed, CaptureFault fault) {
    Outcome outcome = outcome(feed, fault);
    if (isHidden(feed, fault)) {
      assertThat(outcome.wrongUpdatesWithoutSign).isGreaterThan(TIMES);
    } else {
      assertThat(outcome.wrongWithoutSign).isZero();
    }
  }

  @Test
  void theTableOfTheDocumentIsWhatIsFound() throws IOException {
    Path document = Path.of(System.getProperty("depthcast.root"), "docs/reliability.md");
    String text = Files.readString(document);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    int to = text.indexOf(END);
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(document, text.substring(0, from) + table() + text.substring(to));
    } else {
      assertThat(text.substring(from, to)).isEqualTo(table());
    }
  }

  private String table() {
    StringBuilder table =
        new StringBuilder(
            """
            | feed | fault | injected | windows to find | found | flagged wrongly | wrong books, no sign | wrong books | rows lost | rows doubled |
            |---|---|---|---|---|---|---|---|---|---|
            """);
    faults()
        .forEach(
            each -> {
              Feed feed = (Feed) each.get()[0];
              CaptureFault fault = (CaptureFault) each.get()[1];
              Outcome outcome = outcome(feed, fault);
              table.append(
                  "| %s | %s | %d | %d | %d | %d | %d | %d | %d | %d |%n"
                      .formatted(
                          feed.name().toLowerCase(Locale.ROOT),
                          fault.column(),
                          outcome.injected,
                          outcome.expected.size(),
                          outcome.found.size(),
                          outcome.wronglyFlagged.size(),
                          outcome.wrongWithoutSign,
                          outcome.wrongElsewhere,
                          outcome.lost,
                          outcome.doubled));
            });
    return table.toString();
  }
}
