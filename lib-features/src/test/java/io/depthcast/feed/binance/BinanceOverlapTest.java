package io.depthcast.feed.binance;

import static io.depthcast.feed.binance.BinanceText.LIMITS;
import static io.depthcast.feed.binance.BinanceText.futuresSnapshot;
import static io.depthcast.feed.binance.BinanceText.futuresUpdate;
import static io.depthcast.feed.binance.BinanceText.nanos;
import static io.depthcast.feed.binance.BinanceText.reader;
import static io.depthcast.feed.binance.BinanceText.spotSnapshot;
import static io.depthcast.feed.binance.BinanceText.spotUpdate;
import static io.depthcast.feed.binance.BinanceText.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.EventType;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.ReadSession.Row;
import io.depthcast.quality.SuspectWindow.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that overlap, as where one is replaced by another. */
class BinanceOverlapTest {

  /** A line as another connection received it at another time. */
  private static String by(String connection, long receivedMs, String line) {
    String json = line.substring(line.indexOf(' ') + 1);
    return nanos(receivedMs) + " 1 " + connection + " 1 " + json;
  }

  private static ReadSession spot(String... lines) {
    return BinanceText.spot(lines);
  }

  /** The new connection is ahead: 13 and 14 come by the old one, later than 15 by the new. */
  @Test
  void whatTheOldConnectionBringsLaterIsNotMissing() {
    ReadSession session =
        spot(
            by("ws-1", 5, spotUpdate(0, 10, 12, "b 98x1")),
            by("rest", 55, spotSnapshot(50, 12, "b 99x1 a 101x1")),
            by("ws-2", 305, spotUpdate(300, 15, 15, "b 99x5")),
            by("ws-1", 310, spotUpdate(100, 13, 13, "b 99x3")),
            by("ws-2", 405, spotUpdate(400, 16, 16, "b 99x6")),
            by("ws-1", 410, spotUpdate(200, 14, 14, "b 99x4")),
            by("ws-1", 415, spotUpdate(300, 15, 15, "b 99x5")),
            by("ws-2", 505, spotUpdate(500, 17, 17, "b 99x7")));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update 12 | |
            2 snapshot 12 | 99x1 98x1 | 101x1
            3 update 13 | 99x3 98x1 | 101x1
            4 update 14 | 99x4 98x1 | 101x1
            5 update 15 | 99x5 98x1 | 101x1
            6 update 16 | 99x6 98x1 | 101x1
            7 update 17 | 99x7 98x1 | 101x1
            """);
    assertThat(session.windows()).hasSize(1);
  }

  @Test
  void tradesThatTheOldConnectionBringsLaterAreNotLost() {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            by("ws-1", 5, trade(0, 1, "100", "1", true)),
            by("ws-2", 25, trade(20, 3, "100", "3", true)),
            by("ws-1", 30, trade(10, 2, "100", "2", true)),
            by("ws-1", 35, trade(20, 3, "100", "3", true)));
    ReadSession session = BinanceText.read(reader);
    assertThat(session.rows()).extracting(Row::venueSeq).containsExactly(1L, 2L, 3L);
    assertThat(reader.count(BinanceCount.MISSED_TRADES)).isZero();
    assertThat(reader.count(BinanceCount.KNOWN_TRADES)).isEqualTo(1);
  }

  /** A connection that ended a second before brings nothing; nothing waits for it. */
  @Test
  void afterAConnectionThatEndedUpdatesAreMissingAtOnce() {
    ReadSession session =
        spot(
            by("ws-1", 5, spotUpdate(0, 10, 12, "b 98x1")),
            by("rest", 55, spotSnapshot(50, 12, "b 99x1 a 101x1")),
            by("ws-2", 1_005, spotUpdate(1_000, 15, 15, "b 99x5")),
            by("ws-2", 1_010, trade(1_001, 1, "101", "1", false)));
    assertThat(session.rowText()).endsWith("! 3 update 15 | |\n! 4 trade 1 ask 101x1 | |\n");
    assertThat(session.windowText()).contains("update 15 follows 12, 2 updates are missing");
  }

  /** The old connection has ended, which shows a second after its last word. */
  @Test
  void whatWaitedInVainHasItsRowsInOrder() {
    ReadSession session =
        spot(
            by("ws-1", 5, spotUpdate(0, 10, 12, "b 98x1")),
            by("rest", 55, spotSnapshot(50, 12, "b 99x1 a 101x1")),
            by("ws-1", 60, trade(55, 1, "101", "1", false)),
            by("ws-2", 305, spotUpdate(300, 15, 15, "b 99x5")),
            by("ws-2", 310, trade(305, 3, "101", "1", false)),
            by("ws-2", 405, spotUpdate(400, 16, 16, "b 99x6")),
            by("ws-2", 1_105, spotUpdate(1_100, 17, 17, "b 99x7")),
            by("ws-2", 1_110, trade(1_105, 4, "101", "1", false)));
    assertThat(session.rowText())
        .endsWith(
            """
            3 trade 1 ask 101x1 | 99x1 98x1 | 101x1
            ! 4 update 15 | |
            ! 5 update 16 | |
            ! 6 update 17 | |
            ! 7 trade 3 ask 101x1 | |
            ! 8 trade 4 ask 101x1 | |
            """);
  }

  /** Both lost 13: the old connection shows it when it is past it itself. */
  @Test
  void whatNoConnectionBringsIsMissing() {
    ReadSession session =
        spot(
            by("ws-1", 5, spotUpdate(0, 10, 12, "b 98x1")),
            by("rest", 55, spotSnapshot(50, 12, "b 99x1 a 101x1")),
            by("ws-2", 205, spotUpdate(200, 14, 14, "b 99x4")),
            by("ws-2", 305, spotUpdate(300, 15, 15, "b 99x5")),
            by("ws-1", 310, spotUpdate(200, 14, 14, "b 99x4")));
    assertThat(session.rowText())
        .endsWith("2 snapshot 12 | 99x1 98x1 | 101x1\n! 3 update 14 | |\n! 4 update 15 | |\n");
    assertThat(session.windowText()).contains("update 14 follows 12, 1 update is missing");
  }

  /** The old connection goes on about other things, but not about this: five seconds are enough. */
  @Test
  void nothingWaitsForLongerThanFiveSeconds() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                by("ws-1", 5, spotUpdate(0, 10, 12, "b 98x1")),
                by("rest", 55, spotSnapshot(50, 12, "b 99x1 a 101x1")),
                by("ws-2", 205, spotUpdate(200, 14, 14, "b 99x4"))));
    for (int i = 0; i < 60; i++) {
      lines.add(by("ws-1", 300 + 100 * i, trade(300 + 100 * i, 100 + i, "101", "1", false)));
    }
    List<Row> rows = spot(lines.toArray(String[]::new)).rows();
    int update = 0;
    while (rows.get(update).venueSeq() != 14) {
      update++;
    }
    // Released by the first line from 205 + 5000 ms on, before its trade has a row: that of 5300,
    // since 5205 lies between 5200 and 5300.
    assertThat(rows.get(update - 1).tsRecv()).isEqualTo(nanos(5_300));
    assertThat(rows.get(update).suspect()).isTrue();
  }

  @Test
  void connectionsOfFuturesMayPartTheChangesInAnotherWay() {
    ReadSession session =
        BinanceText.futures(
            by("ws-1", 5, futuresUpdate(0, 10, 12, 9, "b 98x1")),
            by("rest", 55, futuresSnapshot(50, 11, "b 99x1 a 101x1")),
            by("ws-1", 105, futuresUpdate(100, 13, 16, 12, "b 99x6")),
            // 14 to 18 after 13: 17 and 18 are new, and nothing is missing after 16.
            by("ws-2", 205, futuresUpdate(200, 14, 18, 13, "b 99x8")),
            by("ws-2", 305, futuresUpdate(300, 19, 19, 18, "b 99x9")));
    assertThat(session.rowText())
        .endsWith("4 update 18 | 99x8 98x1 | 101x1\n5 update 19 | 99x9 98x1 | 101x1\n");
    assertThat(session.windows()).hasSize(1);
  }

  /**
   * A connection from the beginning to 60 % of the session, another from 40 %: whichever is ahead,
   * all that was sent has one row, in its order.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void replacedConnectionsJoinWithoutAGapAndWithoutARowTwice(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean futures = seed % 2 == 0;
    record Received(long ms, String line) {}
    List<Received> received = new ArrayList<>();
    int count = 200;
    long[] lag = {0, 0};
    for (int i = 0; i < count; i++) {
      long ms = 10L * i;
      long id = 100 + 2L * i;
      String line =
          i % 4 == 3
              ? trade(ms, i / 4, "100", "1", true)
              : futures
                  ? futuresUpdate(ms, id, id + 1, i % 4 == 0 ? id - 3 : id - 1, "b 99x" + (i + 1))
                  : spotUpdate(ms, i % 4 == 0 ? id - 2 : id, id + 1, "b 99x" + (i + 1));
      for (int connection = 0; connection < 2; connection++) {
        // What is received by one connection is received in its order.
        long at = Math.max(lag[connection], ms + random.nextInt(300));
        lag[connection] = at;
        boolean open = connection == 0 ? i < count * 6 / 10 : i >= count * 4 / 10;
        if (open) {
          received.add(new Received(at, by("ws-" + (connection + 1), at, line)));
        }
      }
    }
    String snapshot = "b 99x1 a 101x1";
    received.add(
        new Received(
            500,
            by(
                "rest",
                500,
                futures ? futuresSnapshot(0, 101, snapshot) : spotSnapshot(0, 101, snapshot))));
    String[] lines =
        received.stream()
            .sorted(Comparator.comparingLong(Received::ms))
            .map(Received::line)
            .toArray(String[]::new);
    BinanceReader reader =
        reader(
            futures ? BinanceMarket.USD_M : BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            lines);
    ReadSession session = BinanceText.read(reader);

    List<Long> updates = new ArrayList<>();
    List<Long> trades = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i % 4 == 3) {
        trades.add(i / 4L);
      } else {
        updates.add(101 + 2L * i);
      }
    }
    assertThat(venueSeqs(session, EventType.UPDATE)).isEqualTo(updates);
    assertThat(venueSeqs(session, EventType.TRADE)).isEqualTo(trades);
    assertThat(reader.count(BinanceCount.GAPS)).isZero();
    assertThat(reader.count(BinanceCount.MISSED_TRADES)).isZero();
    assertThat(session.windows())
        .extracting(window -> window.value().cause())
        .containsExactly(Cause.MISSING_SNAPSHOT);
  }

  private static List<Long> venueSeqs(ReadSession session, EventType type) {
    return session.rows().stream().filter(row -> row.type() == type).map(Row::venueSeq).toList();
  }
}
