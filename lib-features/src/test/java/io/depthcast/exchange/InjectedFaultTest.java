package io.depthcast.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.EventType;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.binance.BinanceCount;
import io.depthcast.feed.binance.BinanceReader;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reader finds in a capture, against what was done to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectedFaultTest {

  private static final int DEPTH_MS = 100;

  /** A cause and the receive times of the first and the last suspect row. */
  private record Span(Cause cause, long recvFirst, long recvLast) {}

  private final ExchangeSession session = TrueSession.session(OrderFlow.LARGE_TICK, 150, 4);
  private final TrueSession truth = new TrueSession(CaptureRecorderTest.LEVELS);
  private ReadSession clean;

  @BeforeAll
  void readTheCleanCapture() {
    StringBuilder capture = new StringBuilder();
    TrueSession.run(
        session, truth, new BinanceRecorder(session.instrument(), DEPTH_MS, List.of(), capture));
    clean = CaptureRecorderTest.read(capture);
    assertThat(clean.windows()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(CaptureFault.class)
  void isFoundWithItsCauseAndSpanAndNothingElse(CaptureFault fault) {
    requireFound(List.of(new PlannedFault(fault, 100)));
  }

  /** A loss that is seen in the line itself shows with a trade, one in the numbers does not. */
  @ParameterizedTest
  @EnumSource(CaptureFault.class)
  void isFoundWhereATradeComesNextToo(CaptureFault fault) {
    int updates = 0;
    for (int row = 0; row + 1 < clean.rows().size(); row++) {
      boolean isUpdate = clean.rows().get(row).type() != EventType.TRADE;
      updates += isUpdate ? 1 : 0;
      boolean beforeTrade = clean.rows().get(row + 1).type() == EventType.TRADE;
      if (updates >= 100 && isUpdate && beforeTrade) {
        requireFound(List.of(new PlannedFault(fault, updates)));
        return;
      }
    }
    throw new AssertionError("no trade after an update");
  }

  @Test
  void allOfThemAreFoundInOneCapture() {
    List<PlannedFault> plan = new ArrayList<>();
    for (CaptureFault fault : CaptureFault.values()) {
      // The silence, which takes some 400 updates, comes last.
      int at = fault == CaptureFault.SILENCE ? 700 : 100 + 50 * fault.ordinal();
      plan.add(new PlannedFault(fault, at));
    }
    plan.sort(Comparator.comparingInt(PlannedFault::atUpdate));
    List<InjectedFault> faults = requireFound(plan);
    assertThat(faults).extracting(InjectedFault::fault).contains(CaptureFault.values());
  }

  /** Causes by the meaning of each fault; what is lost is a gap in the numbers of the updates. */
  @ParameterizedTest
  @EnumSource(CaptureFault.class)
  void hasTheCausesOfItsKind(CaptureFault fault) {
    Set<Cause> causes =
        inject(List.of(new PlannedFault(fault, 100)), new StringBuilder()).stream()
            .filter(f -> f.cause() != null)
            .map(InjectedFault::cause)
            .collect(Collectors.toSet());
    Set<Cause> expected =
        switch (fault) {
          case DROPPED, REORDERED, RECONNECT, STALE_SNAPSHOT -> Set.of(Cause.SEQUENCE_GAP);
          case DUPLICATED -> Set.of();
          case MALFORMED -> Set.of(Cause.SEQUENCE_GAP, Cause.REJECTED_ROWS);
          case NEGATIVE_SIZE -> Set.of(Cause.SEQUENCE_GAP, Cause.NEGATIVE_SIZE);
          case SILENCE -> Set.of(Cause.SEQUENCE_GAP, Cause.SILENCE);
          case CROSSED -> Set.of(Cause.CROSSED_BOOK);
          case CLOCK_JUMP -> Set.of(Cause.CLOCK_JUMP);
        };
    assertThat(causes).isEqualTo(expected);
  }

  private List<InjectedFault> inject(List<PlannedFault> plan, StringBuilder capture) {
    BinanceRecorder recorder = new BinanceRecorder(session.instrument(), DEPTH_MS, plan, capture);
    TrueSession.run(session, recorder);
    return recorder.faults();
  }

  private List<InjectedFault> requireFound(List<PlannedFault> plan) {
    StringBuilder capture = new StringBuilder();
    List<InjectedFault> faults = inject(plan, capture);
    BinanceReader reader = CaptureRecorderTest.reader(capture);
    ReadSession read = ReadSession.read(reader, 1000, CaptureRecorderTest.LEVELS);
    assertThat(spans(read)).containsExactlyInAnyOrderElementsOf(spans(faults));
    requireCounts(reader, plan);
    requireTheRestIsWhole(read);
    return faults;
  }

  private static List<Span> spans(ReadSession read) {
    List<Span> spans = new ArrayList<>();
    for (var dated : read.windows()) {
      SuspectWindow window = dated.value();
      spans.add(
          new Span(
              window.cause(),
              read.rows().get((int) window.seqFirst() - 1).tsRecv(),
              read.rows().get((int) window.seqLast() - 1).tsRecv()));
    }
    return spans;
  }

  private static List<Span> spans(List<InjectedFault> faults) {
    return faults.stream()
        .filter(f -> f.cause() != null)
        .map(f -> new Span(f.cause(), f.recvFirst(), f.recvLast()))
        .toList();
  }

  private static void requireCounts(BinanceReader reader, List<PlannedFault> plan) {
    List<CaptureFault> faults = plan.stream().map(PlannedFault::fault).toList();
    // The copy of one update, and the update that comes too late.
    long old = count(faults, CaptureFault.DUPLICATED) + count(faults, CaptureFault.REORDERED);
    assertThat(reader.count(BinanceCount.OLD_UPDATES)).isEqualTo(old);
    assertThat(reader.count(BinanceCount.STALE_SNAPSHOTS))
        .isEqualTo(count(faults, CaptureFault.STALE_SNAPSHOT));
    assertThat(reader.rejected())
        .hasSize(
            (int)
                (count(faults, CaptureFault.MALFORMED)
                    + count(faults, CaptureFault.NEGATIVE_SIZE)));
  }

  private static long count(List<CaptureFault> faults, CaptureFault fault) {
    return faults.stream().filter(f -> f == fault).count();
  }

  /** Outside the suspect rows the books are true, and no update or trade is lost or doubled. */
  private void requireTheRestIsWhole(ReadSession read) {
    for (EventType type : List.of(EventType.UPDATE, EventType.TRADE)) {
      List<Long> ids = ids(read, type, false);
      assertThat(ids).doesNotHaveDuplicates();
      assertThat(ids(clean, type, false)).containsSubsequence(ids);
    }
    // Sound updates without a suspect row between them follow each other in the clean capture.
    long lastId = 0;
    boolean afterSuspect = false;
    List<Long> cleanIds = ids(clean, EventType.UPDATE, true);
    for (ReadSession.Row row : read.rows()) {
      if (row.type() == EventType.TRADE) {
        continue;
      }
      if (!row.suspect()) {
        TrueSession.Event event = truth.events.get((int) row.venueSeq());
        assertThat(row.bids())
            .isEqualTo(
                TrueSession.scaled(event.bids(), session.instrument(), CaptureRecorderTest.UNITS));
        assertThat(row.asks())
            .isEqualTo(
                TrueSession.scaled(event.asks(), session.instrument(), CaptureRecorderTest.UNITS));
        if (lastId > 0 && !afterSuspect) {
          int next = cleanIds.indexOf(lastId) + 1;
          assertThat(row.venueSeq()).isEqualTo(cleanIds.get(next));
        }
      }
      afterSuspect = row.suspect();
      lastId = row.venueSeq();
    }
    assertThat(lastId).isEqualTo(truth.events.size() - 1);
  }

  private static List<Long> ids(ReadSession session, EventType type, boolean withSnapshots) {
    return session.rows().stream()
        .filter(r -> r.type() == type || (withSnapshots && r.type() == EventType.SNAPSHOT))
        .map(ReadSession.Row::venueSeq)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(CaptureFault.class)
  void isFoundAtTheEndOfTheCaptureToo(CaptureFault fault) {
    long updates = clean.rows().stream().filter(r -> r.type() != EventType.TRADE).count();
    for (int before = 0; before < 8; before++) {
      StringBuilder capture = new StringBuilder();
      List<InjectedFault> faults =
          inject(List.of(new PlannedFault(fault, (int) updates - before)), capture);
      assertThat(spans(CaptureRecorderTest.read(capture)))
          .containsExactlyInAnyOrderElementsOf(spans(faults));
    }
  }

  @Test
  void waitsUntilTheFaultBeforeIsOver() {
    List<InjectedFault> faults =
        requireFound(
            List.of(
                new PlannedFault(CaptureFault.SILENCE, 100),
                new PlannedFault(CaptureFault.CROSSED, 130)));
    assertThat(faults)
        .extracting(InjectedFault::cause)
        .containsExactly(Cause.SILENCE, Cause.SEQUENCE_GAP, Cause.CROSSED_BOOK);
  }
}
