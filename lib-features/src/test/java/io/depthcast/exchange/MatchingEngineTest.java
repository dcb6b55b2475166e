package io.depthcast.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.L3Book;
import io.depthcast.book.Side;
import io.depthcast.exchange.OrderEvent.Flow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MatchingEngineTest {

  /** An order of the twin; orders stand in the list in the order of their arrival. */
  private static final class Order {
    final long id;
    final Side side;
    final int ticks;
    int left;

    Order(long id, Side side, int ticks, int left) {
      this.id = id;
      this.side = side;
      this.ticks = ticks;
      this.left = left;
    }
  }

  @Test
  void matchesByPriceThenTimeAsANaiveTwin() throws IOException {
    List<String> told = new ArrayList<>();
    MatchingEngine engine = new MatchingEngine(List.of(new Teller(told)));
    List<Order> orders = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(5);
    long lastId = 0;
    for (int i = 0; i < 20_000; i++) {
      Side side = random.nextBoolean() ? Side.BID : Side.ASK;
      int size = 1 + random.nextInt(20);
      int ticks = 1000 + random.nextInt(12) + (side == Side.BID ? -8 : -3);
      switch (random.nextInt(5)) {
        case 0 -> {
          int left = match(orders, side, null, size, expected);
          assertThat(engine.market(Flow.MARKET, side, size)).isEqualTo(left);
        }
        case 1, 2, 3 -> {
          int left = match(orders, side, ticks, size, expected);
          if (left > 0) {
            orders.add(new Order(++lastId, side, ticks, left));
            expected.add("add " + lastId + " " + side + " " + ticks + " " + left);
          }
          engine.limit(Flow.LIMIT, side, ticks, size);
        }
        default -> {
          if (!orders.isEmpty()) {
            Order order = orders.get(random.nextInt(orders.size()));
            int part = Math.min(size, order.left);
            engine.cancel(order.id, part);
            order.left -= part;
            String type = order.left == 0 ? "delete " : "cancel ";
            expected.add(type + order.id + " " + order.side + " " + order.ticks + " " + part);
            orders.removeIf(o -> o.left == 0);
          }
        }
      }
      assertThat(engine.book().isCrossed() || engine.book().isLocked()).isFalse();
    }
    assertThat(told).isEqualTo(expected);
    assertThat(told).anyMatch(t -> t.startsWith("trade"));
    assertThat(engine.book().orders()).isEqualTo(orders.size());
    for (Order order : orders) {
      assertThat(engine.book().sizeOf(order.id)).isEqualTo(order.left);
    }
  }

  private static int match(
      List<Order> orders, Side side, Integer limit, int size, List<String> events) {
    int left = size;
    while (left > 0) {
      // The sort keeps the order of arrival among equal prices.
      Comparator<Order> byPrice = Comparator.comparingInt(o -> o.ticks);
      Order best =
          orders.stream()
              .filter(o -> o.side != side)
              .sorted(side == Side.BID ? byPrice : byPrice.reversed())
              .findFirst()
              .orElse(null);
      boolean reached =
          best != null
              && (limit == null || (side == Side.BID ? best.ticks <= limit : best.ticks >= limit));
      if (!reached) {
        break;
      }
      int executed = Math.min(left, best.left);
      best.left -= executed;
      left -= executed;
      events.add("trade " + best.id + " " + best.side + " " + best.ticks + " " + executed);
      orders.removeIf(o -> o.left == 0);
    }
    return left;
  }

  /** Notes what it is told. */
  private record Teller(List<String> told) implements SessionSink {
    @Override
    public void take(OrderEvent event, L3Book book) {
      told.add(
          event.type.column()
              + " "
              + event.orderId
              + " "
              + event.side
              + " "
              + event.ticks
              + " "
              + event.size);
    }
  }
}
