package io.depthcast.feed.coinbase;

import static io.depthcast.feed.coinbase.CoinbaseText.LIMITS;
import static io.depthcast.feed.coinbase.CoinbaseText.PRODUCT;
import static io.depthcast.feed.coinbase.CoinbaseText.heartbeat;
import static io.depthcast.feed.coinbase.CoinbaseText.l2;
import static io.depthcast.feed.coinbase.CoinbaseText.l2update;
import static io.depthcast.feed.coinbase.CoinbaseText.match;
import static io.depthcast.feed.coinbase.CoinbaseText.message;
import static io.depthcast.feed.coinbase.CoinbaseText.nanos;
import static io.depthcast.feed.coinbase.CoinbaseText.read;
import static io.depthcast.feed.coinbase.CoinbaseText.reader;
import static io.depthcast.feed.coinbase.CoinbaseText.received;
import static io.depthcast.feed.coinbase.CoinbaseText.snapshot;
import static io.depthcast.feed.coinbase.CoinbaseText.source;
import static io.depthcast.feed.coinbase.CoinbaseText.trade;
import static io.depthcast.feed.coinbase.CoinbaseText.trades;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.FeedReader;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.RejectedRow;
import io.depthcast.quality.DataContractException;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault and the window or the rejected line that it gives. */
class CoinbaseFaultsTest {

  /** A book 99x1 | 101x1 as row 1, and row 2 at time 0. */
  private static final List<String> BOOK =
      List.of(snapshot("b 99x1 a 101x1"), l2update(0, "b 98x1"));

  private static ReadSession afterBook(String... lines) {
    return afterBook(LIMITS, lines);
  }

  private static ReadSession afterBook(FeedLimits limits, String... lines) {
    List<String> all = new ArrayList<>(BOOK);
    all.addAll(List.of(lines));
    return read(reader(limits, all.toArray(String[]::new)));
  }

  /** The same, each line with its receive time. */
  private static ReadSession afterReceivedBook(String... lines) {
    List<String> all = new ArrayList<>();
    BOOK.forEach(line -> all.add(received(0, line)));
    all.addAll(List.of(lines));
    return read(all.toArray(String[]::new));
  }

  /** Why the line is rejected after the book. */
  private static String reason(String line) {
    List<FeedReader.Dated<RejectedRow>> rejected = afterBook(line).rejected();
    assertThat(rejected).hasSize(1);
    return rejected.get(0).value().reason();
  }

  private static String reason(String line, String from, String to) {
    assertThat(line).contains(from);
    return reason(line.replace(from, to));
  }

  @Test
  void aCrossedBookIsSuspectWhileItIsCrossed() {
    ReadSession session =
        afterBook(
            l2update(100, "b 101.5x1"),
            match(110, 1, "sell", "101", "1"),
            l2update(200, "b 101.5x0"));
    assertThat(session.rowText())
        .endsWith(
            """
            ! 3 update - | 101.5x1 99x1 98x1 | 101x1
            ! 4 trade 1 ask 101x1 | 101.5x1 99x1 98x1 | 101x1
            5 update - | 99x1 98x1 | 101x1
            """);
    assertThat(session.windows())
        .extracting(dated -> dated.value())
        .containsExactly(
            new SuspectWindow(
                3,
                4,
                nanos(100),
                nanos(110),
                Cause.CROSSED_BOOK,
                "capture.gz line 3: best bid 101.5 above best ask 101.0"));
  }

  @Test
  void aLockedBookIsSuspectWhileItIsLocked() {
    ReadSession session =
        afterBook(
            l2update(100, "b 101x1"), l2update(200, "b 102x1"), l2update(300, "b 101x0 102x0"));
    assertThat(session.windowText())
        .isEqualTo(
            """
            locked_book 3-3: capture.gz line 3: best bid 101.0 equal to best ask 101.0
            crossed_book 4-4: capture.gz line 4: best bid 102.0 above best ask 101.0
            """);
  }

  @Test
  void aCrossedSnapshotIsSuspect() {
    ReadSession session = read(snapshot("b 102x1 a 101x1"), l2update(0, "b 102x0"));
    assertThat(session.windowText())
        .isEqualTo("crossed_book 1-1: capture.gz line 2: best bid 102.0 above best ask 101.0\n");
  }

