package io.depthcast.feed.binance;

import static io.depthcast.feed.binance.BinanceText.LATENCY_MS;
import static io.depthcast.feed.binance.BinanceText.LIMITS;
import static io.depthcast.feed.binance.BinanceText.START;
import static io.depthcast.feed.binance.BinanceText.line;
import static io.depthcast.feed.binance.BinanceText.nanos;
import static io.depthcast.feed.binance.BinanceText.reader;
import static io.depthcast.feed.binance.BinanceText.snapshot;
import static io.depthcast.feed.binance.BinanceText.spot;
import static io.depthcast.feed.binance.BinanceText.trade;
import static io.depthcast.feed.binance.BinanceText.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.ReadSession;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The ways in which messages are captured. */
class BinanceCaptureTest {

  private static final String UPDATE = update(0, "", 10, 12, "b 99x1");
  private static final String NEXT_UPDATE = update(100, "", 13, 13, "b 98x2");
  private static final String SNAPSHOT = snapshot("", 12, "b 99x1 a 101x1");

  private static final String ROWS =
      """
      2024-08-08
      ! 1 update 12 | |
      2 snapshot 12 | 99x1 | 101x1
      3 update 13 | 99x1 98x2 | 101x1
      """;

  @Test
  void messagesMayComeWithoutTheEnvelope() {
    ReadSession session = spot(line(0, UPDATE), line(50, SNAPSHOT), line(100, NEXT_UPDATE));
    assertThat(session.rowText()).isEqualTo(ROWS);
  }

  @Test
  void theFieldsMayComeInAnyOrderAndAmongOthers() {
    String turned =
        "{ \"data\" : {\"a\":[],\"new\":{\"x\":[1]},\"b\":[[\"98\", \"2\", []]],\"u\":13,\"U\":13,"
            + "\"s\":\"ABC\",\"E\":%d,\"e\":\"depthUpdate\"}, \"stream\":\"abc@depth\"} "
                .formatted(START + 100);
    ReadSession session = spot(line(0, UPDATE), line(50, SNAPSHOT), line(100, turned));
    assertThat(session.rowText()).isEqualTo(ROWS);
  }

  @Test
  void linesMayNameConnectionAndCounter() {
    ReadSession session =
        spot(
            connectionLine(0, "ws-1", 1, UPDATE),
            connectionLine(50, "rest", 1, SNAPSHOT),
            connectionLine(100, "ws-1", 2, NEXT_UPDATE));
    assertThat(session.rowText()).isEqualTo(ROWS);
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsRecv)
        .containsExactly(nanos(5), nanos(55), nanos(105));
  }

  private static String connectionLine(long ms, String connection, int counter, String json) {
    return nanos(ms + LATENCY_MS) + " 81234567 " + connection + " " + counter + " " + json;
  }

  @Test
  void readsCryptofeedLines() {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            "{\"t\":\"header\",\"format\":2,\"exchange\":\"BINANCE\"}",
            cryptofeed("http", 10, "/api/v3/exchangeInfo", "{\\\"symbols\\\":[]}"),
            cryptofeed("http", 50, "/api/v3/depth?symbol=XYZ&limit=1000", escaped(SNAPSHOT)),
            cryptofeed("http", 50, "/api/v3/depth?limit=1000&symbol=ABC", escaped(SNAPSHOT)),
            "{\"t\":\"connect\",\"conn\":\"ws.1\",\"ts\":1723118400.001,\"addr\":\"wss://x\"}",
            cryptofeed("recv", 0, "", escaped(UPDATE)),
            cryptofeed("recv", 100, "", escaped(NEXT_UPDATE)));
    ReadSession session = BinanceText.read(reader);
    // The snapshot's line comes first and waits for the update.
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot 12 | 99x1 | 101x1
            2 update 13 | 99x1 98x2 | 101x1
            """);
    assertThat(session.rows())
        .extracting(ReadSession.Row::tsRecv)
        .containsExactly(nanos(50) + 250_000, nanos(100) + 250_000);
    assertThat(reader.count(BinanceCount.OTHER_MESSAGES)).isEqualTo(3);
    assertThat(reader.count(BinanceCount.OTHER_SYMBOLS)).isEqualTo(1);
    assertThat(session.rejected()).isEmpty();
  }

  private static String cryptofeed(String type, long ms, String url, String data) {
    return String.format(
        Locale.ROOT,
        "{\"t\":\"%s\",\"conn\":\"c\",\"ts\":%d.%03d250,\"url\":\"https://x%s\",\"data\":\"%s\"}",
        type,
        START / 1000 + ms / 1000,
        ms % 1000,
        url,
        data);
  }

  private static String escaped(String json) {
    return json.replace("\"", "\\\"");
  }

  @Test
  void otherInstrumentsAndOtherStreamsAreCounted() {
    BinanceReader reader =
        reader(
            BinanceMarket.SPOT,
            BinanceDepth.UPDATES,
            LIMITS,
            trade(0, 1, "99", "1", true),
            line(0, UPDATE.replace("ABC", "ABCD")),
            line(0, "{\"stream\":\"abcd@depth\",\"data\":{\"anything\":1}}"),
            line(0, "{\"stream\":\"!ticker@arr\",\"data\":[{\"e\":\"24hrTicker\"}]}"),
            line(0, "{\"e\":\"kline\",\"E\":" + START + ",\"s\":\"ABC\",\"k\":{\"t\":1}}"),
            line(0, "{\"result\":null,\"id\":1}"));
    ReadSession session = BinanceText.read(reader);
    assertThat(session.rows()).hasSize(1);
    assertThat(session.rejected()).isEmpty();
    assertThat(reader.count(BinanceCount.LINES)).isEqualTo(6);
    assertThat(reader.count(BinanceCount.OTHER_SYMBOLS)).isEqualTo(3);
    assertThat(reader.count(BinanceCount.OTHER_MESSAGES)).isEqualTo(2);
  }

  @Test
  void timesMayBeMicroseconds() {
    String text = UPDATE.replace("\"E\":" + START, "\"E\":" + START + "123");
    assertThat(spot(line(0, text)).rows().get(0).tsEvent()).isEqualTo(nanos(0) + 123_000);
  }
}
