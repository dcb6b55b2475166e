package io.depthcast.feed.snapshot;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Date and time as text, in one column or in several that are joined with a space.
 *
 * @param columns the columns, at least one
 * @param format pattern of {@link DateTimeFormatter}, {@code yyyy-MM-dd HH:mm:ss.SSS}
 * @param zone the clock that the text was read from, and where days begin at midnight
 */
public record TextTime(List<String> columns, String format, ZoneId zone) implements SnapshotTime {

  public TextTime {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("Invalid columns: none (must be at least one)");
    }
    formatter(format);
  }

  /**
   * @throws IllegalArgumentException if it is no pattern
   */
  static DateTimeFormatter formatter(String format) {
    try {
      return DateTimeFormatter.ofPattern(format, Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Invalid format: '" + format + "' (must be a pattern such as yyyy-MM-dd HH:mm:ss)", e);
    }
  }

  @Override
  public String form() {
    return format;
  }

  @Override
  public Reading reading() {
    DateTimeFormatter formatter = formatter(format);
    return texts ->
        SnapshotTime.nanos(
            LocalDateTime.parse(String.join(" ", texts), formatter).atZone(zone).toInstant());
  }
}
