package io.depthcast.exchange;

import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import io.depthcast.exchange.OrderEvent.Flow;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The running of an {@link ExchangeSession}: the next event comes after an exponential time of the
 * sum of all intensities, and is each with the chance of its part of the sum (Gillespie 1977).
 */
final class SessionRun {

  private static final Side[] SIDES = Side.values();
  private static final double PARTIAL_CANCEL = 0.1;
  private static final int LOT = 100;
  private static final int MOST_LOTS = 10;

  /** Where cancellations never catch up with limit orders there is no balance. */
  private static final int MOST_FIRST_ORDERS = 100;

  /** Orders that fill a best queue which a move has made. */
  private static final int NEW_QUEUE_ORDERS = 3;

  /** A move's events have different times, which end before a session or a halt does. */
  private static final int MOVE_NANOS = NEW_QUEUE_ORDERS + 1;

  private final ExchangeSession session;
  private final OrderFlow flow;
  private final SplittableRandom random;
  private final MatchingEngine engine;
  private final L3Book book;

  /** By queue, from 1; their sum is that of one side. */
  private final double[] limitRate;

  private double limitSum;

  /** Aggressors of the last market orders, 1 buy, -1 sell, as a ring. */
  private final int[] aggressors;

  private int marketOrders;
  private int flowSum;

  /** Lowest ask that may be: {@code Q_1} is here and one tick below. */
  private int reference;

  SessionRun(ExchangeSession session, List<SessionSink> sinks) {
    this.session = session;
    flow = session.instrument().flow();
    // String.hashCode is specified, so the numbers are the same everywhere.
    random =
        new SplittableRandom(
            session.seed()
                + 0x9E3779B97F4A7C15L * session.instrument().symbol().hashCode()
                + 0xBF58476D1CE4E5B9L * session.date().toEpochDay());
    engine = new MatchingEngine(sinks);
    book = engine.book();
    reference = session.instrument().firstPrice();
    limitRate = new double[flow.queues() + 1];
    for (int queue = 1; queue <= flow.queues(); queue++) {
      limitRate[queue] = flow.limits().at(queue);
      limitSum += limitRate[queue];
    }
    aggressors = new int[session.signal().marketOrders()];
    for (int i = 0; i < aggressors.length; i++) {
      aggressors[i] = random.nextBoolean() ? 1 : -1;
      flowSum += aggressors[i];
    }
  }

  long run() throws IOException {
    fill();
    engine.open(session.openNanos());
    long from = session.openNanos();
    for (Halt halt : session.halts()) {
      long at = session.openNanos() + halt.atSecond() * ExchangeSession.SECOND;
      trade(from, at);
      engine.advance(at);
      engine.halt(-1);
      engine.advance(at + halt.seconds() * ExchangeSession.SECOND);
      engine.halt(0);
      engine.advance(engine.nanos() + 1);
      engine.halt(1);
      from = engine.nanos();
    }
    trade(from, session.closeNanos());
    engine.close(session.closeNanos());
    return engine.events();
  }

  /** Fills the queues to where as many orders come as go, so that the session begins near it. */
  private void fill() {
    for (Side side : SIDES) {
      for (int queue = 1; queue <= flow.queues(); queue++) {
        int orders = balance(limitRate[queue]);
        for (int i = 0; i < orders; i++) {
          engine.place(side, ticks(side, queue), drawSize());
        }
      }
      if (book.ordersAt(side, ticks(side, 1)) == 0) {
        engine.place(side, ticks(side, 1), drawSize());
      }
    }
  }

  /** The whole part of the balance, or one more with the chance of its fraction. */
  private int balance(double rate) {
    int orders = 0;
    while (orders < MOST_FIRST_ORDERS && flow.cancels().at(orders + 1) <= rate) {
      orders++;
    }
    double fewer = flow.cancels().at(orders);
    double more = flow.cancels().at(orders + 1);
    return random.nextDouble() * (more - fewer) < rate - fewer ? orders + 1 : orders;
  }

  private void trade(long from, long to) throws IOException {
    double now = 0;
    while (true) {
      double total = flow.movesPerSecond();
      for (Side side : SIDES) {
        total += limitSum + marketRate(side) + cancelSum(side);
      }
      now -= StrictMath.log(1 - random.nextDouble()) / total;
      long nanos = from + (long) (now * ExchangeSession.SECOND);
      if (Math.max(nanos, engine.nanos() + 1) + MOVE_NANOS >= to) {
        return;
      }
      engine.advance(nanos);
      act(random.nextDouble() * total);
    }
  }

