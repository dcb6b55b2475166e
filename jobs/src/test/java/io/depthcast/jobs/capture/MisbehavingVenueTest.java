package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.capture.FoundRows.Span;
import io.depthcast.jobs.capture.LocalVenue.Fault;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything that the local venue can do wrong, several times each to a collector of its own; what
 * the reader makes of the segments is held to what the venue has sent, and the table of it in
 * {@code docs/reliability.md} written with {@code -Ddocs.write=true}, else compared.
 *
 * <p>Snapshots are answered when the test says so: which messages come between a fault and the
 * snapshot that ends it depends on no clock.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisbehavingVenueTest {

  private static final int TIMES = 4;

  /** Messages between two faults, and between a fault and each answer to the collector. */
  private static final int CLEAN = 20;

  private static final int SUSPECT = 10;

  /** Messages that go to nobody while there is no connection. */
  private static final int UNHEARD = 5;

  /** The reader waits for a connection that was heard within the last second. */
  private static final long BEYOND_OVERLAP_MS = 1_200;

  /** Two seconds without a pong are the end of a connection. */
  private static final Timing TIMING =
      new Timing(
          new Timing.Patience(300, 2_000, 60_000),
          3_600_000,
          new Timing.Overlap(100, 2_000),
          new Timing.Retry(40, 200),
          3_600_000);

  /**
   * What the venue does.
   *
   * <p>Where the answer to the collector is what is wrong, an update is left out, so that it asks.
   */
  enum Misdeed {
    DROP("leaves a message out", Fault.DROP),
    DUPLICATE("sends one twice", Fault.DUPLICATE),
    LATE("sends one after the next", Fault.LATE),
    CUT("cuts a message off", Fault.CUT),
    CLOSE("closes the connection", Fault.CLOSE),
    BREAK("breaks off in the middle of a message", Fault.BREAK),
    STALL("stalls for half a second", Fault.STALL),
    SILENCE("falls silent, pings too", Fault.SILENCE),
    TOO_MANY("answers 429, wait a second", Fault.DROP, "429 1"),
    BANNED("answers 418, wait a second", Fault.DROP, "418 1"),
    STALE("answers with a stale snapshot", Fault.DROP, "stale"),
    MALFORMED("answers with a malformed snapshot", Fault.DROP, "malformed");

    private final String words;
    private final Fault fault;

    /** What the venue answers first, null for the depth. */
    private final String answer;

    Misdeed(String words, Fault fault) {
      this(words, fault, null);
    }

    Misdeed(String words, Fault fault, String answer) {
      this.words = words;
      this.fault = fault;
      this.answer = answer;
    }

    boolean losesTheBook() {
      return fault != Fault.DUPLICATE && fault != Fault.STALL;
    }

    boolean endsTheConnection() {
      return fault == Fault.CLOSE || fault == Fault.BREAK || fault == Fault.SILENCE;
    }
  }

  private Map<Misdeed, Outcome> outcomes;

  /** One session with one kind of fault. */
  private static final class Session implements AutoCloseable {

    private final Misdeed misdeed;
    private final VenueText text;
    private final LocalVenue venue;
    private final RunningCapture capture;
    private final Path folder;

    /** Rows to come, and windows. */
    private final List<String> rows = new ArrayList<>();

    private final List<Span> spans = new ArrayList<>();
    private int next;

    Session(Misdeed misdeed, Path folder) throws IOException, InterruptedException {
      this.misdeed = misdeed;
      this.folder = folder;
      text = VenueText.madeUp(2_000, 100 + misdeed.ordinal());
      venue = new LocalVenue(text);
      venue.answersAllowed.drainPermits();
      capture =
          new RunningCapture(
              folder, RunningCapture.binance(venue, "ABC", TIMING), RunningCapture.ROTATION);
    }

    Outcome run() throws Exception {
      venue.awaitConnection();
      play(SUSPECT);
      spans.add(new Span(Cause.MISSING_SNAPSHOT, rows.get(0), rows.get(rows.size() - 1)));
      answer();
      for (int i = 0; i < TIMES; i++) {
        play(CLEAN);
        misbehave();
      }
      play(CLEAN);
      capture.stop();
      return new Outcome(rows, spans, FoundRows.ofBinance(folder, "ABC", venue.book()));
    }

    private void misbehave() throws Exception {
      // Updates are numbered; one that a trade alone has overtaken is not late.
      while (!isUpdate(next) || (misdeed == Misdeed.LATE && !isUpdate(next + 1))) {
        play(1);
      }
      int first = rows.size();
      if (misdeed.answer != null) {
        venue.restFaults.add(misdeed.answer);
      }
      if (misdeed.endsTheConnection()) {
        int clients = venue.clients().size();
        venue.play(take(UNHEARD), 100, Map.of(0, misdeed.fault));
        RunningCapture.await("a new connection", () -> venue.clients().size() > clients);
        Thread.sleep(BEYOND_OVERLAP_MS);
        play(SUSPECT);
      } else {
        List<String> messages = take(SUSPECT);
        venue.play(messages, 100, Map.of(0, misdeed.fault));
        rows.addAll(
            messages.stream().skip(misdeed.losesTheBook() ? 1 : 0).map(Session::row).toList());
        awaitStored();
      }
      if (misdeed.losesTheBook()) {
        if (misdeed.answer != null) {
          answer();
          if (misdeed == Misdeed.MALFORMED) {
            // As of any line that is rejected, the row after it.
            spans.add(new Span(Cause.REJECTED_ROWS, row(next), row(next)));
          }
          play(SUSPECT);
        }
        expectGap(first);
        answer();
      }
    }

    /**
     * A line that is cut off shows at once. A number that is missing shows with the next update:
     * the rows since the last one are in doubt.
     */
    private void expectGap(int first) {
      int from = first;
      while (misdeed != Misdeed.CUT && !rows.get(from - 1).startsWith("update")) {
        from--;
      }
      String begin = rows.get(from);
      spans.add(new Span(Cause.SEQUENCE_GAP, begin, rows.get(rows.size() - 1)));
      if (misdeed == Misdeed.CUT) {
        spans.add(new Span(Cause.REJECTED_ROWS, begin, begin));
      }
    }

    private List<String> take(int count) {
      next += count;
      return text.messages().subList(next - count, next);
    }

    /** Sends messages, and waits until the collector has stored them. */
    private void play(int count) throws InterruptedException {
      List<String> messages = take(count);
      venue.play(messages, 100, Map.of());
      messages.forEach(message -> rows.add(row(message)));
      awaitStored();
    }

    /** Lets the venue answer one request, and waits until the collector has taken it. */
    private void answer() throws InterruptedException {
      int asked = venue.answered.get();
      venue.answersAllowed.release();
      RunningCapture.await("an answer", () -> venue.answered.get() > asked);
      awaitStored();
    }

    private void awaitStored() throws InterruptedException {
      RunningCapture.await("what was sent", () -> capture.counts().messages.sum() == venue.sent());
    }

    private boolean isUpdate(int message) {
      return VenueText.isUpdate(text.messages().get(message));
    }

    private String row(int message) {
      return row(text.messages().get(message));
    }

    private static String row(String message) {
      return VenueText.isUpdate(message)
          ? "update " + VenueText.lastId(message)
          : "trade " + VenueText.tradeId(message);
    }

    @Override
    public void close() {
      capture.close();
      venue.close();
    }
  }

  @BeforeAll
  void capture(@TempDir Path folder) throws Exception {
    Map<Misdeed, Callable<Outcome>> sessions = new EnumMap<>(Misdeed.class);
    for (Misdeed misdeed : Misdeed.values()) {
      sessions.put(misdeed, () -> outcome(misdeed, folder.resolve(misdeed.name())));
    }
    outcomes = Outcome.ofAll(sessions);
  }

  private static Outcome outcome(Misdeed misdeed, Path folder) throws Exception {
    try (Session session = new Session(misdeed, folder)) {
      return session.run();
    } catch (AssertionError e) {
      throw new AssertionError(misdeed + ": " + e.getMessage(), e);
    }
  }

  @ParameterizedTest
  @EnumSource(Misdeed.class)
  void eachFaultIsFoundWithItsCauseAndSpanAndNothingElseIs(Misdeed misdeed) {
    Outcome outcome = outcomes.get(misdeed);
    assertThat(outcome.found().spans()).containsExactlyInAnyOrderElementsOf(outcome.spans());
    assertThat(outcome.found().suspect()).isEqualTo(outcome.suspect());
    assertThat(outcome.found().wrongBooks()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Misdeed.class)
  void eachMessageHasOneRowInItsPlace(Misdeed misdeed) {
    Outcome outcome = outcomes.get(misdeed);
    assertThat(outcome.withoutSnapshots()).isEqualTo(outcome.rows());
    assertThat(outcome.rows()).hasSizeGreaterThan((TIMES + 1) * CLEAN);
  }

  @Test
  void theTableOfTheDocumentIsWhatIsFound() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| the server | injected | %s%n|---|---|%s%n".formatted(Outcome.COLUMNS, Outcome.RULE));
    outcomes.forEach(
        (misdeed, outcome) ->
            table.append("| %s | %d | %s".formatted(misdeed.words, TIMES, outcome.cells())));
    new ReliabilityTable("the table of the server").requireIs(table.toString());
  }
}
