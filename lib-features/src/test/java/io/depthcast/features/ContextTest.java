package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link TimeOfDay}, {@link EventIntensity} and {@link UpdatesPerPriceChange}. */
class ContextTest {

  private static final double NAN = Double.NaN;
  private static final Offset<Double> ROUNDING = within(1e-9);
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @Test
  void timeOfDayIsAPointOfTheCircleAndMinutesOfTheSession() {
    BookBatch book =
        at(
            "2012-06-21T10:00:00Z",
            "2012-06-21T13:30:00Z",
            "2012-06-21T13:31:30.5Z",
            "2012-06-21T16:00:00.9Z",
            "2012-06-21T19:59:59Z",
            "2012-06-21T20:00:00Z");
    double[][] time =
        FeatureRuns.run(new TimeOfDay(NEW_YORK, LocalTime.of(9, 30), LocalTime.of(16, 0)), book);
    // New York is 4 hours behind in June: 06:00, 09:30, 09:31:30.5, 12:00:00.9, 15:59:59, 16:00
    assertThat(time[0][0]).as("sin of 6 h, a quarter").isCloseTo(1, ROUNDING);
    assertThat(time[1][0]).as("cos of 6 h").isCloseTo(0, ROUNDING);
    assertThat(time[0][3]).as("sin of 12 h, a half").isCloseTo(0, ROUNDING);
    assertThat(time[1][3]).as("cos of 12 h").isCloseTo(-1, ROUNDING);
    // 9.5 of 24 hours are 142.5 degrees
    assertThat(time[0][1]).isCloseTo(0.6087614290087207, ROUNDING);
    assertThat(time[1][1]).isCloseTo(-0.7933533402912352, ROUNDING);
    // before the session; 0; 90.5 s; 2 h 30 min 0.9 s; 6 h 30 min less 1 s; after it
    assertThat(time[2][0]).isNaN();
    assertThat(time[2][1]).isZero();
    assertThat(time[2][2]).isCloseTo(90.5 / 60, ROUNDING);
    assertThat(time[2][3]).isCloseTo(150.015, ROUNDING);
    assertThat(time[2][4]).isCloseTo(390 - 1 / 60.0, ROUNDING);
    assertThat(time[2][5]).isNaN();
  }

  @Test
  void theClockFollowsSummerTimeWithinARun() {
    // New York goes from UTC-5 to UTC-4 at 07:00 UTC of 2012-03-11
    BookBatch book = at("2012-03-10T14:30:00Z", "2012-03-11T06:59:59Z", "2012-03-12T13:30:00Z");
    double[][] time =
        FeatureRuns.run(new TimeOfDay(NEW_YORK, LocalTime.of(9, 30), LocalTime.of(16, 0)), book);
    assertThat(time[2]).containsExactly(0, NAN, 0);
  }

