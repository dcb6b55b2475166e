package io.depthcast.book;

import java.util.Arrays;

/**
 * A book of orders: at each price of a side a queue, first come first served.
 *
 * <p>Prices are quote currency; two prices are one level if they are the same double. Sizes are
 * whole numbers up to 2^53 (shares, contracts, or a venue's smallest step), because then a level's
 * size is exactly the sum of its orders whatever the way there; fractions would drift.
 *
 * <p>What a feed may get wrong is answered with an {@link Outcome}, and the book is then as before;
 * a price or size that no order can have is an {@link IllegalArgumentException}. As in {@link
 * L2Book}, the sides know nothing of each other.
 *
 * <p>Grows to the most orders and levels it has held at once and allocates nothing from then on.
 * Not safe for threads.
 */
public final class L3Book {

  /** What became of a message. */
  public enum Outcome {
    DONE,
    /** Executed, though an order with priority rests: at a better price, or earlier at this one. */
    DONE_OUT_OF_TURN,
    /** Not added: an order with this id rests. */
    DUPLICATE_ID,
    /** No order with this id rests. */
    UNKNOWN_ID,
    /** Neither reduced nor executed: less than that is left of the order. */
    TOO_LARGE
  }

  private static final int NONE = -1;
  private static final double LARGEST_SIZE = 0x1p53;

  private final L2Book levels = new L2Book();
  private final LongIntMap orderById = new LongIntMap();
  private final LongIntMap queueByPrice = new LongIntMap();
  private final Orders orders = new Orders();
  private final Queues queues = new Queues();

  /** Empty. */
  public L3Book() {}

  /** Removes all orders. */
  public void clear() {
    levels.clear();
    orderById.clear();
    queueByPrice.clear();
    orders.slots.clear();
    queues.slots.clear();
  }

  /**
   * Puts an order at the end of the queue of its price.
   *
   * @param price positive and finite
   * @param size positive whole number
   * @return {@link Outcome#DONE} or {@link Outcome#DUPLICATE_ID}
   */
  public Outcome add(long id, Side side, double price, double size) {
    requireWhole(size);
    if (orderById.get(id) != LongIntMap.ABSENT) {
      return Outcome.DUPLICATE_ID;
    }
    int queue = queueByPrice.get(key(side, price));
    levels.set(side, price, queue == LongIntMap.ABSENT ? size : queues.size[queue] + size);
    if (queue == LongIntMap.ABSENT) {
      queue = queues.open(side, price);
      queueByPrice.put(key(side, price), queue);
    }
    int order = orders.take(id, size, queue);
    orderById.put(id, order);
    int last = queues.last[queue];
    orders.before[order] = last;
    if (last == NONE) {
      queues.first[queue] = order;
    } else {
      orders.behind[last] = order;
    }
    queues.last[queue] = order;
    queues.size[queue] += size;
    queues.count[queue]++;
    return Outcome.DONE;
  }

  /**
   * Withdraws a part of an order, which keeps its place; or all of it, and it is gone.
   *
   * @param size positive whole number
   * @return {@link Outcome#DONE}, {@link Outcome#UNKNOWN_ID} or {@link Outcome#TOO_LARGE}
   */
  public Outcome reduce(long id, double size) {
    requireWhole(size);
    int order = orderById.get(id);
    if (order == LongIntMap.ABSENT) {
      return Outcome.UNKNOWN_ID;
    }
    if (size > orders.size[order]) {
      return Outcome.TOO_LARGE;
    }
    take(order, size);
    return Outcome.DONE;
  }

  /**
   * Withdraws an order.
   *
   * @return {@link Outcome#DONE} or {@link Outcome#UNKNOWN_ID}
   */
  public Outcome remove(long id) {
    int order = orderById.get(id);
    if (order == LongIntMap.ABSENT) {
      return Outcome.UNKNOWN_ID;
    }
    take(order, orders.size[order]);
    return Outcome.DONE;
  }

