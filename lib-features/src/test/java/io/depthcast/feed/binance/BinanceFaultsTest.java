package io.depthcast.feed.binance;

import static io.depthcast.feed.binance.BinanceText.FILE;
import static io.depthcast.feed.binance.BinanceText.LIMITS;
import static io.depthcast.feed.binance.BinanceText.START;
import static io.depthcast.feed.binance.BinanceText.enveloped;
import static io.depthcast.feed.binance.BinanceText.line;
import static io.depthcast.feed.binance.BinanceText.nanos;
import static io.depthcast.feed.binance.BinanceText.reader;
import static io.depthcast.feed.binance.BinanceText.spot;
import static io.depthcast.feed.binance.BinanceText.spotSnapshot;
import static io.depthcast.feed.binance.BinanceText.spotUpdate;
import static io.depthcast.feed.binance.BinanceText.trade;
import static io.depthcast.feed.binance.BinanceText.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.TextSource;
import io.depthcast.quality.DataContractException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault and the window or the rejected line that it gives. */
class BinanceFaultsTest {

  /** A book 99x1 | 101x1 as row 1, by update 12. */
  private static final String SNAPSHOT = spotSnapshot(0, 12, "b 99x1 a 101x1");

  private static final String FIRST_UPDATE = spotUpdate(0, 10, 12, "b 99x1");

  private static ReadSession afterBook(String... lines) {
    return afterBook(LIMITS, lines);
  }

  private static ReadSession afterBook(FeedLimits limits, String... lines) {
    String[] all = new String[2 + lines.length];
    all[0] = SNAPSHOT;
    all[1] = FIRST_UPDATE;
    System.arraycopy(lines, 0, all, 2, lines.length);
    return BinanceText.read(reader(BinanceMarket.SPOT, BinanceDepth.UPDATES, limits, all));
  }

  @Test
  void aCrossedBookIsSuspectWhileItIsCrossed() {
    ReadSession session =
        afterBook(
            spotUpdate(100, 13, 13, "b 101.5x1"),
            trade(110, 1, "101", "1", false),
            spotUpdate(200, 14, 14, "b 101.5x0"));
    assertThat(session.rowText())
        .endsWith(
            """
            ! 2 update 13 | 101.5x1 99x1 | 101x1
            ! 3 trade 1 ask 101x1 | 101.5x1 99x1 | 101x1
            4 update 14 | 99x1 | 101x1
            """);
    assertThat(session.windowText())
        .isEqualTo("crossed_book 2-3: capture.gz line 3: best bid 101.5 above best ask 101.0\n");
  }

  @Test
  void aLockedBookIsSuspectWhileItIsLocked() {
    ReadSession session =
        afterBook(
            spotUpdate(100, 13, 13, "b 101x1"),
            spotUpdate(200, 14, 14, "b 102x1"),
            spotUpdate(300, 15, 15, "b 101x0 102x0"));
    assertThat(session.windowText())
        .isEqualTo(
            """
            locked_book 2-2: capture.gz line 3: best bid 101.0 equal to best ask 101.0
            crossed_book 3-3: capture.gz line 4: best bid 102.0 above best ask 101.0
            """);
  }

  @Test
  void aBookWithAnEmptySideIsNoFault() {
    ReadSession session = afterBook(spotUpdate(100, 13, 13, "a 101x0"));
    assertThat(session.rowText()).endsWith("2 update 13 | 99x1 |\n");
    assertThat(session.windows()).isEmpty();
  }

  @Test
  void aNegativeSizeIsRejectedAndTheBookIsLost() {
    ReadSession session =
        afterBook(
            spotUpdate(100, 13, 13, "b 98x1 99x-5"),
            trade(110, 1, "101", "1", false),
            spotUpdate(200, 14, 14, "b 98x2"),
            spotSnapshot(210, 14, "b 99x1 98x2 a 101x1"));
    assertThat(session.rejected())
        .extracting(row -> row.value().lineNo() + ": " + row.value().reason())
        .containsExactly("3: bid size -5.0 at price 99.0 is below zero");
    assertThat(session.rowText())
        .endsWith(
            """
            1 snapshot 12 | 99x1 | 101x1
            ! 2 trade 1 ask 101x1 | |
            ! 3 update 14 | |
            4 snapshot 14 | 99x1 98x2 | 101x1
            """);
    assertThat(session.windowText())
        .isEqualTo(
            """
            negative_size 2-2: capture.gz line 3: rejected, bid size -5.0 at price 99.0 is below zero
            sequence_gap 2-3: capture.gz line 3: the depth update is rejected, bid size -5.0 at price \
            99.0 is below zero
            """);
  }

