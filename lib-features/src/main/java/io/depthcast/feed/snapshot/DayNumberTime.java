package io.depthcast.feed.snapshot;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A running number of the trading day and a time of day, for tables that do not tell their dates.
 *
 * <p>Day 0 is the first day, and each number more is the next day from Monday to Friday: five
 * numbers are a week. The dates are stand-ins that keep the days apart and in order; they are not
 * the days of the market, whose holidays nobody can tell from a number.
 *
 * @param dayColumn column of the number, a whole number from 0 to 10000
 * @param timeColumn column of the time of day
 * @param timeFormat pattern of {@link DateTimeFormatter}, {@code HH:mm:ss}
 * @param zone the clock that the time was read from
 * @param firstDay date of day 0, Monday to Friday
 */
public record DayNumberTime(
    String dayColumn, String timeColumn, String timeFormat, ZoneId zone, LocalDate firstDay)
    implements SnapshotTime {

  private static final int MOST_DAYS = 10_000;
  private static final int WEEKDAYS = 5;

  public DayNumberTime {
    TextTime.formatter(timeFormat);
    if (firstDay.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0) {
      throw new IllegalArgumentException(
          "Invalid firstDay: " + firstDay + " (must be from Monday to Friday)");
    }
  }

  @Override
  public List<String> columns() {
    return List.of(dayColumn, timeColumn);
  }

  @Override
  public String form() {
    return "a day number and " + timeFormat;
  }

  @Override
  public Reading reading() {
    DateTimeFormatter formatter = TextTime.formatter(timeFormat);
    return texts ->
        SnapshotTime.nanos(
            day(Integer.parseInt(texts[0]))
                .atTime(LocalTime.parse(texts[1], formatter))
                .atZone(zone)
                .toInstant());
  }

  private LocalDate day(int number) {
    if (number < 0 || number > MOST_DAYS) {
      throw new NumberFormatException("day number " + number);
    }
    int weekday = firstDay.getDayOfWeek().getValue() - 1 + number;
    LocalDate monday = firstDay.with(DayOfWeek.MONDAY);
    return monday.plusWeeks(weekday / WEEKDAYS).plusDays(weekday % WEEKDAYS);
  }
}
