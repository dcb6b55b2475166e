package io.depthcast.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.depthcast.exchange.FaultyCapture.Feed;
import io.depthcast.exchange.FaultyCapture.Known;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.binance.BinanceCount;
import io.depthcast.feed.binance.BinanceReader;
import io.depthcast.quality.SuspectWindow.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader finds in a capture, against what was done to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectedFaultTest {

  private final ExchangeSession session = TrueSession.session(OrderFlow.LARGE_TICK, 150, 4);
  private final Map<Feed, Known> known =
      Stream.of(Feed.values()).collect(Collectors.toMap(f -> f, f -> Known.of(f, session)));

  static Stream<Arguments> faults() {
    return Stream.of(Feed.values())
        .flatMap(feed -> feed.faults().stream().map(fault -> Arguments.of(feed, fault)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isFoundWithItsCauseAndSpanAndNothingElse(Feed feed, CaptureFault fault) {
    requireFound(feed, List.of(new PlannedFault(fault, 100)));
  }

  /** A loss that is seen in the line itself shows with a trade, one in the numbers need not. */
  @ParameterizedTest
  @MethodSource("faults")
  void isFoundWhereATradeComesNextToo(Feed feed, CaptureFault fault) {
    List<String> rows =
        known.get(feed).rows().entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList();
    int updates = 0;
    // The first row is the snapshot, or the update that bridges it.
    for (int row = feed == Feed.BINANCE ? 0 : 1; row + 1 < rows.size(); row++) {
      boolean isUpdate = rows.get(row).startsWith("update");
      updates += isUpdate ? 1 : 0;
      if (updates >= 100 && isUpdate && rows.get(row + 1).startsWith("trade")) {
        requireFound(feed, List.of(new PlannedFault(fault, updates)));
        return;
      }
    }
    throw new AssertionError("no trade after an update");
  }

  @ParameterizedTest
  @EnumSource(Feed.class)
  void allOfThemAreFoundInOneCapture(Feed feed) {
    List<PlannedFault> plan = new ArrayList<>();
    for (CaptureFault fault : feed.faults()) {
      // The silence, which takes some 400 updates, comes last.
      int at = fault == CaptureFault.SILENCE ? 700 : 100 + 50 * fault.ordinal();
      plan.add(new PlannedFault(fault, at));
    }
    plan.sort(Comparator.comparingInt(PlannedFault::atUpdate));
    assertThat(requireFound(feed, plan))
        .extracting(InjectedFault::fault)
        .containsAll(feed.faults());
  }

  /** Causes by the meaning of each fault; what is lost is a gap in the numbers of the updates. */
  @ParameterizedTest
  @MethodSource("faults")
  void hasTheCausesOfItsKind(Feed feed, CaptureFault fault) {
    Set<Cause> causes =
        known.get(feed).with(List.of(new PlannedFault(fault, 100))).faults().stream()
            .filter(f -> f.cause() != null)
            .map(InjectedFault::cause)
            .collect(Collectors.toSet());
    // A new connection is told by its snapshot, or, where that is asked for, by the numbers.
    Cause anew = feed == Feed.BINANCE ? Cause.SEQUENCE_GAP : Cause.RECONNECT;
    Set<Cause> expected =
        switch (fault) {
          case DROPPED -> feed == Feed.LONE_EXCHANGE ? Set.of() : Set.of(Cause.SEQUENCE_GAP);
          case REORDERED, STALE_SNAPSHOT -> Set.of(Cause.SEQUENCE_GAP);
          case RECONNECT -> Set.of(anew);
          case DUPLICATED -> Set.of();
          case MALFORMED -> Set.of(Cause.SEQUENCE_GAP, Cause.REJECTED_ROWS);
          case NEGATIVE_SIZE -> Set.of(Cause.SEQUENCE_GAP, Cause.NEGATIVE_SIZE);
          case SILENCE -> Set.of(anew, Cause.SILENCE);
          case CROSSED -> Set.of(Cause.CROSSED_BOOK);
          case CLOCK_JUMP -> Set.of(Cause.CLOCK_JUMP);
        };
    assertThat(causes).isEqualTo(expected);
  }

  private List<InjectedFault> requireFound(Feed feed, List<PlannedFault> plan) {
    FaultyCapture capture = known.get(feed).with(plan);
    assertThat(capture.found()).containsExactlyInAnyOrderElementsOf(capture.expected());
    assertThat(capture.wrong(false)).isEmpty();
    assertThat(capture.doubled()).isZero();
    assertThat(capture.lost()).isZero();
    assertThat(capture.isToTheEnd()).isTrue();
    assertThat(capture.read().rejected())
        .hasSize(
            (int) (count(plan, CaptureFault.MALFORMED) + count(plan, CaptureFault.NEGATIVE_SIZE)));
    return capture.faults();
  }

  private static long count(List<PlannedFault> plan, CaptureFault fault) {
    return plan.stream().filter(planned -> planned.fault() == fault).count();
  }

  /** The copy of one update, the update that comes too late, the answer that does. */
  @Test
  void whatABinanceReaderLeavesOutIsCounted() {
    List<PlannedFault> plan =
        List.of(
            new PlannedFault(CaptureFault.DUPLICATED, 100),
            new PlannedFault(CaptureFault.REORDERED, 200),
            new PlannedFault(CaptureFault.STALE_SNAPSHOT, 300));
    StringBuilder capture = new StringBuilder();
    TrueSession.run(session, Feed.BINANCE.recorder(session.instrument(), plan, capture));
    BinanceReader reader = CaptureRecorderTest.reader(capture);
    ReadSession.read(reader, 1000, FaultyCapture.LEVELS);
    assertThat(reader.count(BinanceCount.OLD_UPDATES)).isEqualTo(2);
    assertThat(reader.count(BinanceCount.STALE_SNAPSHOTS)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isFoundAtTheEndOfTheCaptureToo(Feed feed, CaptureFault fault) {
    int updates = known.get(feed).updates();
    for (int before = 0; before < 8; before++) {
      FaultyCapture capture =
          known.get(feed).with(List.of(new PlannedFault(fault, updates - before)));
      assertThat(capture.found()).containsExactlyInAnyOrderElementsOf(capture.expected());
    }
  }

  @Test
  void waitsUntilTheFaultBeforeIsOver() {
    List<InjectedFault> faults =
        requireFound(
            Feed.BINANCE,
            List.of(
                new PlannedFault(CaptureFault.SILENCE, 100),
                new PlannedFault(CaptureFault.CROSSED, 130)));
    assertThat(faults)
        .extracting(InjectedFault::cause)
        .containsExactly(Cause.SILENCE, Cause.SEQUENCE_GAP, Cause.CROSSED_BOOK);
  }

  @Test
  void aVenueThatIsNotAskedForSnapshotsAnswersNoneTooLate() {
    List<PlannedFault> plan = List.of(new PlannedFault(CaptureFault.STALE_SNAPSHOT, 100));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Feed.ADVANCED_TRADE.recorder(session.instrument(), plan, new StringBuilder()))
        .withMessage(
            "Invalid fault: stale_snapshot (this venue answers no request for a snapshot)");
  }
}
