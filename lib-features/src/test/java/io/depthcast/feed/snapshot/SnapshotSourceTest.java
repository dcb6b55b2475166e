package io.depthcast.feed.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.depthcast.feed.snapshot.EpochTime.Unit;
import io.depthcast.feed.snapshot.SnapshotSessions.Break;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotSourceTest {

  private static final SnapshotColumns COLUMNS =
      new SnapshotColumns("sym", 2, "b{level}", "bs{level}", "a{level}", "as{level}");
  private static final SnapshotUnits UNITS = new SnapshotUnits(1, 0, 1, 0, 0);
  private static final SnapshotTime TIME = new EpochTime("ts", Unit.MILLISECONDS, ZoneOffset.UTC);
  private static final SnapshotSessions ALL_DAY = new SnapshotSessions(1000, List.of());

  private static SnapshotSource source(String venue, GivenLabel... labels) {
    return new SnapshotSource(venue, COLUMNS, UNITS, TIME, ALL_DAY, List.of(labels), 0.001);
  }

  @Test
  void namesTheColumnsThatARowHolds() {
    SnapshotSource source = source("binance", new GivenLabel("move", 1, -1, 0, 1));
    assertThat(source.textColumns()).containsExactly("ts");
    assertThat(source.numberColumns())
        .containsExactly("b1", "bs1", "b2", "bs2", "a1", "as1", "a2", "as2", "move");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesAShareThatIsNone(double share) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SnapshotSource("x", COLUMNS, UNITS, TIME, ALL_DAY, List.of(), share))
        .withMessage("Invalid maxRejectedShare: " + share + " (must be 0 to 1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ashare", "2", "a-b"})
  void refusesAVenueThatIsNoName(String venue) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source(venue))
        .withMessage(
            "Invalid venue: '"
                + venue
                + "' (must be a lower-case letter, then letters, digits or _)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"b1", "ts", "sym", " "})
  void refusesAColumnNamedTwice(String column) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source("ashare", new GivenLabel(column, 1, 0, 1, 2)))
        .withMessage(
            "Invalid columns: '" + column + "' (must have a name that no other column has)");
  }

  @Test
  void refusesColumnsWithoutALevel() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new SnapshotColumns("sym", 2, "bid", "bs{level}", "a{level}", "as{level}"))
        .withMessage("Invalid column: 'bid' (must have {level} in its name)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new SnapshotColumns("sym", 0, "b{level}", "bs{level}", "a{level}", "as{level}"))
        .withMessage("Invalid levels: 0 (must be 1 to 1000)");
  }

  @Test
  void refusesUnitsThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SnapshotUnits(0, 0, 1, 0, 0))
        .withMessage("Invalid priceScale: 0.0 (must be > 0 and finite)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SnapshotUnits(1, Double.NaN, 1, 0, 0))
        .withMessage("Invalid priceOffset: NaN (must be finite)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SnapshotUnits(1, 0, -1, 0, 0))
        .withMessage("Invalid sizeScale: -1.0 (must be > 0 and finite)");
  }

  @Test
  void refusesBreaksAndGapsThatAreNone() {
    LocalTime noon = LocalTime.of(12, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Break(noon, noon))
        .withMessage("Invalid break: 12:00 to 12:00 (must end after it begins)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SnapshotSessions(0, List.of()))
        .withMessage("Invalid maxGapMs: 0 (must be 1 to 86400000)");
  }

  @ParameterizedTest
  @CsvSource({
    "1577836800,SECONDS,1577836800000000000",
    "1577836800.5,SECONDS,1577836800500000000",
    "1577836800001,MILLISECONDS,1577836800001000000",
    "1577836800001.25,MILLISECONDS,1577836800001250000",
    "1577836800000002,MICROSECONDS,1577836800000002000",
    "1577836800000000003,NANOSECONDS,1577836800000000003",
    "1.5778368E9,SECONDS,1577836800000000000"
  })
  void readsNumbersSince1970(String text, Unit unit, long nanos) {
    SnapshotTime time = new EpochTime("ts", unit, ZoneOffset.UTC);
    assertThat(time.reading().nanos(new String[] {text})).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "1e99999999", "1e-99999999", "0.0000000001", "99999999999", "1e99"})
  void refusesNumbersThatAreNoTime(String text) {
    SnapshotTime.Reading reading = new EpochTime("ts", Unit.SECONDS, ZoneOffset.UTC).reading();
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> reading.nanos(new String[] {text}))
        .isInstanceOfAny(NumberFormatException.class, ArithmeticException.class);
  }

  @Test
  void readsTimeAsText() {
    SnapshotTime time =
        new TextTime(
            List.of("date", "clock"), "yyyy-MM-dd HH:mm:ss.SSS", ZoneId.of("America/New_York"));
    long nanos = time.reading().nanos(new String[] {"2012-06-21", "09:30:00.250"});
    // New York is at UTC-4 in June.
    assertThat(nanos)
        .isEqualTo(Instant.parse("2012-06-21T13:30:00.250Z").toEpochMilli() * 1_000_000);
    assertThatExceptionOfType(DateTimeException.class)
        .isThrownBy(() -> time.reading().nanos(new String[] {"2012-06-31", "09:30"}));
  }

  @Test
  void refusesAFormatThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TextTime(List.of("t"), "hello", ZoneOffset.UTC))
        .withMessage("Invalid format: 'hello' (must be a pattern such as yyyy-MM-dd HH:mm:ss)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TextTime(List.of(), "HH:mm", ZoneOffset.UTC))
        .withMessage("Invalid columns: none (must be at least one)");
  }

  @ParameterizedTest
  @CsvSource({
    // 2020-01-08 is a Wednesday.
    "0,2020-01-08",
    "1,2020-01-09",
    "2,2020-01-10",
    "3,2020-01-13",
    "7,2020-01-17",
    "8,2020-01-20"
  })
  void dayNumbersAreWeekdaysFromTheFirstOn(String number, String date) {
    SnapshotTime time =
        new DayNumberTime("day", "time", "HH:mm:ss", ZoneOffset.UTC, LocalDate.of(2020, 1, 8));
    assertThat(time.reading().nanos(new String[] {number, "00:00:01"}))
        .isEqualTo((LocalDate.parse(date).toEpochDay() * 86_400 + 1) * 1_000_000_000L);
  }

  @Test
  void theFirstDayIsAWeekday() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new DayNumberTime(
                    "day", "time", "HH:mm:ss", ZoneOffset.UTC, LocalDate.of(2020, 1, 5)))
        .withMessage("Invalid firstDay: 2020-01-05 (must be from Monday to Friday)");
  }
}
