package io.depthcast.feed.coinbase;

import static io.depthcast.feed.coinbase.CoinbaseText.LATENCY_MS;
import static io.depthcast.feed.coinbase.CoinbaseText.LIMITS;
import static io.depthcast.feed.coinbase.CoinbaseText.beat;
import static io.depthcast.feed.coinbase.CoinbaseText.connect;
import static io.depthcast.feed.coinbase.CoinbaseText.cryptofeed;
import static io.depthcast.feed.coinbase.CoinbaseText.l2;
import static io.depthcast.feed.coinbase.CoinbaseText.l2Event;
import static io.depthcast.feed.coinbase.CoinbaseText.message;
import static io.depthcast.feed.coinbase.CoinbaseText.nanos;
import static io.depthcast.feed.coinbase.CoinbaseText.read;
import static io.depthcast.feed.coinbase.CoinbaseText.reader;
import static io.depthcast.feed.coinbase.CoinbaseText.received;
import static io.depthcast.feed.coinbase.CoinbaseText.source;
import static io.depthcast.feed.coinbase.CoinbaseText.trade;
import static io.depthcast.feed.coinbase.CoinbaseText.trades;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.ReadSession;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions of Advanced Trade. */
class AdvancedTradeTest {

  private static final String BOOK = l2(1, 0, "snapshot", "b 99x1 98x2 a 101x1");