  @Test
  void aNegativeSizeIsRejectedAndTheBookIsLost() {
    ReadSession session =
        afterBook(
            l2update(100, "b 97x1 99x-5"),
            match(110, 1, "sell", "101", "1"),
            l2update(200, "b 98x2"),
            snapshot("b 99x1 98x2 a 101x1"),
            l2update(300, "b 98x3"));
    assertThat(session.rejected())
        .extracting(dated -> dated.value())
        .containsExactly(
            new RejectedRow(
                "capture.gz",
                3,
                "bid size -5.0 at price 99.0 is below zero",
                l2update(100, "b 97x1 99x-5")));
    assertThat(session.rowText())
        .endsWith(
            """
            2 update - | 99x1 98x1 | 101x1
            ! 3 trade 1 ask 101x1 | |
            ! 4 update - | |
            5 snapshot - | 99x1 98x2 | 101x1
            6 update - | 99x1 98x3 | 101x1
            """);
    assertThat(session.windowText())
        .isEqualTo(
            """
            negative_size 3-3: capture.gz line 3: rejected, bid size -5.0 at price 99.0 is below zero
            sequence_gap 3-4: capture.gz line 3: a message about the book is rejected, bid size -5.0 \
            at price 99.0 is below zero
            """);
  }

  @Test
  void aRejectedUpdateLosesTheBookEvenIfASnapshotComesNext() {
    ReadSession session =
        afterBook(l2update(100, "b 97xmany"), snapshot("b 99x1 a 101x1"), l2update(300, "b 98x3"));
    assertThat(session.windowText())
        .isEqualTo(
            """
            rejected_rows 3-3: capture.gz line 3: rejected, bid size is no decimal text
            sequence_gap 3-3: capture.gz line 3: a message about the book is rejected, bid size is no \
            decimal text
            """);
  }