  private void act(double draw) throws IOException {
    double left = draw;
    for (Side side : SIDES) {
      if (left < limitSum) {
        limit(side, left);
        return;
      }
      left -= limitSum;
      double market = marketRate(side);
      if (left < market) {
        market(side);
        return;
      }
      left -= market;
      double cancels = cancelSum(side);
      if (left < cancels) {
        cancel(side, left);
        return;
      }
      left -= cancels;
    }
    move();
  }

  private int ticks(Side side, int queue) {
    return side == Side.BID ? reference - queue : reference + queue - 1;
  }

  private double marketRate(Side side) {
    return isRemovable(side, 0) ? flow.markets().at(book.ordersAt(side, book.price(side, 0))) : 0;
  }

  private double cancelSum(Side side) {
    double sum = 0;
    for (int level = 0; level < book.depth(side); level++) {
      sum += cancelRate(side, level);
    }
    return sum;
  }

  private double cancelRate(Side side, int level) {
    return isRemovable(side, level)
        ? flow.cancels().at(book.ordersAt(side, book.price(side, level)))
        : 0;
  }

  /** Whether an order of the level may go: the last of a side stays, and where held of the best. */
  private boolean isRemovable(Side side, int level) {
    boolean lastMayGo = level > 0 || (!flow.bestQueueHeld() && book.depth(side) > 1);
    return lastMayGo || book.ordersAt(side, book.price(side, level)) > 1;
  }

  private void limit(Side side, double draw) throws IOException {
    int queue = 1;
    double left = draw;
    while (queue < flow.queues() && left >= limitRate[queue]) {
      left -= limitRate[queue++];
    }
    engine.limit(Flow.LIMIT, side, ticks(side, queue), drawSize());
  }

  private void cancel(Side side, double draw) throws IOException {
    int level = 0;
    double left = draw;
    double rate = cancelRate(side, 0);
    while (left >= rate && level + 1 < book.depth(side)) {
      left -= rate;
      rate = cancelRate(side, ++level);
    }
    double price = book.price(side, level);
    long id = book.firstAt(side, price);
    for (int i = random.nextInt(book.ordersAt(side, price)); i > 0; i--) {
      id = book.behind(id);
    }
    int size = (int) book.sizeOf(id);
    boolean part = size > 1 && random.nextDouble() < PARTIAL_CANCEL;
    engine.cancel(id, part ? 1 + random.nextInt(size - 1) : size);
  }

  /** Hits the best queue of a side; where it is held, a unit at least is left of it. */
  private void market(Side resting) throws IOException {
    int there = (int) book.size(resting, 0);
    int most = flow.bestQueueHeld() || book.depth(resting) == 1 ? there - 1 : there;
    note(resting == Side.ASK ? 1 : -1);
    engine.market(Flow.MARKET, MatchingEngine.opposite(resting), Math.min(drawSize(), most));
  }

  private void note(int aggressor) {
    int oldest = marketOrders % aggressors.length;
    flowSum += aggressor - aggressors[oldest];
    aggressors[oldest] = aggressor;
    marketOrders++;
  }

  /** A market order takes the whole best queue, and the book closes around the new price. */
  private void move() throws IOException {
    int before = flowSum;
    long nanos = engine.nanos();
    double upProbability =
        reference <= flow.queues() + 2
            ? 1 // a price has to stay above zero
            : session.signal().upProbability(Integer.signum(before));
    int direction = random.nextDouble() < upProbability ? 1 : -1;
    Side taken = direction > 0 ? Side.ASK : Side.BID;
    int behind = ticks(taken, 2);
    if (book.ordersAt(taken, behind) == 0) {
      engine.limit(Flow.MOVE, taken, behind, drawSize());
      engine.advance(engine.nanos() + 1);
    }
    double queue = book.sizeAt(taken, ticks(taken, 1));
    if (queue > 0) {
      note(direction);
      engine.market(Flow.MOVE, MatchingEngine.opposite(taken), (int) queue);
    }
    reference += direction;
    if (flow.bestQueueHeld()) {
      Side made = MatchingEngine.opposite(taken);
      for (int i = 0; i < NEW_QUEUE_ORDERS; i++) {
        engine.advance(engine.nanos() + 1);
        engine.limit(Flow.MOVE, made, ticks(made, 1), drawSize());
      }
    }
    engine.tell(new PriceMove(engine.events(), nanos, before, upProbability, direction, reference));
  }

  /** Round lots mostly, sometimes an odd one. */
  private int drawSize() {
    int lots = 1;
    while (lots < MOST_LOTS && random.nextBoolean()) {
      lots++;
    }
    return random.nextInt(5) == 0 ? 1 + random.nextInt(LOT - 1) : LOT * lots;
  }
}
