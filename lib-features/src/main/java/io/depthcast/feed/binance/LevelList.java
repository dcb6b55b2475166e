package io.depthcast.feed.binance;

import java.util.Arrays;

/** Price levels of one side in the order of the message. */
final class LevelList {

  /** Four times what the venue's largest snapshot has. */
  static final int MOST = 20_000;

  double[] price = new double[64];
  double[] size = new double[64];
  int count;

  void add(double levelPrice, double levelSize) {
    if (count == price.length) {
      price = Arrays.copyOf(price, 2 * count);
      size = Arrays.copyOf(size, 2 * count);
    }
    price[count] = levelPrice;
    size[count++] = levelSize;
  }
}
