package io.depthcast.feed.binance;

import static io.depthcast.feed.binance.BinanceText.LIMITS;
import static io.depthcast.feed.binance.BinanceText.enveloped;
import static io.depthcast.feed.binance.BinanceText.line;
import static io.depthcast.feed.binance.BinanceText.nanos;
import static io.depthcast.feed.binance.BinanceText.reader;
import static io.depthcast.feed.binance.BinanceText.snapshot;
import static io.depthcast.feed.binance.BinanceText.spotUpdate;
import static io.depthcast.feed.binance.BinanceText.trade;
import static io.depthcast.feed.binance.BinanceText.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.depthcast.feed.ReadSession;
import io.depthcast.quality.DataContractException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Books that come whole every so often. */
class BinanceFramesTest {

  private static String frame(long ms, long lastUpdateId, String levels) {
    return enveloped(ms, "abc@depth20@100ms", snapshot("", lastUpdateId, levels));
  }

  private static BinanceReader frames(BinanceMarket market, String... lines) {
    return reader(market, BinanceDepth.FRAMES, LIMITS, lines);
  }

  @Test
  void eachFrameIsASnapshot() {
    BinanceReader reader =
        frames(
            BinanceMarket.SPOT,
            trade(0, 1, "99", "1", true),
            frame(0, 10, "b 99x1 a 101x1"),
            frame(100, 15, "b 99x2 98x1 a 101x1"),
            trade(150, 2, "101", "1", false),
            frame(200, 15, "b 99x2 98x1 a 101x1"),
            frame(300, 20, "b 98x1 a 101x1"),
            frame(400, 19, "b 97x1 a 101x1"));
    ReadSession session = BinanceText.read(reader);
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            ! 1 trade 1 bid 99x1 | |
            2 snapshot 10 | 99x1 | 101x1
            3 snapshot 15 | 99x2 98x1 | 101x1
            4 trade 2 ask 101x1 | 99x2 98x1 | 101x1
            5 snapshot 20 | 98x1 | 101x1
            """);
    assertThat(session.windowText()).startsWith("missing_snapshot 1-1: ");
    assertThat(reader.isSampled()).isTrue();
    assertThat(reader.count(BinanceCount.FRAMES)).isEqualTo(5);
    assertThat(reader.count(BinanceCount.OLD_UPDATES)).isEqualTo(2);
    // A spot frame bears no time: 5 ms before it was received, as the trade before it.
    assertThat(session.rows().get(2).tsEvent()).isEqualTo(nanos(100));
  }

  @Test
  void framesWithoutAnyTimeOfTheVenueAreOfTheirReceiveTime() {
    ReadSession session =
        BinanceText.read(
            frames(
                BinanceMarket.SPOT,
                frame(0, 10, "b 99x1 a 101x1"),
                frame(100, 11, "b 99x2 a 101x1")));
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsEvent)
        .containsExactly(nanos(5), nanos(105));
  }

  @Test
  void framesOfFuturesLookLikeUpdates() {
    BinanceReader reader =
        frames(
            BinanceMarket.COIN_M,
            enveloped(0, "abc@depth5", update(0, ",\"pu\":8", 9, 10, "b 99x1 a 101x1")),
            enveloped(100, "abc@depth5", update(100, ",\"pu\":10", 14, 15, "b 98x1 a 101x1")),
            enveloped(110, "abc@depth@100ms", update(110, ",\"pu\":15", 16, 16, "b 97x1")));
    assertThat(BinanceText.read(reader).rowText())
        .isEqualTo("2024-08-08\n1 snapshot 10 | 99x1 | 101x1\n2 snapshot 15 | 98x1 | 101x1\n");
    assertThat(reader.count(BinanceCount.OTHER_MESSAGES)).isEqualTo(1);
  }

  @Test
  void snapshotsAskedForAgainAndAgainAreFrames() {
    ReadSession session =
        BinanceText.read(
            frames(
                BinanceMarket.SPOT,
                line(0, snapshot("", 10, "b 99x1 a 101x1")),
                line(1000, snapshot("", 17, "b 99x2 a 101x1"))));
    assertThat(session.rowText()).endsWith("2 snapshot 17 | 99x2 | 101x1\n");
  }

  @Test
  void frameIdsThatBeginAnewAreTaken() {
    ReadSession session =
        BinanceText.read(
            frames(
                BinanceMarket.SPOT,
                frame(0, 10, "b 99x1 a 101x1"),
                frame(30_001, 5, "b 99x2 a 101x1")));
    assertThat(session.rowText()).endsWith("! 2 snapshot 5 | 99x2 | 101x1\n");
    assertThat(session.windowText())
        .isEqualTo("silence 2-2: capture.gz line 2: nothing was received for 30.001 s\n");
  }

  @Test
  void updatesAreLeftOutAmongFramesAndFramesAmongUpdates() {
    String[] lines = {
      spotUpdate(0, 10, 12, "b 99x1"),
      line(50, snapshot("", 12, "b 99x1 a 101x1")),
      frame(100, 13, "b 97x1 a 101x1"),
      spotUpdate(200, 13, 14, "b 99x3")
    };
    BinanceReader updates = reader(BinanceMarket.SPOT, BinanceDepth.UPDATES, LIMITS, lines);
    assertThat(BinanceText.read(updates).rowText())
        .endsWith("2 snapshot 12 | 99x1 | 101x1\n3 update 14 | 99x3 | 101x1\n");
    assertThat(updates.isSampled()).isFalse();
    assertThat(updates.count(BinanceCount.OTHER_MESSAGES)).isEqualTo(1);

    BinanceReader frames = frames(BinanceMarket.SPOT, lines);
    assertThat(BinanceText.read(frames).rowText())
        .endsWith("1 snapshot 12 | 99x1 | 101x1\n2 snapshot 13 | 97x1 | 101x1\n");
    assertThat(frames.count(BinanceCount.OTHER_MESSAGES)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc@depth5", "abc@depth10@100ms", "abc@depth20@500ms"})
  void aSessionOfTheOtherDepthIsRefused(String stream) {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            enveloped(0, stream, snapshot("", 10, "b 99x1 a 101x1")));
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> BinanceText.read(reader))
        .withMessage(
            "binance spot ABC: no row in 1 lines (of other symbols: 0, of no use with depth updates:"
                + " 1); check symbol, market and depth");
  }
}
