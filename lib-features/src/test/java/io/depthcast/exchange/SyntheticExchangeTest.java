package io.depthcast.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.feed.lobster.LobsterReader;
import io.depthcast.quality.SuspectWindow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticExchangeTest {

  private static final LocalDate DAY = LocalDate.of(2024, 3, 7);

  /** Both files of a day. */
  private record Files(String messages, String orderbook) {}

  /** An order of the naive replay. */
  private record Order(int direction, long price, long size) {}

  @Test
  void writesTheSameBytesForASeedAndOthersForAnother() {
    Files files = write(exchange(3000, 7, 0.5, true));
    assertThat(write(exchange(3000, 7, 0.5, true))).isEqualTo(files);
    assertThat(write(exchange(3000, 8, 0.5, true)).messages()).isNotEqualTo(files.messages());
  }

  @Test
  void namesTheFilesAsLobsterDoes() {
    assertThat(exchange(1, 1, 0, false).files().orderbook().fileName())
        .isEqualTo("SYN_2024-03-07_34200000_57600000_orderbook_10.csv");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 1000, 50_000})
  void everyRowIsReadBack(int events) throws IOException {
    SyntheticExchange exchange = exchange(events, 3, 0.5, false);
    try (LobsterReader reader = reader(exchange)) {
      BookBatch batch = new BookBatch(512, 10);
      while (reader.next(batch)) {
        assertThat(batch.rows).isPositive();
      }
      assertThat(reader.rejected()).isEmpty();
      assertThat(reader.suspectWindows()).isEmpty();
      assertThat(reader.rowsAccepted()).isEqualTo(events);
    }
  }

  @Test
  void aHaltIsOneSuspectWindow() throws IOException {
    SyntheticExchange exchange = exchange(5000, 3, 0.5, true);
    try (LobsterReader reader = reader(exchange)) {
      BookBatch batch = new BookBatch(5000, 10);
      assertThat(reader.next(batch)).isTrue();
      assertThat(reader.next(batch)).isFalse();
      assertThat(reader.rejected()).isEmpty();
      assertThat(reader.count(EventType.HALT)).isEqualTo(3);
      // The halt row, the row that resumes quoting, 20 orders, the row that resumes trading.
      assertThat(reader.suspectWindows())
          .singleElement()
          .satisfies(
              window -> {
                assertThat(window.cause()).isEqualTo(SuspectWindow.Cause.HALT);
                assertThat(window.seqLast() - window.seqFirst() + 1).isEqualTo(23);
                assertThat(window.tsLast() - window.tsFirst()).isGreaterThan(300_000_000_000L);
              });
    }
  }

  @Test
  void ordersLiveAndDieSoThatAReplayShowsTheBook() {
    Files files = write(exchange(6000, 11, 0.8, true));
    List<String> books = files.orderbook().lines().toList();
    List<String> messages = files.messages().lines().toList();
    Map<Long, Order> live = new HashMap<>();
    for (int i = 0; i < messages.size(); i++) {
      replay(live, messages.get(i));
      assertThat(books.get(i)).as("row %d", i + 1).isEqualTo(book(live, 10));
    }
  }

  private static void replay(Map<Long, Order> live, String message) {
    String[] columns = message.split(",", -1);
    long id = Long.parseLong(columns[2]);
    long size = Long.parseLong(columns[3]);
    long price = Long.parseLong(columns[4]);
    int direction = Integer.parseInt(columns[5]);
    switch (columns[1]) {
      case "1" -> assertThat(live.put(id, new Order(direction, price, size))).isNull();
      case "2", "3", "4" -> {
        Order order = live.remove(id);
        assertThat(order.price()).isEqualTo(price);
        assertThat(order.direction()).isEqualTo(direction);
        long left = order.size() - size;
        assertThat(left).isNotNegative();
        assertThat(left == 0 || !columns[1].equals("3")).isTrue();
        if (left > 0) {
          live.put(id, new Order(direction, price, left));
        }
      }
      default -> assertThat(Set.of("5", "7")).contains(columns[1]);
    }
  }

  private static String book(Map<Long, Order> live, int levels) {
    List<Map.Entry<Long, Long>> asks = depth(live, -1, Comparator.naturalOrder());
    List<Map.Entry<Long, Long>> bids = depth(live, 1, Comparator.reverseOrder());
    List<String> columns = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      columns.add(level(asks, level, "9999999999,0"));
      columns.add(level(bids, level, "-9999999999,0"));
    }
    return String.join(",", columns);
  }

  private static List<Map.Entry<Long, Long>> depth(
      Map<Long, Order> live, int direction, Comparator<Long> order) {
    return List.copyOf(
        live.values().stream()
            .filter(o -> o.direction() == direction)
            .collect(
                Collectors.groupingBy(
                    Order::price, () -> new TreeMap<>(order), Collectors.summingLong(Order::size)))
            .entrySet());
  }

  private static String level(List<Map.Entry<Long, Long>> depth, int level, String empty) {
    return level < depth.size()
        ? depth.get(level).getKey() + "," + depth.get(level).getValue()
        : empty;
  }

  @Test
  void spreadIsMostlyOneToThreeTicksAndTheMixIsThatOfAStockMarket() throws IOException {
    int events = 50_000;
    try (LobsterReader reader = reader(exchange(events, 5, 0.5, false))) {
      BookBatch batch = new BookBatch(events, 10);
      reader.next(batch);
      int narrow = 0;
      int fullBooks = 0;
      for (int i = 0; i < batch.rows; i++) {
        long ticks = Math.round(100 * (batch.askPrice[0][i] - batch.bidPrice[0][i]));
        narrow += ticks >= 1 && ticks <= 3 ? 1 : 0;
        fullBooks += batch.askPrice[9][i] > 0 && batch.bidPrice[9][i] > 0 ? 1 : 0;
      }
      assertThat(narrow).isGreaterThan(events * 8 / 10);
      assertThat(fullBooks).isGreaterThan(events * 8 / 10);
      // GOOG of 21 June 2012: 48 % additions, 44 % deletions, 5 % executions, 3 % hidden ones.
      assertThat(reader.count(EventType.ADD)).isBetween(events * 35L / 100, events * 60L / 100);
      assertThat(reader.count(EventType.DELETE)).isBetween(events * 25L / 100, events * 50L / 100);
      assertThat(reader.count(EventType.TRADE)).isBetween(events * 4L / 100, events * 20L / 100);
      assertThat(reader.count(EventType.HIDDEN_TRADE)).isPositive();
      assertThat(reader.count(EventType.CANCEL)).isPositive();
    }
  }

  /**
   * Student's t of a correlation r over n independent pairs is about r sqrt(n): below 3 is chance.
   */
  @Test
  void imbalanceForetellsTheMidOnlyWithASignal() throws IOException {
    double[] none = correlationAndT(exchange(100_000, 21, 0, false));
    double[] some = correlationAndT(exchange(100_000, 21, 0.6, false));
    double[] full = correlationAndT(exchange(100_000, 21, 1, false));
    assertThat(none[1]).isBetween(-3.0, 3.0);
    assertThat(some[0]).isGreaterThan(0.1);
    assertThat(some[1]).isGreaterThan(5);
    assertThat(full[0]).isGreaterThan(some[0]);
  }

  /** Queue imbalance at the last row before the moment of a mid move, with the sign of the move. */
  private static double[] correlationAndT(SyntheticExchange exchange) throws IOException {
    BookBatch batch = new BookBatch(exchange.events(), exchange.levels());
    try (LobsterReader reader = reader(exchange)) {
      reader.next(batch);
    }
    List<double[]> pairs = new ArrayList<>();
    int before = 0;
    for (int i = 1; i < batch.rows; i++) {
      if (batch.tsEvent[i] > batch.tsEvent[i - 1]) {
        before = i - 1;
      }
      double move = batch.mid(i) - batch.mid(i - 1);
      if (move > 0 || move < 0) {
        double bid = batch.bidSize[0][before];
        double ask = batch.askSize[0][before];
        pairs.add(new double[] {(bid - ask) / (bid + ask), Math.signum(move)});
      }
    }
    double correlation = correlation(pairs);
    return new double[] {correlation, correlation * Math.sqrt(pairs.size()), pairs.size()};
  }

  private static double correlation(List<double[]> pairs) {
    double meanX = pairs.stream().mapToDouble(p -> p[0]).average().orElseThrow();
    double meanY = pairs.stream().mapToDouble(p -> p[1]).average().orElseThrow();
    double xy = pairs.stream().mapToDouble(p -> (p[0] - meanX) * (p[1] - meanY)).sum();
    double xx = pairs.stream().mapToDouble(p -> (p[0] - meanX) * (p[0] - meanX)).sum();
    double yy = pairs.stream().mapToDouble(p -> (p[1] - meanY) * (p[1] - meanY)).sum();
    return xy / Math.sqrt(xx * yy);
  }

  @Test
  void refusesArgumentsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> exchange(0, 1, 0, false))
        .withMessage("Invalid events: 0 (must be 1 to 10000000)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> exchange(10, 1, 1.5, false))
        .withMessage("Invalid signal: 1.5 (must be 0 to 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> exchange(10, 1, 0, true))
        .withMessage("Invalid events: 10 (must be at least 1000 with a halt)");
  }

  private static SyntheticExchange exchange(int events, long seed, double signal, boolean halt) {
    return new SyntheticExchange("SYN", DAY, 10, events, seed, signal, halt);
  }

  private static LobsterReader reader(SyntheticExchange exchange) {
    Files files = write(exchange);
    return new LobsterReader(
        exchange.files(), stream(files.messages()), stream(files.orderbook()), 0);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Files write(SyntheticExchange exchange) {
    StringBuilder messages = new StringBuilder();
    StringBuilder orderbook = new StringBuilder();
    try {
      exchange.write(messages, orderbook);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new Files(messages.toString(), orderbook.toString());
  }
}
