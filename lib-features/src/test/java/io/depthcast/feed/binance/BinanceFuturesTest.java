package io.depthcast.feed.binance;

import static io.depthcast.feed.binance.BinanceText.LIMITS;
import static io.depthcast.feed.binance.BinanceText.futures;
import static io.depthcast.feed.binance.BinanceText.futuresSnapshot;
import static io.depthcast.feed.binance.BinanceText.futuresUpdate;
import static io.depthcast.feed.binance.BinanceText.line;
import static io.depthcast.feed.binance.BinanceText.nanos;
import static io.depthcast.feed.binance.BinanceText.reader;
import static io.depthcast.feed.binance.BinanceText.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.ReadSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The venue's rules for futures: ids leave holes, and each update names the one before. */
class BinanceFuturesTest {

  private static final String FIRST_UPDATE = futuresUpdate(0, 10, 12, 8, "b 98x1");
  private static final String SECOND_UPDATE = futuresUpdate(100, 15, 17, 12, "b 97x1");
  private static final String SNAPSHOT = futuresSnapshot(110, 16, "b 99x1 a 101x1");

  @Test
  void bringsASnapshotUpToDateWithTheUpdatesBufferedBeforeIt() {
    ReadSession session =
        futures(
            FIRST_UPDATE,
            SECOND_UPDATE,
            SNAPSHOT,
            futuresUpdate(200, 30, 31, 17, "b 99x0 a 100x1"));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update 12 | |
            ! 2 update 17 | |
            3 snapshot 17 | 99x1 97x1 | 101x1
            4 update 31 | 97x1 | 100x1 101x1
            """);
    assertThat(session.windowText())
        .isEqualTo("missing_snapshot 1-2: no snapshot yet that the updates bridge\n");
    // A futures snapshot bears the venue's time.
    assertThat(session.rows().get(2).tsEvent()).isEqualTo(nanos(110));
  }

  @ParameterizedTest(name = "lastUpdateId {0}: {1}")
  @CsvSource(
      nullValues = "none",
      value = {
        "9, none", // before the first update
        "10, 99x1 98x1 97x1", // U <= lastUpdateId <= u
        "12, 99x1 98x1 97x1", // u = lastUpdateId is not dropped
        "13, none", // in the hole between two updates
        "14, none", // the spot rule would take it: U = lastUpdateId + 1
        "15, 99x1 97x1",
        "17, 99x1 97x1",
        "18, none", // not reached yet
      })
  void aSnapshotMakesABookIfAnUpdateHoldsItsId(long lastUpdateId, String bids) {
    ReadSession session =
        futures(
            FIRST_UPDATE,
            SECOND_UPDATE,
            futuresSnapshot(110, lastUpdateId, "b 99x1 a 101x1"),
            trade(120, 1, "101", "1", false));
    assertThat(session.rows().get(session.rows().size() - 1))
        .hasToString(
            bids == null
                ? "! 3 trade 1 ask 101x1 | |"
                : "4 trade 1 ask 101x1 | " + bids + " | 101x1");
  }

  @Test
  void aSnapshotAheadOfTheUpdatesWaitsForThem() {
    ReadSession session =
        futures(
            futuresSnapshot(0, 16, "b 99x1 a 101x1"),
            FIRST_UPDATE,
            SECOND_UPDATE,
            futuresUpdate(200, 18, 18, 17, "b 96x1"));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update 12 | |
            2 snapshot 17 | 99x1 97x1 | 101x1
            3 update 18 | 99x1 97x1 96x1 | 101x1
            """);
  }

  @Test
  void aGapIsAnUpdateThatNamesAnotherBefore() {
    BinanceReader reader =
        reader(
            BinanceMarket.USD_M,
            BinanceDepth.UPDATES,
            LIMITS,
            FIRST_UPDATE,
            SECOND_UPDATE,
            SNAPSHOT,
            futuresUpdate(200, 18, 20, 16, "b 99x2"), // ids go on, but 16 was not the last
            trade(210, 1, "99", "1", true),
            futuresUpdate(300, 25, 28, 20, "b 99x3"),
            futuresSnapshot(310, 19, "b 90x1 a 109x1"));
    ReadSession session = BinanceText.read(reader);
    assertThat(session.rowText())
        .endsWith(
            """
            3 snapshot 17 | 99x1 97x1 | 101x1
            ! 4 update 20 | |
            ! 5 trade 1 bid 99x1 | |
            ! 6 update 28 | |
            7 snapshot 28 | 99x3 90x1 | 109x1
            """);
    assertThat(session.windowText())
        .endsWith(
            "sequence_gap 4-6: capture.gz line 4: update 18 to 20 says that it follows 16, the last"
                + " was 17\n");
    assertThat(reader.count(BinanceCount.GAPS)).isEqualTo(1);
  }

  @Test
  void oldAndRepeatedUpdatesGiveNoRow() {
    BinanceReader reader =
        reader(
            BinanceMarket.USD_M,
            BinanceDepth.UPDATES,
            LIMITS,
            FIRST_UPDATE,
            SECOND_UPDATE,
            FIRST_UPDATE,
            SNAPSHOT,
            SECOND_UPDATE,
            futuresUpdate(200, 30, 31, 17, "b 99x2"));
    assertThat(BinanceText.read(reader).rowText())
        .endsWith("3 snapshot 17 | 99x1 97x1 | 101x1\n4 update 31 | 99x2 97x1 | 101x1\n");
    assertThat(reader.count(BinanceCount.OLD_UPDATES)).isEqualTo(2);
    assertThat(reader.count(BinanceCount.GAPS)).isZero();
  }

  @Test
  void tradesThatWereNotMadeAgainstTheBookAreLeftOut() {
    String text =
        "{\"e\":\"trade\",\"E\":%d,\"s\":\"ABC\",\"t\":%d,\"p\":\"%s\",\"q\":\"%s\",\"X\":\"%s\",\"m\":true}";
    BinanceReader reader =
        reader(
            BinanceMarket.USD_M,
            BinanceDepth.UPDATES,
            LIMITS,
            line(0, text.formatted(BinanceText.START, 1, "99", "1", "MARKET")),
            line(10, text.formatted(BinanceText.START + 10, 2, "90", "5", "INSURANCE_FUND")),
            line(20, text.formatted(BinanceText.START + 20, 3, "0", "0", "NA")));
    assertThat(BinanceText.read(reader).changeText()).isEqualTo("1.1 trade bid 99x1\n");
    assertThat(reader.count(BinanceCount.OTHER_MESSAGES)).isEqualTo(2);
    assertThat(reader.rejected()).isEmpty();
  }

  @Test
  void futuresTickersNameTheirKind() {
    String ticker =
        "{\"e\":\"bookTicker\",\"u\":17,\"s\":\"ABC\",\"b\":\"99\",\"B\":\"1\",\"a\":\"101\","
            + "\"A\":\"1\",\"T\":1,\"E\":"
            + BinanceText.START
            + "}";
    BinanceReader reader =
        reader(
            BinanceMarket.USD_M,
            BinanceDepth.UPDATES,
            LIMITS,
            FIRST_UPDATE,
            SECOND_UPDATE,
            SNAPSHOT,
            line(120, ticker));
    BinanceText.read(reader);
    assertThat(reader.count(BinanceCount.COMPARED_TICKERS)).isEqualTo(1);
    assertThat(reader.count(BinanceCount.DIFFERENT_TICKERS)).isZero();
  }
}