  @Test
  void aLineThatCannotBeReadMayHaveBeenAboutTheBook() {
    String whole = l2update(100, "b 98x1");
    for (String line : List.of(whole.substring(0, 12), whole.substring(0, 60), "x", "")) {
      ReadSession session = afterBook(line, match(110, 1, "sell", "101", "1"));
      assertThat(session.rowText()).as(line).endsWith("! 3 trade 1 ask 101x1 | |\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"match\",\"trade_id\":",
        "{\"type\":\"l2update\",\"product_id\":\"ETH-USD\",\"changes\":[",
        "{\"channel\":\"market_trades\",\"events\":[{",
        "{\"channel\":\"l2_data\",\"events\":[{\"product_id\":\"ETH-USD\",\"updates\":["
      })
  void aRejectedLineOfAnotherKindMakesTheNextRowSuspect(String line) {
    ReadSession session =
        afterBook(line, match(110, 2, "sell", "101", "1"), match(120, 3, "sell", "101", "1"));
    assertThat(session.rowText())
        .endsWith(
            """
            ! 3 trade 2 ask 101x1 | 99x1 98x1 | 101x1
            4 trade 3 ask 101x1 | 99x1 98x1 | 101x1
            """);
    assertThat(session.windowText())
        .startsWith(
            "rejected_rows 3-3: capture.gz line 3: rejected, malformed JSON: Unexpected end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "x;line does not begin with its receive time in nanoseconds",
        "[];line does not begin with its receive time in nanoseconds",
        "1723118400000 {};line does not begin with its receive time in nanoseconds",
        "1723118400000000000 [];no JSON object",
        "{};no message of Coinbase: neither type nor channel",
        "{\"type\":1};no message of Coinbase: neither type nor channel",
        "{\"type\":\"ticker\"} x;malformed JSON: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
        "{\"type\":\"ticker\"} 1;text after the JSON object",
        "{\"type\":\"match\"};field product_id is missing or of another type",
        "{\"t\":\"recv\",\"ts\":9999999999.5,\"data\":\"\"};cryptofeed recv line without ts in seconds or without data",
        "{\"t\":\"recv\";malformed JSON around the message",
      })
  void saysWhatIsWrongWithALine(String line, String reason) {
    assertThat(reason(line)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"changes\";\"chances\";field changes is missing or of another type",
        "\"time\";\"tame\";field time is missing or of another type",
        "12:00:00.100Z;12:00:00.100;field time is missing or of another type",
        "12:00:00.100Z;12:00:60Z;field time is missing or of another type",
        "2024-08-08T;2024-02-30T;field time is missing or of another type",
        "2024-08-08T;0001-01-01T;field time is missing or of another type",
        "\"buy\";\"bye\";level has no side, buy or sell, bid or offer",
        "\"buy\";[];level has no side, buy or sell, bid or offer",
        "\"98\";\"0\";bid price 0.0 is not positive",
        "\"98\";98;bid price is no decimal text",
        "\"98\";\"-98\";bid price -98.0 is not positive",
        "\"98\",;;bid size is no decimal text",
        "\"1\"];\"1e3\"];bid size is no decimal text",
        "\"1\"];\"1\",2];level has too many elements",
        "[[;[1,[;level is no array"
      })
  void saysWhatIsWrongWithAnUpdate(String from, String to, String reason) {
    String line = l2update(100, "b 98x1");
    assertThat(reason(line, from, to == null ? "" : to)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"bids\";\"bits\";field bids is missing or of another type",
        "\"asks\":[;\"asks\":1,\"x\":[;field asks is missing or of another type",
        "[\"101\",\"1\"];[];ask price is no decimal text",
        "[\"101\",\"1\"];7;level is no array",
        "[\"101\",\"1\"];[\"101\",\"1\",\"1\"];level has too many elements"
      })
  void saysWhatIsWrongWithASnapshot(String from, String to, String reason) {
    String line = snapshot("b 99x1 a 101x1");
    assertThat(reason(line, from, to)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"trade_id\":7;\"trade_id\":-7;field trade_id is missing or of another type",
        "\"trade_id\":7;\"trade_id\":99999999999999999999;field trade_id is missing or of another type",
        "\"trade_id\":7;\"trade_id\":\"7a\";field trade_id is missing or of another type",
        "\"buy\";\"bye\";field side of a trade is missing or of another type",
        "\"time\";\"tame\";field time of a trade is missing or of another type",
        "\"price\":\"99\";\"price\":\"0\";trade price 0.0 is not positive",
        "\"size\":\"1\";\"size\":\"0\";trade size 0.0 is not positive",
        "\"size\":\"1\";\"size\":\"\";trade size is no decimal text"
      })
  void saysWhatIsWrongWithATrade(String from, String to, String reason) {
    String line = match(100, 7, "buy", "99", "1");
    assertThat(reason(line, from, to)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"sequence_num\":5;\"sequence_num\":-5;field sequence_num is missing or of another type",
        "\"timestamp\";\"tamestamp\";field timestamp is missing or of another type",
        "\"events\":[;\"events\":1,\"x\":[;field events is missing or of another type",
        "\"events\":[;\"events\":[3,;event is no object",
        "\"update\";\"upgrade\";event type upgrade is not snapshot or update",
        "\"update\";null;event type null is not snapshot or update",
        "\"product_id\";\"product\";field product_id of an event is missing or of another type",
        "\"updates\":[;\"updates\":[1,;update is no object",
        "\"bid\";\"bit\";level has no side, buy or sell, bid or offer",
        "\"new_quantity\";\"quantity\";bid size is no decimal text",
        "\"updates\";\"trades\":[],\"updates\";event has both updates and trades"
      })
  void saysWhatIsWrongWithAnAdvancedTradeUpdate(String from, String to, String reason) {
    String line = l2(5, 100, "update", "b 98x1");
    assertThat(reason(line, from, to)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"trades\":[;\"trades\":[1,;trade is no object",
        "\"product_id\";\"product\";field product_id of a trade is missing or of another type",
        "\"type\":\"update\";\"type\":\"\";event type  is not snapshot or update",
        "\"price\":\"99\";\"price\":\"-1\";trade price -1.0 is not positive"
      })
  void saysWhatIsWrongWithAnAdvancedTradeTrade(String from, String to, String reason) {
    String line = trades(5, 100, "update", trade(99, 7, "BUY", "99", "1"));
    assertThat(reason(line, from, to)).isEqualTo(reason);
  }

  @Test
  void aPriceOffTheGridMakesItsRowSuspect() {
    FeedLimits cents = new FeedLimits(0.01, 1_000, 5_000, 3_600_000, 30_000, 1);
    ReadSession session =
        afterBook(
            cents,
            l2update(100, "b 98.07x1 98.29x2"),
            l2update(200, "b 98.075x1"),
            match(210, 1, "sell", "101.001", "1"),
            match(220, 2, "sell", "101.01", "1"));
    assertThat(session.windowText())
        .isEqualTo(
            "off_grid_price 4-5: capture.gz line 4: price 98.075 is no multiple of the tick 0.01\n");
  }

  @Test
  void theVenuesClockMayNotStepBackBeyondTheTolerance() {
    ReadSession session =
        afterBook(
            match(5_000, 1, "sell", "101", "1"),
            match(4_000, 2, "sell", "101", "1"), // one second back: as far as may be
            match(3_999, 3, "sell", "101", "1"),
            match(4_100, 4, "sell", "101", "1"));
    assertThat(session.windows())
        .extracting(dated -> dated.value())
        .containsExactly(
            new SuspectWindow(
                5,
                5,
                nanos(5_000),
                nanos(5_000),
                Cause.CLOCK_JUMP,
                "capture.gz line 5: the venue's clock is 1.001 s behind its latest time"));
  }

  @Test
  void theClocksMayNotPartBeyondTheTolerance() {
    ReadSession session =
        afterReceivedBook(
            received(100, match(100, 1, "sell", "101", "1")),
            received(6_000, match(900, 2, "sell", "101", "1")),
            received(6_010, match(910, 3, "sell", "101", "1")));
    // Received 5 ms, then 5105 ms after the venue's time: 5100 ms more.
    assertThat(session.windowText())
        .isEqualTo(
            "clock_jump 4-4: capture.gz line 4: receive time minus venue time went from 0.005 s to"
                + " 5.105 s\n");
  }

  @Test
  void aTimeFarFromTheReceiversIsRejected() {
    ReadSession session =
        afterReceivedBook(
            received(0, match(3_600_006, 1, "sell", "101", "1")),
            received(10, match(10, 2, "sell", "101", "1")));
    assertThat(session.rejected())
        .extracting(dated -> dated.value().reason())
        .containsExactly(
            "time is 3600.001 s away from the receive time; is the receiver's clock set? else raise"
                + " maxSkewMs");
    assertThat(session.rows()).extracting(ReadSession.Row::venueSeq).endsWith(2L);
  }

  @Test
  void withoutReceiveTimesATimeADayLaterIsRejected() {
    long day = 86_400_000;
    ReadSession session =
        afterBook(
            match(day + 1, 1, "sell", "101", "1"),
            heartbeat(3 * day),
            match(10, 2, "sell", "101", "1"));
    assertThat(session.rejected())
        .extracting(dated -> dated.value().lineNo() + ": " + dated.value().reason())
        .containsExactly(
            "3: time is more than a day after the rows before",
            "4: time is more than a day after the rows before");
    assertThat(session.windowText())
        .isEqualTo(
            "rejected_rows 3-3: capture.gz line 4: rejected, time is more than a day after the rows"
                + " before\n");
  }

  @Test
  void silenceMakesTheFirstRowAfterItSuspect() {
    ReadSession session =
        afterBook(
            match(30_000, 1, "sell", "101", "1"),
            match(60_001, 2, "sell", "101", "1"),
            heartbeat(80_000),
            heartbeat(100_000),
            match(120_000, 3, "sell", "101", "1"));
    assertThat(session.windows())
        .extracting(dated -> dated.value())
        .containsExactly(
            new SuspectWindow(
                4,
                4,
                nanos(60_001),
                nanos(60_001),
                Cause.SILENCE,
                "capture.gz line 4: nothing was received for 30.001 s"));
  }

  @Test
  void silenceIsThatOfTheReceiver() {
    ReadSession session =
        afterReceivedBook(
            received(40_000, match(10, 1, "sell", "101", "1")),
            received(40_010, match(40_000, 2, "sell", "101", "1")));
    assertThat(session.windowText())
        .contains("silence 3-3: capture.gz line 3: nothing was received for 40.000 s");
  }

  @Test
  void refusesTooManyRejectedLines() {
    FeedLimits fewer = new FeedLimits(0, 1_000, 5_000, 3_600_000, 30_000, 0.3);
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> afterBook(fewer, "x", "y"))
        .withMessage(
            "capture.gz line 3: line does not begin with its receive time in nanoseconds; 2 of 4"
                + " lines rejected, more than maxRejectedShare allows; fix the file or raise"
                + " maxRejectedShare");
  }

