package io.depthcast.feed.coinbase;

import static io.depthcast.feed.coinbase.CoinbaseText.LIMITS;
import static io.depthcast.feed.coinbase.CoinbaseText.connect;
import static io.depthcast.feed.coinbase.CoinbaseText.cryptofeed;
import static io.depthcast.feed.coinbase.CoinbaseText.heartbeat;
import static io.depthcast.feed.coinbase.CoinbaseText.l2update;
import static io.depthcast.feed.coinbase.CoinbaseText.lastMatch;
import static io.depthcast.feed.coinbase.CoinbaseText.match;
import static io.depthcast.feed.coinbase.CoinbaseText.nanos;
import static io.depthcast.feed.coinbase.CoinbaseText.read;
import static io.depthcast.feed.coinbase.CoinbaseText.reader;
import static io.depthcast.feed.coinbase.CoinbaseText.received;
import static io.depthcast.feed.coinbase.CoinbaseText.snapshot;
import static io.depthcast.feed.coinbase.CoinbaseText.source;
import static io.depthcast.feed.coinbase.CoinbaseText.subscriptions;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookBatch;
import io.depthcast.feed.ReadSession;
import io.depthcast.quality.SuspectWindow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions of the Exchange feed. */
class ExchangeFeedTest {

  private static final String BOOK = snapshot("b 99x1 98x2 a 101x1");
  private static final String LEVEL2 = "{\"name\":\"level2\",\"product_ids\":[\"BTC-USD\"]}";
  private static final String MATCHES = "{\"name\":\"matches\",\"product_ids\":[\"BTC-USD\"]}";

