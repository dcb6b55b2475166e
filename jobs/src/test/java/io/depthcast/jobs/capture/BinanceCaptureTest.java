package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.jobs.capture.CapturedLines.Line;
import io.depthcast.jobs.capture.Journal.Rotation;
import io.depthcast.jobs.capture.LocalVenue.Client;
import io.depthcast.jobs.capture.LocalVenue.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Captures from a venue on this machine that misbehaves, and reads the segments back: each line is
 * what was sent, and the reader's book is the venue's wherever the reader trusts it.
 */
@Timeout(60)
class BinanceCaptureTest {

  @TempDir Path folder;

  private ReadBack read(String symbol, TrueBook truth) throws IOException {
    return ReadBack.of(folder, BinanceMarket.SPOT, symbol, truth);
  }

  private RunningCapture capture(LocalVenue venue, Timing timing) {
    return new RunningCapture(
        folder, RunningCapture.binance(venue, "ABC", timing), RunningCapture.ROTATION);
  }

  private static void awaitBook(RunningCapture capture, long snapshots) throws Exception {
    RunningCapture.await(
        snapshots + " snapshots, there are " + capture.counts().snapshots.sum(),
        () -> capture.counts().snapshots.sum() >= snapshots);
  }

  /** Plays after a beginning that gives the collector its first book. */
  private static void play(
      LocalVenue venue, RunningCapture capture, VenueText text, Map<Integer, Fault> faults)
      throws Exception {
    venue.awaitConnection();
    RunningCapture.await("the connection to open", () -> !venue.clients().isEmpty());
    venue.play(text.messages().subList(0, 100), 1_000, Map.of());
    awaitBook(capture, 1);
    venue.play(text.messages().subList(100, text.messages().size()), 700, faults);
    settle(venue, capture);
  }

  /** Waits until what was sent on connections that still stand has come. */
  private static void settle(LocalVenue venue, RunningCapture capture) throws Exception {
    venue.awaitSent();
    long before;
    do {
      before = capture.counts().messages.sum();
      Thread.sleep(300);
    } while (capture.counts().messages.sum() > before);
    assertThat(venue.clients()).isNotEmpty();
  }

  private static void assertEachIsRead(ReadBack read, Set<Long> updates) {
    assertThat(read.missing(updates)).isEmpty();
    assertThat(updates).containsAll(read.updates());
  }

  private static Set<Long> idsSent(LocalVenue venue) {
    return venue.clients().stream()
        .flatMap(client -> client.sent.stream())
        .filter(message -> VenueText.isUpdate(message) && message.endsWith("}}"))
        .map(VenueText::lastId)
        .collect(Collectors.toSet());
  }

  /**
   * Each connection's lines are what was sent on it, in order. Where a connection broke, what was
   * on its way may be missing, at the end alone.
   */
  private void assertStoredAsSent(LocalVenue venue, Set<Integer> broken) throws IOException {
    List<Line> lines = CapturedLines.of(folder);
    Map<String, List<String>> stored =
        CapturedLines.byConnection(
            lines.stream().filter(line -> line.connection().startsWith("ws-")).toList());
    List<Client> clients = venue.clients();
    assertThat(stored).hasSize(clients.size());
    Iterator<List<String>> texts = stored.values().iterator();
    for (int i = 0; i < clients.size(); i++) {
      List<String> sent = clients.get(i).sent;
      List<String> got = texts.next();
      if (broken.contains(i)) {
        assertThat(got).isEqualTo(sent.subList(0, Math.min(got.size(), sent.size())));
      } else {
        assertThat(got).isEqualTo(sent);
      }
    }
    long before = Long.MIN_VALUE;
    for (Line line : lines) {
      if (line.connection().startsWith("ws-")) {
        assertThat(line.monotonic()).isGreaterThanOrEqualTo(before);
        before = line.monotonic();
      }
    }
  }

  @Test
  void aQuietSessionIsStoredWhole() throws Exception {
    VenueText text = VenueText.madeUp(2_000, 1);
    assertStoredWhole(text);
  }

  @Test
  void realMessagesAreStoredWhole() throws Exception {
    assumeThat(Files.exists(VenueText.capturedFile()))
        .as("%s absent", VenueText.capturedFile())
        .isTrue();
    assertStoredWhole(VenueText.captured(VenueText.capturedFile(), 4_000));
  }

