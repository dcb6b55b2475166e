package io.depthcast.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One side of the book by order, best price first. Prices are in ticks, with the sign turned for
 * bids, so that on either side lower is better.
 */
final class RestingOrders {

  /** A limit order; the size is what is left of it. */
  static final class Order {
    final long id;
    int size;

    Order(long id, int size) {
      this.id = id;
      this.size = size;
    }
  }

  private final TreeMap<Integer, List<Order>> levels = new TreeMap<>();
  private int orders;

  int orders() {
    return orders;
  }

  int levels() {
    return levels.size();
  }

  int best() {
    return levels.firstKey();
  }

  void add(int price, Order order) {
    levels.computeIfAbsent(price, key -> new ArrayList<>()).add(order);
    orders++;
  }

  /** The price of the order with that many better or earlier ones. */
  int price(int ordersBefore) {
    int left = ordersBefore;
    for (Map.Entry<Integer, List<Order>> level : levels.entrySet()) {
      left -= level.getValue().size();
      if (left < 0) {
        return level.getKey();
      }
    }
    throw new IllegalArgumentException("No order " + ordersBefore + " among " + orders);
  }

  /** The orders at an occupied price, the first in time first. */
  List<Order> queue(int price) {
    return levels.get(price);
  }

  /** Takes an order out. */
  void remove(int price, Order order) {
    List<Order> queue = levels.get(price);
    queue.remove(order);
    orders--;
    if (queue.isEmpty()) {
      levels.remove(price);
    }
  }

  /** Price and size of the first levels, as many as there are. */
  List<long[]> depth(int count) {
    List<long[]> depth = new ArrayList<>(count);
    for (Map.Entry<Integer, List<Order>> level : levels.entrySet()) {
      if (depth.size() == count) {
        break;
      }
      depth.add(new long[] {level.getKey(), size(level.getValue())});
    }
    return depth;
  }

  /** Total size of a queue. */
  static long size(List<Order> queue) {
    long size = 0;
    for (Order order : queue) {
      size += order.size;
    }
    return size;
  }
}
