package io.depthcast.exchange;

import io.depthcast.exchange.RestingOrders.Order;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/** The running of a {@link SyntheticExchange}. */
final class TradingDay {

  private static final int BID = 1;
  private static final int ASK = -1;

  private static final int ADD = 1;
  private static final int CANCEL = 2;
  private static final int DELETE = 3;
  private static final int EXECUTION = 4;
  private static final int HIDDEN_EXECUTION = 5;
  private static final int HALT = 7;

  private static final long SECOND = 1_000_000_000;
  private static final long HALT_NANOS = 300 * SECOND;
  private static final int QUOTES_BEFORE_RESUMPTION = 20;

  private static final int FIRST_PRICE_TICKS = 10_000;
  private static final int RAW_PER_TICK = 100;
  private static final String NO_ASK = "9999999999,0";
  private static final String NO_BID = "-9999999999,0";

  /** Share of the day that the gaps fill on average; leaves room for chance and a halt. */
  private static final double FILLED = 0.9;

  private static final double PRESSURE_MEMORY = 0.995;
  private static final double PRESSURE_GAIN = 2;
  private static final double PRESSURE_ON_QUEUES = 1.6;

  private static final double SWEEP = 0.03;
  private static final double PARTIAL_EXECUTION = 0.02;
  private static final double HIDDEN = 0.025;

  /** Chance of an order inside the spread, for each tick that the spread is wider than one. */
  private static final double NARROWING = 0.1;

  private static final int LOT = 100;

  /** Size of the best queue without pressure, shares. */
  private static final double BEST_SIZE = 600;

  /** Orders behind the best queue at which additions and cancellations are equally frequent. */
  private static final int BEHIND = 60;

  private static final int FEWEST_LEVELS = 3;

  private final SyntheticExchange exchange;
  private final Appendable messages;
  private final Appendable orderbook;
  private final SplittableRandom random;
  private final RestingOrders bids = new RestingOrders();
  private final RestingOrders asks = new RestingOrders();
  private final StringBuilder line = new StringBuilder();
  private final double meanGap;

  private long nanos = SyntheticExchange.OPEN_SECONDS * SECOND;
  private long lastOrderId = 1000;
  private int rows;
  private double pressure;
  private boolean halted;

  TradingDay(SyntheticExchange exchange, Appendable messages, Appendable orderbook) {
    this.exchange = exchange;
    this.messages = messages;
    this.orderbook = orderbook;
    this.random = new SplittableRandom(exchange.seed());
    long day = (SyntheticExchange.CLOSE_SECONDS - SyntheticExchange.OPEN_SECONDS) * SECOND;
    this.meanGap = FILLED * day / exchange.events();
  }

  void run() throws IOException {
    open();
    while (!done()) {
      if (exchange.halt() && !halted && rows >= exchange.events() / 2) {
        halted = true;
        halt();
      }
      tick();
      step();
    }
  }

  private boolean done() {
    return rows == exchange.events();
  }

  /** Fills both sides with a few orders at each of the first prices. */
  private void open() throws IOException {
    for (int offset = 1; offset <= exchange.levels() + 2; offset++) {
      for (int order = 0; order < 3; order++) {
        tick();
        add(BID, -(FIRST_PRICE_TICKS - offset));
        tick();
        add(ASK, FIRST_PRICE_TICKS + offset - 1);
      }
    }
  }

  private void step() throws IOException {
    double spreadTicks = asks.best() + bids.best();
    double draw = random.nextDouble();
    draw -= NARROWING * (spreadTicks - 1);
    if (draw < 0) {
      int side = moveUp() ? BID : ASK;
      add(side, side(side).best() - 1);
      return;
    }
    draw -= SWEEP;
    if (draw < 0) {
      sweep(moveUp() ? ASK : BID);
      return;
    }
    draw -= PARTIAL_EXECUTION;
    if (draw < 0) {
      executePart(moveUp() ? ASK : BID);
      return;
    }
    draw -= HIDDEN;
    if (draw < 0) {
      executeHidden(moveUp() ? ASK : BID, (int) spreadTicks);
      return;
    }
    quote();
  }

  private boolean moveUp() {
    return random.nextDouble() < (1 + exchange.signal() * push()) / 2;
  }

  private double push() {
    return StrictMath.tanh(PRESSURE_GAIN * pressure);
  }

  private void quote() throws IOException {
    int side = random.nextBoolean() ? BID : ASK;
    if (random.nextBoolean()) {
      quoteAtBest(side);
    } else {
      quoteBehind(side);
    }
  }

  /** Adds to or cancels from the best queue, which is drawn to the size that the pressure wants. */
  private void quoteAtBest(int side) throws IOException {
    RestingOrders orders = side(side);
    List<Order> queue = orders.queue(orders.best());
    double wanted = BEST_SIZE * StrictMath.exp(side * PRESSURE_ON_QUEUES * push());
    double size = RestingOrders.size(queue);
    boolean grow = random.nextDouble() * (wanted * wanted + size * size) < wanted * wanted;
    if (grow || queue.size() == 1) {
      add(side, orders.best());
    } else {
      cancel(side, orders.best());
    }
  }

