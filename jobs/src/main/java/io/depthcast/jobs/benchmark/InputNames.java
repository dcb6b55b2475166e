package io.depthcast.jobs.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Names of a book's numbers in LOBSTER's order: ask price, ask size, bid price, bid size. */
final class InputNames {

  private InputNames() {}

  static List<String> of(int levels) {
    List<String> names = new ArrayList<>();
    for (int level = 1; level <= levels; level++) {
      names.add("ask_price_" + level);
      names.add("ask_size_" + level);
      names.add("bid_price_" + level);
      names.add("bid_size_" + level);
    }
    return names;
  }
}
