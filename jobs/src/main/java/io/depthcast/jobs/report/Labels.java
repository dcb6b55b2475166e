package io.depthcast.jobs.report;

import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Labels such as {@code smoothed_mid_move_50e} or {@code mid_move_500ms_after_10ms}: their order
 * and their words.
 */
final class Labels {
  private static final Pattern WINDOW =
      Pattern.compile("(?<![a-z0-9])(\\d{1,15})(e|ms)(?![a-z0-9])");

  /** By the unit of the horizon, by its length, by name; what has no horizon comes last. */
  static final Comparator<String> ORDER =
      Comparator.comparing(Labels::unit)
          .thenComparingLong(Labels::length)
          .thenComparing(Comparator.naturalOrder());

  private Labels() {}

  /** The label in words, {@code smoothed mid move 50 events}. */
  static String words(String label) {
    return WINDOW.matcher(label).replaceAll(Labels::words).replace('_', ' ');
  }

  private static String words(MatchResult window) {
    return window.group(1) + (window.group(2).equals("e") ? " events" : " ms");
  }

  private static String unit(String label) {
    Matcher horizon = WINDOW.matcher(label);
    return horizon.find() ? horizon.group(2) : "~";
  }

  private static long length(String label) {
    Matcher horizon = WINDOW.matcher(label);
    return horizon.find() ? Long.parseLong(horizon.group(1)) : Long.MAX_VALUE;
  }
}