  /** Adds to or cancels from the levels behind the best, more often near it. */
  private void quoteBehind(int side) throws IOException {
    RestingOrders orders = side(side);
    int atBest = orders.queue(orders.best()).size();
    int behind = orders.orders() - atBest;
    if (orders.levels() > FEWEST_LEVELS && random.nextDouble() * (BEHIND + behind) < behind) {
      cancel(side, orders.price(atBest + random.nextInt(behind)));
    } else {
      addBehind(side);
    }
  }

  private void addBehind(int side) throws IOException {
    int range = exchange.levels() + 2;
    int distance = 1 + Math.min(random.nextInt(range), random.nextInt(range));
    add(side, side(side).best() + distance);
  }

  private void add(int side, int price) throws IOException {
    Order order = new Order(++lastOrderId, drawSize());
    side(side).add(price, order);
    writeRow(ADD, order.id, order.size, raw(side, price), side);
  }

  /** Round lots mostly, sometimes an odd one. */
  private int drawSize() {
    int lots = 0;
    while (lots < 9 && random.nextBoolean()) {
      lots++;
    }
    return random.nextDouble() < 0.2 ? 1 + random.nextInt(99) : LOT * (1 + lots);
  }

  private void cancel(int side, int price) throws IOException {
    List<Order> queue = side(side).queue(price);
    Order order = queue.get(random.nextInt(queue.size()));
    if (order.size > LOT && random.nextDouble() < 0.1) {
      order.size -= LOT;
      writeRow(CANCEL, order.id, LOT, raw(side, price), side);
    } else {
      side(side).remove(price, order);
      writeRow(DELETE, order.id, order.size, raw(side, price), side);
    }
  }

  /** Executes the first order of the best queue, but for a rest; one share is left alone. */
  private void executePart(int side) throws IOException {
    int price = side(side).best();
    Order first = side(side).queue(price).get(0);
    if (first.size < 2) {
      addBehind(side);
      return;
    }
    int size = 1 + random.nextInt(first.size - 1);
    first.size -= size;
    writeRow(EXECUTION, first.id, size, raw(side, price), side);
  }

  private void executeHidden(int side, int spreadTicks) throws IOException {
    int price = side(side).best() - random.nextInt(spreadTicks);
    writeRow(HIDDEN_EXECUTION, 0, drawSize(), raw(side, price), side);
  }

  /** Executes the whole best queue at one moment. */
  private void sweep(int side) throws IOException {
    RestingOrders orders = side(side);
    if (orders.levels() <= FEWEST_LEVELS) {
      addBehind(side);
      return;
    }
    int price = orders.best();
    for (Order order : List.copyOf(orders.queue(price))) {
      orders.remove(price, order);
      writeRow(EXECUTION, order.id, order.size, raw(side, price), side);
    }
  }

  private void halt() throws IOException {
    writeRow(HALT, 0, 0, -1, ASK);
    nanos += HALT_NANOS;
    writeRow(HALT, 0, 0, 0, ASK);
    for (int i = 0; i < QUOTES_BEFORE_RESUMPTION; i++) {
      tick();
      addBehind(i % 2 == 0 ? BID : ASK);
    }
    writeRow(HALT, 0, 0, 1, ASK);
  }

  /** Lets time pass, and the pressure with it. */
  private void tick() {
    double gap = -StrictMath.log(1 - random.nextDouble()) * meanGap;
    nanos = Math.min(nanos + (long) gap, SyntheticExchange.CLOSE_SECONDS * SECOND);
    // A uniform number of variance 1, weighted to keep the variance of the pressure at 1.
    double noise = Math.sqrt(12) * (random.nextDouble() - 0.5);
    pressure =
        PRESSURE_MEMORY * pressure + Math.sqrt(1 - PRESSURE_MEMORY * PRESSURE_MEMORY) * noise;
  }

  private RestingOrders side(int side) {
    return side == BID ? bids : asks;
  }

  /** The file's price of a price in the sense of {@link RestingOrders}. */
  private static long raw(int side, int price) {
    return -side * (long) price * RAW_PER_TICK;
  }

  private void writeRow(int type, long orderId, int size, long price, int direction)
      throws IOException {
    if (done()) {
      return;
    }
    rows++;
    line.setLength(0);
    String fraction = Long.toString(SECOND + nanos % SECOND);
    line.append(nanos / SECOND).append('.').append(fraction, 1, fraction.length());
    line.append(',').append(type).append(',').append(orderId).append(',').append(size);
    line.append(',').append(price).append(',').append(direction).append('\n');
    messages.append(line);
    writeBook();
  }

  private void writeBook() throws IOException {
    List<long[]> askDepth = asks.depth(exchange.levels());
    List<long[]> bidDepth = bids.depth(exchange.levels());
    line.setLength(0);
    for (int level = 0; level < exchange.levels(); level++) {
      appendLevel(ASK, askDepth, level, NO_ASK);
      appendLevel(BID, bidDepth, level, NO_BID);
    }
    line.setCharAt(line.length() - 1, '\n');
    orderbook.append(line);
  }

  private void appendLevel(int side, List<long[]> depth, int level, String empty) {
    if (level < depth.size()) {
      line.append(raw(side, (int) depth.get(level)[0])).append(',').append(depth.get(level)[1]);
    } else {
      line.append(empty);
    }
    line.append(',');
  }
}
