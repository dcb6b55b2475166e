package io.depthcast.feed.binance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A book that changes at random, one level an update id, and a capture of it in which lines are
 * missing, come twice or late, and snapshots are old, ahead or of another place. What the book
 * really was at an id is known.
 */
final class CapturedBook {

  private record Level(long id, boolean bid, int price, int size) {}

  private final boolean futures;
  private final SplittableRandom random;
  private final List<Level> history = new ArrayList<>();
  final List<String> lines = new ArrayList<>();

  CapturedBook(boolean futures, long seed, int updates) {
    this.futures = futures;
    random = new SplittableRandom(seed);
    for (int price = 90; price <= 110; price++) {
      if (price != 100) {
        history.add(new Level(0, price < 100, price, 1));
      }
    }
    long id = 100;
    long previous = 100;
    long ms = 43_200_000 - 50L * updates;
    long trade = 1;
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < updates; i++) {
      // Futures share their ids with other instruments: some are left out between two updates.
      id += futures ? random.nextInt(4) : 0;
      long first = id + 1;
      StringBuilder levels = new StringBuilder();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        Level level = change(++id);
        history.add(level);
        levels.append(level.bid() ? "b " : "a ");
        levels.append(level.price()).append('x').append(level.size()).append(' ');
      }
      ms += 100;
      String line =
          futures
              ? BinanceText.futuresUpdate(ms, first, id, previous, levels.toString())
              : BinanceText.spotUpdate(ms, first, id, levels.toString());
      previous = id;
      sent.add(line);
      capture(line, sent);
      if (random.nextInt(3) == 0) {
        lines.add(BinanceText.trade(ms + 10, trade++, "100", "1", random.nextBoolean()));
      }
      if (random.nextInt(12) == 0) {
        snapshot(ms + 20, Math.max(101, id - random.nextInt(12)));
      }
    }
  }

  private Level change(long id) {
    boolean bid = random.nextBoolean();
    int price = bid ? 90 + random.nextInt(10) : 101 + random.nextInt(10);
    return new Level(id, bid, price, random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(9));
  }

  private void capture(String line, List<String> sent) {
    int fate = random.nextInt(40);
    if (fate != 0) {
      lines.add(line);
    }
    if (fate == 1) {
      lines.add(sent.get(random.nextInt(sent.size())));
    }
  }

  /** Often too old for the updates before it, sometimes ahead of updates that come after it. */
  private void snapshot(long ms, long id) {
    StringBuilder levels = new StringBuilder();
    for (boolean bid : new boolean[] {true, false}) {
      levels.append(bid ? "b " : "a ");
      book(id, bid)
          .forEach((price, size) -> levels.append(price).append('x').append(size).append(' '));
    }
    lines.add(
        Math.max(0, lines.size() - random.nextInt(4)),
        futures
            ? BinanceText.futuresSnapshot(ms, id, levels.toString())
            : BinanceText.spotSnapshot(ms, id, levels.toString()));
  }

  /** Sizes by price, from the best, after the change with the id. */
  NavigableMap<Integer, Integer> book(long id, boolean bid) {
    Comparator<Integer> upwards = Comparator.naturalOrder();
    NavigableMap<Integer, Integer> book = new TreeMap<>(bid ? upwards.reversed() : upwards);
    for (Level level : history) {
      if (level.id() <= id && level.bid() == bid) {
        book.put(level.price(), level.size());
      }
    }
    book.values().removeIf(size -> size == 0);
    return book;
  }

  /** The best levels as rows have them: price, size, from the best, NaN where there is none. */
  List<Double> best(long id, boolean bid, int levels) {
    List<Double> best = new ArrayList<>();
    for (Map.Entry<Integer, Integer> level : book(id, bid).entrySet()) {
      best.add((double) level.getKey());
      best.add((double) level.getValue());
    }
    while (best.size() < 2 * levels) {
      best.add(Double.NaN);
    }
    return best.subList(0, 2 * levels);
  }
}
