package io.depthcast.feed.binance;

import static io.depthcast.feed.binance.BinanceText.LIMITS;
import static io.depthcast.feed.binance.BinanceText.aggregateTrade;
import static io.depthcast.feed.binance.BinanceText.enveloped;
import static io.depthcast.feed.binance.BinanceText.futuresSnapshot;
import static io.depthcast.feed.binance.BinanceText.futuresUpdate;
import static io.depthcast.feed.binance.BinanceText.line;
import static io.depthcast.feed.binance.BinanceText.snapshot;
import static io.depthcast.feed.binance.BinanceText.spotSnapshot;
import static io.depthcast.feed.binance.BinanceText.spotTicker;
import static io.depthcast.feed.binance.BinanceText.spotUpdate;
import static io.depthcast.feed.binance.BinanceText.trade;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.depthcast.feed.ChangedText;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.TextSource;
import io.depthcast.quality.DataContractException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are read, rejected line by line or refused; what is read keeps the promises that {@link
 * ReadSession} checks. With {@code JAZZER_FUZZ=1} the first test looks for bytes that break this.
 */
class BinanceFuzzTest {

  private static final String SPOT =
      String.join(
          "\n",
          spotUpdate(0, 10, 12, "b 98x1 a 102x0"),
          spotSnapshot(20, 12, "b 99x1 98x1 a 101x1 102x2"),
          trade(30, 7, "100.5", "0.25", true),
          spotUpdate(100, 13, 15, "b 99x2 a 101x0"),
          spotTicker(110, 15, "99", "2", "102", "2"),
          aggregateTrade(120, 8, 9, "102", "1"),
          enveloped(130, "abc@depth20", snapshot("", 16, "b 99x1 a 101x1")),
          line(140, "{\"e\":\"kline\",\"E\":1723118400140,\"s\":\"ABC\",\"k\":{\"t\":[1]}}"),
          "{\"t\":\"recv\",\"ts\":1723118400.25,\"data\":\"{\\\"result\\\":null,\\\"id\\\":1}\"}",
          spotUpdate(300, 17, 18, "b 99x3"));

  private static final String FUTURES =
      String.join(
          "\n",
          futuresUpdate(0, 10, 12, 8, "b 98x1"),
          futuresSnapshot(50, 12, "b 99x1 a 101x1"),
          futuresUpdate(100, 15, 17, 12, "b 98x0 a 101x2"),
          trade(110, 7, "100.5", "0.25", false),
          futuresUpdate(200, 20, 21, 17, "b 99x2"));

  static Stream<byte[]> sessions() {
    return Stream.of(SPOT, FUTURES).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("sessions")
  @FuzzTest(maxDuration = "1m")
  void anyBytesAreReadOrRefused(byte[] text) {
    readOrRefuse(text);
  }

  private static boolean readOrRefuse(byte[] text) {
    boolean read = false;
    for (BinanceMarket market : BinanceMarket.values()) {
      for (BinanceDepth depth : BinanceDepth.values()) {
        TextSource source = new TextSource("x", new ByteArrayInputStream(text));
        try {
          BinanceText.read(new BinanceReader(List.of(source), market, "ABC", depth, LIMITS));
          read = true;
        } catch (DataContractException e) {
          assertThat(e).hasMessageNotContaining("\n");
        }
      }
    }
    return read;
  }

  @Test
  void changedSessionsAreReadOrRefused() {
    SplittableRandom random = new SplittableRandom(1);
    byte[][] sessions = sessions().toArray(byte[][]::new);
    int read = 0;
    for (int i = 0; i < 1_000; i++) {
      read += readOrRefuse(ChangedText.changed(sessions[i % sessions.length], random)) ? 1 : 0;
    }
    assertThat(read).isGreaterThan(600);
  }
}
