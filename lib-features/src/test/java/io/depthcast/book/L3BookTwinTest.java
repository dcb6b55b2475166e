package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.L3Book.Outcome;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random orders in an {@link L3Book} and in a tree of queues; the two are compared after each. */
class L3BookTwinTest {

  private static final class Order {
    final long id;
    double size;

    Order(long id, double size) {
      this.id = id;
      this.size = size;
    }
  }

  private final L3Book book = new L3Book();
  private final Map<Side, TreeMap<Double, Deque<Order>>> twin =
      Map.of(Side.BID, new TreeMap<>(Comparator.reverseOrder()), Side.ASK, new TreeMap<>());
  private final Random random = new Random(20_120_621);

  @ParameterizedTest
  @CsvSource({"12, 3, 0.5", "300, 60, 0.6", "300, 4, 0.6"})
  void isWhatATreeOfQueuesWouldBe(int ids, int prices, double adds) {
    int[] outcomes = new int[Outcome.values().length];
    for (int event = 0; event < 4_000; event++) {
      long id = random.nextInt(ids);
      double size = 1 + random.nextInt(9);
      Outcome expected;
      Outcome outcome;
      if (random.nextDouble() < adds) {
        Side side = random.nextBoolean() ? Side.BID : Side.ASK;
        double price = 100 + random.nextInt(prices) * 0.01;
        expected = add(id, side, price, size);
        outcome = book.add(id, side, price, size);
      } else {
        switch (random.nextInt(3)) {
          case 0 -> {
            expected = take(id, size);
            outcome = book.reduce(id, size);
          }
          case 1 -> {
            expected = take(id, book.contains(id) ? book.sizeOf(id) : size);
            outcome = book.remove(id);
          }
          default -> {
            boolean inTurn = isInTurn(id);
            expected = take(id, size);
            expected = expected == Outcome.DONE && !inTurn ? Outcome.DONE_OUT_OF_TURN : expected;
            outcome = book.execute(id, size);
          }
        }
      }
      assertThat(outcome).isEqualTo(expected);
      outcomes[outcome.ordinal()]++;
      if (random.nextInt(1_500) == 0) {
        book.clear();
        twin.values().forEach(Map::clear);
      }
      assertThat(L3BookTest.text(book)).isEqualTo(text());
      assertQueues();
    }
    assertThat(outcomes).as("all outcomes were met").doesNotContain(0);
  }

  private Outcome add(long id, Side side, double price, double size) {
    if (queueOf(id) != null) {
      return Outcome.DUPLICATE_ID;
    }
    twin.get(side).computeIfAbsent(price, key -> new ArrayDeque<>()).addLast(new Order(id, size));
    return Outcome.DONE;
  }

  private Outcome take(long id, double size) {
    Deque<Order> queue = queueOf(id);
    if (queue == null) {
      return Outcome.UNKNOWN_ID;
    }
    for (Order order : queue) {
      if (order.id == id && size > order.size) {
        return Outcome.TOO_LARGE;
      }
      order.size -= order.id == id ? size : 0;
    }
    queue.removeIf(order -> order.size == 0);
    twin.values().forEach(side -> side.values().removeIf(Deque::isEmpty));
    return Outcome.DONE;
  }

  private boolean isInTurn(long id) {
    return twin.values().stream()
        .anyMatch(side -> !side.isEmpty() && side.firstEntry().getValue().peekFirst().id == id);
  }

  private Deque<Order> queueOf(long id) {
    return twin.values().stream()
        .flatMap(side -> side.values().stream())
        .filter(queue -> queue.stream().anyMatch(order -> order.id == id))
        .findAny()
        .orElse(null);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (Side side : Side.values()) {
      twin.get(side)
          .forEach(
              (price, queue) -> {
                long size = (long) queue.stream().mapToDouble(order -> order.size).sum();
                text.append(side).append(' ').append(price).append(' ').append(size).append(':');
                queue.forEach(o -> text.append(' ').append(o.id).append('x').append((long) o.size));
                text.append('\n');
              });
    }
    return text.toString();
  }

  private void assertQueues() {
    int orders = 0;
    for (Side side : Side.values()) {
      for (Map.Entry<Double, Deque<Order>> level : twin.get(side).entrySet()) {
        int ahead = 0;
        double sizeAhead = 0;
        for (Order order : level.getValue()) {
          boolean same =
              book.ordersAhead(order.id) == ahead
                  && book.sizeAhead(order.id) == sizeAhead
                  && book.sideOf(order.id) == side
                  && book.priceOf(order.id) == level.getKey();
          if (!same) {
            throw new AssertionError("order " + order.id + " in\n" + L3BookTest.text(book));
          }
          ahead++;
          sizeAhead += order.size;
        }
        assertThat(book.ordersAt(side, level.getKey())).isEqualTo(ahead);
        orders += ahead;
      }
    }
    assertThat(book.orders()).isEqualTo(orders);
  }
}