  /**
   * Executes a part of an order, which keeps its place; or all of it, and it is gone.
   *
   * @param size positive whole number
   * @return any but {@link Outcome#DUPLICATE_ID}
   */
  public Outcome execute(long id, double size) {
    int order = orderById.get(id);
    boolean inTurn = order == LongIntMap.ABSENT || isNext(order);
    Outcome outcome = reduce(id, size);
    return outcome == Outcome.DONE && !inTurn ? Outcome.DONE_OUT_OF_TURN : outcome;
  }

  private boolean isNext(int order) {
    int queue = orders.queue[order];
    return orders.before[order] == NONE
        && queues.price[queue] == levels.price(queues.side[queue], 0);
  }

  private void take(int order, double size) {
    int queue = orders.queue[order];
    queues.size[queue] -= size;
    levels.set(queues.side[queue], queues.price[queue], queues.size[queue]);
    orders.size[order] -= size;
    if (orders.size[order] == 0) {
      unlink(order, queue);
    }
  }

  private void unlink(int order, int queue) {
    int before = orders.before[order];
    int behind = orders.behind[order];
    if (before == NONE) {
      queues.first[queue] = behind;
    } else {
      orders.behind[before] = behind;
    }
    if (behind == NONE) {
      queues.last[queue] = before;
    } else {
      orders.before[behind] = before;
    }
    orderById.remove(orders.id[order]);
    orders.slots.give(order);
    if (--queues.count[queue] == 0) {
      queueByPrice.remove(key(queues.side[queue], queues.price[queue]));
      queues.slots.give(queue);
    }
  }

  /** Orders in the book. */
  public int orders() {
    return orderById.size();
  }

  /** Whether an order with this id rests. */
  public boolean contains(long id) {
    return orderById.get(id) != LongIntMap.ABSENT;
  }

  /** What is left of an order, 0 if it does not rest. */
  public double sizeOf(long id) {
    int order = orderById.get(id);
    return order == LongIntMap.ABSENT ? 0 : orders.size[order];
  }

  /**
   * Price of an order.
   *
   * @throws IllegalArgumentException if it does not rest
   */
  public double priceOf(long id) {
    return queues.price[orders.queue[resting(id)]];
  }

  /**
   * Side of an order.
   *
   * @throws IllegalArgumentException if it does not rest
   */
  public Side sideOf(long id) {
    return queues.side[orders.queue[resting(id)]];
  }

  /**
   * Size that rests at the order's price with priority over it; takes a step for each such order.
   *
   * @throws IllegalArgumentException if the order does not rest
   */
  public double sizeAhead(long id) {
    double size = 0;
    for (int order = orders.before[resting(id)]; order != NONE; order = orders.before[order]) {
      size += orders.size[order];
    }
    return size;
  }

  /**
   * Orders that rest at the order's price with priority over it; takes a step for each.
   *
   * @throws IllegalArgumentException if the order does not rest
   */
  public int ordersAhead(long id) {
    int count = 0;
    for (int order = orders.before[resting(id)]; order != NONE; order = orders.before[order]) {
      count++;
    }
    return count;
  }

  /** Orders at a price, 0 if none. */
  public int ordersAt(Side side, double price) {
    int queue = queueByPrice.get(key(side, price));
    return queue == LongIntMap.ABSENT ? 0 : queues.count[queue];
  }

  /** Id of the first order at a price, {@link BookBatch#NO_ORDER} if there is none. */
  public long firstAt(Side side, double price) {
    int queue = queueByPrice.get(key(side, price));
    return queue == LongIntMap.ABSENT ? BookBatch.NO_ORDER : orders.id[queues.first[queue]];
  }

  /**
   * Id of the next order at the same price, {@link BookBatch#NO_ORDER} if there is none.
   *
   * @throws IllegalArgumentException if the order does not rest
   */
  public long behind(long id) {
    int order = orders.behind[resting(id)];
    return order == NONE ? BookBatch.NO_ORDER : orders.id[order];
  }

  /** Occupied levels. */
  public int depth(Side side) {
    return levels.depth(side);
  }