  @Test
  void readsSnapshotUpdatesAndTrades() {
    ReadSession session =
        read(
            message(0, -10, "subscriptions", "{\"subscriptions\":{\"level2\":[\"BTC-USD\"]}}"),
            BOOK,
            l2(2, 10, "update", "b 99x3 a 101x0 102x5"),
            trades(3, 20, "update", trade(15, 7, "BUY", "99", "0.5")),
            trades(4, 21, "update", trade(18, 8, "SELL", "102", "0.25")),
            l2(5, 30, "update", "b 99x2.5"));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot 1 | 99x1 98x2 | 101x1
            2 update 2 | 99x3 98x2 | 102x5
            3 trade 7 bid 99x0.5 | 99x3 98x2 | 102x5
            4 trade 8 ask 102x0.25 | 99x3 98x2 | 102x5
            5 update 5 | 99x2.5 98x2 | 102x5
            """);
    assertThat(session.changeText())
        .isEqualTo(
            """
            1.1 snapshot bid 99x1
            1.2 snapshot bid 98x2
            1.3 snapshot ask 101x1
            2.1 add bid 99x3
            2.2 delete ask 101x0
            2.3 add ask 102x5
            3.1 trade bid 99x0.5
            4.1 trade ask 102x0.25
            5.1 cancel bid 99x2.5
            """);
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsEvent)
        .containsExactly(nanos(-2), nanos(8), nanos(15), nanos(18), nanos(28));
    assertThat(session.windows()).isEmpty();
  }

  @Test
  void eachChangeKeepsItsTime() {
    String update =
        l2(2, 10, "update", "b 99x3 98x1").replaceFirst("12:00:00.008Z", "12:00:00.006Z");
    ReadSession session = read(BOOK, update);
    assertThat(session.changes())
        .extracting(ReadSession.Change::tsEvent)
        .endsWith(nanos(6), nanos(8));
    assertThat(session.rows().get(1).tsEvent()).isEqualTo(nanos(8));
  }

  @Test
  void aChangeWithoutATimeHasThatOfItsMessage() {
    String old = BOOK.replace("2024-08-08T11:59:59.998Z", "1970-01-01T00:00:00Z");
    String none = l2(2, 10, "update", "b 99x3").replace("\"event_time\"", "\"event\"");
    assertThat(read(old, none).rows())
        .extracting(ReadSession.Row::tsEvent)
        .containsExactly(nanos(0), nanos(10));
  }

  @Test
  void tradesOfAMessageComeInTheOrderOfTheirIds() {
    ReadSession session =
        read(
            BOOK,
            trades(
                2,
                20,
                "update",
                trade(19, 9, "BUY", "99", "1"),
                trade(18, 8, "BUY", "99", "2"),
                trade(17, 7, "SELL", "101", "3")));
    assertThat(session.changeText())
        .endsWith("2.1 trade ask 101x3\n3.1 trade bid 99x2\n4.1 trade bid 99x1\n");
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsEvent)
        .endsWith(nanos(17), nanos(18), nanos(19));
  }

  @Test
  void tradesBeforeTheSubscriptionGiveNoRow() {
    CoinbaseReader reader =
        reader(
            LIMITS,
            trades(
                0,
                -5,
                "snapshot",
                trade(-500, 6, "BUY", "99", "1"),
                trade(-900, 5, "BUY", "99", "1")),
            BOOK,
            trades(2, 20, "update", trade(15, 6, "BUY", "99", "1")),
            trades(3, 20, "update", trade(15, 9, "BUY", "99", "1")));
    assertThat(read(reader).rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot 1 | 99x1 98x2 | 101x1
            2 trade 9 bid 99x1 | 99x1 98x2 | 101x1
            """);
    assertThat(reader.count(CoinbaseCount.REPEATED_TRADES)).isEqualTo(1);
    assertThat(reader.count(CoinbaseCount.MISSED_TRADES)).isEqualTo(2);
  }

  @Test
  void aGapLosesTheBookUntilTheNextSnapshot() {
    CoinbaseReader reader =
        reader(
            LIMITS,
            BOOK,
            l2(2, 10, "update", "b 99x3"),
            l2(5, 20, "update", "b 99x4"),
            trades(6, 30, "update", trade(29, 7, "BUY", "99", "1")),
            l2(8, 40, "update", "b 99x0"),
            l2(9, 50, "snapshot", "b 97x1 a 98x1"),
            l2(10, 60, "update", "b 97x2"));
    ReadSession session = read(reader);
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot 1 | 99x1 98x2 | 101x1
            2 update 2 | 99x3 98x2 | 101x1
            ! 3 update 5 | |
            ! 4 trade 7 bid 99x1 | |
            ! 5 update 8 | |
            6 snapshot 9 | 97x1 | 98x1
            7 update 10 | 97x2 | 98x1
            """);
    assertThat(session.changeText()).contains("3.1 add bid 99x4\n", "5.1 delete bid 99x0\n");
    assertThat(session.windows())
        .extracting(dated -> dated.value())
        .containsExactly(
            new SuspectWindow(
                3,
                5,
                nanos(18),
                nanos(38),
                Cause.SEQUENCE_GAP,
                "capture.gz line 3: message 5 follows 2, 2 messages are missing"));
    assertThat(reader.count(CoinbaseCount.GAPS)).isEqualTo(2);
  }

  @Test
  void aGapBeforeASnapshotMakesItsRowSuspect() {
    ReadSession session = read(BOOK, l2(3, 10, "snapshot", "b 97x1 a 98x1"));
    assertThat(session.rowText()).endsWith("! 2 snapshot 3 | 97x1 | 98x1\n");
    assertThat(session.windowText())
        .isEqualTo(
            "sequence_gap 2-2: capture.gz line 2: message 3 follows 1, 1 message is missing\n");
  }

  @Test
  void messagesOfOtherProductsCountInTheSequence() {
    CoinbaseReader reader =
        reader(
            LIMITS,
            BOOK,
            l2(2, 10, "update", "b 99x3").replace("BTC-USD", "ETH-USD"),
            message(3, 11, "ticker", "{\"type\":\"update\",\"tickers\":[{\"price\":\"1\"}]}"),
            trades(4, 12, "update", trade(11, 7, "BUY", "99", "1").replace("BTC-USD", "ETH-USD")),
            beat(5, 13, 1),
            l2(6, 20, "update", "b 99x4"));
    ReadSession session = read(reader);
    assertThat(session.rowText()).endsWith("2 update 6 | 99x4 98x2 | 101x1\n");
    assertThat(session.windows()).isEmpty();
    assertThat(reader.count(CoinbaseCount.OTHER_PRODUCTS)).isEqualTo(2);
    assertThat(reader.count(CoinbaseCount.OTHER_MESSAGES)).isEqualTo(1);
    assertThat(reader.count(CoinbaseCount.HEARTBEATS)).isEqualTo(1);
  }

  @Test
  void aMessageMayHaveSeveralEvents() {
    String several =
        message(
            2,
            10,
            "l2_data",
            l2Event("update", 10, "b 99x3").replace("BTC-USD", "ETH-USD"),
            l2Event("update", 10, "b 99x4"),
            l2Event("update", 10, ""),
            l2Event("snapshot", 10, "b 97x1 a 98x1"),
            l2Event("update", 10, "b 97x2"));
    assertThat(read(BOOK, several).rowText())
        .endsWith(
            """
            2 update 2 | 99x4 98x2 | 101x1
            ! 3 snapshot 2 | 97x1 | 98x1
            4 update 2 | 97x2 | 98x1
            """);
  }

  @Test
  void fieldsMayComeInAnyOrder() {
    String turned =
        "{\"events\":[{\"updates\":[{\"new_quantity\":\"3\",\"x\":{\"y\":[1]},\"price_level\":\"99\","
            + "\"event_time\":\"2024-08-08T12:00:00.008Z\",\"side\":\"bid\"}],\"product_id\":"
            + "\"BTC-USD\",\"type\":\"update\"}],\"sequence_num\":2,\"timestamp\":"
            + "\"2024-08-08T12:00:00.010Z\",\"channel\":\"l2_data\"}";
    assertThat(read(BOOK, turned)).isEqualTo(read(BOOK, l2(2, 10, "update", "b 99x3")));
  }

  @Test
  void aNumberingThatBeginsAgainIsAReconnect() {
    ReadSession session =
        read(
            BOOK,
            l2(2, 10, "update", "b 99x3"),
            trades(0, 20, "snapshot", trade(15, 7, "BUY", "99", "1")),
            trades(1, 25, "update", trade(24, 8, "BUY", "99", "1")),
            l2(2, 30, "snapshot", "b 97x1 a 98x1"),
            l2(3, 40, "update", "b 97x2"));
    assertThat(session.rowText())
        .endsWith(
            """
            2 update 2 | 99x3 98x2 | 101x1
            ! 3 trade 8 bid 99x1 | |
            4 snapshot 2 | 97x1 | 98x1
            5 update 3 | 97x2 | 98x1
            """);
    assertThat(session.windowText())
        .isEqualTo(
            "reconnect 3-3: capture.gz line 3: message 0 after 2: the connection was made anew\n");
  }

  @Test
  void messagesThatWereHadGiveNoRow() {
    String[] lines = {
      BOOK,
      l2(2, 10, "update", "b 99x3"),
      trades(3, 12, "update", trade(11, 7, "BUY", "99", "1")),
      l2(4, 20, "update", "b 99x4"),
      l2(5, 30, "update", "b 99x5")
    };
    CoinbaseReader reader =
        reader(
            source("a", lines[0], lines[1], lines[1], lines[2], lines[3]),
            source("b", lines[1], lines[2], lines[3], lines[4]));
    assertThat(read(reader)).isEqualTo(read(reader(source("a", lines))));
    assertThat(reader.count(CoinbaseCount.REPEATED_MESSAGES)).isEqualTo(4);
    assertThat(reader.count(CoinbaseCount.GAPS)).isZero();
  }

  @Test
  void aSecondConnectionThatOverlapsIsBroughtUpToDateWithoutRows() {
    CoinbaseReader reader =
        reader(
            source(
                "a",
                l2(501, 0, "snapshot", "b 99x1 98x2 a 101x1"),
                l2(502, 10, "update", "b 99x3"),
                trades(503, 12, "update", trade(11, 7, "BUY", "99", "1")),
                l2(504, 20, "update", "b 99x4")),
            source(
                "b",
                beat(0, 4, 1),
                l2(1, 5, "snapshot", "b 99x1 98x2 a 101x1"),
                l2(2, 11, "update", "b 99x3"),
                trades(3, 12, "update", trade(11, 7, "BUY", "99", "1")),
                l2(4, 20, "update", "b 99x4"),
                l2(5, 30, "update", "b 99x5")));
    ReadSession session = read(reader);
    assertThat(session.rowText())
        .endsWith(
            """
            4 update 504 | 99x4 98x2 | 101x1
            5 update 5 | 99x5 98x2 | 101x1
            """);
    assertThat(session.windows()).isEmpty();
    assertThat(reader.count(CoinbaseCount.RECONNECTS)).isEqualTo(1);
    // 11 and 20.
    assertThat(reader.count(CoinbaseCount.UPDATES)).isEqualTo(3);
  }

  /** The old connection has lost what came at 15; the books differ when it is at its end. */
  @Test
  void aSecondConnectionWhoseBookIsAnotherIsAStep() {
    ReadSession session =
        read(
            reader(
                source(
                    "a",
                    l2(501, 0, "snapshot", "b 99x1 98x2 a 101x1"),
                    l2(502, 20, "update", "b 99x4")),
                source(
                    "b",
                    l2(1, 5, "snapshot", "b 99x1 98x2 a 101x1"),
                    l2(2, 15, "update", "b 98x3"),
                    l2(3, 20, "update", "b 99x4"),
                    l2(4, 30, "update", "b 99x5"))));
    assertThat(session.rowText())
        .endsWith(
            """
            2 update 502 | 99x4 98x2 | 101x1
            ! 3 snapshot 1 | 99x4 98x3 | 101x1
            4 update 4 | 99x5 98x3 | 101x1
            """);
    assertThat(session.windowText())
        .isEqualTo(
            "reconnect 3-3: b line 1: a snapshot while the book stands: the connection was made anew\n");
  }

  /** Nothing tells that what went and came again before the second capture was not lost. */
  @Test
  void aSecondConnectionThatDoesNotOverlapIsAStepThoughTheBookIsTheSame() {
    ReadSession session =
        read(
            reader(
                source("a", BOOK, l2(2, 10, "update", "b 99x3")),
                source(
                    "b",
                    l2(1, 50, "snapshot", "b 99x3 98x2 a 101x1"),
                    l2(2, 60, "update", "b 99x5"))));
    assertThat(session.rowText())
        .endsWith(
            """
            2 update 2 | 99x3 98x2 | 101x1
            ! 3 snapshot 1 | 99x3 98x2 | 101x1
            4 update 2 | 99x5 98x2 | 101x1
            """);
  }

  @Test
  void aGapOfTheOldConnectionLosesNothingThatTheNewOneHas() {
    ReadSession session =
        read(
            cryptofeed("ws.1", 0, l2(501, 0, "snapshot", "b 99x1 98x2 a 101x1")),
            cryptofeed("ws.2", 5, l2(1, 5, "snapshot", "b 99x1 98x2 a 101x1")),
            cryptofeed("ws.1", 10, l2(502, 10, "update", "b 99x3")),
            cryptofeed("ws.2", 11, l2(2, 10, "update", "b 99x3")),
            cryptofeed("ws.1", 30, l2(504, 30, "update", "b 99x5")),
            cryptofeed("ws.2", 31, l2(3, 20, "update", "b 99x4")),
            cryptofeed("ws.2", 32, l2(4, 30, "update", "b 99x5")));
    assertThat(session.rowText())
        .endsWith(
            """
            2 update 502 | 99x3 98x2 | 101x1
            3 update 3 | 99x4 98x2 | 101x1
            4 update 4 | 99x5 98x2 | 101x1
            """);
    assertThat(session.windows()).isEmpty();
  }

  /** While the new one is not that far the old one's rows go on; then its gap is a step. */
  @Test
  void aGapOfTheOldConnectionBeforeTheNewOneHasCaughtUpIsAGap() {
    ReadSession session =
        read(
            cryptofeed("ws.1", 0, l2(501, 0, "snapshot", "b 99x1 98x2 a 101x1")),
            cryptofeed("ws.1", 10, l2(502, 10, "update", "b 99x3")),
            cryptofeed("ws.2", 11, l2(1, 5, "snapshot", "b 99x1 98x2 a 101x1")),
            cryptofeed("ws.1", 30, l2(504, 30, "update", "b 99x5")),
            cryptofeed("ws.2", 31, l2(2, 10, "update", "b 99x3")),
            cryptofeed("ws.2", 32, l2(3, 20, "update", "b 99x4")));
    assertThat(session.rowText())
        .endsWith(
            """
            2 update 502 | 99x3 98x2 | 101x1
            ! 3 snapshot 1 | 99x3 98x2 | 101x1
            4 update 3 | 99x4 98x2 | 101x1
            """);
    assertThat(session.windowText())
        .isEqualTo(
            "sequence_gap 3-3: capture.gz line 4: message 504 follows 502, 1 message is missing\n");
  }

  @Test
  void aGapWhileASecondConnectionIsBroughtUpToDateLeavesNoBook() {
    ReadSession session =
        read(
            reader(
                source(
                    "a",
                    l2(501, 0, "snapshot", "b 99x1 98x2 a 101x1"),
                    l2(502, 20, "update", "b 99x4")),
                source(
                    "b",
                    l2(1, 5, "snapshot", "b 99x1 98x2 a 101x1"),
                    l2(2, 11, "update", "b 99x3"),
                    l2(4, 30, "update", "b 99x5"),
                    l2(5, 40, "snapshot", "b 97x1 a 98x1"))));
    assertThat(session.rowText())
        .endsWith(
            """
            2 update 502 | 99x4 98x2 | 101x1
            ! 3 update 4 | |
            4 snapshot 5 | 97x1 | 98x1
            """);
  }

  @Test
  void theBookIsThatOfTheConnectionWithTheLastSnapshot() {
    CoinbaseReader reader =
        reader(
            LIMITS,
            cryptofeed("ws.1", 0, l2(501, 0, "snapshot", "b 99x1 98x2 a 101x1")),
            cryptofeed("ws.1", 10, l2(502, 10, "update", "b 99x3")),
            connect("ws.2"),
            cryptofeed("ws.2", 11, beat(0, 11, 1)),
            cryptofeed("ws.1", 12, l2(503, 12, "update", "b 99x4")),
            cryptofeed("ws.2", 20, l2(1, 20, "snapshot", "b 99x4 98x2 a 101x1")),
            cryptofeed("ws.1", 30, l2(504, 30, "update", "b 99x5")),
            cryptofeed("ws.2", 31, l2(2, 31, "update", "b 99x5")),
            cryptofeed("ws.1", 40, trades(506, 40, "update", trade(39, 7, "BUY", "99", "1"))),
            cryptofeed("ws.2", 41, trades(3, 41, "update", trade(39, 7, "BUY", "99", "1"))),
            connect("ws.1"),
            cryptofeed("ws.2", 50, l2(4, 50, "update", "b 99x6")));
    ReadSession session = read(reader);
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot 501 | 99x1 98x2 | 101x1
            2 update 502 | 99x3 98x2 | 101x1
            3 update 503 | 99x4 98x2 | 101x1
            4 update 504 | 99x5 98x2 | 101x1
            5 trade 7 bid 99x1 | 99x5 98x2 | 101x1
            6 update 4 | 99x6 98x2 | 101x1
            """);
    assertThat(reader.count(CoinbaseCount.GAPS)).isEqualTo(1);
    assertThat(reader.count(CoinbaseCount.REPEATED_TRADES)).isEqualTo(1);
    assertThat(session.windows()).isEmpty();
  }

  @Test
  void linesMayNameConnectionAndCounter() {
    ReadSession session =
        read(
            columns("ws-1", 1, 0, BOOK),
            columns("ws-2", 1, 5, l2(7, 5, "update", "b 99x9")),
            columns("ws-1", 2, 10, l2(2, 10, "update", "b 99x3")),
            columns("ws-2", 2, 20, l2(8, 20, "snapshot", "b 97x1 a 98x1")),
            columns("ws-2", 3, 30, l2(9, 30, "update", "b 97x2")));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot 1 | 99x1 98x2 | 101x1
            2 update 2 | 99x3 98x2 | 101x1
            ! 3 snapshot 8 | 97x1 | 98x1
            4 update 9 | 97x2 | 98x1
            """);
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsRecv)
        .containsExactly(nanos(5), nanos(15), nanos(25), nanos(35));
  }

  private static String columns(String connection, int counter, long ms, String json) {
    return nanos(ms + LATENCY_MS) + " 81234567 " + connection + " " + counter + " " + json;
  }

  @Test
  void aConnectionMadeAnewMayNumberAsItLikes() {
    ReadSession session =
        read(
            cryptofeed("ws", 0, BOOK),
            connect("ws"),
            cryptofeed("ws", 20, l2(7, 20, "snapshot", "b 97x1 a 98x1")),
            cryptofeed("ws", 30, l2(8, 30, "update", "b 97x2")));
    assertThat(session.windowText())
        .isEqualTo("reconnect 2-2: capture.gz line 2: connect: the connection was made anew\n");
  }

  @Test
  void aRejectedUpdateIsAGapOnce() {
    CoinbaseReader reader =
        reader(
            LIMITS,
            BOOK,
            l2(2, 10, "update", "b 99x-3"),
            l2(3, 20, "update", "b 99x4"),
            l2(4, 30, "snapshot", "b 97x1 a 98x1"));
    ReadSession session = read(reader);
    assertThat(session.windowText())
        .isEqualTo(
            """
            sequence_gap 2-2: capture.gz line 2: a message about the book is rejected, bid size -3.0 \
            at price 99.0 is below zero
            negative_size 2-2: capture.gz line 2: rejected, bid size -3.0 at price 99.0 is below zero
            """);
    assertThat(reader.count(CoinbaseCount.GAPS)).isZero();
  }

  @Test
  void aRejectedRepetitionLosesNothing() {
    ReadSession session =
        read(
            BOOK,
            l2(2, 10, "update", "b 99x3"),
            l2(2, 10, "update", "b 99x-3"),
            l2(3, 20, "update", "b 99x4"));
    assertThat(session.rowText()).endsWith("! 3 update 3 | 99x4 98x2 | 101x1\n");
  }

  @Test
  void aMissingHeartbeatIsSilence() {
    ReadSession session =
        read(
            BOOK,
            beat(2, 1_000, 70),
            beat(3, 2_000, 71),
            l2(4, 2_001, "update", "b 99x3"),
            beat(5, 5_000, 74),
            l2(6, 5_001, "update", "b 99x4"),
            l2(7, 5_002, "update", "b 99x5"));
    assertThat(session.windowText())
        .isEqualTo("silence 3-3: capture.gz line 5: heartbeat 74 follows 71\n");
  }

  @Test
  void anotherConnectionCountsItsHeartbeatsAnew() {
    ReadSession session =
        read(
            BOOK,
            beat(2, 1_000, 70),
            beat(0, 2_000, 5),
            l2(1, 2_001, "snapshot", "b 97x1 a 98x1"),
            beat(2, 3_000, 6),
            l2(3, 3_001, "update", "b 97x2"));
    assertThat(session.windowText())
        .isEqualTo(
            "reconnect 2-2: capture.gz line 3: message 0 after 2: the connection was made anew\n");
  }

  @Test
  void anAnswerToARequestIsNoMessage() {
    String http = "{\"t\":\"http\",\"conn\":\"c\",\"ts\":1723118400.5,\"url\":\"x\"";
    CoinbaseReader reader =
        reader(LIMITS, http + ",\"data\":\"{}\"}", http + "}", "{\"t\":\"header\"}", BOOK);
    assertThat(read(reader).rejected()).isEmpty();
    assertThat(reader.count(CoinbaseCount.OTHER_MESSAGES)).isEqualTo(3);
  }

  @Test
  void anEmptySnapshotIsABookWithoutARow() {
    ReadSession session = read(l2(1, 0, "snapshot", ""), l2(2, 10, "update", "b 99x3"));
    assertThat(session.rowText()).isEqualTo("2024-08-08\n1 update 2 | 99x3 |\n");
    assertThat(session.windows()).isEmpty();
  }

  @Test
  void aSessionMayBeOneSnapshot() {
    assertThat(read(received(0, BOOK)).rowText())
        .isEqualTo("2024-08-08\n1 snapshot 1 | 99x1 98x2 | 101x1\n");
  }

  @Test
  void rowsAreTheSameInBatchesOfAnySize() {
    long midnight = 12 * 3_600_000L;
    List<String> lines =
        List.of(
            l2(0, -1, "update", "b 99x1"),
            BOOK,
            trades(
                2,
                20,
                "update",
                trade(19, 9, "BUY", "99", "1"),
                trade(18, 8, "BUY", "99", "2"),
                trade(17, 7, "SELL", "101", "3")),
            message(
                3,
                30,
                "l2_data",
                l2Event("update", 30, "b 99x4"),
                l2Event("snapshot", 30, "b 97x1 a 98x1"),
                l2Event("update", midnight, "b 97x2")),
            l2(4, midnight + 10, "update", "b 97x3"));
    ReadSession whole = ReadSession.read(reader(LIMITS, lines.toArray(String[]::new)), 100, 2);
    assertThat(whole.rows()).hasSize(10);
    for (int capacity = 1; capacity < 5; capacity++) {
      assertThat(ReadSession.read(reader(LIMITS, lines.toArray(String[]::new)), capacity, 2))
          .isEqualTo(whole);
    }
  }
}