  @Test
  void refusesASessionWithoutTheProduct() {
    CoinbaseReader reader =
        new CoinbaseReader(
            List.of(source("a", BOOK.get(0), BOOK.get(1), message(1, 0, "status", "{}"))),
            "BTC-EUR",
            LIMITS);
    assertThat(PRODUCT).isNotEqualTo("BTC-EUR");
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> read(reader))
        .withMessage(
            "coinbase BTC-EUR: no row in 3 lines (of other products: 2, of no use: 1); check the"
                + " product");
  }

  @Test
  void refusesABookThatGrowsWithoutEnd() throws IOException {
    StringBuilder levels = new StringBuilder("b");
    for (int i = 100; i <= 999; i++) {
      levels.append(" %d").append(i).append("x1");
    }
    // The first two lines leave 2 bids; 333 lines of 900 make 299,702, the next is one too many.
    String update = l2update(0, levels.toString());
    List<String> lines = new ArrayList<>(BOOK);
    for (int i = 1; i <= 334; i++) {
      lines.add(update.replace("%d", Integer.toString(i)));
    }
    CoinbaseReader reader = reader(LIMITS, lines.toArray(String[]::new));
    BookBatch book = new BookBatch(340, 1);
    EventBatch events = new EventBatch(1_000);
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> reader.next(book, events))
        .withMessage(
            "capture.gz line 336: more than 300000 bid levels; this is no book, check the file");
  }

  /**
   * The third line is the second again; the fourth is of the same time, but says something else.
   */
  @Test
  void anUpdateOfTheExchangeFeedThatComesTwiceGivesOneRow() {
    CoinbaseReader reader =
        reader(
            LIMITS,
            snapshot("b 99x1 a 101x1"),
            l2update(0, "b 98x1"),
            l2update(0, "b 98x1"),
            l2update(0, "b 98x2"));
    ReadSession session = read(reader);
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot - | 99x1 | 101x1
            2 update - | 99x1 98x1 | 101x1
            3 update - | 99x1 98x2 | 101x1
            """);
    assertThat(session.windows()).isEmpty();
    assertThat(reader.count(CoinbaseCount.REPEATED_MESSAGES)).isEqualTo(1);
  }

  @Test
  void anUpdateOfTheExchangeFeedAfterALaterOneLosesTheBookUntilTheNextSnapshot() {
    ReadSession session =
        afterBook(
            l2update(200, "b 97x1"),
            l2update(100, "b 97x2"),
            match(250, 1, "sell", "101", "1"),
            snapshot("b 97x1 a 101x1"),
            l2update(400, "b 96x1"));
    assertThat(session.rowText())
        .endsWith(
            """
            ! 3 update - | 99x1 98x1 97x1 | 101x1
            ! 4 update - | |
            ! 5 trade 1 ask 101x1 | |
            6 snapshot - | 97x1 | 101x1
            7 update - | 97x1 96x1 | 101x1
            """);
    assertThat(session.windowText())
        .isEqualTo(
            "sequence_gap 3-5: capture.gz line 4: an update comes after one that was sent 0.100 s"
                + " later\n");
  }

  /** Further back than streams overtake each other, the clock is wrong, not the order. */
  @Test
  void anUpdateOfTheExchangeFeedFarBackIsAJumpOfTheClock() {
    ReadSession session = afterBook(l2update(2_000, "b 97x1"), l2update(999, "b 96x1"));
    assertThat(session.windowText())
        .isEqualTo(
            "clock_jump 4-4: capture.gz line 4: the venue's clock is 1.001 s behind its latest"
                + " time\n");
  }
}
