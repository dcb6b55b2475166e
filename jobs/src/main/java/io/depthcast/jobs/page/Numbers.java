package io.depthcast.jobs.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How numbers and times are written on a page. A missing number is an en dash. */
public final class Numbers {
  /** In place of a number that is not there. */
  public static final String MISSING = "–";

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Numbers() {}

  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  public static String fixed(double value, int decimals) {
    if (Double.isNaN(value)) {
      return MISSING;
    }
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
    // A value that rounds to zero has no sign.
    return text.matches("-[0.]+") ? text.substring(1) : text.replace('-', '−');
  }

  public static String signed(double value, int decimals) {
    String text = fixed(value, decimals);
    return value > 0 && text.matches(".*[1-9].*") ? "+" + text : text;
  }

  /** Four figures that count, with a power of ten where the number is very large or small. */
  public static String significant(double value) {
    if (Double.isNaN(value)) {
      return MISSING;
    }
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-3 && size < 1e7)) {
      int whole = size == 0 ? 0 : (int) Math.floor(Math.log10(size));
      return fixed(value, size == 0 ? 0 : Math.max(0, 3 - whole));
    }
    return String.format(Locale.ROOT, "%.3e", value).replace('-', '−');
  }

  public static String percent(double share, int decimals) {
    return Double.isNaN(share) ? MISSING : fixed(100 * share, decimals) + "%";
  }

  public static String money(double value, String currency) {
    return Double.isNaN(value) ? MISSING : fixed(value, 2) + " " + currency;
  }

  public static String utc(long ns) {
    return CLOCK.format(Instant.ofEpochSecond(Math.floorDiv(ns, 1_000_000_000L)));
  }

  public static String utc(Instant instant) {
    return CLOCK.format(instant) + " UTC";
  }
}
