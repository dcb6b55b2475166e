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
 * A message whose order is not in the file finds no order. An invocation takes the next unit of the
 * input, the first a new book.
 */
@State(Scope.Thread)
public class L3BookBenchmark {

  private static final int UNIT = 1 << 14;
  private static final int LEVELS = 10;

  /** Some 28 messages a second. */
  private static final int MADE_UP_SECONDS_A_UNIT = 750;

  private static final Side[] SIDES = Side.values();
  private static final EventType[] TYPES = EventType.values();

  @Param({"goog", "made"})
  private String day;

  /** Units of the input. */
  @Param({"8"})
  private int times;

  private final BookBatch row = new BookBatch(1, LEVELS);
  private final L3Book book = new L3Book();
  private BookBatch messages;

  /** The first message of the next unit. */
  private int next;

  @Setup
  public void read() throws IOException {
    messages = new BookBatch(times * UNIT, LEVELS);
    if (day.equals("goog")) {
      GoogleSample.read(LEVELS, this::keep);
    } else {
      playMadeUpDay();
    }
    if (messages.rows < messages.capacity) {
      throw new IllegalStateException(
          messages.rows + " messages, " + messages.capacity + " needed");
    }
  }

  private void playMadeUpDay() throws IOException {
    Instrument instrument = new Instrument("MADE", 100, 10_000, OrderFlow.LARGE_TICK);
    new ExchangeSession(
            instrument,
            LocalDate.of(2026, 1, 5),
            times * MADE_UP_SECONDS_A_UNIT,
            1,
            new PlantedSignal(0, 5),
            List.of())
        .run(List.of((event, after) -> keep(event)));
  }

  private void keep(OrderEvent event) {
    if (messages.rows < messages.capacity) {
      int to = messages.rows++;
      messages.eventType[to] = (byte) event.type.ordinal();
      messages.side[to] = (byte) event.side.ordinal();
      messages.price[to] = event.ticks;
      messages.size[to] = event.size;
      messages.orderId[to] = event.orderId;
    }
  }

  private void keep(BookBatch batch) {
    for (int row = 0; row < batch.rows && messages.rows < messages.capacity; row++) {
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
    next %= messages.rows;
    if (next == 0) {
      book.clear();
    }
  }

  @Benchmark
  @OperationsPerInvocation(UNIT)
  public L3Book message() {
    int begin = next;
    next += UNIT;
    for (int i = begin; i < begin + UNIT; i++) {
      apply(i);
    }
    return book;
  }

  @Benchmark
  @OperationsPerInvocation(UNIT)
  public BookBatch messageAndTenLevels() {
    int begin = next;
    next += UNIT;
    for (int i = begin; i < begin + UNIT; i++) {
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