  @Test
  void aRejectedUpdateBreaksTheSequence() {
    ReadSession session =
        afterBook(
            spotUpdate(100, 13, 13, "b 98xmany"),
            spotUpdate(200, 14, 14, "b 98x2"),
            spotUpdate(300, 15, 15, "b 98x3"),
            spotSnapshot(310, 15, "b 99x1 98x3 a 101x1"));
    assertThat(session.windowText())
        .isEqualTo(
            """
            rejected_rows 2-2: capture.gz line 3: rejected, bid size many is no decimal text
            sequence_gap 2-3: capture.gz line 3: the depth update is rejected, bid size many is no \
            decimal text
            """);
  }

  @Test
  void aRejectedLineOfAnyOtherKindMakesTheNextRowSuspect() {
    ReadSession session =
        afterBook(
            trade(100, 1, "0", "1", false),
            trade(110, 2, "101", "1", false),
            trade(120, 3, "101", "1", false));
    assertThat(session.rowText())
        .endsWith(
            """
            1 snapshot 12 | 99x1 | 101x1
            ! 2 trade 2 ask 101x1 | 99x1 | 101x1
            3 trade 3 ask 101x1 | 99x1 | 101x1
            """);
    assertThat(session.windowText())
        .isEqualTo("rejected_rows 2-2: capture.gz line 3: rejected, price p 0.0 is not positive\n");
  }

  @Test
  void aLineThatIsCutOffAndWasAnUpdateShowsAsAGap() {
    String whole = spotUpdate(100, 13, 13, "b 98x1");
    ReadSession session =
        afterBook(
            whole.substring(0, whole.length() - 20),
            spotUpdate(200, 14, 14, "b 98x2"),
            spotSnapshot(210, 14, "b 99x1 98x2 a 101x1"));
    assertThat(session.rejected())
        .extracting(row -> row.value().reason())
        .singleElement()
        .asString()
        .startsWith("malformed JSON: Unexpected end-of-input");
    assertThat(session.windowText())
        .contains("sequence_gap 2-2: capture.gz line 3: the depth update is rejected, malformed");
  }

  @Test
  void aPriceOffTheGridMakesItsRowSuspect() {
    FeedLimits cents = new FeedLimits(0.01, 1_000, 5_000, 3_600_000, 30_000, 1);
    ReadSession session =
        afterBook(
            cents,
            spotUpdate(100, 13, 13, "b 98.07x1 98.29x2"),
            spotUpdate(200, 14, 14, "b 98.075x1"),
            trade(210, 1, "101.001", "1", false),
            trade(220, 2, "101.01", "1", false));
    assertThat(session.windowText())
        .isEqualTo(
            "off_grid_price 3-4: capture.gz line 4: price 98.075 is no multiple of the tick 0.01\n");
  }

