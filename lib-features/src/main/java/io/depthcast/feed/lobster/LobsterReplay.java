package io.depthcast.feed.lobster;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.L3Book;
import io.depthcast.book.L3Book.Outcome;
import io.depthcast.book.LongIntMap;
import io.depthcast.book.Side;
import io.depthcast.feed.lobster.ReplayReport.Reference;
import java.util.EnumMap;
import java.util.Map;

/**
 * Rebuilds the book of a LOBSTER day from its messages alone and compares it, row by row, with the
 * orderbook file.
 *
 * <p>The message file holds what happens within the visible levels, so the messages prove the
 * levels that have been visible without a break:
 *
 * <ul>
 *   <li>The first row's book is the start. The orders in it are known by price and quantity but not
 *       by id: at each of its prices one unknown quantity stands first in the queue.
 *   <li>A level pushed behind the last visible one is forgotten, since what happens to it next is
 *       not in the file. Its orders have {@linkplain Reference#LEFT_VIEW left the view}.
 *   <li>Where a message removes a level and all were occupied, the next one comes into view. It is
 *       taken from the orderbook row, one unknown quantity again. Where not all were occupied, the
 *       whole side was visible and no level may come out of nothing.
 *   <li>A message with an id that is not in the book takes from the unknown quantity at its price.
 *   <li>All other levels must have price and size of the orderbook row, to the last share, after
 *       every message. Hidden executions and crosses leave them as they are.
 *   <li>A mismatching side is taken from the orderbook row, so that one fault counts once. A
 *       suspect row restarts both sides: rejected rows or a halt hide messages before it.
 * </ul>
 *
 * <p>Memory grows with the orders of the file, 24 to 48 bytes each. Not safe for threads.
 */
public final class LobsterReplay {

  private static final Side[] SIDES = Side.values();
  private static final EventType[] TYPES = EventType.values();
  private static final Reference[] REFERENCES = Reference.values();

  private final int levels;
  private final L3Book book = new L3Book();

  /** What became of ids that are no longer in the book, as {@link Reference#ordinal()}. */
  private final LongIntMap past = new LongIntMap();

  /** By side: all levels of the row before were occupied, so there may be more behind them. */
  private final boolean[] full = new boolean[SIDES.length];

  private final long[][] references = new long[TYPES.length][REFERENCES.length];
  private boolean started;
  private long equal;
  private long mismatching;
  private long restarted;
  private long compared;
  private long intoView;
  private long outOfView;
  private long outOfTurn;

  /**
   * @param levels levels a side of the orderbook file, at least 1
   */
  public LobsterReplay(int levels) {
    if (levels < 1) {
      throw new IllegalArgumentException("Invalid levels: " + levels + " (must be >= 1)");
    }
    this.levels = levels;
  }

  /**
   * Follows the next rows.
   *
   * @param batch as {@link LobsterReader} gives it, all rows of the day in order
   */
  public void follow(BookBatch batch) {
    if (batch.levels != levels) {
      throw new IllegalArgumentException(
          "Invalid batch: " + batch.levels + " levels (the replay has " + levels + ")");
    }
    for (int row = 0; row < batch.rows; row++) {
      if (started && !batch.suspect[row]) {
        follow(batch, row);
      } else {
        restart(batch, row);
      }
    }
  }

  private void restart(BookBatch batch, int row) {
    for (Side side : SIDES) {
      takeOver(side, batch, row);
    }
    started = true;
    restarted++;
  }

  private void follow(BookBatch batch, int row) {
    int type = batch.eventType[row];
    if (type <= EventType.TRADE.ordinal()) {
      references[type][apply(batch, row).ordinal()]++;
    }
    boolean same = true;
    for (Side side : SIDES) {
      while (book.depth(side) > levels) {
        forgetWorst(side);
        outOfView++;
      }
      if (isExplained(side, batch, row)) {
        compared += book.depth(side);
        lookFurther(side, batch, row);
      } else {
        same = false;
        takeOver(side, batch, row);
      }
    }
    if (same) {
      equal++;
    } else {
      mismatching++;
    }
  }

