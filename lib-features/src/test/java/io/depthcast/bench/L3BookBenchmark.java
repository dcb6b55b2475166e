package io.depthcast.bench;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.Instrument;
import io.depthcast.exchange.OrderEvent;
import io.depthcast.exchange.OrderFlow;
import io.depthcast.exchange.PlantedSignal;
import io.depthcast.feed.lobster.GoogleSample;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Messages of types 1 to 4 a second: LOBSTER's sample day of GOOG with 10 levels, or a made-up day.
 * A message whose order is not in the file finds no order.
 */
@State(Scope.Thread)
public class L3BookBenchmark {

  private static final int MESSAGES = 1 << 17;
  private static final int LEVELS = 10;

  /** Some 28 messages a second. */
  private static final int MADE_UP_SECONDS = 6000;

  private static final Side[] SIDES = Side.values();
  private static final EventType[] TYPES = EventType.values();

  @Param({"goog", "made"})
  private String day;

  private final BookBatch messages = new BookBatch(MESSAGES, LEVELS);
  private final BookBatch row = new BookBatch(1, LEVELS);
  private final L3Book book = new L3Book();

  @Setup
  public void read() throws IOException {
    if (day.equals("goog")) {
      GoogleSample.read(LEVELS, this::keep);
    } else {
      playMadeUpDay();
    }
    if (messages.rows < MESSAGES) {
      throw new IllegalStateException(messages.rows + " messages, " + MESSAGES + " needed");
    }
  }

  private void playMadeUpDay() throws IOException {
    Instrument instrument = new Instrument("MADE", 100, 10_000, OrderFlow.LARGE_TICK);
    new ExchangeSession(
            instrument,
            LocalDate.of(2026, 1, 5),
            MADE_UP_SECONDS,
            1,
            new PlantedSignal(0, 5),
            List.of())
        .run(List.of((event, after) -> keep(event)));
  }

  private void keep(OrderEvent event) {
    if (messages.rows < MESSAGES) {
      int to = messages.rows++;
      messages.eventType[to] = (byte) event.type.ordinal();
      messages.side[to] = (byte) event.side.ordinal();
      messages.price[to] = event.ticks;
      messages.size[to] = event.size;
      messages.orderId[to] = event.orderId;
    }
  }

  private void keep(BookBatch batch) {
    for (int row = 0; row < batch.rows && messages.rows < MESSAGES; row++) {
      if (batch.eventType[row] <= EventType.TRADE.ordinal()) {
        int to = messages.rows++;
        messages.eventType[to] = batch.eventType[row];
        messages.side[to] = batch.side[row];
        messages.price[to] = batch.price[row];
        messages.size[to] = batch.size[row];
        messages.orderId[to] = batch.orderId[row];
      }
    }
  }

  @Setup(Level.Invocation)
  public void clear() {
    book.clear();
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public L3Book message() {
    for (int i = 0; i < MESSAGES; i++) {
      apply(i);
    }
    return book;
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public BookBatch messageAndTenLevels() {
    for (int i = 0; i < MESSAGES; i++) {
      apply(i);
      book.copyTo(row, 0);
    }
    return row;
  }

  private void apply(int i) {
    long id = messages.orderId[i];
    switch (TYPES[messages.eventType[i]]) {
      case ADD -> book.add(id, SIDES[messages.side[i]], messages.price[i], messages.size[i]);
      case CANCEL -> book.reduce(id, messages.size[i]);
      case DELETE -> book.remove(id);
      default -> book.execute(id, messages.size[i]);
    }
  }
}
