package io.depthcast.jobs.report;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label horizons such as {@code 50e} or {@code 500ms}: their order and their words. */
final class Horizons {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})([a-z]*)");

  /** By unit, then by length; what is not of the form comes last. */
  static final Comparator<String> ORDER =
      Comparator.comparing(Horizons::unit)
          .thenComparingLong(Horizons::length)
          .thenComparing(Comparator.naturalOrder());

  private Horizons() {}

  static String words(String horizon) {
    Matcher matcher = FORM.matcher(horizon);
    if (!matcher.matches()) {
      return horizon;
    }
    String unit =
        matcher.group(2).equals("e") || matcher.group(2).isEmpty() ? "events" : unit(horizon);
    return matcher.group(1) + " " + unit;
  }

  private static String unit(String horizon) {
    Matcher matcher = FORM.matcher(horizon);
    return matcher.matches() ? matcher.group(2) : "~";
  }

  private static long length(String horizon) {
    Matcher matcher = FORM.matcher(horizon);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
  }
}