  @Test
  void aSessionMayRunOverMidnight() {
    BookBatch book = at("2024-08-08T16:59:00Z", "2024-08-08T17:30:00Z", "2024-08-08T18:00:00Z");
    ZoneId utc = ZoneId.of("UTC");
    // begins at 18:00: 22 h 59 min after, closed, 0
    assertThat(
            FeatureRuns.run(new TimeOfDay(utc, LocalTime.of(18, 0), LocalTime.of(17, 0)), book)[2])
        .containsExactly(1379, NAN, 0);
    assertThat(FeatureRuns.run(new TimeOfDay(utc, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT), book)[2])
        .containsExactly(1019, 1050, 1080);
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York, 09:30, 16:00",
    "Asia/Shanghai, 23:00, 01:30",
    "Australia/Lord_Howe, 00:00, 00:00",
    "UTC, 08:00, 16:30"
  })
  void timeOfDayEqualsTheCalendar(String zone, LocalTime begin, LocalTime end) {
    ZoneId zoneId = ZoneId.of(zone);
    BookBatch book = RandomBook.full(61, 2000, 1);
    Random random = new Random(62);
    for (int i = 0; i < book.rows; i++) {
      // about two years of steps of up to a day, so that the clocks change
      book.suspect[i] = false;
      book.tsEvent[i] =
          i == 0 ? book.tsEvent[0] : book.tsEvent[i - 1] + random.nextLong(60_000_000_000_000L);
    }
    double[][] time = FeatureRuns.run(new TimeOfDay(zoneId, begin, end), book);
    for (int n = 0; n < book.rows; n++) {
      ZonedDateTime local = Instant.ofEpochSecond(0, book.tsEvent[n]).atZone(zoneId);
      double angle = local.toLocalTime().toSecondOfDay() * Math.PI / 43_200;
      assertThat(time[0][n]).isCloseTo(Math.sin(angle), ROUNDING);
      assertThat(time[1][n]).isCloseTo(Math.cos(angle), ROUNDING);
      LocalTime clock = local.toLocalTime();
      boolean open =
          begin.isBefore(end)
              ? !clock.isBefore(begin) && clock.isBefore(end)
              : !clock.isBefore(begin) || clock.isBefore(end);
      double minutes = Duration.between(begin, clock).toNanos() / 6e10;
      double expected = minutes < 0 ? minutes + 1440 : minutes;
      if (open) {
        assertThat(time[2][n]).as("%s", local).isCloseTo(expected, ROUNDING);
      } else {
        assertThat(time[2][n]).as("%s", local).isNaN();
      }
    }
  }

  @Test
  void intensityHalvesWithTheHalfLife() {
    BookBatch book = BookText.book(1, "99 1 | 101 1\n".repeat(6));
    long[] milliseconds = {0, 10, 11, 11, 12, 15};
    for (int i = 0; i < 6; i++) {
      book.tsEvent[i] = milliseconds[i] * 1_000_000;
    }
    double[][] intensity =
        FeatureRuns.run(new EventIntensity(Window.milliseconds(1), Window.milliseconds(3)), book);
    // A row weighs 1, 1/2 and 1/4 after 0, 1 and 2 ms, and nothing after 3. Rows a second are the
    // sum times ln 2 / 0.001 / (1 - 1/8).
    double scale = 0.6931471805599453 / 0.001 / 0.875;
    assertThat(intensity[0][0]).isNaN();
    assertThat(intensity[0][1]).isCloseTo(scale, ROUNDING);
    assertThat(intensity[0][2]).isCloseTo(scale * 1.5, ROUNDING);
    assertThat(intensity[0][3]).isCloseTo(scale * 2.5, ROUNDING);
    // the row of 10 ms, those of 11 ms and that of 12 ms: 1/4 + 1/2 + 1/2 + 1
    assertThat(intensity[0][4]).isCloseTo(scale * 2.25, ROUNDING);
    assertThat(intensity[0][5]).as("12 ms is 3 ms ago").isCloseTo(scale, ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({"1ms, 1ms", "1ms, 3ms", "1ms, 10ms", "3ms, 3ms", "2ms, 13ms"})
  void intensityEqualsItsFormulaRowByRow(String halfLife, String cutOff) {
    Window half = Window.of(halfLife);
    Window most = Window.of(cutOff);
    BookBatch book = RandomBook.withHoles(63, 3000, 1);
    Random random = new Random(64);
    long later = 0;
    for (int i = 0; i < book.rows; i++) {
      later += random.nextInt(300) == 0 ? random.nextInt(30_000_000) : 0;
      book.tsEvent[i] += later;
    }
    double[] intensity = FeatureRuns.run(new EventIntensity(half, most), book)[0];
    int values = 0;
    for (int n = 0; n < book.rows; n++) {
      int before = NaiveWindow.rowBefore(book, n, most);
      boolean clean = before >= 0;
      double sum = 0;
      for (int i = Math.max(0, before); i <= n; i++) {
        clean &= !book.suspect[i];
        double age = (book.tsEvent[n] - book.tsEvent[i]) / 1e6;
        sum += i > before ? Math.pow(2, -age / half.length()) : 0;
      }
      if (clean) {
        double share = 1 - Math.pow(2, -(double) most.length() / half.length());
        double expected = sum * Math.log(2) / (half.length() / 1000.0) / share;
        // 1000 rows, each a factor that errs by 2e-16
        assertThat(intensity[n]).as("row %s", n).isCloseTo(expected, within(1e-11 * expected));
        values++;
      } else {
        assertThat(intensity[n]).as("row %s", n).isNaN();
      }
    }
    assertThat(values).isPositive();
  }

  @Test
  void rowsThatComeEvenlyHaveTheirRateAsIntensity() {
    BookBatch book = BookText.book(1, "99 1 | 101 1\n".repeat(5000));
    for (int i = 0; i < book.rows; i++) {
      book.tsEvent[i] = i * 10_000L;
    }
    double[] intensity =
        FeatureRuns.run(new EventIntensity(Window.milliseconds(10), Window.milliseconds(20)), book)[
            0];
    // a row every 10 us are 100000 a second; the sum exceeds the integral by half a row's weight
    assertThat(intensity[4999]).isCloseTo(100_000, within(100.0));
  }

  @Test
  void countsRowsForEachChangeOfTheMid() {
    BookBatch book =
        BookText.book(
            1,
            """
            99 1 | 101 1
            99 2 | 101 1
            99 2 | 103 1
            97 2 | 105 1
            97 2 | 105 2
            97 2 | 107 2
            97 2 |
            97 2 | 107 2
            97 2 | 107 2
            """);
    // mids 100 100 101 101 101 102 none 102 102; of three rows 1, 1, 1, 1 changes
    assertThat(FeatureRuns.run(new UpdatesPerPriceChange(Window.events(3)), book)[0])
        .containsExactly(NAN, NAN, NAN, 3, 3, 3, NAN, NAN, NAN);
    // of two rows: 0 and 1, 1 and 0, 0 and 0, 0 and 1
    assertThat(FeatureRuns.run(new UpdatesPerPriceChange(Window.events(2)), book)[0])
        .containsExactly(NAN, NAN, 2, 2, NAN, 2, NAN, NAN, NAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e", "2e", "50e", "400e", "1ms", "4ms"})
  void updatesPerPriceChangeEqualsItsFormulaRowByRow(String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(65, 3000, 1);
    double[] ratio = FeatureRuns.run(new UpdatesPerPriceChange(window), book)[0];
    int values = 0;
    for (int n = 0; n < book.rows; n++) {
      int before = NaiveWindow.rowBefore(book, n, window);
      boolean whole = before >= 0;
      int changes = 0;
      for (int i = Math.max(0, before); i <= n; i++) {
        whole &= !book.suspect[i] && Double.isFinite(book.mid(i));
        changes += i > before && i > 0 && halfCents(book, i) != halfCents(book, i - 1) ? 1 : 0;
      }
      if (whole && changes > 0) {
        assertThat(ratio[n]).as("row %s", n).isEqualTo((double) (n - before) / changes);
        values++;
      } else {
        assertThat(ratio[n]).as("row %s", n).isNaN();
      }
    }
    assertThat(values).isPositive();
  }

  /** The mid, exactly: the prices of the random book are whole cents. */
  private static long halfCents(BookBatch book, int row) {
    return Math.round(book.bidPrice[0][row] * 100) + Math.round(book.askPrice[0][row] * 100);
  }

  @Test
  void aMidOfOtherPricesIsNoChange() {
    BookBatch book =
        BookText.book(1, "100.04 1 | 100.06 1\n 100.02 1 | 100.08 1\n 100 1 | 100.06 1");
    assertThat(book.mid(0)).isNotEqualTo(book.mid(1));
    // 100.05 both times, then 100.03
    assertThat(FeatureRuns.run(new UpdatesPerPriceChange(Window.events(1)), book)[0])
        .containsExactly(NAN, NAN, 1);
  }

  @Test
  void namesColumns() {
    assertThat(new TimeOfDay(NEW_YORK, LocalTime.of(9, 30), LocalTime.of(16, 0)).produces())
        .extracting(Feature::name)
        .containsExactly("time_of_day_sin", "time_of_day_cos", "minutes_since_open");
    assertThat(new EventIntensity(Window.milliseconds(500), Window.milliseconds(5000)).produces())
        .extracting(Feature::name)
        .containsExactly("event_intensity_500ms");
    assertThat(new UpdatesPerPriceChange(Window.events(1000)).produces())
        .extracting(Feature::name)
        .containsExactly("updates_per_price_change_1000e");
  }

  @Test
  void refusesHalfLivesOfRowsAndShortCutOffs() {
    Window second = Window.milliseconds(1000);
    assertThatThrownBy(() -> new EventIntensity(Window.events(5), second))
        .hasMessage("Invalid halfLife: 5e (must be a time such as 500ms)");
    assertThatThrownBy(() -> new EventIntensity(second, Window.events(5000)))
        .hasMessage("Invalid cutOff: 5000e (must be a time of at least halfLife, 1000ms)");
    assertThatThrownBy(() -> new EventIntensity(second, Window.milliseconds(999)))
        .hasMessage("Invalid cutOff: 999ms (must be a time of at least halfLife, 1000ms)");
  }

  private static BookBatch at(String... instants) {
    BookBatch book = BookText.book(1, "99 1 | 101 1\n".repeat(instants.length));
    for (int i = 0; i < instants.length; i++) {
      Instant instant = Instant.parse(instants[i]);
      book.tsEvent[i] = instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }
    return book;
  }
}
