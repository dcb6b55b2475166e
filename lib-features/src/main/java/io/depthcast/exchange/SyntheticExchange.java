package io.depthcast.exchange;

import io.depthcast.feed.lobster.LobsterPair;
import java.io.IOException;
import java.time.LocalDate;

/**
 * One symbol-day of made-up order flow, written as LOBSTER files. The same record writes the same
 * bytes everywhere.
 *
 * <p>The book begins empty at 9:30 and is filled by orders in the first rows. Then each step is one
 * of:
 *
 * <ul>
 *   <li>a limit order at the best price, or a cancellation there: the best queue is drawn to a size
 *       (queue-reactive, after Huang, Lehalle and Rosenbaum 2015);
 *   <li>a limit order behind the best price, or a cancellation there: the more orders rest, the
 *       likelier;
 *   <li>a market order that takes part of the first order of the best queue;
 *   <li>a hidden execution between or at the best prices;
 *   <li>a sweep: market orders of one moment that take the whole best queue;
 *   <li>while the spread is wider than one tick, a limit order one tick inside it.
 * </ul>
 *
 * Only the last two move the mid.
 *
 * <p>The signal: a pressure x, an AR(1) process with variance 1 that forgets over some 200 steps,
 * pushes u = tanh(2 x). The best bid queue is drawn to 600 exp(1.6 u) shares, the best ask queue to
 * 600 exp(-1.6 u). What moves the mid goes up with probability (1 + signal u) / 2, and that is also
 * the chance of a buyer in the other executions. With signal 0 the queues still swing, but say
 * nothing about the next move of the mid; with signal 1 they say much. Rows of one sweep share
 * their time: within a sweep the book shows its end coming, as in every market.
 *
 * <p>Gaps between steps are exponential. The price tick is one cent, prices begin at 100 dollars.
 *
 * @param symbol ticker
 * @param date trading day
 * @param levels levels a side in the orderbook rows, 1 to 1000
 * @param events rows to write, 1 to 10000000
 * @param seed of all randomness
 * @param signal strength of the planted signal, 0 (none) to 1
 * @param halt whether trading halts in the middle: a halt row, five minutes later quoting resumes,
 *     20 limit orders later trading does. Needs at least 1000 events
 */
public record SyntheticExchange(
    String symbol, LocalDate date, int levels, int events, long seed, double signal, boolean halt) {

  static final int OPEN_SECONDS = 34_200;
  static final int CLOSE_SECONDS = 57_600;

  private static final int MOST_EVENTS = 10_000_000;
  private static final int FEWEST_EVENTS_WITH_HALT = 1000;

  public SyntheticExchange {
    if (events < 1 || events > MOST_EVENTS) {
      throw new IllegalArgumentException(
          "Invalid events: " + events + " (must be 1 to " + MOST_EVENTS + ")");
    }
    if (!(signal >= 0 && signal <= 1)) {
      throw new IllegalArgumentException("Invalid signal: " + signal + " (must be 0 to 1)");
    }
    if (halt && events < FEWEST_EVENTS_WITH_HALT) {
      throw new IllegalArgumentException(
          "Invalid events: "
              + events
              + " (must be at least "
              + FEWEST_EVENTS_WITH_HALT
              + " with a halt)");
    }
    LobsterPair.named(symbol, date, OPEN_SECONDS * 1000L, CLOSE_SECONDS * 1000L, levels);
  }

  /** The names of the two files. */
  public LobsterPair files() {
    return LobsterPair.named(symbol, date, OPEN_SECONDS * 1000L, CLOSE_SECONDS * 1000L, levels);
  }

  /** Writes the rows of both files, each ended by a line feed. */
  public void write(Appendable messages, Appendable orderbook) throws IOException {
    new TradingDay(this, messages, orderbook).run();
  }
}
