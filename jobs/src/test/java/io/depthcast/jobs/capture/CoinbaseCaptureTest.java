package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.feed.coinbase.CoinbaseCount;
import io.depthcast.feed.coinbase.CoinbaseReader;
import io.depthcast.jobs.capture.CapturedLines.Line;
import io.depthcast.jobs.capture.LocalVenue.Client;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CoinbaseCaptureTest {

  private static final List<String> SUBSCRIPTIONS =
      List.of(
          "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\",\"ETH-USD\"],\"channel\":\"heartbeats\"}",
          "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\",\"ETH-USD\"],\"channel\":\"level2\"}",
          "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\",\"ETH-USD\"],\"channel\":\"market_trades\"}");

  @TempDir Path folder;

  private RunningCapture capture(LocalVenue venue, CoinbaseFeed feed) {
    return new RunningCapture(
        folder,
        new CoinbaseVenue(
            feed, venue.url(), List.of("BTC-USD", "ETH-USD"), RunningCapture.QUICK, false),
        RunningCapture.ROTATION);
  }

  private static String advanced(long sequence, String channel, String events) {
    return "{\"channel\":\"%s\",\"timestamp\":\"2026-08-09T21:05:48.228568804Z\",\"sequence_num\":%d,\"events\":[%s]}"
        .formatted(channel, sequence, events);
  }

  private static String book(long sequence, String type, String product) {
    return advanced(
        sequence,
        "l2_data",
        ("{\"type\":\"%s\",\"product_id\":\"%s\",\"updates\":[{\"side\":\"bid\","
                + "\"event_time\":\"2026-08-09T21:05:48.17Z\",\"price_level\":\"65083.66\","
                + "\"new_quantity\":\"0.2\"}]}")
            .formatted(type, product));
  }

  private static String heartbeat(long sequence) {
    return advanced(
        sequence, "heartbeats", "{\"current_time\":\"x\",\"heartbeat_counter\":" + sequence + "}");
  }

  private List<List<String>> stored() throws Exception {
    return List.copyOf(CapturedLines.byConnection(CapturedLines.of(folder)).values());
  }

  @Test
  void subscribesAtOnceAndStoresWhatComes() throws Exception {
    try (LocalVenue venue = new LocalVenue(null)) {
      try (RunningCapture capture = capture(venue, CoinbaseFeed.ADVANCED)) {
        venue.awaitConnection();
        RunningCapture.await("three subscriptions", () -> received(venue, 0).size() == 3);
        assertThat(received(venue, 0)).isEqualTo(SUBSCRIPTIONS);
        venue.play(
            List.of(book(0, "snapshot", "BTC-USD"), book(1, "snapshot", "ETH-USD"), heartbeat(2)),
            1_000,
            Map.of());
        RunningCapture.await("three messages", () -> capture.counts().messages.sum() == 3);
        assertThat(capture.stop()).isEqualTo("3 messages, 0 gaps, 0 reconnects");
      }
      assertThat(stored()).containsExactly(venue.clients().get(0).sent);
    }
  }

  /** With snapshots of megabytes, which come in many parts. */
  @Test
  void realMessagesAreStoredWhole() throws Exception {
    Path file =
        Path.of(
            System.getProperty("depthcast.root"),
            "../shared/data/coinbase",
            "cryptofeed_COINBASE_advancedtrade_l2_data_20260809_25s.jsonl.zst");
    assumeThat(Files.exists(file)).as("%s absent", file).isTrue();
    List<String> messages = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    try (InputStream in = new ZstdInputStream(Files.newInputStream(file))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        JsonNode capture = json.readTree(line);
        if (capture.get("t").asText().equals("recv")) {
          messages.add(capture.get("data").asText());
        }
      }
    }
    try (LocalVenue venue = new LocalVenue(null)) {
      try (RunningCapture capture = capture(venue, CoinbaseFeed.ADVANCED)) {
        RunningCapture.await("three subscriptions", () -> received(venue, 0).size() == 3);
        messages.forEach(venue::send);
        RunningCapture.await(
            "all messages", () -> capture.counts().messages.sum() == messages.size());
        assertThat(capture.stop()).endsWith(" messages, 0 gaps, 0 reconnects");
      }
      assertThat(stored()).containsExactly(messages);
    }
  }

  private static List<String> received(LocalVenue venue, int client) {
    List<Client> clients = venue.clients();
    if (clients.size() <= client) {
      return List.of();
    }
    synchronized (clients.get(client)) {
      return List.copyOf(clients.get(client).received);
    }
  }

  @Test
  void aMissingMessageEndsTheConnectionAndBringsNewBooks() throws Exception {
    try (LocalVenue venue = new LocalVenue(null)) {
      venue.greeting = List.of(book(0, "snapshot", "BTC-USD"), book(1, "snapshot", "ETH-USD"));
      try (RunningCapture capture = capture(venue, CoinbaseFeed.ADVANCED)) {
        RunningCapture.await("two messages", () -> capture.counts().messages.sum() == 2);
        venue.send(book(2, "update", "BTC-USD"));
        venue.send(book(4, "update", "BTC-USD"));
        RunningCapture.await("new books", () -> capture.counts().messages.sum() == 6);
        RunningCapture.await("three subscriptions", () -> received(venue, 1).size() == 3);
        assertThat(capture.stop()).isEqualTo("6 messages, 1 gaps, 1 reconnects");
      }
      List<List<String>> stored = stored();
      assertThat(stored).hasSize(2);
      // The message that shows the gap is stored as well.
      assertThat(stored.get(0)).isEqualTo(venue.clients().get(0).sent).hasSize(4);
      assertThat(stored.get(1)).isEqualTo(venue.greeting);
      assertThat(received(venue, 1)).isEqualTo(SUBSCRIPTIONS);
    }
  }

  @Test
  void theOldConnectionGoesOnUntilTheNewOneHasItsBooks() throws Exception {
    try (LocalVenue venue = new LocalVenue(null)) {
      try (RunningCapture capture = capture(venue, CoinbaseFeed.ADVANCED)) {
        RunningCapture.await("three subscriptions", () -> received(venue, 0).size() == 3);
        venue.send(heartbeat(1));
        venue.send(heartbeat(3));
        RunningCapture.await("a second connection", () -> received(venue, 1).size() == 3);
        venue.send(heartbeat(4));
        RunningCapture.await("it on both", () -> capture.counts().messages.sum() == 4);
        venue.send(book(5, "snapshot", "BTC-USD"));
        venue.send(book(6, "snapshot", "ETH-USD"));
        RunningCapture.await("the end of the first", () -> venue.open() == 1);
      }
      assertThat(stored().get(0)).startsWith(heartbeat(1), heartbeat(3), heartbeat(4));
      assertThat(stored().get(1)).isEqualTo(venue.clients().get(1).sent);
    }
  }

  /**
   * Two times, on the feed without numbers: messages go to both connections, and no more before the
   * old one is closed, so that none is on its way then.
   */
  @Test
  void aPlannedReconnectLosesNothing() throws Exception {
    CoinbaseText text = new CoinbaseText(CoinbaseFeed.EXCHANGE, 3);
    Timing renewing =
        new Timing(
            RunningCapture.QUICK.patience(),
            500,
            new Timing.Overlap(1_500, 5_000),
            RunningCapture.QUICK.retry(),
            3_600_000);
    try (LocalVenue venue = new LocalVenue(null)) {
      venue.greeting = text.greeting();
      Venue coinbase =
          new CoinbaseVenue(
              CoinbaseFeed.EXCHANGE, venue.url(), List.of("BTC-USD"), renewing, false);
      try (RunningCapture capture = new RunningCapture(folder, coinbase, RunningCapture.ROTATION)) {
        for (int clients = 1; clients <= 3; clients++) {
          int there = clients;
          RunningCapture.await("a connection", () -> venue.clients().size() == there);
          // Heard from the old one after the snapshot of the new one: both are there.
          RunningCapture.await("the snapshot", () -> isStored(venue, capture));
          venue.send(text.heartbeat());
          for (int i = 0; i < 50; i++) {
            RunningCapture.await("what was sent", () -> isStored(venue, capture));
            String message = text.next();
            venue.greeting = text.greeting();
            venue.send(message);
          }
          RunningCapture.await("the last", () -> isStored(venue, capture));
          RunningCapture.await("the end of the old one", () -> venue.open() == 1);
        }
        assertThat(capture.counts().reconnects.sum()).isZero();
      }
    }
    List<String> best = new ArrayList<>();
    List<Long> trades = new ArrayList<>();
    try (CoinbaseReader reader =
        new CoinbaseReader(ReadBack.sources(folder), "BTC-USD", ReadBack.NUMBERS_ONLY)) {
      BookBatch book = new BookBatch(256, 1);
      EventBatch events = new EventBatch(256);
      while (reader.next(book, events)) {
        for (int row = 0; row < book.rows; row++) {
          if (book.eventType[row] == EventType.UPDATE.ordinal()) {
            best.add(book.bidPrice[0][row] + " " + book.askPrice[0][row]);
          } else if (book.eventType[row] == EventType.TRADE.ordinal()) {
            trades.add(book.venueSeq[row]);
          }
        }
      }
      assertThat(reader.suspectWindows()).isEmpty();
      assertThat(reader.count(CoinbaseCount.RECONNECTS)).isGreaterThanOrEqualTo(2);
    }
    assertThat(best).isEqualTo(text.best);
    assertThat(trades).isEqualTo(text.trades);
  }

  private static boolean isStored(LocalVenue venue, RunningCapture capture) {
    long sent = venue.clients().stream().mapToLong(client -> client.sent.size()).sum();
    return capture.counts().messages.sum() == sent;
  }

  @Test
  void aMalformedMessageEndsTheConnection() throws Exception {
    try (LocalVenue venue = new LocalVenue(null);
        RunningCapture capture = capture(venue, CoinbaseFeed.ADVANCED)) {
      venue.awaitConnection();
      RunningCapture.await("three subscriptions", () -> received(venue, 0).size() == 3);
      venue.send("{\"channel\":\"l2_data\",\"sequence_num\":0,\"events\":[");
      RunningCapture.await("a new connection", () -> received(venue, 1).size() == 3);
      assertThat(capture.counts().malformed.sum()).isEqualTo(1);
    }
  }

  /** A planned reconnect whose snapshot is cut off, after its product. */
  @Test
  void aSuccessorThatBreaksIsReplacedAndTheOldConnectionGoesOn() throws Exception {
    Timing renewing =
        new Timing(
            RunningCapture.QUICK.patience(),
            300,
            new Timing.Overlap(100, 60_000),
            RunningCapture.QUICK.retry(),
            3_600_000);
    CoinbaseText text = new CoinbaseText(CoinbaseFeed.ADVANCED, 4);
    try (LocalVenue venue = new LocalVenue(null)) {
      venue.admitsAtOnce = false;
      Venue coinbase =
          new CoinbaseVenue(
              CoinbaseFeed.ADVANCED, venue.url(), List.of("BTC-USD"), renewing, false);
      try (RunningCapture capture = new RunningCapture(folder, coinbase, RunningCapture.ROTATION)) {
        venue.awaitConnection();
        venue.admit(text.greeting());
        RunningCapture.await("a second connection", () -> venue.clients().size() == 2);
        venue.admit(List.of(text.greeting().get(1).substring(0, 200)));
        RunningCapture.await("a third connection", () -> venue.clients().size() == 3);
        venue.send(text.update());
        assertThat(venue.clients().get(0).sent).hasSize(3);
        assertThat(capture.counts().malformed.sum()).isEqualTo(1);
        assertThat(capture.counts().reconnects.sum()).isZero();
      }
    }
  }

  @Test
  void withoutHeartbeatsTheConnectionIsReplacedThoughItAnswersPings() throws Exception {
    try (LocalVenue venue = new LocalVenue(null);
        RunningCapture capture = capture(venue, CoinbaseFeed.ADVANCED)) {
      RunningCapture.await("a second connection", () -> venue.clients().size() == 2);
      assertThat(capture.counts().reconnects.sum()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(CoinbaseFeed.class)
  void aWitnessAsksForTheSameButTrades(CoinbaseFeed feed) throws Exception {
    try (LocalVenue venue = new LocalVenue(null)) {
      Venue coinbase =
          new CoinbaseVenue(feed, venue.url(), List.of("BTC-USD"), RunningCapture.QUICK, true);
      int messages = feed == CoinbaseFeed.EXCHANGE ? 1 : 3;
      int ofWitness = feed == CoinbaseFeed.EXCHANGE ? 1 : 2;
      try (RunningCapture capture = new RunningCapture(folder, coinbase, RunningCapture.ROTATION)) {
        RunningCapture.await("two connections", () -> venue.clients().size() == 2);
        RunningCapture.await(
            "their subscriptions",
            () -> received(venue, 0).size() + received(venue, 1).size() == messages + ofWitness);
        int first = venue.clients().get(0).wantsTrades() ? 0 : 1;
        List<String> asked = new ArrayList<>(received(venue, first));
        assertThat(received(venue, 1 - first))
            .isEqualTo(
                feed == CoinbaseFeed.EXCHANGE
                    ? List.of(asked.get(0).replace(",\"matches\"", ""))
                    : asked.subList(0, 2));
        venue.send("{\"type\":\"heartbeat\"}");
        RunningCapture.await("two messages", () -> capture.counts().messages.sum() == 2);
      }
    }
    assertThat(CapturedLines.of(folder))
        .extracting(line -> line.connection().replaceFirst("-.*", ""))
        .containsExactlyInAnyOrder("ws", "witness");
  }

  @Test
  void theExchangeFeedIsAskedForInOneMessage() throws Exception {
    try (LocalVenue venue = new LocalVenue(null)) {
      try (RunningCapture capture = capture(venue, CoinbaseFeed.EXCHANGE)) {
        venue.awaitConnection();
        RunningCapture.await("a subscription", () -> received(venue, 0).size() == 1);
        assertThat(received(venue, 0))
            .containsExactly(
                "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\",\"ETH-USD\"],"
                    + "\"channels\":[\"heartbeat\",\"level2_batch\",\"matches\"]}");
        venue.send("{\"type\":\"last_match\",\"trade_id\":10,\"product_id\":\"BTC-USD\"}");
        RunningCapture.await("a message", () -> capture.counts().messages.sum() == 1);
      }
      assertThat(CapturedLines.of(folder)).extracting(Line::counter).containsExactly(1L);
    }
  }

  @Test
  void readyOnceEachBookHasItsSnapshot() throws Exception {
    CoinbaseConversation conversation = conversation(new CaptureCounts());
    take(conversation, book(0, "snapshot", "BTC-USD"));
    take(conversation, book(1, "update", "ETH-USD"));
    take(
        conversation,
        advanced(
            2,
            "market_trades",
            "{\"type\":\"snapshot\",\"trades\":[{\"product_id\":\"ETH-USD\"}]}"));
    assertThat(conversation.isReady()).isFalse();
    take(
        conversation, "{\"type\":\"snapshot\",\"product_id\":\"ETH-USD\",\"bids\":[],\"asks\":[]}");
    assertThat(conversation.isReady()).isTrue();
  }

  /** Trades 10, 11, 13 and a heartbeat that knows of 15: two places with trades missing. */
  @Test
  void countsMissingTradesOfTheExchangeFeed() throws Exception {
    CaptureCounts counts = new CaptureCounts();
    CoinbaseConversation conversation = conversation(counts);
    for (int trade : new int[] {10, 11, 13}) {
      take(
          conversation,
          "{\"type\":\"match\",\"trade_id\":" + trade + ",\"product_id\":\"BTC-USD\"}");
    }
    take(conversation, "{\"type\":\"match\",\"trade_id\":99,\"product_id\":\"ETH-USD\"}");
    take(conversation, "{\"type\":\"heartbeat\",\"last_trade_id\":13,\"product_id\":\"BTC-USD\"}");
    take(conversation, "{\"type\":\"heartbeat\",\"last_trade_id\":15,\"product_id\":\"BTC-USD\"}");
    assertThat(counts.gaps.sum()).isEqualTo(2);
  }

  /** A witness gets heartbeats and no trades: it cannot have missed those that they know of. */
  @Test
  void aWitnessMissesNoTrades() throws Exception {
    CaptureCounts counts = new CaptureCounts();
    CoinbaseConversation witness =
        new CoinbaseConversation(List.of("BTC-USD"), List.of(), false, counts);
    take(witness, "{\"type\":\"heartbeat\",\"last_trade_id\":13,\"product_id\":\"BTC-USD\"}");
    take(witness, "{\"type\":\"heartbeat\",\"last_trade_id\":15,\"product_id\":\"BTC-USD\"}");
    assertThat(counts.gaps.sum()).isZero();
  }

  @Test
  void aSequenceThatGoesBackIsAGapAsWell() throws Exception {
    CoinbaseConversation conversation = conversation(new CaptureCounts());
    take(conversation, heartbeat(7));
    assertThatThrownBy(() -> take(conversation, heartbeat(7)))
        .isInstanceOf(ConnectionFault.class)
        .hasMessage("message 7 follows 7, the books are lost");
  }

  /** Updates of two books at 0, 2 and 1 ms: only those of one book are compared. */
  @Test
  void anUpdateThatComesLateOnTheFeedWithoutNumbersIsAGap() throws Exception {
    CaptureCounts counts = new CaptureCounts();
    CoinbaseConversation conversation = conversation(counts);
    take(conversation, l2update("BTC-USD", 0));
    take(conversation, l2update("BTC-USD", 0));
    take(conversation, l2update("BTC-USD", 2));
    take(conversation, l2update("ETH-USD", 1));
    assertThat(counts.gaps.sum()).isZero();
    assertThatThrownBy(() -> take(conversation, l2update("BTC-USD", 1)))
        .isInstanceOf(ConnectionFault.class)
        .hasMessage("an update of BTC-USD comes after one that was sent later, the books are lost");
    assertThat(counts.gaps.sum()).isEqualTo(1);
  }

  private static String l2update(String product, int ms) {
    return "{\"type\":\"l2update\",\"product_id\":\"%s\",\"changes\":[],\"time\":\"2018-04-24T03:52:17.00%dZ\"}"
        .formatted(product, ms);
  }

  private static CoinbaseConversation conversation(CaptureCounts counts) {
    return new CoinbaseConversation(
        new ArrayList<>(List.of("BTC-USD", "ETH-USD")), List.of(), true, counts);
  }

  private static void take(CoinbaseConversation conversation, String message)
      throws ConnectionFault {
    conversation.received(message.getBytes(StandardCharsets.UTF_8), 0, 0);
  }
}
