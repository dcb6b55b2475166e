package io.depthcast.feed.snapshot;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A number since 1970-01-01 UTC.
 *
 * @param column its column
 * @param unit of the number; decimals down to the nanosecond are read
 * @param zone where the days of the table begin at midnight
 */
public record EpochTime(String column, Unit unit, ZoneId zone) implements SnapshotTime {

  /** BigDecimal would write out the zeros of 1e99999999. */
  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,19}(\\.\\d{1,19})?([eE]\\+?\\d{1,2})?");

  /** A unit of time. */
  public enum Unit {
    SECONDS(9),
    MILLISECONDS(6),
    MICROSECONDS(3),
    NANOSECONDS(0);

    private final int decimalsOfNanos;

    Unit(int decimalsOfNanos) {
      this.decimalsOfNanos = decimalsOfNanos;
    }
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public String form() {
    return "a number of " + unit.name().toLowerCase(Locale.ROOT) + " since 1970";
  }

  @Override
  public Reading reading() {
    return texts -> nanos(texts[0]);
  }

  private long nanos(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return new BigDecimal(text).movePointRight(unit.decimalsOfNanos).longValueExact();
  }
}
