package io.depthcast.feed.binance;

import static io.depthcast.feed.binance.BinanceText.LIMITS;
import static io.depthcast.feed.binance.BinanceText.aggregateTrade;
import static io.depthcast.feed.binance.BinanceText.nanos;
import static io.depthcast.feed.binance.BinanceText.reader;
import static io.depthcast.feed.binance.BinanceText.source;
import static io.depthcast.feed.binance.BinanceText.spot;
import static io.depthcast.feed.binance.BinanceText.spotSnapshot;
import static io.depthcast.feed.binance.BinanceText.spotTicker;
import static io.depthcast.feed.binance.BinanceText.spotUpdate;
import static io.depthcast.feed.binance.BinanceText.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.ReadSession;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The venue's rules for the spot market, and what each message gives. */
class BinanceSpotTest {

  private static final long MIDNIGHT = 43_200_000;

  private static final String FIRST_UPDATE = spotUpdate(0, 10, 12, "b 98x1");
  private static final String SNAPSHOT = spotSnapshot(50, 12, "b 99x1 98x1 a 101x1 102x5");

  @Test
  void bringsASnapshotUpToDateWithTheUpdatesBufferedBeforeIt() {
    ReadSession session =
        spot(
            spotUpdate(0, 1, 3, "b 99x9"),
            trade(10, 7, "100.5", "0.25", true),
            spotUpdate(100, 4, 6, "b 98x1 a 102x3"),
            spotUpdate(200, 7, 8, "a 101x0"),
            spotSnapshot(210, 5, "b 99x1 98x2 a 101x1 103x1"),
            spotUpdate(300, 9, 9, "b 99x3"));

    // The first update ends before 5 and is in the snapshot: 99x1 stays. The second holds 4 to 6
    // and bridges it, so 98x2 becomes 98x1 and 102x3 comes; the third takes 101 away.
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update 3 | |
            ! 2 trade 7 bid 100.5x0.25 | |
            ! 3 update 6 | |
            ! 4 update 8 | |
            5 snapshot 8 | 99x1 98x1 | 102x3 103x1
            6 update 9 | 99x3 98x1 | 102x3 103x1
            """);
    assertThat(session.windowText())
        .isEqualTo("missing_snapshot 1-4: no snapshot yet that the updates bridge\n");
    assertThat(session.changeText())
        .isEqualTo(
            """
            1.1 add bid 99x9
            2.1 trade bid 100.5x0.25
            3.1 add bid 98x1
            3.2 add ask 102x3
            4.1 delete ask 101x0
            5.1 snapshot bid 99x1
            5.2 snapshot bid 98x1
            5.3 snapshot ask 102x3
            5.4 snapshot ask 103x1
            6.1 add bid 99x3
            """);
  }

  @ParameterizedTest(name = "lastUpdateId {0}: {1}")
  @CsvSource({
    "8, false", // 9 is missing between the snapshot and the first update
    "9, true", // U = 10 = lastUpdateId + 1
    "11, true", // within the first update
    "12, true", // the first update ends here
    "14, true", // the last update ends here
    "15, false", // not reached yet
  })
  void aSnapshotMakesABookIfAnUpdateBridgesIt(long lastUpdateId, boolean whole) {
    ReadSession session =
        spot(
            spotUpdate(0, 10, 12, "b 98x1"),
            spotUpdate(100, 13, 14, "b 97x1"),
            spotSnapshot(110, lastUpdateId, "b 99x1 a 101x1"),
            trade(120, 1, "101", "1", false));
    // The update that holds the snapshot's id and those after are applied, those before are not.
    String bids = lastUpdateId <= 12 ? " 99x1 98x1 97x1" : " 99x1 97x1";
    assertThat(session.rows().get(session.rows().size() - 1))
        .hasToString(
            whole ? "4 trade 1 ask 101x1 |" + bids + " | 101x1" : "! 3 trade 1 ask 101x1 | |");
  }

  @Test
  void waitsForAnotherSnapshotIfOneIsTooOld() {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            spotUpdate(0, 10, 12, "b 98x1"),
            spotSnapshot(10, 5, "b 99x1 a 101x1"),
            spotUpdate(100, 13, 14, "b 97x1"),
            spotSnapshot(110, 13, "b 99x2 98x1 a 101x2"));
    assertThat(BinanceText.read(reader).rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update 12 | |
            ! 2 update 14 | |
            3 snapshot 14 | 99x2 98x1 97x1 | 101x2
            """);
    assertThat(reader.count(BinanceCount.STALE_SNAPSHOTS)).isEqualTo(1);
  }

  @Test
  void aSnapshotAheadOfTheUpdatesWaitsForThem() {
    ReadSession session =
        spot(
            spotSnapshot(0, 13, "b 99x1 a 101x1"),
            spotUpdate(100, 10, 12, "b 99x7"),
            trade(110, 1, "101", "1", false),
            spotUpdate(200, 13, 15, "a 101x0 102x1"));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update 12 | |
            ! 2 trade 1 ask 101x1 | |
            3 snapshot 15 | 99x1 | 102x1
            """);
  }

  @Test
  void aSnapshotThatTheUpdatesPassByIsOfNoUse() {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            spotSnapshot(0, 13, "b 99x1 a 101x1"),
            spotUpdate(100, 15, 16, "b 99x7"),
            spotUpdate(200, 17, 17, "b 99x8"));
    assertThat(BinanceText.read(reader).rowText())
        .isEqualTo("2024-08-08\n! 1 update 16 | |\n! 2 update 17 | |\n");
    assertThat(reader.count(BinanceCount.STALE_SNAPSHOTS)).isEqualTo(1);
  }

  @Test
  void aGapLastsUntilTheNextSnapshotIsBridged() {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            FIRST_UPDATE,
            SNAPSHOT,
            spotUpdate(100, 13, 17, "b 99x2"),
            spotUpdate(200, 21, 22, "b 99x3"),
            trade(210, 1, "99", "1", true),
            spotSnapshot(220, 15, "b 99x1 a 101x1"),
            spotUpdate(300, 23, 23, "b 97x1"),
            spotSnapshot(310, 22, "b 99x3 96x1 a 100x1"),
            spotUpdate(400, 24, 24, "a 100x2"));
    ReadSession session = BinanceText.read(reader);

    // The snapshot at 15 is older than the first update after the gap, the one at 22 is not: the
    // update 23 is applied to it.
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update 12 | |
            2 snapshot 12 | 99x1 98x1 | 101x1 102x5
            3 update 17 | 99x2 98x1 | 101x1 102x5
            ! 4 update 22 | |
            ! 5 trade 1 bid 99x1 | |
            ! 6 update 23 | |
            7 snapshot 23 | 99x3 97x1 96x1 | 100x1
            8 update 24 | 99x3 97x1 96x1 | 100x2
            """);
    assertThat(session.windowText())
        .isEqualTo(
            """
            missing_snapshot 1-1: no snapshot yet that the updates bridge
            sequence_gap 4-6: capture.gz line 4: update 21 follows 17, 3 updates are missing
            """);
    assertThat(reader.count(BinanceCount.GAPS)).isEqualTo(1);
    assertThat(reader.count(BinanceCount.STALE_SNAPSHOTS)).isEqualTo(1);
  }

  @Test
  void aGapWithoutASnapshotLastsToTheEnd() {
    assertThat(
            spot(
                    FIRST_UPDATE,
                    SNAPSHOT,
                    spotUpdate(100, 14, 14, "b 99x2"),
                    spotUpdate(200, 15, 15, "b 99x3"))
                .windowText())
        .isEqualTo(
            """
            missing_snapshot 1-1: no snapshot yet that the updates bridge
            sequence_gap 3-4: capture.gz line 3: update 14 follows 12, 1 update is missing
            """);
  }

  @Test
  void aGapBeforeTheFirstSnapshotBelongsToItsWindow() {
    ReadSession session =
        spot(
            spotUpdate(0, 10, 12, "b 98x1"),
            spotUpdate(100, 14, 15, "b 97x1"),
            spotSnapshot(110, 12, "b 99x1 a 101x1"),
            spotSnapshot(120, 13, "b 99x1 a 101x1"));
    // 13 is missing: a snapshot at 12 lies before it, one at 13 holds it.
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update 12 | |
            ! 2 update 15 | |
            3 snapshot 15 | 99x1 97x1 | 101x1
            """);
    assertThat(session.windowText())
        .isEqualTo("missing_snapshot 1-2: no snapshot yet that the updates bridge\n");
  }

  @Test
  void oldAndRepeatedUpdatesAndTradesGiveNoRow() {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            FIRST_UPDATE,
            FIRST_UPDATE,
            SNAPSHOT,
            trade(60, 5, "101", "1", false),
            spotUpdate(100, 13, 17, "b 99x2"),
            spotUpdate(100, 13, 17, "b 99x2"),
            spotUpdate(110, 11, 12, "b 99x8"),
            trade(60, 5, "101", "1", false),
            trade(120, 6, "101", "2", false));
    assertThat(BinanceText.read(reader).rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update 12 | |
            2 snapshot 12 | 99x1 98x1 | 101x1 102x5
            3 trade 5 ask 101x1 | 99x1 98x1 | 101x1 102x5
            4 update 17 | 99x2 98x1 | 101x1 102x5
            5 trade 6 ask 101x2 | 99x2 98x1 | 101x1 102x5
            """);
    assertThat(reader.count(BinanceCount.UPDATES)).isEqualTo(5);
    assertThat(reader.count(BinanceCount.OLD_UPDATES)).isEqualTo(3);
    assertThat(reader.count(BinanceCount.TRADES)).isEqualTo(3);
    assertThat(reader.count(BinanceCount.KNOWN_TRADES)).isEqualTo(1);
    assertThat(reader.count(BinanceCount.MISSED_TRADES)).isZero();
  }

  @Test
  void twoCapturesThatOverlapAreOneSession() {
    String first =
        String.join(
            "\n",
            FIRST_UPDATE,
            SNAPSHOT,
            trade(60, 5, "101", "1", false),
            spotUpdate(100, 13, 17, "b 99x2"),
            spotUpdate(200, 18, 18, "b 99x3"));
    String second =
        String.join(
            "\n",
            spotUpdate(100, 13, 17, "b 99x2"),
            trade(60, 5, "101", "1", false),
            spotSnapshot(150, 17, "b 99x2 98x1 a 101x1 102x5 103x1"),
            spotUpdate(200, 18, 18, "b 99x3"),
            spotUpdate(300, 19, 19, "b 98x0"));
    BinanceReader reader =
        new BinanceReader(
            List.of(source("a.gz", first), source("b.gz", second)),
            BinanceMarket.SPOT,
            "ABC",
            BinanceDepth.UPDATES,
            LIMITS);
    ReadSession session = BinanceText.read(reader);

    // The second capture's snapshot is brought up to date with 18, which the first one had.
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update 12 | |
            2 snapshot 12 | 99x1 98x1 | 101x1 102x5
            3 trade 5 ask 101x1 | 99x1 98x1 | 101x1 102x5
            4 update 17 | 99x2 98x1 | 101x1 102x5
            5 update 18 | 99x3 98x1 | 101x1 102x5
            6 snapshot 18 | 99x3 98x1 | 101x1 102x5 103x1
            7 update 19 | 99x3 | 101x1 102x5 103x1
            """);
    assertThat(session.windows()).hasSize(1);
    assertThat(session.rejected()).isEmpty();
  }

  @Test
  void anUpdateThatOverlapsTheLastOneIsApplied() {
    // 11 to 14 after 12: nothing is missing, sizes are absolute.
    assertThat(spot(FIRST_UPDATE, SNAPSHOT, spotUpdate(100, 11, 14, "b 98x0")).rowText())
        .endsWith("3 update 14 | 99x1 | 101x1 102x5\n");
  }

  @Test
  void aSnapshotOfABookThatStandsShowsLevelsBeyondTheReachOfTheLast() {
    ReadSession session =
        spot(
            FIRST_UPDATE,
            spotSnapshot(50, 12, "b 99x1 a 101x1"),
            spotUpdate(100, 13, 13, "b 99x2"),
            spotUpdate(200, 14, 14, "b 98x2"),
            spotSnapshot(210, 13, "b 99x2 97x4 a 101x1 102x1"));
    assertThat(session.rowText()).endsWith("5 snapshot 14 | 99x2 98x2 97x4 | 101x1 102x1\n");
    assertThat(session.windows()).hasSize(1);
  }

  @Test
  void aSmallSnapshotOfABookThatStandsTakesNothingAway() {
    ReadSession session =
        spot(
            spotSnapshot(0, 12, "b 99x1 98x1 97x1 a 101x1 102x1 103x1"),
            FIRST_UPDATE,
            spotUpdate(100, 13, 13, "b 97x3"),
            spotSnapshot(110, 13, "b 99x4 98x1 a 101x1 102x2"));
    // 97 and 103 lie beyond its two levels a side.
    assertThat(session.rowText()).endsWith("3 snapshot 13 | 99x4 98x1 97x3 | 101x1 102x2 103x1\n");
  }

  @Test
  void aSmallSnapshotAfterAGapIsAllThatIsKnown() {
    ReadSession session =
        spot(
            spotSnapshot(0, 12, "b 99x1 98x1 97x1 a 101x1 102x1 103x1"),
            FIRST_UPDATE,
            spotUpdate(100, 14, 14, "b 97x3"),
            spotSnapshot(110, 14, "b 99x4 a 101x1"));
    // 98, 102 and 103 may have changed with the update that is missing.
    assertThat(session.rowText()).endsWith("3 snapshot 14 | 99x4 97x3 | 101x1\n");
  }

  @Test
  void theBookStandsOnWhileASnapshotAheadOfItWaits() {
    ReadSession session =
        spot(
            FIRST_UPDATE,
            SNAPSHOT,
            spotSnapshot(60, 14, "b 99x5 a 101x5"),
            spotUpdate(100, 13, 13, "b 99x5"),
            spotUpdate(200, 14, 15, "a 101x5 102x1"));
    assertThat(session.rowText())
        .endsWith(
            """
            3 update 13 | 99x5 98x1 | 101x1 102x5
            4 snapshot 15 | 99x5 98x1 | 101x5 102x1
            """);
  }

  @Test
  void aVenueThatCountsAnewIsAGap() {
    // Half a minute later by the clock, and numbered far below: no old update.
    ReadSession session =
        spot(
            FIRST_UPDATE,
            SNAPSHOT,
            spotUpdate(29_000, 13, 13, "b 99x2"),
            spotUpdate(59_001, 1, 2, "b 90x1"),
            spotSnapshot(59_010, 2, "b 90x1 a 91x1"));
    assertThat(session.windowText())
        .contains(
            "sequence_gap 4-4: capture.gz line 4: update 1 to 2 is much later than 13: the venue"
                + " counts anew\n");
    assertThat(session.rowText()).endsWith("! 4 update 2 | |\n5 snapshot 2 | 90x1 | 91x1\n");
  }

  @Test
  void changesSayWhatBecameOfEachLevel() {
    ReadSession session =
        spot(
            FIRST_UPDATE,
            SNAPSHOT,
            spotUpdate(100, 13, 14, "b 99x2 98x0.5 97x3 a 101x0 102x5 200x0"));
    assertThat(session.changeText())
        .endsWith(
            """
            3.1 add bid 99x2
            3.2 cancel bid 98x0.5
            3.3 add bid 97x3
            3.4 delete ask 101x0
            3.5 add ask 102x5
            3.6 delete ask 200x0
            """);
    // Removing 200, which is not known, is normal.
    assertThat(session.rowText()).endsWith("3 update 14 | 99x2 98x0.5 97x3 | 102x5\n");
    assertThat(session.windows()).hasSize(1);
  }

  @Test
  void anUpdateWithoutLevelsOnlyCounts() {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            FIRST_UPDATE,
            SNAPSHOT,
            spotUpdate(100, 13, 14, ""),
            spotUpdate(200, 15, 15, "b 99x2"));
    assertThat(BinanceText.read(reader).rowText())
        .endsWith(
            "2 snapshot 12 | 99x1 98x1 | 101x1 102x5\n3 update 15 | 99x2 98x1 | 101x1 102x5\n");
    assertThat(reader.count(BinanceCount.GAPS)).isZero();
  }

  @Test
  void theSideOfATradeIsThatOfTheRestingOrder() {
    ReadSession session =
        spot(FIRST_UPDATE, trade(10, 1, "99", "1", true), trade(20, 2, "101", "2", false));
    assertThat(session.rows())
        .extracting(row -> row.side() + " " + row.price() + " " + row.size())
        .containsExactly("null NaN NaN", "BID 99.0 1.0", "ASK 101.0 2.0");
  }

  @Test
  void aTradeCountsOnceWhetherAloneOrInAnAggregate() {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            trade(0, 1, "99", "1", true),
            trade(10, 2, "99", "2", true),
            aggregateTrade(20, 1, 2, "99", "3"),
            aggregateTrade(30, 3, 5, "98", "4"),
            trade(40, 4, "98", "1", true),
            trade(50, 8, "97", "1", true),
            aggregateTrade(60, 8, 9, "97", "3"),
            trade(40_000, 11, "97", "1", true));
    // 6, 7 and 10 never came, 9 came only with 8, which was known.
    assertThat(BinanceText.read(reader).changeText())
        .isEqualTo(
            """
            1.1 trade bid 99x1
            2.1 trade bid 99x2
            3.1 trade bid 98x4
            4.1 trade bid 97x1
            5.1 trade bid 97x1
            """);
    assertThat(reader.count(BinanceCount.KNOWN_TRADES)).isEqualTo(3);
    assertThat(reader.count(BinanceCount.MISSED_TRADES)).isEqualTo(4);
  }

  @Test
  void tickersAreComparedWithTheBookOfTheSameUpdate() {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            spotTicker(0, 12, "99", "1", "101", "1"), // before the update and the snapshot
            FIRST_UPDATE,
            SNAPSHOT, // equal
            spotTicker(60, 14, "99", "2", "101", "1"),
            spotUpdate(100, 13, 14, "b 99x2"), // equal
            spotTicker(110, 14, "99", "2", "101", "1.5"), // another size
            spotTicker(120, 15, "99", "2", "101", "1"),
            spotUpdate(200, 15, 16, "b 98x2")); // another id
    assertThat(BinanceText.read(reader).rows()).hasSize(4);
    assertThat(reader.count(BinanceCount.TICKERS)).isEqualTo(4);
    assertThat(reader.count(BinanceCount.COMPARED_TICKERS)).isEqualTo(3);
    assertThat(reader.count(BinanceCount.DIFFERENT_TICKERS)).isEqualTo(1);
  }

  @Test
  void timesAreTheVenuesAndTheReceivers() {
    ReadSession session =
        spot(
            FIRST_UPDATE,
            SNAPSHOT,
            spotUpdate(100, 13, 13, "b 99x2"),
            trade(90, 1, "99", "1", true),
            trade(110, 2, "99", "1", true));

    // A spot snapshot bears no time: the update was 5 ms old when it was received, so the snapshot,
    // received at 55, is of 50. The trade at 90 was overtaken by the update at 100.
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsEvent)
        .containsExactly(nanos(0), nanos(50), nanos(100), nanos(100), nanos(110));
    assertThat(session.changes().stream().filter(change -> change.seq() != 2))
        .extracting(ReadSession.Change::tsEvent)
        .containsExactly(nanos(0), nanos(100), nanos(90), nanos(110));
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsRecv)
        .containsExactly(nanos(5), nanos(55), nanos(105), nanos(95), nanos(115));
  }

  @Test
  void aSnapshotThatWaitedWasReceivedWhenBothWere() {
    // Captures that hold the answers to requests apart put them first, whenever they came.
    ReadSession session =
        spot(spotSnapshot(500, 12, "b 99x1 a 101x1"), spotUpdate(100, 10, 13, "b 99x2"));
    assertThat(session.rows().get(0).tsRecv()).isEqualTo(nanos(505));
    assertThat(session.rows().get(0).tsEvent()).isEqualTo(nanos(100));
  }

  @Test
  void aDayBeginsWithTheBookThatStands() {
    ReadSession session =
        spot(
            spotUpdate(MIDNIGHT - 300, 10, 12, "b 99x1"),
            spotSnapshot(MIDNIGHT - 250, 12, "b 99x1 a 101x1"),
            spotUpdate(MIDNIGHT - 1, 13, 13, "b 99x2"),
            spotTicker(MIDNIGHT, 13, "99", "2", "101", "1"),
            trade(MIDNIGHT, 1, "101", "1", false),
            spotUpdate(MIDNIGHT + 100, 14, 14, "b 99x3"),
            trade(MIDNIGHT - 1, 2, "101", "1", false));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 update 12 | |
            2 snapshot 12 | 99x1 | 101x1
            3 update 13 | 99x2 | 101x1
            2024-08-09
            1 snapshot 13 | 99x2 | 101x1
            2 trade 1 ask 101x1 | 99x2 | 101x1
            3 update 14 | 99x3 | 101x1
            4 trade 2 ask 101x1 | 99x3 | 101x1
            """);
    assertThat(session.changeText())
        .contains("3.1 add bid 99x2\n1.1 snapshot bid 99x2\n1.2 snapshot ask 101x1\n2.1 trade");
  }

  @Test
  void aGapThatPassesMidnightIsAWindowInEachDay() {
    ReadSession session =
        spot(
            spotUpdate(MIDNIGHT - 300, 10, 12, "b 98x1"),
            spotSnapshot(MIDNIGHT - 250, 12, "b 99x1 a 101x1"),
            spotUpdate(MIDNIGHT - 200, 14, 14, "b 99x2"),
            spotUpdate(MIDNIGHT - 100, 15, 15, "b 99x3"),
            spotUpdate(MIDNIGHT, 16, 16, "b 99x4"),
            spotUpdate(MIDNIGHT + 100, 17, 17, "b 99x5"),
            spotSnapshot(MIDNIGHT + 150, 17, "b 99x5 a 101x1"));
    assertThat(session.rowText())
        .endsWith(
            """
            ! 4 update 15 | |
            2024-08-09
            ! 1 update 16 | |
            ! 2 update 17 | |
            3 snapshot 17 | 99x5 | 101x1
            """);
    assertThat(session.windows())
        .extracting(window -> window.tradeDate() + " " + window.value().cause().column())
        .containsExactly(
            "2024-08-08 missing_snapshot", "2024-08-08 sequence_gap", "2024-08-09 sequence_gap");
    assertThat(session.windowText())
        .endsWith(
            """
            sequence_gap 3-4: capture.gz line 3: update 14 follows 12, 1 update is missing
            sequence_gap 1-2: capture.gz line 3: update 14 follows 12, 1 update is missing
            """);
  }

  @Test
  void aCrossedBookThatPassesMidnightIsAWindowInEachDay() {
    ReadSession session =
        spot(
            spotSnapshot(MIDNIGHT - 250, 12, "b 99x1 a 101x1"),
            spotUpdate(MIDNIGHT - 200, 12, 12, "b 99x1"),
            spotUpdate(MIDNIGHT - 100, 13, 13, "b 103x1"),
            spotUpdate(MIDNIGHT + 100, 14, 14, "b 102x0 103x0"));
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot 12 | 99x1 | 101x1
            ! 2 update 13 | 103x1 99x1 | 101x1
            2024-08-09
            ! 1 snapshot 13 | 103x1 99x1 | 101x1
            2 update 14 | 99x1 | 101x1
            """);
    assertThat(session.windowText())
        .isEqualTo(
            """
            crossed_book 2-2: capture.gz line 3: best bid 103.0 above best ask 101.0
            crossed_book 1-1: capture.gz line 4: best bid 103.0 above best ask 101.0
            """);
    assertThat(session.windows().get(1).value().tsFirst()).isEqualTo(nanos(MIDNIGHT + 100));
  }

  @Test
  void rejectedLinesBelongToTheDayOfTheRowsAroundThem() {
    ReadSession session =
        spot(
            "x",
            spotUpdate(MIDNIGHT - 300, 10, 12, "b 98x1"),
            "y",
            spotUpdate(MIDNIGHT, 13, 13, "b 98x2"),
            "z");
    assertThat(session.rejected())
        .extracting(row -> row.tradeDate() + " " + row.value().payload())
        .containsExactly(
            LocalDate.of(2024, 8, 8) + " x",
            LocalDate.of(2024, 8, 8) + " y",
            LocalDate.of(2024, 8, 9) + " z");
  }
}
