package io.depthcast.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.depthcast.book.EventType;
import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import io.depthcast.exchange.OrderEvent.Flow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeSessionTest {

  private static final Instrument LARGE = new Instrument("SYN", 100, 2500, OrderFlow.LARGE_TICK);

  @Test
  void givesTheSameEventsForARecordAndOthersForAnyOther() {
    ExchangeSession session = TrueSession.session(OrderFlow.SMALL_TICK, 60, 7);
    List<TrueSession.Event> events = play(session).events;
    assertThat(events).hasSizeGreaterThan(500);
    assertThat(play(TrueSession.session(OrderFlow.SMALL_TICK, 60, 7)).events).isEqualTo(events);
    assertThat(play(TrueSession.session(OrderFlow.SMALL_TICK, 60, 8)).events).isNotEqualTo(events);
    Instrument other = new Instrument("SYX", 100, 2500, OrderFlow.SMALL_TICK);
    assertThat(times(other, TrueSession.DAY)).isNotEqualTo(times(events));
    assertThat(times(session.instrument(), TrueSession.DAY)).isEqualTo(times(events));
    assertThat(times(session.instrument(), TrueSession.DAY.plusDays(1)))
        .isNotEqualTo(times(events));
  }

  private static List<Long> times(Instrument instrument, LocalDate date) {
    ExchangeSession session =
        new ExchangeSession(instrument, date, 60, 7, TrueSession.NO_SIGNAL, List.of());
    return times(play(session).events);
  }

  private static List<Long> times(List<TrueSession.Event> events) {
    return events.stream().map(e -> e.nanos() - events.get(0).nanos()).toList();
  }

  @Test
  void beginsAtHalfPastNineInNewYork() {
    // 7 March 2024 is before summer time (UTC-5), 11 March after its begin (UTC-4).
    assertThat(session(LocalDate.of(2024, 3, 7)).openNanos())
        .isEqualTo(Instant.parse("2024-03-07T14:30:00Z").getEpochSecond() * 1_000_000_000);
    assertThat(session(LocalDate.of(2024, 3, 11)).openNanos())
        .isEqualTo(Instant.parse("2024-03-11T13:30:00Z").getEpochSecond() * 1_000_000_000);
  }

  private static ExchangeSession session(LocalDate date) {
    return new ExchangeSession(LARGE, date, 10, 1, TrueSession.NO_SIGNAL, List.of());
  }

  @Test
  void keepsASpreadOfOneTickOnALargeTickAndAWiderOneOnASmall() {
    TrueSession large = play(TrueSession.session(OrderFlow.LARGE_TICK, 600, 3));
    TrueSession small = play(TrueSession.session(OrderFlow.SMALL_TICK, 600, 3));
    assertThat(meanSpread(large)).isBetween(1.0, 1.01);
    assertThat(meanSpread(small)).isGreaterThan(1.5);
    for (TrueSession session : List.of(large, small)) {
      for (TrueSession.Event event : session.events) {
        assertThat(event.asks().get(0)).isGreaterThan(event.bids().get(0));
      }
    }
  }

  private static double meanSpread(TrueSession session) {
    return session.events.stream()
        .mapToDouble(e -> e.asks().get(0) - e.bids().get(0))
        .average()
        .orElseThrow();
  }

  /**
   * Counts less the integrals of the intensities along the path are martingales whose variances are
   * those integrals, so each lies within 4.5 of its root, but for a chance of 1e-5.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hasTheIntensitiesOfItsFlow(boolean large) {
    OrderFlow flow = large ? OrderFlow.LARGE_TICK : OrderFlow.SMALL_TICK;
    Intensities seen = new Intensities(flow);
    int seconds = 1200;
    TrueSession.run(TrueSession.session(flow, seconds, 11), seen);
    for (int queue = 1; queue <= flow.queues(); queue++) {
      // 1.2 0.85^(queue-1) or 0.3 0.97^(queue-1) orders a second on either side.
      double rate = large ? 1.2 * Math.pow(0.85, queue - 1) : 0.3 * Math.pow(0.97, queue - 1);
      requireNear(seen.limits[queue], 2 * rate * seconds);
    }
    requireNear(seen.moves, (large ? 0.05 : 0.5) * seconds);
    for (int level = 0; level < Intensities.LEVELS; level++) {
      requireNear(seen.cancels[level], seen.expectedCancels[level]);
    }
    requireNear(seen.markets, seen.expectedMarkets);
    assertThat(seen.markets).isGreaterThan(100);
  }

  private static void requireNear(long count, double expected) {
    assertThat((count - expected) / Math.sqrt(expected)).isBetween(-4.5, 4.5);
  }

  /** Counts events, and integrates intensities by the formulas of {@link OrderFlow}'s text. */
  private static final class Intensities implements SessionSink {

    /** The last of them stands for all behind it, too. */
    static final int LEVELS = 8;

    private final boolean large;
    final long[] limits;
    final long[] cancels = new long[LEVELS];
    long markets;
    long moves;
    final double[] expectedCancels = new double[LEVELS];
    double expectedMarkets;
    private long last;
    private long lastMarket;
    private int reference = 2500;

    Intensities(OrderFlow flow) {
      large = flow.bestQueueHeld();
      limits = new long[flow.queues() + 1];
    }

    @Override
    public void open(long nanos, L3Book book) {
      last = nanos;
    }

    @Override
    public void advance(long nanos, L3Book book) {
      double seconds = (nanos - last) / 1e9;
      last = nanos;
      for (Side side : Side.values()) {
        for (int level = 0; level < book.depth(side); level++) {
          int q = book.ordersAt(side, book.price(side, level));
          boolean stays = q == 1 && level == 0 && (large || book.depth(side) == 1);
          if (stays) {
            continue;
          }
          expectedCancels[Math.min(level, LEVELS - 1)] +=
              seconds * (large ? 0.12 * q / (1 + q / 20.0) : 0.3 * q / (1 + q / 40.0));
          if (level == 0) {
            expectedMarkets +=
                seconds * (large ? 0.5 * Math.exp(-q / 20.0) : 0.4 * Math.exp(-q / 10.0));
          }
        }
      }
    }

    @Override
    public void take(OrderEvent event, L3Book book) {
      if (event.flow == Flow.LIMIT) {
        int queue = event.side == Side.BID ? reference - event.ticks : event.ticks - reference + 1;
        limits[queue]++;
      } else if (event.flow == Flow.CANCEL) {
        int better = 0;
        while (better < book.depth(event.side)
            && Math.abs(book.price(event.side, better) - reference)
                < Math.abs(event.ticks - reference)) {
          better++;
        }
        cancels[Math.min(better, LEVELS - 1)]++;
      } else if (event.flow == Flow.MARKET && event.nanos != lastMarket) {
        lastMarket = event.nanos;
        markets++;
      }
    }

    @Override
    public void take(PriceMove move) {
      reference = move.reference();
      moves++;
    }
  }

  /** By Fisher, as for the files in {@link LobsterRecorderTest}. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.09, 0.36})
  void thePlantedR2IsThatOfTheMovesOnASmallTickToo(double r2) {
    Instrument instrument = new Instrument("SYN", 100, 60_000, OrderFlow.SMALL_TICK);
    TrueSession truth =
        play(
            new ExchangeSession(
                instrument, TrueSession.DAY, 3000, 5, new PlantedSignal(r2, 7), List.of()));
    int n = truth.moves.size();
    double meanX = truth.moves.stream().mapToInt(m -> sign(m)).average().orElseThrow();
    double meanY = truth.moves.stream().mapToInt(m -> m.direction()).average().orElseThrow();
    double xy =
        truth.moves.stream().mapToDouble(m -> (sign(m) - meanX) * (m.direction() - meanY)).sum();
    double xx = truth.moves.stream().mapToDouble(m -> Math.pow(sign(m) - meanX, 2)).sum();
    double yy = truth.moves.stream().mapToDouble(m -> Math.pow(m.direction() - meanY, 2)).sum();
    double r = xy / Math.sqrt(xx * yy);
    double z = Math.log((1 + r) / (1 - r)) / 2;
    double width = 4 / Math.sqrt(n - 3);
    assertThat(Math.sqrt(r2)).isBetween(Math.tanh(z - width), Math.tanh(z + width));
    assertThat(n).isGreaterThan(1000);
  }

  private static int sign(PriceMove move) {
    return Integer.signum(move.flow());
  }

  @Test
  void nothingHappensInAHalt() {
    ExchangeSession session =
        TrueSession.session(OrderFlow.LARGE_TICK, 120, 3, new Halt(30, 40), new Halt(80, 10));
    List<TrueSession.Event> events = play(session).events;
    List<TrueSession.Event> halts =
        events.stream().filter(e -> e.type() == EventType.HALT).toList();
    long open = session.openNanos();
    long second = 1_000_000_000;
    assertThat(halts)
        .extracting(e -> e.nanos() - open)
        .containsExactly(
            30 * second, 70 * second, 70 * second + 1, 80 * second, 90 * second, 90 * second + 1);
    assertThat(events)
        .noneMatch(e -> e.nanos() - open > 30 * second && e.nanos() - open < 70 * second);
    assertThat(events)
        .anyMatch(e -> e.nanos() - open > 70 * second + 1 && e.nanos() - open < 80 * second)
        .anyMatch(e -> e.nanos() - open > 100 * second);
  }

  @Test
  void refusesHaltsThatOverlap() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TrueSession.session(
                    OrderFlow.LARGE_TICK, 120, 3, new Halt(30, 40), new Halt(70, 10)))
        .withMessage(
            "Invalid halt at second 70 (must begin after the one before and end within the session)");
  }

  @Test
  void refusesAFlowWhoseQueuesGrowForEver() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new OrderFlow(
                    5,
                    new OrderFlow.Limits(2, 1),
                    new OrderFlow.Cancels(0.1, 20),
                    new OrderFlow.Markets(1, 10),
                    0.1,
                    true))
        .withMessage(
            "Queues would grow for ever: 2.0 limit orders a second come to the nearest, and"
                + " cancellations stay below perSecond halfOrders = 2.0");
  }

  /** From 1000 ticks at some 100 moves a second, all down but at the floor, for a minute. */
  @Test
  void aPriceStaysAboveZero() {
    OrderFlow falling =
        new OrderFlow(
            2,
            new OrderFlow.Limits(0.1, 1),
            new OrderFlow.Cancels(0.1, 20),
            new OrderFlow.Markets(0.1, 20),
            100,
            true);
    ExchangeSession session =
        new ExchangeSession(
            new Instrument("SYN", 100, 1000, falling),
            TrueSession.DAY,
            60,
            2,
            new PlantedSignal(1, 1),
            List.of());
    TrueSession truth = play(session);
    // With R2 1 on the last order alone, the first move's direction goes on for good.
    int first = truth.moves.get(0).direction();
    assertThat(first).isEqualTo(-1);
    assertThat(truth.moves).allMatch(m -> m.reference() >= 4).anyMatch(m -> m.direction() == 1);
    assertThat(truth.events).allMatch(e -> e.bids().get(0) > 0);
  }

  @Test
  void refusesASignalOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PlantedSignal(1.5, 5))
        .withMessage("Invalid r2: 1.5 (must be 0 to 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PlantedSignal(0.5, 4))
        .withMessage("Invalid marketOrders: 4 (must be odd, 1 to 999)");
  }

  private static TrueSession play(ExchangeSession session) {
    TrueSession truth = new TrueSession(1);
    TrueSession.run(session, truth);
    return truth;
  }
}