  /**
   * Price of a level, NaN from {@link #depth} on.
   *
   * @param level 0 is the best
   */
  public double price(Side side, int level) {
    return levels.price(side, level);
  }

  /**
   * Size of a level, NaN from {@link #depth} on.
   *
   * @param level 0 is the best
   */
  public double size(Side side, int level) {
    return levels.size(side, level);
  }

  /** Size that rests at a price, 0 if none does. */
  public double sizeAt(Side side, double price) {
    return levels.sizeAt(side, price);
  }

  /** Whether the best bid is above the best ask. */
  public boolean isCrossed() {
    return levels.isCrossed();
  }

  /** Whether the best bid is the best ask. */
  public boolean isLocked() {
    return levels.isLocked();
  }

  /** Writes the best levels into a row of the batch, as many as it has; NaN where empty. */
  public void copyTo(BookBatch batch, int row) {
    levels.copyTo(batch, row);
  }

  private int resting(long id) {
    int order = orderById.get(id);
    if (order == LongIntMap.ABSENT) {
      throw new IllegalArgumentException("Unknown order: " + id + " does not rest in the book");
    }
    return order;
  }

  private static void requireWhole(double size) {
    if (!(size > 0 && size <= LARGEST_SIZE && size == Math.rint(size))) {
      throw new IllegalArgumentException(
          "Invalid order size: " + size + " (must be a whole number, 1 to 2^53)");
    }
  }

  private static long key(Side side, double price) {
    return Double.doubleToRawLongBits(side == Side.BID ? price : -price);
  }

  /** Orders by slot, linked to those before and behind them in their queue. */
  private static final class Orders {

    private final Slots slots = new Slots();
    private long[] id = {};
    private double[] size = {};
    private int[] queue = {};
    private int[] before = {};
    private int[] behind = {};

    int take(long orderId, double orderSize, int orderQueue) {
      int slot = slots.take();
      if (slot >= id.length) {
        int capacity = slots.capacity();
        id = Arrays.copyOf(id, capacity);
        size = Arrays.copyOf(size, capacity);
        queue = Arrays.copyOf(queue, capacity);
        before = Arrays.copyOf(before, capacity);
        behind = Arrays.copyOf(behind, capacity);
      }
      id[slot] = orderId;
      size[slot] = orderSize;
      queue[slot] = orderQueue;
      behind[slot] = NONE;
      return slot;
    }
  }

  /** The occupied prices' queues by slot. */
  private static final class Queues {

    private final Slots slots = new Slots();
    private Side[] side = {};
    private double[] price = {};
    private double[] size = {};
    private int[] count = {};
    private int[] first = {};
    private int[] last = {};

    int open(Side queueSide, double queuePrice) {
      int slot = slots.take();
      if (slot >= side.length) {
        int capacity = slots.capacity();
        side = Arrays.copyOf(side, capacity);
        price = Arrays.copyOf(price, capacity);
        size = Arrays.copyOf(size, capacity);
        count = Arrays.copyOf(count, capacity);
        first = Arrays.copyOf(first, capacity);
        last = Arrays.copyOf(last, capacity);
      }
      side[slot] = queueSide;
      price[slot] = queuePrice;
      size[slot] = 0;
      count[slot] = 0;
      first[slot] = NONE;
      last[slot] = NONE;
      return slot;
    }
  }

  /** Numbers from 0 on that are taken and given back; the last given back is taken first. */
  private static final class Slots {

    private static final int FIRST_CAPACITY = 64;

    private int[] free = new int[FIRST_CAPACITY];
    private int freeCount;
    private int used;

    int capacity() {
      return free.length;
    }

    int take() {
      if (freeCount > 0) {
        return free[--freeCount];
      }
      if (used == free.length) {
        free = Arrays.copyOf(free, 2 * used);
      }
      return used++;
    }

    void give(int slot) {
      free[freeCount++] = slot;
    }

    void clear() {
      freeCount = 0;
      used = 0;
    }
  }
}