  @Test
  void theVenuesClockMayNotStepBackBeyondTheTolerance() {
    ReadSession session =
        afterBook(
            trade(5_000, 1, "101", "1", false),
            trade(4_000, 2, "101", "1", false), // one second back: as far as may be
            trade(3_999, 3, "101", "1", false),
            trade(3_990, 4, "101", "1", false),
            trade(4_100, 5, "101", "1", false));
    assertThat(session.windowText())
        .isEqualTo(
            "clock_jump 4-5: capture.gz line 5: the venue's clock is 1.001 s behind its latest"
                + " time\n");
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsEvent)
        .containsExactly(
            nanos(0), nanos(5_000), nanos(5_000), nanos(5_000), nanos(5_000), nanos(5_000));
  }

  @Test
  void theClocksMayNotStepApartBeyondTheTolerance() {
    // Received 5 ms after the venue's time, then 5.006 s after it, then as before.
    String late = trade(100, 1, "101", "1", false);
    String received = String.valueOf(nanos(105));
    ReadSession session =
        afterBook(
            late.replace(received, String.valueOf(nanos(5_106))),
            trade(5_200, 2, "101", "1", false),
            trade(5_300, 3, "101", "1", false));
    assertThat(session.windowText())
        .isEqualTo(
            "clock_jump 2-3: capture.gz line 3: receive time minus venue time went from 0.005 s to"
                + " 5.006 s\n");
  }

  @Test
  void silenceMakesTheNextRowSuspect() {
    ReadSession session =
        afterBook(
            trade(30_000, 1, "101", "1", false), // as long as may be
            enveloped(60_001, "abcd@trade", "{}"), // of another symbol, and no row
            trade(60_002, 2, "101", "1", false),
            trade(60_003, 3, "101", "1", false));
    assertThat(session.windowText())
        .isEqualTo("silence 3-3: capture.gz line 4: nothing was received for 30.001 s\n");
  }

  @Test
  void faultsAtOnceAreWindowsOfTheirOwn() {
    ReadSession session =
        afterBook(
            "x",
            spotUpdate(40_000, 14, 14, "b 101x1"),
            spotSnapshot(40_010, 14, "b 101x1 a 101x1"));
    assertThat(session.windowText())
        .isEqualTo(
            """
            rejected_rows 2-2: capture.gz line 3: rejected, line does not begin with its receive \
            time in nanoseconds
            sequence_gap 2-2: capture.gz line 4: update 14 follows 12, 1 update is missing
            silence 2-2: capture.gz line 4: nothing was received for 40.000 s
            locked_book 3-3: capture.gz line 5: best bid 101.0 equal to best ask 101.0
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{`x`:1}; no message of Binance: neither e nor lastUpdateId",
        "{}; no message of Binance: neither e nor lastUpdateId",
        "[1]; no JSON object",
        "7; no JSON object",
        "{`type`:`l2update`,`product_id`:`BTC-USD`}; no message of Binance: neither e nor lastUpdateId",
        "{`e`:`whatever`,`s`:`ABC`}; event type whatever is unknown",
        "{`e`:`trade`,`s`:`ABC`,`E`:T}x; malformed JSON:",
        "{`e`:`trade`,`s`:`ABC`,`E`:T} {}; text after the JSON object",
        "{`e`:`trade`,`E`:T,`t`:1,`p`:`1`,`q`:`1`,`m`:true}; field s is missing or of another type",
        "{`e`:`trade`,`s`:`ABC`,`t`:1,`p`:`1`,`q`:`1`,`m`:true}; field E is missing or of another type",
        "{`e`:`trade`,`s`:`ABC`,`E`:T,`p`:`1`,`q`:`1`,`m`:true}; field t is missing or of another type",
        "{`e`:`trade`,`s`:`ABC`,`E`:T,`t`:`1`,`p`:`1`,`q`:`1`,`m`:true}; field t is missing or of another type",
        "{`e`:`trade`,`s`:`ABC`,`E`:T,`t`:1,`q`:`1`,`m`:true}; price p is missing or no decimal text",
        "{`e`:`trade`,`s`:`ABC`,`E`:T,`t`:1,`p`:`1e3`,`q`:`1`,`m`:true}; price p is missing or no decimal text",
        "{`e`:`trade`,`s`:`ABC`,`E`:T,`t`:1,`p`:1.5,`q`:`1`,`m`:true}; price p is missing or no decimal text",
        "{`e`:`trade`,`s`:`ABC`,`E`:T,`t`:1,`p`:`1`,`q`:`0`,`m`:true}; size q 0.0 is not positive",
        "{`e`:`trade`,`s`:`ABC`,`E`:T,`t`:1,`p`:`1`,`q`:`1`}; field m is missing or of another type",
        "{`e`:`aggTrade`,`s`:`ABC`,`E`:T,`f`:5,`l`:4,`p`:`1`,`q`:`1`,`m`:true}; trade ids 5 to 4 are no range",
        "{`e`:`aggTrade`,`s`:`ABC`,`E`:T,`f`:5,`p`:`1`,`q`:`1`,`m`:true}; field f or l is missing or of another type",
        "{`e`:`trade`,`s`:`ABC`,`E`:12,`t`:1,`p`:`1`,`q`:`1`,`m`:true}; E 12 is neither milliseconds nor microseconds since 1970",
        "{`e`:`trade`,`s`:`ABC`,`E`:99999999999999999999,`t`:1}; malformed JSON: Numeric value (99999999999999999999) out of range",
        "{`e`:`trade`,`s`:`ABC`,`E`:T,`t`:1,`p`:`1`,`q`:`1`,`m`:true,`X`:`MARKET`}; message of another market: field X does not belong in a spot session",
        "{`e`:`depthUpdate`,`s`:`ABC`,`E`:T,`U`:1,`u`:2,`pu`:0,`b`:[],`a`:[]}; message of another market: field pu does not belong in a spot session",
        "{`e`:`depthUpdate`,`s`:`ABC`,`E`:T,`u`:2,`b`:[],`a`:[]}; field U is missing or of another type",
        "{`e`:`depthUpdate`,`s`:`ABC`,`E`:T,`U`:1,`b`:[],`a`:[]}; field u is missing or of another type",
        "{`e`:`depthUpdate`,`s`:`ABC`,`E`:T,`U`:1,`u`:2,`a`:[]}; field b is missing or of another type",
        "{`e`:`depthUpdate`,`s`:`ABC`,`E`:T,`U`:1,`u`:2,`b`:[]}; field a is missing or of another type",
        "{`e`:`depthUpdate`,`s`:`ABC`,`E`:T,`U`:3,`u`:2,`b`:[],`a`:[]}; update ids 3 to 2 are no range",
        "{`e`:`depthUpdate`,`s`:`ABC`,`E`:T,`U`:1,`u`:2,`b`:[`1`],`a`:[]}; bid level 1 is no pair",
        "{`e`:`depthUpdate`,`s`:`ABC`,`E`:T,`U`:1,`u`:2,`b`:[],`a`:[[`1`]]}; ask size ] is no decimal text",
        "{`e`:`depthUpdate`,`s`:`ABC`,`E`:T,`U`:1,`u`:2,`b`:[],`a`:[[`0`,`1`]]}; ask price 0.0 is not positive",
        "{`e`:`depthUpdate`,`s`:`ABC`,`E`:T,`U`:1,`u`:2,`b`:[],`a`:[[1,`1`]]}; ask price 1 is no decimal text",
        "{`lastUpdateId`:5,`bids`:[]}; field asks is missing or of another type",
        "{`lastUpdateId`:-5,`bids`:[],`asks`:[]}; lastUpdateId -5 is below zero",
        "{`lastUpdateId`:5,`E`:T,`bids`:[],`asks`:[]}; message of another market: field E does not belong in a spot session",
        "{`u`:5,`s`:`ABC`,`b`:`1`,`B`:`1`,`a`:`2`}; field a or A is missing or of another type",
      })
  void rejectsWhatIsNoMessage(String text, String reason) {
    String json = text.replace('`', '"').replace(":T", ":" + START);
    ReadSession session = spot(line(0, json), trade(10, 1, "101", "1", false));
    assertThat(session.rejected())
        .extracting(row -> row.value().sourceFile() + " " + row.value().lineNo())
        .containsExactly(FILE + " 1");
    // What the JSON library says goes on.
    assertThat(session.rejected().get(0).value().reason()).startsWith(reason);
    assertThat(session.rejected().get(0).value().payload()).isEqualTo(line(0, json));
    assertThat(session.rowText()).startsWith("2024-08-08\n! 1 trade 1 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"e\":\"depthUpdate\",\"E\":T,\"s\":\"ABC\",\"U\":1,\"u\":2,\"b\":[],\"a\":[]}",
        "{\"e\":\"trade\",\"E\":T,\"s\":\"ABC\",\"t\":1,\"p\":\"1\",\"q\":\"1\",\"m\":true,\"M\":true}",
        "{\"lastUpdateId\":5,\"bids\":[],\"asks\":[]}",
      })
  void rejectsSpotMessagesInAFuturesSession(String text) {
    ReadSession session =
        BinanceText.futures(
            line(0, text.replace(":T", ":" + START)), trade(10, 1, "101", "1", false));
    assertThat(session.rejected().get(0).value().reason())
        .startsWith("message of another market: field ")
        .endsWith(" in a usd_m session");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{};line has no receive time",
        "'';line does not begin with its receive time in nanoseconds",
        "1723118400000 {};line does not begin with its receive time in nanoseconds",
        "17231184000000000000 {};line does not begin with its receive time in nanoseconds",
        "1723118400000000000;line does not begin with its receive time in nanoseconds",
        "1723118400000000000 x;no JSON object",
        "{\"t\":\"recv\",\"data\":\"{}\"};cryptofeed recv line without ts in seconds or without data",
        "{\"t\":\"recv\",\"ts\":1e9,\"data\":\"{}\"};cryptofeed recv line without ts in seconds or without data",
        "{\"t\":\"recv\",;malformed JSON around the message",
        "{\"data\":\"{}\",\"t\":\"recv\",\"ts\":1723118400};line has no receive time",
        "{\"t\":\"recv\",\"ts\":9999999999,\"data\":\"{}\"};cryptofeed recv line without ts in seconds or without data",
      })
  void rejectsWhatIsNoCaptureLine(String text, String reason) {
    ReadSession session = spot(text, trade(10, 1, "101", "1", false));
    assertThat(session.rejected()).hasSize(1);
    assertThat(session.rejected().get(0).value().reason()).isEqualTo(reason);
  }

  @Test
  void rejectsBrokenUtf8() {
    byte[] bytes =
        trade(0, 1, "101", "1", false).replace("101", "1?1").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '?' ? (byte) 0xC3 : bytes[i];
    }
    String good = "\n" + trade(10, 2, "101", "1", false);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(bytes);
    both.writeBytes(good.getBytes(StandardCharsets.UTF_8));
    ReadSession session =
        BinanceText.read(spotReader(new ByteArrayInputStream(both.toByteArray())));
    assertThat(session.rows()).hasSize(1);
    assertThat(session.rejected().get(0).value().reason()).contains("UTF-8");
    assertThat(session.rejected().get(0).value().payload()).contains("1\uFFFD1");
  }

  private static BinanceReader spotReader(InputStream in) {
    return new BinanceReader(
        List.of(new TextSource(FILE, in)), BinanceMarket.SPOT, "ABC", BinanceDepth.UPDATES, LIMITS);
  }

  @Test
  void rejectsAStampFarFromTheReceiveTime() {
    // An hour and a millisecond; one such stamp must not carry the session's time along.
    ReadSession session =
        afterBook(
            line(0, update(3_600_006, "", 13, 13, "b 98x1")), trade(10, 1, "101", "1", false));
    assertThat(session.rejected().get(0).value().reason())
        .isEqualTo(
            "E is 3600.001 s away from the receive time; is the receiver's clock set? else raise"
                + " maxSkewMs");
    assertThat(session.rows().get(1).tsEvent()).isEqualTo(nanos(10));
  }

  @Test
  void rejectsMoreLevelsThanAVenueHas() {
    String levels = "b" + " 99x1".repeat(20_001);
    ReadSession session =
        spot(line(0, update(0, "", 1, 1, levels)), trade(10, 1, "101", "1", false));
    assertThat(session.rejected().get(0).value().reason()).isEqualTo("more than 20000 bid levels");
  }

  @Test
  void cutsThePayloadOfALongLine() {
    ReadSession session = spot("x".repeat(200_000), trade(10, 1, "101", "1", false));
    assertThat(session.rejected().get(0).value().payload()).isEqualTo("x".repeat(1_000));
  }

  @Test
  void refusesMoreRejectedLinesThanAllowed() {
    FeedLimits half = new FeedLimits(0, 1_000, 5_000, 3_600_000, 30_000, 0.5);
    BinanceReader fits =
        reader(
            BinanceMarket.SPOT, BinanceDepth.UPDATES, half, "x", trade(10, 1, "101", "1", false));
    assertThat(BinanceText.read(fits).rejected()).hasSize(1);

    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            half,
            trade(10, 1, "101", "1", false),
            "x",
            "y");
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> BinanceText.read(reader))
        .withMessage(
            "capture.gz line 2: line does not begin with its receive time in nanoseconds; 2 of 3"
                + " lines rejected, more than maxRejectedShare allows; fix the file or raise"
                + " maxRejectedShare");
  }

  @Test
  void refusesAHundredThousandAndOneRejectedLines() {
    BinanceReader reader =
        reader(BinanceMarket.SPOT, BinanceDepth.UPDATES, LIMITS, "x\n".repeat(100_002));
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> BinanceText.read(reader))
        .withMessageEndingWith(
            "100001 of 100001 lines rejected, and no session may have more than 100000; fix the"
                + " file");
  }

  @Test
  void refusesASessionWithoutARow() {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            enveloped(0, "xyz@trade", "{}"),
            SNAPSHOT);
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> BinanceText.read(reader))
        .withMessage(
            "binance spot ABC: no row in 2 lines (of other symbols: 1, of no use with depth updates:"
                + " 0); check symbol, market and depth");
  }

  @Test
  void refusesATruncatedGzip() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append(trade(i, i + 1, "101", "1", false)).append('\n');
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    BinanceReader reader = spotReader(new GZIPInputStream(new ByteArrayInputStream(half)));
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> BinanceText.read(reader))
        .withMessageMatching(
            "capture.gz: the file ends in the middle \\(truncated download\\?\\) after line \\d+;"
                + " fetch it again");
  }
}