  private void assertStoredWhole(VenueText text) throws Exception {
    try (LocalVenue venue = new LocalVenue(text)) {
      Rotation small = new Rotation(20, 1, 1 << 16);
      try (RunningCapture capture =
          new RunningCapture(
              folder, RunningCapture.binance(venue, text.symbol(), RunningCapture.QUICK), small)) {
        play(venue, capture, text, Map.of());
        assertThat(capture.stop()).contains(" 0 gaps, 0 reconnects, 1 snapshots");
      }
      assertStoredAsSent(venue, Set.of());
      assertThat(CapturedLines.segments(folder)).as("segments").hasSizeGreaterThan(1);
      ReadBack read = read(text.symbol(), venue.book());
      assertEachIsRead(read, idsSent(venue));
      assertThat(read.repeated()).isZero();
      assertThat(read.gaps()).isZero();
      assertThat(read.rejected()).isZero();
      assertThat(read.wrongBooks()).isZero();
      assertThat(read.trusted()).isGreaterThan(read.updates().size() / 2);
    }
  }

  /** 600 messages after the first 100, a fault each hundred. */
  @Test
  void missingRepeatedLateAndCutMessagesEndInANewSnapshot() throws Exception {
    VenueText text = onlyUpdates(VenueText.madeUp(1_100, 2), 700);
    Map<Integer, Fault> faults =
        Map.of(
            100,
            Fault.DROP,
            200,
            Fault.DUPLICATE,
            300,
            Fault.LATE,
            400,
            Fault.CUT,
            500,
            Fault.STALL);
    try (LocalVenue venue = new LocalVenue(text)) {
      try (RunningCapture capture = capture(venue, RunningCapture.QUICK)) {
        play(venue, capture, text, faults);
        // A gap each: after the dropped one, where the late one is passed over, after the cut one.
        awaitBook(capture, 4);
        assertThat(capture.stop())
            .contains(" 3 gaps, 0 reconnects")
            .contains(" 1 malformed messages");
      }
      assertStoredAsSent(venue, Set.of());
      ReadBack read = read(text.symbol(), venue.book());
      Set<Long> expected = idsSent(venue);
      // The late one came after the next and is old; the reader leaves it out.
      expected.remove(VenueText.lastId(text.messages().get(100 + 300)));
      assertEachIsRead(read, expected);
      assertThat(read.repeated()).isZero();
      assertThat(read.rejected()).isEqualTo(1);
      assertThat(read.wrongBooks()).isZero();
      assertThat(read.trusted()).isGreaterThan(400);
    }
  }

  private static VenueText onlyUpdates(VenueText text, int count) {
    return new VenueText(
        text.symbol(),
        text.snapshot(),
        text.messages().stream().filter(VenueText::isUpdate).limit(count).toList());
  }

  @Test
  void brokenClosedAndSilentConnectionsAreReplaced() throws Exception {
    VenueText text = VenueText.madeUp(5_500, 3);
    Map<Integer, Fault> faults = Map.of(200, Fault.BREAK, 1_000, Fault.CLOSE, 1_800, Fault.SILENCE);
    try (LocalVenue venue = new LocalVenue(text)) {
      try (RunningCapture capture = capture(venue, RunningCapture.QUICK)) {
        play(venue, capture, text, faults);
        awaitBook(capture, 4);
        assertThat(capture.stop()).contains(" 3 reconnects");
      }
      assertThat(venue.clients()).hasSize(4);
      assertStoredAsSent(venue, Set.of(0, 1));
      ReadBack read = read(text.symbol(), venue.book());
      Set<Long> stored =
          CapturedLines.of(folder).stream()
              .map(Line::text)
              .filter(VenueText::isUpdate)
              .map(VenueText::lastId)
              .collect(Collectors.toSet());
      assertEachIsRead(read, stored);
      assertThat(read.repeated()).isZero();
      assertThat(read.gaps()).isEqualTo(3);
      assertThat(read.wrongBooks()).isZero();
      assertThat(read.trusted()).isGreaterThan(1_000);
    }
  }

  @Test
  void aPlannedReconnectLosesNothing() throws Exception {
    VenueText text = VenueText.madeUp(2_000, 4);
    Timing.Overlap overlap = new Timing.Overlap(100, 2_000);
    Timing renewing =
        new Timing(
            RunningCapture.QUICK.patience(), 500, overlap, RunningCapture.QUICK.retry(), 3_600_000);
    try (LocalVenue venue = new LocalVenue(text)) {
      try (RunningCapture capture = capture(venue, renewing)) {
        play(venue, capture, text, Map.of());
        assertThat(capture.counts().renewals.sum()).isGreaterThanOrEqualTo(2);
        assertThat(capture.stop()).contains(" 0 reconnects");
      }
      ReadBack read = read(text.symbol(), venue.book());
      assertEachIsRead(read, idsSent(venue));
      assertThat(read.trades()).hasSize(2_000 - idsSent(venue).size());
      assertThat(read.repeated()).isZero();
      assertThat(read.gaps()).isZero();
      assertThat(read.wrongBooks()).isZero();
    }
  }