  /** Changes the book as the message says, unless it is at fault. */
  private Reference apply(BookBatch batch, int row) {
    long id = batch.orderId[row];
    if (id == BookBatch.NO_ORDER) {
      return Reference.NO_ID;
    }
    EventType type = TYPES[batch.eventType[row]];
    Side side = SIDES[batch.side[row]];
    double price = batch.price[row];
    double size = batch.size[row];
    if (isOutside(side, price)) {
      return Reference.OUTSIDE;
    }
    int before = past.get(id);
    if (type == EventType.ADD) {
      return before == LongIntMap.ABSENT && book.add(id, side, price, size) == Outcome.DONE
          ? Reference.NEW
          : Reference.REPEATED;
    }
    if (book.contains(id)) {
      return applyToLive(id, type, side, price, size);
    }
    if (before == Reference.GONE.ordinal()) {
      return Reference.GONE;
    }
    if (take(unknown(side, price), type, size) != Outcome.DONE) {
      return Reference.UNCOVERED;
    }
    if (type == EventType.DELETE) {
      past.put(id, Reference.GONE.ordinal());
    }
    return before == LongIntMap.ABSENT ? Reference.UNSEEN : REFERENCES[before];
  }

  private boolean isOutside(Side side, double price) {
    double worst = book.price(side, levels - 1);
    return side == Side.BID ? price < worst : price > worst;
  }

  private Reference applyToLive(long id, EventType type, Side side, double price, double size) {
    if (book.priceOf(id) != price || book.sideOf(id) != side) {
      return Reference.ELSEWHERE;
    }
    double left = book.sizeOf(id) - size;
    boolean fits =
        switch (type) {
          case CANCEL -> left > 0;
          case DELETE -> left == 0;
          default -> left >= 0;
        };
    if (!fits) {
      return Reference.OTHER_SIZE;
    }
    take(id, type, size);
    if (left == 0) {
      past.put(id, Reference.GONE.ordinal());
    }
    return Reference.LIVE;
  }

  private Outcome take(long id, EventType type, double size) {
    if (type != EventType.TRADE) {
      return book.reduce(id, size);
    }
    Outcome outcome = book.execute(id, size);
    if (outcome != Outcome.DONE_OUT_OF_TURN) {
      return outcome;
    }
    outOfTurn++;
    return Outcome.DONE;
  }

  /** Whether the side's levels are the first ones of the row, and all unless there may be more. */
  private boolean isExplained(Side side, BookBatch batch, int row) {
    double[][] prices = side == Side.BID ? batch.bidPrice : batch.askPrice;
    double[][] sizes = side == Side.BID ? batch.bidSize : batch.askSize;
    int depth = book.depth(side);
    for (int level = 0; level < depth; level++) {
      if (prices[level][row] != book.price(side, level)
          || sizes[level][row] != book.size(side, level)) {
        return false;
      }
    }
    return full[side.ordinal()] || depth == levels || Double.isNaN(prices[depth][row]);
  }

  private void takeOver(Side side, BookBatch batch, int row) {
    while (book.depth(side) > 0) {
      forgetWorst(side);
    }
    addUnknown(side, batch, row);
  }

  private void lookFurther(Side side, BookBatch batch, int row) {
    int depth = book.depth(side);
    addUnknown(side, batch, row);
    intoView += book.depth(side) - depth;
  }

  /** Adds the row's levels behind those in the book, as quantities of unknown orders. */
  private void addUnknown(Side side, BookBatch batch, int row) {
    double[][] prices = side == Side.BID ? batch.bidPrice : batch.askPrice;
    double[][] sizes = side == Side.BID ? batch.bidSize : batch.askSize;
    for (int level = book.depth(side); level < levels; level++) {
      double price = prices[level][row];
      if (!Double.isNaN(price)) {
        book.add(unknown(side, price), side, price, sizes[level][row]);
      }
    }
    full[side.ordinal()] = book.depth(side) == levels;
  }

  private void forgetWorst(Side side) {
    double price = book.price(side, book.depth(side) - 1);
    long id;
    while ((id = book.firstAt(side, price)) != BookBatch.NO_ORDER) {
      book.remove(id);
      if (id > 0) {
        past.put(id, Reference.LEFT_VIEW.ordinal());
      }
    }
  }

  /** An id for the quantity of unknown orders at a price; those of the file are above 0. */
  private static long unknown(Side side, double price) {
    return -(SIDES.length * Math.round(price * LobsterReader.PRICE_UNIT) + side.ordinal());
  }

  /** What was found so far. */
  public ReplayReport report() {
    Map<EventType, Map<Reference, Long>> byType = new EnumMap<>(EventType.class);
    for (EventType type : TYPES) {
      Map<Reference, Long> byReference = new EnumMap<>(Reference.class);
      for (Reference reference : REFERENCES) {
        long count = references[type.ordinal()][reference.ordinal()];
        if (count > 0) {
          byReference.put(reference, count);
        }
      }
      if (!byReference.isEmpty()) {
        byType.put(type, byReference);
      }
    }
    return new ReplayReport(
        new ReplayReport.Rows(equal, mismatching, restarted),
        new ReplayReport.Levels(compared, intoView, outOfView),
        byType,
        outOfTurn);
  }
}