  @Test
  void readsSnapshotUpdatesAndTrades() {
    ReadSession session =
        read(
            BOOK,
            lastMatch(-5_000, 6),
            subscriptions(LEVEL2),
            l2update(0, "b 99x3"),
            match(10, 7, "buy", "99", "0.5"),
            match(12, 8, "sell", "101", "0.25"),
            l2update(20, "b 99x2.5 98x0 a 102x5"));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot - | 99x1 98x2 | 101x1
            2 update - | 99x3 98x2 | 101x1
            3 trade 7 bid 99x0.5 | 99x3 98x2 | 101x1
            4 trade 8 ask 101x0.25 | 99x3 98x2 | 101x1
            5 update - | 99x2.5 | 101x1 102x5
            """);
    assertThat(session.changeText())
        .isEqualTo(
            """
            1.1 snapshot bid 99x1
            1.2 snapshot bid 98x2
            1.3 snapshot ask 101x1
            2.1 add bid 99x3
            3.1 trade bid 99x0.5
            4.1 trade ask 101x0.25
            5.1 cancel bid 99x2.5
            5.2 delete bid 98x0
            5.3 add ask 102x5
            """);
    assertThat(session.windows()).isEmpty();
    assertThat(session.rejected()).isEmpty();
  }

  @Test
  void theSnapshotHasTheTimeOfTheMessageAfterIt() {
    ReadSession session = read(BOOK, lastMatch(-5_000, 6), l2update(7, "b 99x3"));
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsEvent)
        .containsExactly(nanos(7), nanos(7));
    assertThat(session.rows()).extracting(ReadSession.Row::tsRecv).containsOnly(BookBatch.NO_TIME);
  }

  @Test
  void aSnapshotMayBearItsTime() {
    String timed = BOOK.replace("{\"type\"", "{\"time\":\"2024-08-08T12:00:00.003Z\",\"type\"");
    ReadSession session = read(timed, l2update(7, "b 99x3"));
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsEvent)
        .containsExactly(nanos(3), nanos(7));
  }

  @Test
  void linesMayBearTheirReceiveTime() {
    ReadSession session =
        read(
            received(0, BOOK),
            received(3, lastMatch(-5_000, 6)),
            received(7, l2update(7, "b 99x3")));
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsRecv)
        .containsExactly(nanos(5), nanos(12));
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsEvent)
        .containsExactly(nanos(7), nanos(7));
  }

  @Test
  void rowsHaveTheLatestTimeAndChangesTheirOwn() {
    ReadSession session =
        read(
            BOOK, l2update(100, "b 99x3"), match(40, 7, "buy", "99", "1"), l2update(110, "b 99x2"));
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsEvent)
        .containsExactly(nanos(100), nanos(100), nanos(100), nanos(110));
    assertThat(session.changes())
        .extracting(ReadSession.Change::tsEvent)
        .containsExactly(nanos(100), nanos(100), nanos(100), nanos(100), nanos(40), nanos(110));
  }

  @Test
  void timesHaveNanoseconds() {
    String update = l2update(0, "b 99x3").replace("12:00:00Z", "12:00:00.123456789Z");
    assertThat(read(BOOK, update).rows().get(1).tsEvent()).isEqualTo(nanos(0) + 123_456_789);
  }

  @Test
  void theSameTextIsTheSameDouble() {
    ReadSession session =
        read(snapshot("b 9192.1234567890123x0.1 a 9200x12345678.12345678"), l2update(0, "b 1x1"));
    assertThat(session.rows().get(0).bids().subList(0, 2))
        .containsExactly(Double.parseDouble("9192.1234567890123"), 0.1);
    assertThat(session.rows().get(0).asks().get(1))
        .isEqualTo(Double.parseDouble("12345678.12345678"));
  }

  @Test
  void rowsBeforeTheFirstSnapshotHaveNoLevels() {
    ReadSession session =
        read(
            l2update(0, "b 99x1 98x0"),
            match(10, 7, "buy", "99", "1"),
            BOOK,
            l2update(20, "b 99x3"));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update - | |
            ! 2 trade 7 bid 99x1 | |
            3 snapshot - | 99x1 98x2 | 101x1
            4 update - | 99x3 98x2 | 101x1
            """);
    assertThat(session.changeText()).startsWith("1.1 add bid 99x1\n1.2 delete bid 98x0\n");
    assertThat(session.windows())
        .extracting(dated -> dated.value())
        .containsExactly(
            new SuspectWindow(
                1,
                2,
                nanos(0),
                nanos(10),
                SuspectWindow.Cause.MISSING_SNAPSHOT,
                "no snapshot yet"));
  }

  @Test
  void aSnapshotWhileTheBookStandsIsAReconnect() {
    CoinbaseReader reader =
        reader(
            LIMITS,
            BOOK,
            l2update(0, "b 99x3"),
            snapshot("b 97x1 a 98x1"),
            l2update(100, "b 97x2"));
    ReadSession session = read(reader);
    assertThat(session.rowText())
        .endsWith(
            """
            2 update - | 99x3 98x2 | 101x1
            ! 3 snapshot - | 97x1 | 98x1
            4 update - | 97x2 | 98x1
            """);
    assertThat(session.windowText())
        .isEqualTo(
            "reconnect 3-3: capture.gz line 3: a snapshot while the book stands: the connection was"
                + " made anew\n");
    assertThat(reader.count(CoinbaseCount.RECONNECTS)).isEqualTo(1);
    assertThat(reader.count(CoinbaseCount.SNAPSHOTS)).isEqualTo(2);
  }

  @Test
  void theSameSubscriptionsAgainAreAReconnect() {
    ReadSession session =
        read(
            BOOK,
            subscriptions(LEVEL2),
            l2update(0, "b 99x3"),
            l2update(6_000, "b 99x4"),
            subscriptions(LEVEL2),
            match(6_010, 7, "buy", "99", "1"),
            snapshot("b 97x1 a 98x1"),
            l2update(6_020, "b 97x2"));
    assertThat(session.rowText())
        .endsWith(
            """
            3 update - | 99x4 98x2 | 101x1
            ! 4 trade 7 bid 99x1 | |
            5 snapshot - | 97x1 | 98x1
            6 update - | 97x2 | 98x1
            """);
    assertThat(session.windowText())
        .isEqualTo(
            "reconnect 4-4: capture.gz line 5: the same subscriptions again: the connection was made"
                + " anew\n");
  }

  @Test
  void moreSubscriptionsAreNoReconnect() {
    ReadSession session =
        read(
            BOOK,
            subscriptions(LEVEL2),
            l2update(0, "b 99x3"),
            l2update(6_000, "b 99x4"),
            subscriptions(LEVEL2 + "," + MATCHES),
            match(6_010, 7, "buy", "99", "1"));
    assertThat(session.windows()).isEmpty();
  }

  @Test
  void subscriptionsThatFollowTheirSnapshotAreNoReconnect() {
    ReadSession session =
        read(
            BOOK,
            subscriptions(LEVEL2),
            l2update(0, "b 99x3"),
            BOOK,
            l2update(60_000, "b 99x4"),
            subscriptions(LEVEL2),
            l2update(60_001, "b 99x5"));
    // The second snapshot's row is a reconnect and comes after a minute; no row after it is
    // suspect.
    assertThat(session.rows())
        .extracting(ReadSession.Row::suspect)
        .containsExactly(false, false, true, false, false);
  }

  @Test
  void aConnectionMadeAnewLosesTheBook() {
    ReadSession session =
        read(
            connect("ws"),
            cryptofeed("ws", 0, BOOK),
            cryptofeed("ws", 0, l2update(0, "b 99x3")),
            connect("other"),
            cryptofeed("ws", 50, l2update(50, "b 99x4")),
            connect("ws"),
            cryptofeed("ws", 100, match(100, 7, "buy", "99", "1")),
            cryptofeed("ws", 110, snapshot("b 97x1 a 98x1")),
            cryptofeed("ws", 120, l2update(120, "b 97x2")));
    assertThat(session.rowText())
        .endsWith(
            """
            3 update - | 99x4 98x2 | 101x1
            ! 4 trade 7 bid 99x1 | |
            5 snapshot - | 97x1 | 98x1
            6 update - | 97x2 | 98x1
            """);
    assertThat(session.windowText())
        .isEqualTo("reconnect 4-4: capture.gz line 6: connect: the connection was made anew\n");
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsRecv)
        .containsExactly(nanos(5), nanos(5), nanos(55), nanos(105), nanos(115), nanos(125));
  }

  @Test
  void tradesThatWereHadGiveNoRowAndMissedOnesAreCounted() {
    CoinbaseReader reader =
        reader(
            LIMITS,
            BOOK,
            lastMatch(-5_000, 6),
            match(0, 7, "buy", "99", "1"),
            match(0, 7, "buy", "99", "1"),
            match(5, 10, "buy", "99", "1"),
            match(1, 9, "buy", "99", "1"),
            lastMatch(6, 12),
            match(7, 13, "buy", "99", "1"));
    ReadSession session = read(reader);
    assertThat(session.rows())
        .extracting(ReadSession.Row::venueSeq)
        .containsExactly(BookBatch.NO_SEQ, 7L, 10L, 13L);
    assertThat(reader.count(CoinbaseCount.TRADES)).isEqualTo(3);
    assertThat(reader.count(CoinbaseCount.REPEATED_TRADES)).isEqualTo(2);
    // 8 and 9 before 10; 11 and 12, of which only the last match after a reconnect tells.
    assertThat(reader.count(CoinbaseCount.MISSED_TRADES)).isEqualTo(4);
    assertThat(session.windows()).isEmpty();
  }

  @Test
  void updatesOfAnOverlappingCaptureGiveNoRowTwice() {
    String[] updates = {
      l2update(0, "b 99x3"),
      l2update(10, "b 99x4"),
      l2update(20, "b 99x5"),
      l2update(20, "b 99x6"),
      l2update(20, "b 99x7"),
      l2update(30, "b 99x8")
    };
    CoinbaseReader reader =
        reader(
            source("a", BOOK, updates[0], updates[1], updates[2], updates[3]),
            source("b", updates[1], updates[2], updates[3], updates[4], updates[5]));
    ReadSession session = read(reader);
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot - | 99x1 98x2 | 101x1
            2 update - | 99x3 98x2 | 101x1
            3 update - | 99x4 98x2 | 101x1
            4 update - | 99x5 98x2 | 101x1
            5 update - | 99x6 98x2 | 101x1
            6 update - | 99x7 98x2 | 101x1
            7 update - | 99x8 98x2 | 101x1
            """);
    assertThat(reader.count(CoinbaseCount.REPEATED_MESSAGES)).isEqualTo(3);
    assertThat(session.windows()).isEmpty();
  }

  @Test
  void updatesOfTheSameTimeInTheNextCaptureAreNew() {
    ReadSession session =
        read(
            reader(
                source("a", BOOK, l2update(0, "b 99x3"), l2update(10, "b 99x4")),
                source("b", l2update(10, "b 99x5"))));
    assertThat(session.rowText()).endsWith("4 update - | 99x5 98x2 | 101x1\n");
  }

  @Test
  void aSecondConnectionThatOverlapsIsBroughtUpToDateWithoutRows() {
    CoinbaseReader reader =
        reader(
            source(
                "a", BOOK, l2update(0, "b 99x3"), l2update(10, "b 99x4"), l2update(20, "b 97x1")),
            source(
                "b",
                snapshot("b 99x3 98x2 a 101x1"),
                lastMatch(-5_000, 6),
                l2update(10, "b 99x4"),
                l2update(20, "b 97x1"),
                l2update(30, "b 97x2")));
    ReadSession session = read(reader);
    assertThat(session.rowText())
        .endsWith(
            """
            4 update - | 99x4 98x2 97x1 | 101x1
            5 update - | 99x4 98x2 97x2 | 101x1
            """);
    assertThat(session.windows()).isEmpty();
    assertThat(reader.count(CoinbaseCount.REPEATED_MESSAGES)).isEqualTo(2);
  }

  /** Who was heard a second ago is there still; heartbeats come each second. */
  @Test
  void aConnectionThatWasHeardASecondAgoOverlapsWithItsSuccessor() {
    for (long ms : new long[] {1_000, 1_001}) {
      ReadSession session =
          read(
              cryptofeed("ws.1", 0, BOOK),
              cryptofeed("ws.1", 0, l2update(0, "b 99x3")),
              cryptofeed("ws.2", 10, snapshot("b 99x3 98x2 a 101x1")),
              cryptofeed("ws.2", ms, l2update(ms, "b 99x4")));
      assertThat(session.windows()).hasSize(ms == 1_000 ? 0 : 1);
      assertThat(session.rowText()).endsWith(" update - | 99x4 98x2 | 101x1\n");
    }
  }

  /** The first connection ended at 10 ms, and what followed it was sent to nobody. */
  @Test
  void aTradeBeforeItIsKnownWhoseBookStandsIsSuspect() {
    ReadSession session =
        read(
            cryptofeed("ws.1", 0, BOOK),
            cryptofeed("ws.1", 0, l2update(0, "b 99x3")),
            cryptofeed("ws.1", 10, match(10, 7, "buy", "99", "1")),
            cryptofeed("ws.2", 500, snapshot("b 99x5 98x2 a 101x1")),
            cryptofeed("ws.2", 510, match(510, 8, "buy", "99", "1")),
            cryptofeed("ws.2", 520, l2update(520, "b 99x4")),
            cryptofeed("ws.2", 530, match(530, 9, "buy", "99", "1")));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot - | 99x1 98x2 | 101x1
            2 update - | 99x3 98x2 | 101x1
            3 trade 7 bid 99x1 | 99x3 98x2 | 101x1
            ! 4 trade 8 bid 99x1 | 99x3 98x2 | 101x1
            ! 5 snapshot - | 99x5 98x2 | 101x1
            6 update - | 99x4 98x2 | 101x1
            7 trade 9 bid 99x1 | 99x4 98x2 | 101x1
            """);
    assertThat(session.windows()).hasSize(1);
  }

  /** As a collector stores it that connects anew in time: updates of both connections, mixed. */
  @Test
  void aConnectionThatIsReplacedWhileItStandsLosesNothing() {
    CoinbaseReader reader =
        reader(
            LIMITS,
            cryptofeed("ws.1", 0, BOOK),
            cryptofeed("ws.1", 0, l2update(0, "b 99x3")),
            cryptofeed("ws.1", 10, l2update(10, "b 99x4")),
            cryptofeed("ws.1", 20, l2update(20, "b 97x1")),
            cryptofeed("ws.2", 21, snapshot("b 99x3 98x2 a 101x1")),
            cryptofeed("ws.1", 22, match(21, 7, "buy", "99", "1")),
            cryptofeed("ws.2", 23, l2update(10, "b 99x4")),
            cryptofeed("ws.1", 30, l2update(30, "b 97x0")),
            cryptofeed("ws.2", 31, l2update(20, "b 97x1")),
            cryptofeed("ws.2", 32, match(21, 7, "buy", "99", "1")),
            cryptofeed("ws.2", 33, l2update(30, "b 97x0")),
            cryptofeed("ws.2", 40, l2update(40, "b 99x5")),
            cryptofeed("ws.1", 41, l2update(40, "b 99x5")),
            cryptofeed("ws.2", 50, l2update(50, "b 99x6")));
    ReadSession session = read(reader);
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot - | 99x1 98x2 | 101x1
            2 update - | 99x3 98x2 | 101x1
            3 update - | 99x4 98x2 | 101x1
            4 update - | 99x4 98x2 97x1 | 101x1
            5 trade 7 bid 99x1 | 99x4 98x2 97x1 | 101x1
            6 update - | 99x4 98x2 | 101x1
            7 update - | 99x5 98x2 | 101x1
            8 update - | 99x6 98x2 | 101x1
            """);
    assertThat(session.windows()).isEmpty();
    assertThat(reader.count(CoinbaseCount.RECONNECTS)).isEqualTo(1);
  }

  @Test
  void otherProductsAndMessagesAreCounted() {
    CoinbaseReader reader =
        reader(
            LIMITS,
            BOOK.replace("BTC-USD", "ETH-USD"),
            BOOK,
            l2update(0, "b 99x3").replace("BTC-USD", "ETH-USD"),
            match(0, 7, "buy", "99", "1").replace("BTC-USD", "ETH-USD"),
            "{\"type\":\"error\",\"message\":\"Failed to unsubscribe\"}",
            "{\"type\":\"ticker\",\"product_id\":\"BTC-USD\",\"price\":\"1\"}",
            heartbeat(5),
            l2update(10, "b 99x3"));
    ReadSession session = read(reader);
    assertThat(session.rows()).hasSize(2);
    assertThat(session.rejected()).isEmpty();
    assertThat(reader.count(CoinbaseCount.LINES)).isEqualTo(8);
    assertThat(reader.count(CoinbaseCount.OTHER_PRODUCTS)).isEqualTo(3);
    assertThat(reader.count(CoinbaseCount.OTHER_MESSAGES)).isEqualTo(2);
    assertThat(reader.count(CoinbaseCount.HEARTBEATS)).isEqualTo(1);
  }

  @Test
  void removingWhatIsNotThereIsCounted() {
    CoinbaseReader reader =
        reader(LIMITS, BOOK, l2update(0, "b 90x0 99x0"), l2update(10, "b 99x0"));
    ReadSession session = read(reader);
    assertThat(session.changeText())
        .endsWith("2.1 delete bid 90x0\n2.2 delete bid 99x0\n3.1 delete bid 99x0\n");
    assertThat(reader.count(CoinbaseCount.EMPTY_REMOVALS)).isEqualTo(2);
    assertThat(session.windows()).isEmpty();
  }

  @Test
  void anUpdateWithoutChangesHasNoRow() {
    assertThat(read(BOOK, l2update(0, ""), l2update(10, "b 99x3")).rows()).hasSize(2);
  }

  @Test
  void aDayBeginsWithTheBookThatStands() {
    long midnight = 12 * 3_600_000L;
    ReadSession session =
        read(
            BOOK,
            l2update(midnight - 1, "b 99x3"),
            match(midnight + 5, 7, "buy", "99", "1"),
            l2update(midnight - 1, "b 99x4"));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot - | 99x1 98x2 | 101x1
            2 update - | 99x3 98x2 | 101x1
            2024-08-09
            1 snapshot - | 99x3 98x2 | 101x1
            2 trade 7 bid 99x1 | 99x3 98x2 | 101x1
            3 update - | 99x4 98x2 | 101x1
            """);
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsEvent)
        .containsExactly(
            nanos(midnight - 1),
            nanos(midnight - 1),
            nanos(midnight + 5),
            nanos(midnight + 5),
            nanos(midnight + 5));
  }

  @Test
  void aDayWithoutABookBeginsSuspect() {
    long midnight = 12 * 3_600_000L;
    ReadSession session =
        read(
            l2update(midnight - 1, "b 99x3"),
            l2update(midnight, "b 99x4"),
            BOOK,
            heartbeat(midnight));
    assertThat(session.rowText())
        .isEqualTo("2024-08-08\n! 1 update - | |\n2024-08-09\n! 1 update - | |\n");
    assertThat(session.windowText())
        .isEqualTo(
            "missing_snapshot 1-1: no snapshot yet\nmissing_snapshot 1-1: no snapshot yet\n");
  }

  @Test
  void rowsAreTheSameInBatchesOfAnySize() {
    long midnight = 12 * 3_600_000L;
    List<String> lines =
        List.of(
            l2update(0, "b 99x3"),
            BOOK,
            l2update(10, "b 99x0 a 97x1"),
            "garbage",
            match(20, 7, "buy", "99", "1"),
            BOOK,
            match(midnight, 8, "buy", "99", "1"),
            l2update(midnight + 10, "b 99x3"));
    ReadSession whole = ReadSession.read(reader(LIMITS, lines.toArray(String[]::new)), 100, 2);
    assertThat(whole.rows()).hasSizeGreaterThan(6);
    for (int capacity = 1; capacity < 4; capacity++) {
      assertThat(ReadSession.read(reader(LIMITS, lines.toArray(String[]::new)), capacity, 2))
          .isEqualTo(whole);
    }
  }
}