  @Test
  void aStaleAMalformedAndARefusedSnapshotAreAskedForAgain() throws Exception {
    VenueText text = VenueText.madeUp(600, 5);
    try (LocalVenue venue = new LocalVenue(text)) {
      // The venue is ahead of the old snapshot before anybody connects.
      venue.play(text.messages().subList(0, 50), 0, Map.of());
      venue.restFaults.addAll(List.of("stale", "malformed", "500"));
      VenueText rest =
          new VenueText(
              text.symbol(), text.snapshot(), text.messages().subList(50, text.messages().size()));
      try (RunningCapture capture = capture(venue, RunningCapture.QUICK)) {
        venue.awaitConnection();
        venue.play(rest.messages().subList(0, 100), 1_000, Map.of());
        awaitBook(capture, 2);
        venue.play(rest.messages().subList(100, rest.messages().size()), 1_000, Map.of());
        settle(venue, capture);
        assertThat(capture.stop())
            .contains(" 2 snapshots, 1 stale snapshots, 1 malformed messages");
      }
      assertThat(venue.restRequests).hasSize(4);
      ReadBack read = read(text.symbol(), venue.book());
      assertThat(read.gaps()).isZero();
      assertThat(read.wrongBooks()).isZero();
      assertThat(read.trusted()).isPositive();
    }
  }

  @Test
  void askedToWaitTheCollectorDoesNotAskUntilThen() throws Exception {
    VenueText text = VenueText.madeUp(300, 6);
    try (LocalVenue venue = new LocalVenue(text)) {
      venue.restFaults.addAll(List.of("429 1", "418 1"));
      try (RunningCapture capture = capture(venue, RunningCapture.QUICK)) {
        venue.awaitConnection();
        venue.play(text.messages(), 10_000, Map.of());
        awaitBook(capture, 1);
        settle(venue, capture);
      }
      List<Long> asked = List.copyOf(venue.restRequests);
      assertThat(asked).hasSize(3);
      assertThat(asked.get(1) - asked.get(0)).isGreaterThanOrEqualTo(1_000_000_000L);
      assertThat(asked.get(2) - asked.get(1)).isGreaterThanOrEqualTo(1_000_000_000L);
      assertStoredAsSent(venue, Set.of());
      ReadBack read = read(text.symbol(), venue.book());
      assertThat(read.gaps()).isZero();
      assertThat(read.wrongBooks()).isZero();
    }
  }

  @Test
  void aBookIsAskedForEverySoOftenThoughNothingIsMissing() throws Exception {
    VenueText text = VenueText.madeUp(800, 7);
    Timing often =
        new Timing(
            RunningCapture.QUICK.patience(),
            3_600_000,
            RunningCapture.QUICK.overlap(),
            RunningCapture.QUICK.retry(),
            200);
    try (LocalVenue venue = new LocalVenue(text);
        RunningCapture capture = capture(venue, often)) {
      venue.awaitConnection();
      venue.play(text.messages(), 1_000, Map.of());
      awaitBook(capture, 3);
      assertThat(capture.counts().gaps.sum()).isZero();
    }
  }

  @Test
  void usdMarginedFuturesTakeTwoConnections() throws Exception {
    VenueText text = VenueText.madeUpFutures(900, 8);
    try (LocalVenue venue = new LocalVenue(text)) {
      Venue futures =
          new BinanceVenue(
              BinanceMarket.USD_M,
              venue.url(),
              venue.restUrl(),
              List.of("ABC", "XYZ"),
              RunningCapture.QUICK);
      try (RunningCapture capture = new RunningCapture(folder, futures, RunningCapture.ROTATION)) {
        RunningCapture.await("two connections", () -> venue.open() == 2);
        // Trades go another way; an update it has to be.
        int dropped = 100;
        while (!VenueText.isUpdate(text.messages().get(100 + dropped))) {
          dropped++;
        }
        play(venue, capture, text, Map.of(dropped, Fault.DROP));
        awaitBook(capture, 2);
        assertThat(capture.stop()).contains(" 1 gaps, 0 reconnects");
      }
      assertThat(venue.clients())
          .extracting(client -> client.path)
          .containsExactlyInAnyOrder(
              "/public/stream?streams=abc@depth@100ms/abc@bookTicker/xyz@depth@100ms/xyz@bookTicker",
              "/market/stream?streams=abc@aggTrade/xyz@aggTrade");
      Map<String, List<String>> stored = CapturedLines.byConnection(CapturedLines.of(folder));
      assertThat(stored).hasSize(3);
      for (Client client : venue.clients()) {
        assertThat(stored).containsValue(client.sent);
      }
      ReadBack read = ReadBack.of(folder, BinanceMarket.USD_M, "ABC", venue.book());
      assertEachIsRead(read, idsSent(venue));
      assertThat(read.gaps()).isEqualTo(1);
      assertThat(read.rejected()).isZero();
      assertThat(read.wrongBooks()).isZero();
      assertThat(read.trusted()).isGreaterThan(read.updates().size() / 2);
    }
  }
}
