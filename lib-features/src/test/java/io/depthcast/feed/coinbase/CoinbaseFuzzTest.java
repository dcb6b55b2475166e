package io.depthcast.feed.coinbase;

import static io.depthcast.feed.coinbase.CoinbaseText.beat;
import static io.depthcast.feed.coinbase.CoinbaseText.connect;
import static io.depthcast.feed.coinbase.CoinbaseText.cryptofeed;
import static io.depthcast.feed.coinbase.CoinbaseText.heartbeat;
import static io.depthcast.feed.coinbase.CoinbaseText.l2;
import static io.depthcast.feed.coinbase.CoinbaseText.l2update;
import static io.depthcast.feed.coinbase.CoinbaseText.lastMatch;
import static io.depthcast.feed.coinbase.CoinbaseText.match;
import static io.depthcast.feed.coinbase.CoinbaseText.reader;
import static io.depthcast.feed.coinbase.CoinbaseText.received;
import static io.depthcast.feed.coinbase.CoinbaseText.snapshot;
import static io.depthcast.feed.coinbase.CoinbaseText.subscriptions;
import static io.depthcast.feed.coinbase.CoinbaseText.trade;
import static io.depthcast.feed.coinbase.CoinbaseText.trades;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.depthcast.feed.ChangedText;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.TextSource;
import io.depthcast.quality.DataContractException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are read, rejected line by line or refused; what is read keeps the promises that {@link
 * ReadSession} checks. With {@code JAZZER_FUZZ=1} the first test looks for bytes that break this.
 */
class CoinbaseFuzzTest {

  private static final String EXCHANGE =
      String.join(
          "\n",
          snapshot("b 99x1 98x2 a 101x1"),
          lastMatch(-100, 6),
          subscriptions("{\"name\":\"level2\"}"),
          l2update(0, "b 99x3 a 102x1"),
          match(10, 7, "buy", "99", "0.5"),
          l2update(20, "b 99x0"),
          heartbeat(30),
          received(6_000, l2update(6_000, "a 102x0")),
          subscriptions("{\"name\":\"level2\"}"),
          snapshot("b 97x1 a 98x1"),
          l2update(6_100, "b 97x2"));

  private static final String ADVANCED =
      String.join(
          "\n",
          trades(0, -5, "snapshot", trade(-50, 6, "BUY", "99", "1")),
          l2(1, 0, "snapshot", "b 99x1 98x2 a 101x1"),
          l2(2, 10, "update", "b 99x3 a 101x0 102x5"),
          trades(3, 20, "update", trade(15, 8, "BUY", "99", "1"), trade(14, 7, "SELL", "102", "1")),
          beat(4, 30, 1),
          connect("ws"),
          cryptofeed("ws", 40, l2(7, 40, "snapshot", "b 97x1 a 98x1")),
          cryptofeed("ws", 50, l2(8, 50, "update", "b 97x0")),
          cryptofeed("ws", 60, l2(10, 43_200_000, "update", "b 97x1")));

  static Stream<byte[]> sessions() {
    return Stream.of(EXCHANGE, ADVANCED).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("sessions")
  @FuzzTest(maxDuration = "1m")
  void anyBytesAreReadOrRefused(byte[] text) {
    readOrRefuse(text);
  }

  /** Reads the text as a session, and twice as two captures that overlap. */
  private static boolean readOrRefuse(byte[] text) {
    boolean read = false;
    for (TextSource[] sources : new TextSource[][] {{of(text)}, {of(text), of(text)}}) {
      try {
        CoinbaseText.read(reader(sources));
        read = true;
      } catch (DataContractException e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
    return read;
  }

  private static TextSource of(byte[] text) {
    return new TextSource("x", new ByteArrayInputStream(text));
  }

  @Test
  void changedSessionsAreReadOrRefused() {
    SplittableRandom random = new SplittableRandom(1);
    byte[][] sessions = sessions().toArray(byte[][]::new);
    int read = 0;
    for (int i = 0; i < 1_000; i++) {
      byte[] text = ChangedText.changed(sessions[i % sessions.length], random);
      read += readOrRefuse(text) ? 1 : 0;
    }
    assertThat(read).isGreaterThan(750);
  }
}
