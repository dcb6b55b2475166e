package io.depthcast.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import io.depthcast.feed.lobster.LobsterReader;
import io.depthcast.feed.lobster.LobsterReplay;
import io.depthcast.feed.lobster.ReplayReport;
import io.depthcast.feed.lobster.ReplayReport.Reference;
import io.depthcast.quality.SuspectWindow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LobsterRecorderTest {

  /** Few orders between frequent moves, so that a test sees many. */
  private static final OrderFlow QUICK =
      new OrderFlow(
          4,
          new OrderFlow.Limits(0.5, 1),
          new OrderFlow.Cancels(0.1, 20),
          new OrderFlow.Markets(0.5, 20),
          0.5,
          true);

  private static final int MARKET_ORDERS = 5;

  @ParameterizedTest
  @CsvSource({"true, 10", "true, 3", "true, 1", "false, 10", "false, 2"})
  void everyBookFollowsFromTheMessages(boolean large, int levels) throws IOException {
    OrderFlow flow = large ? OrderFlow.LARGE_TICK : OrderFlow.SMALL_TICK;
    ExchangeSession session = TrueSession.session(flow, 600, 5, new Halt(200, 60));
    TrueSession truth = new TrueSession(levels);
    BookBatch rows;
    try (LobsterReader reader = record(session, levels, truth)) {
      rows = new BookBatch(100_000, levels);
      assertThat(reader.next(rows)).isTrue();
      assertThat(reader.rejected()).isEmpty();
      assertThat(reader.suspectWindows())
          .singleElement()
          .satisfies(w -> assertThat(w.cause()).isEqualTo(SuspectWindow.Cause.HALT));
    }
    LobsterReplay replay = new LobsterReplay(levels);
    replay.follow(rows);
    ReplayReport report = replay.report();
    // The first row and the three of the halt.
    assertThat(report.rows()).isEqualTo(new ReplayReport.Rows(rows.rows - 4, 0, 4));
    assertThat(report.faults()).isZero();
    for (EventType type : EventType.values()) {
      assertThat(report.count(type, Reference.OUTSIDE)).isZero();
    }
    assertThat(report.executionsOutOfTurn()).isZero();
    assertThat(rows.rows).isLessThan(truth.events.size() - 1);
  }

  @Test
  void showsTheTrueBookAndLeavesOutOnlyWhatDoesNotChangeIt() throws IOException {
    ExchangeSession session = TrueSession.session(OrderFlow.SMALL_TICK, 600, 6);
    TrueSession truth = new TrueSession(3);
    BookBatch rows = new BookBatch(100_000, 3);
    try (LobsterReader reader = record(session, 3, truth)) {
      reader.next(rows);
    }
    int row = 0;
    for (int n = 1; n < truth.events.size(); n++) {
      TrueSession.Event event = truth.events.get(n);
      TrueSession.Event before = truth.events.get(n - 1);
      boolean changes = !event.bids().equals(before.bids()) || !event.asks().equals(before.asks());
      if (!changes) {
        continue;
      }
      assertThat(rows.tsEvent[row]).isEqualTo(event.nanos());
      assertThat(rows.orderId[row]).isEqualTo(event.id());
      assertThat(rows.size[row]).isEqualTo(event.size());
      assertThat(rows.eventType[row]).isEqualTo((byte) event.type().ordinal());
      assertThat(levels(rows.bidPrice, rows.bidSize, row))
          .isEqualTo(TrueSession.scaled(event.bids(), session.instrument(), 1));
      assertThat(levels(rows.askPrice, rows.askSize, row))
          .isEqualTo(TrueSession.scaled(event.asks(), session.instrument(), 1));
      row++;
    }
    assertThat(rows.rows).isEqualTo(row);
  }

  private static List<Double> levels(double[][] prices, double[][] sizes, int row) {
    List<Double> values = new ArrayList<>();
    for (int level = 0; level < prices.length; level++) {
      values.add(prices[level][row]);
      values.add(sizes[level][row]);
    }
    return values;
  }

  /**
   * The regression of the next move of the mid on the sign of the flow, from the files alone. By
   * Fisher, atanh of a correlation over n pairs lies within 4 / sqrt(n - 3) of that of the true
   * one, but for a chance of 6e-5.
   */
  @ParameterizedTest
  @CsvSource({"0", "0.04", "0.25", "0.64"})
  void theFilesHoldThePlantedR2(double r2) throws IOException {
    Instrument instrument = new Instrument("SYN", 100, 5000, QUICK);
    ExchangeSession session =
        new ExchangeSession(
            instrument, TrueSession.DAY, 4000, 17, new PlantedSignal(r2, MARKET_ORDERS), List.of());
    TrueSession truth = new TrueSession(1);
    BookBatch rows = new BookBatch(200_000, 4);
    try (LobsterReader reader = record(session, 4, truth)) {
      reader.next(rows);
    }
    List<int[]> pairs = pairs(rows, instrument);
    assertThat(pairs).hasSizeGreaterThan(1500);
    List<Integer> directions = truth.moves.stream().map(PriceMove::direction).toList();
    int unseen = directions.size() - pairs.size();
    assertThat(pairs)
        .extracting(p -> p[1])
        .isEqualTo(directions.subList(unseen, directions.size()));
    assertThat(pairs)
        .extracting(p -> p[0])
        .isEqualTo(truth.moves.stream().skip(unseen).map(m -> Integer.signum(m.flow())).toList());

    double r = correlation(pairs);
    double width = 4 / Math.sqrt(pairs.size() - 3);
    double z = Math.log((1 + r) / (1 - r)) / 2;
    assertThat(Math.sqrt(r2)).isBetween(Math.tanh(z - width), Math.tanh(z + width));
    assertThat(r * r).isBetween(r2 == 0 ? 0 : r2 / 2, r2 == 0 ? 0.01 : 1.5 * r2);
  }

  /**
   * Sign of the flow before each move of the mid, and the move, where the flow is all in the file.
   */
  private static List<int[]> pairs(BookBatch rows, Instrument instrument) {
    List<int[]> pairs = new ArrayList<>();
    List<Integer> signs = new ArrayList<>();
    long lastTrade = 0;
    long closed = 0;
    for (int i = 0; i < rows.rows; i++) {
      if (rows.eventType[i] == EventType.TRADE.ordinal() && rows.tsEvent[i] != lastTrade) {
        lastTrade = rows.tsEvent[i];
        signs.add(rows.side[i] == Side.ASK.ordinal() ? 1 : -1);
      }
      long bid = Math.round(rows.bidPrice[0][i] * 10_000 / instrument.tick());
      long ask = Math.round(rows.askPrice[0][i] * 10_000 / instrument.tick());
      if (ask - bid > 1) {
        continue;
      }
      int before = signs.size() - 1;
      if (closed != 0 && ask != closed && before >= MARKET_ORDERS) {
        int flow = signs.subList(before - MARKET_ORDERS, before).stream().mapToInt(s -> s).sum();
        pairs.add(new int[] {Integer.signum(flow), Long.signum(ask - closed)});
      }
      closed = ask;
    }
    return pairs;
  }

  private static double correlation(List<int[]> pairs) {
    double meanX = pairs.stream().mapToInt(p -> p[0]).average().orElseThrow();
    double meanY = pairs.stream().mapToInt(p -> p[1]).average().orElseThrow();
    double xy = pairs.stream().mapToDouble(p -> (p[0] - meanX) * (p[1] - meanY)).sum();
    double xx = pairs.stream().mapToDouble(p -> (p[0] - meanX) * (p[0] - meanX)).sum();
    double yy = pairs.stream().mapToDouble(p -> (p[1] - meanY) * (p[1] - meanY)).sum();
    return xy / Math.sqrt(xx * yy);
  }

  private static LobsterReader record(ExchangeSession session, int levels, TrueSession truth) {
    StringBuilder messages = new StringBuilder();
    StringBuilder orderbook = new StringBuilder();
    TrueSession.run(session, truth, new LobsterRecorder(session, levels, messages, orderbook));
    return new LobsterReader(
        LobsterRecorder.files(session, levels), stream(messages), stream(orderbook), 0);
  }

  private static InputStream stream(CharSequence text) {
    return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
