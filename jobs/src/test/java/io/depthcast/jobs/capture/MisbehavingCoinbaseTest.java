package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.capture.FoundRows.Span;
import io.depthcast.jobs.capture.LocalVenue.Client;
import io.depthcast.jobs.capture.LocalVenue.Fault;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * As {@link MisbehavingVenueTest}, of both feeds of Coinbase. A new connection gets its books when
 * the test says so: which messages come before them depends on no clock.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisbehavingCoinbaseTest {

  private static final int TIMES = 4;

  /** Messages between two faults. */
  private static final int CLEAN = 20;

  /** Messages between a fault and new books, and while a connection is beside its successor. */
  private static final int SOME = 10;

  /** Messages that go to nobody while there is no connection. */
  private static final int UNHEARD = 5;

  /** The reader waits for a connection that was heard within the last second. */
  private static final long BEYOND_OVERLAP_MS = 1_200;

  /** How long a connection is kept beside its successor. */
  private static final long OVERLAP_MS = 3_000;

  /** What of a second, and of the overlap, has to be left at the end. */
  private static final long SLACK_MS = 300;

  /** The machine did not do in time what a session has to do in time; it proves nothing. */
  private static final class TooSlow extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What the venue does; a number of its own or a time tells the reader. */
  enum Misdeed {
    DROP("leaves a message out", Fault.DROP),
    DUPLICATE("sends one twice", Fault.DUPLICATE),
    LATE("sends one after the next", Fault.LATE),
    CUT("cuts a message off", Fault.CUT),
    CLOSE("closes the connection", Fault.CLOSE),
    CLOSE_SHORTLY("closes it, and is back within a second", Fault.CLOSE),
    REFUSE("closes it, and refuses the next two", Fault.CLOSE),
    BREAK("breaks off in the middle of a message", Fault.BREAK),
    STALL("stalls for half a second", Fault.STALL),
    SILENCE("falls silent, pings too", Fault.SILENCE),
    MUTE("falls silent, but answers pings", Fault.MUTE),
    MALFORMED("sends a malformed snapshot", Fault.CUT),
    STALE("sends a stale snapshot", Fault.CUT);

    private final String words;
    private final Fault fault;

    Misdeed(String words, Fault fault) {
      this.words = words;
      this.fault = fault;
    }

    /** Two seconds of a silence are the end of a connection, where it is silent. */
    Timing timing() {
      return new Timing(
          new Timing.Patience(300, this == SILENCE ? 2_000 : 60_000, this == MUTE ? 2_000 : 60_000),
          3_600_000,
          new Timing.Overlap(OVERLAP_MS, 60_000),
          new Timing.Retry(40, 200),
          3_600_000);
    }

    boolean endsTheConnection() {
      return fault == Fault.CLOSE
          || fault == Fault.BREAK
          || fault == Fault.SILENCE
          || fault == Fault.MUTE;
    }
  }

  /** What is done on which feed. */
  record Case(CoinbaseFeed feed, Misdeed misdeed) {

    /**
     * Whether a second connection without trades is captured beside the first, with all that the
     * first misses. Where the silence of one is waited for, the other would be silent, too.
     */
    boolean isWitnessed() {
      return misdeed != Misdeed.SILENCE && misdeed != Misdeed.MUTE;
    }

    boolean isNumberless(Misdeed one) {
      return feed == CoinbaseFeed.EXCHANGE && misdeed == one;
    }

    @Override
    public String toString() {
      return feed.name().toLowerCase(Locale.ROOT) + " | " + misdeed.words;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(CoinbaseFeed.values())
        .flatMap(feed -> Stream.of(Misdeed.values()).map(misdeed -> new Case(feed, misdeed)));
  }

  private Map<Case, Outcome> outcomes;

  /** One session with one kind of fault. */
  private static final class Session implements AutoCloseable {

    private final Case which;
    private final CoinbaseText text;
    private final LocalVenue venue = new LocalVenue(null);
    private final RunningCapture capture;
    private final Path folder;

    /** Rows to come, and windows. */
    private final List<String> rows = new ArrayList<>();

    private final List<Span> spans = new ArrayList<>();

    /** Rows of the text that were sent, or are not to come. */
    private int heard;

    /** When what has to be done in time began. */
    private long began;

    Session(Case which, Path folder) throws IOException, InterruptedException {
      this.which = which;
      this.folder = folder;
      text = new CoinbaseText(which.feed, 100 + which.misdeed.ordinal());
      venue.admitsAtOnce = false;
      Venue coinbase =
          new CoinbaseVenue(
              which.feed,
              venue.url(),
              List.of("BTC-USD"),
              which.misdeed.timing(),
              which.isWitnessed());
      capture = new RunningCapture(folder, coinbase, RunningCapture.ROTATION);
    }

    Outcome run() throws Exception {
      awaitClients(1);
      if (which.isWitnessed()) {
        RunningCapture.await("the witness", () -> venue.clients().size() == 2);
      }
      admit();
      for (int i = 0; i < TIMES; i++) {
        play(CLEAN);
        misbehave();
      }
      play(CLEAN);
      capture.stop();
      return new Outcome(rows, spans, FoundRows.ofCoinbase(folder, text));
    }

    private void misbehave() throws Exception {
      if (which.misdeed.endsTheConnection()) {
        breakDown(which.misdeed.fault);
        return;
      }
      List<String> stale = text.greeting();
      Map<String, String> staleLevels = text.levels();
      String staleRow = "snapshot " + text.lastUpdate();
      int first = rows.size();
      long clients = clients();
      began = System.nanoTime();
      playFaulty();
      if (which.isNumberless(Misdeed.DROP)) {
        expectGapOfWitness(first, staleLevels);
      } else if (isNoticed()) {
        awaitClients(clients + 1);
        if (which.misdeed == Misdeed.MALFORMED) {
          sendMalformedSnapshot();
        }
        expectGap(first);
        long had = text.lastUpdate();
        if (which.misdeed == Misdeed.STALE) {
          venue.admit(stale);
          awaitStored();
        } else {
          admit();
        }
        // Both connections are there, and bring the same; one by one, for either may be ahead.
        for (int i = 0; i < SOME; i++) {
          play(1);
          requireWithin(OVERLAP_MS);
          if (which.misdeed == Misdeed.STALE && text.lastUpdate() == had + 2) {
            expectStaleBook(staleRow, staleLevels, had);
            had = Long.MIN_VALUE;
          }
        }
        RunningCapture.await(
            "the end of the old connection", () -> venue.open(Client::wantsTrades) == 1);
      }
    }

    private void requireWithin(long ms) {
      if (System.nanoTime() - began > (ms - SLACK_MS) * Timing.NANOS) {
        throw new TooSlow();
      }
    }

    /** Whether the collector asks for new books. */
    private boolean isNoticed() {
      return which.misdeed != Misdeed.STALL && !which.isNumberless(Misdeed.DUPLICATE);
    }

    private void playFaulty() throws InterruptedException {
      List<String> messages = new ArrayList<>();
      messages.add(text.update());
      messages.add(text.update());
      while (messages.size() < SOME) {
        messages.add(text.next());
      }
      send(messages, Map.of(0, which.misdeed.fault));
      List<String> made = new ArrayList<>(text.rows.subList(heard, text.rows.size()));
      heard = text.rows.size();
      switch (which.misdeed) {
        case DROP, CUT, MALFORMED, STALE -> made.remove(0);
        case LATE -> {
          String late = made.remove(0);
          if (which.feed == CoinbaseFeed.EXCHANGE) {
            made.add(1, late);
          }
        }
        default -> {}
      }
      rows.addAll(made);
    }

    /** The first connection gets them with their faults, then the witness without. */
    private void send(List<String> messages, Map<Integer, Fault> faults)
        throws InterruptedException {
      venue.play(messages, 100, faults, Client::wantsTrades);
      if (which.isWitnessed()) {
        awaitStored();
        List<String> ofBook =
            messages.stream().filter(text -> !CoinbaseText.isOfTrades(text)).toList();
        venue.play(ofBook, 100, Map.of(), client -> !client.wantsTrades());
        awaitStored();
      }
    }

    /**
     * No number tells of the update that is missing, but the witness has it. Its book is taken over
     * with a row of its own where the level is still wrong by the end.
     */
    private void expectGapOfWitness(int first, Map<String, String> levels) {
      long missed = CoinbaseText.numberOf(rows.get(first)) - 1;
      String begin = rows.get(afterUpdate(first));
      boolean isHealed = text.isHealed(levels, missed);
      spans.add(
          new Span(
              Cause.SEQUENCE_GAP,
              begin,
              isHealed ? rows.get(rows.size() - 1) : text.noteSnapshot()));
    }

    /** The second update after it is the first that tells; the row of the right book follows. */
    private void expectStaleBook(String row, Map<String, String> levels, long had) {
      if (text.isHealed(levels, had)) {
        throw new AssertionError("the stale book is right by chance, take another seed");
      }
      spans.add(new Span(Cause.BOOK_CHECK, row, text.noteSnapshot()));
    }

    /** A number that is missing and a line that is cut off show at once, a late update itself. */
    private void expectGap(int first) {
      if (which.misdeed == Misdeed.DUPLICATE) {
        return;
      }
      String begin = rows.get(which.isNumberless(Misdeed.LATE) ? afterUpdate(first) : first);
      spans.add(new Span(Cause.SEQUENCE_GAP, begin, rows.get(rows.size() - 1)));
      if (which.misdeed.fault == Fault.CUT) {
        spans.add(new Span(Cause.REJECTED_ROWS, begin, begin));
      }
    }

    /** A late update tells by its time alone: all rows since the last before it are in doubt. */
    private int afterUpdate(int row) {
      int first = row;
      while (first > 0 && !rows.get(first - 1).startsWith("update")) {
        first--;
      }
      return first;
    }

    /** The next connection gets a book that cannot be read, the one after it can be admitted. */
    private void sendMalformedSnapshot() throws InterruptedException {
      long clients = clients();
      List<String> greeting = new ArrayList<>(text.greeting());
      greeting.replaceAll(
          message ->
              message.contains("\"snapshot\"")
                  ? message.substring(0, message.length() - 3)
                  : message);
      began = System.nanoTime();
      venue.admit(greeting);
      awaitStored();
      awaitClients(clients + 1);
      RunningCapture.await("the end of the second", () -> venue.open(Client::wantsTrades) == 2);
      int next = rows.size();
      play(SOME);
      spans.add(new Span(Cause.REJECTED_ROWS, rows.get(next), rows.get(next)));
    }

    /** The connection ends; the step to the book of the next is in the row of its snapshot. */
    private void breakDown(Fault fault) throws InterruptedException {
      long clients = clients();
      if (which.misdeed == Misdeed.REFUSE) {
        venue.refusals.set(2);
      }
      began = System.nanoTime();
      List<String> unheard = new ArrayList<>();
      unheard.add(text.update());
      for (int i = 1; i < UNHEARD; i++) {
        unheard.add(text.next());
      }
      send(unheard, Map.of(0, fault));
      heard = text.rows.size();
      awaitClients(clients + 1);
      if (which.misdeed != Misdeed.CLOSE_SHORTLY) {
        Thread.sleep(BEYOND_OVERLAP_MS);
      }
      String snapshot = "snapshot " + text.lastUpdate();
      admit();
      // Before an update, by which the reader knows that the connection before has ended.
      play(List.of(text.trade()));
      String first = which.misdeed == Misdeed.CLOSE_SHORTLY ? rows.get(rows.size() - 1) : snapshot;
      spans.add(new Span(Cause.RECONNECT, first, snapshot));
    }

    private void awaitClients(long count) throws InterruptedException {
      RunningCapture.await("a connection", () -> clients() == count);
    }

    /** Connections there were that gave rows. */
    private long clients() {
      return venue.clients().stream().filter(Client::wantsTrades).count();
    }

    /** Lets the new connection have the books of now. */
    private void admit() throws InterruptedException {
      text.noteSnapshot();
      venue.admit(text.greeting());
      awaitStored();
    }

    /** Sends messages, and waits until the collector has stored them. */
    private void play(int count) throws InterruptedException {
      play(Stream.generate(text::next).limit(count).toList());
    }

    /** The same of the last that were said. */
    private void play(List<String> messages) throws InterruptedException {
      send(messages, Map.of());
      rows.addAll(text.rows.subList(heard, text.rows.size()));
      heard = text.rows.size();
      awaitStored();
    }

    private void awaitStored() throws InterruptedException {
      RunningCapture.await("what was sent", () -> capture.counts().messages.sum() == venue.sent());
    }

    @Override
    public void close() {
      capture.close();
      venue.close();
    }
  }

  @BeforeAll
  void capture(@TempDir Path folder) throws Exception {
    Map<Case, Callable<Outcome>> sessions = new LinkedHashMap<>();
    cases()
        .forEach(
            each ->
                sessions.put(
                    each, () -> outcome(each, folder.resolve(each.feed + "" + each.misdeed))));
    outcomes = Outcome.ofAll(sessions);
  }

  private static Outcome outcome(Case which, Path folder) throws Exception {
    try (Session session = new Session(which, folder)) {
      return session.run();
    } catch (TooSlow e) {
      return outcome(which, folder.resolveSibling(folder.getFileName() + "again"));
    } catch (AssertionError e) {
      throw new AssertionError(which + ": " + e.getMessage(), e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachFaultIsFoundWithItsCauseAndSpanAndNothingElseIs(Case which) {
    Outcome outcome = outcomes.get(which);
    assertThat(outcome.found().spans()).containsExactlyInAnyOrderElementsOf(outcome.spans());
    assertThat(outcome.found().suspect()).isEqualTo(outcome.suspect());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachMessageHasOneRowInItsPlace(Case which) {
    Outcome outcome = outcomes.get(which);
    assertThat(outcome.withoutSnapshots()).isEqualTo(outcome.rows());
    assertThat(outcome.rows()).hasSizeGreaterThan(TIMES * CLEAN);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noBookIsWrongWithoutASign(Case which) {
    assertThat(outcomes.get(which).found().wrongBooks()).isEmpty();
  }

  @Test
  void theTableOfTheDocumentIsWhatIsFound() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| feed | the server | injected | %s%n|---|---|---|%s%n"
                .formatted(Outcome.COLUMNS, Outcome.RULE));
    outcomes.forEach(
        (which, outcome) ->
            table.append("| %s | %d | %s".formatted(which, TIMES, outcome.cells())));
    new ReliabilityTable("the table of Coinbase").requireIs(table.toString());
  }
}
