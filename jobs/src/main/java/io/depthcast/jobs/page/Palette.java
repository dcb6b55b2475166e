package io.depthcast.jobs.page;

import java.util.List;

/** Colours that are told apart. */
public final class Palette {

  private static final List<String> COLORS =
      List.of("#0b5cad", "#d9731a", "#2a9d6f", "#8e5bbf", "#c2405f", "#9a7b1c", "#2796b8");

  private Palette() {}

  /**
   * Colour of the n-th of several lines or bars, as {@code #rrggbb}; the eighth is that of the
   * first again.
   *
   * @param n from 0
   */
  public static String color(int n) {
    return COLORS.get(n % COLORS.size());
  }
}
