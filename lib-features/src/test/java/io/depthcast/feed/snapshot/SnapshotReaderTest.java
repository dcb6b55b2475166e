package io.depthcast.feed.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.feed.FeedReader.Dated;
import io.depthcast.feed.RejectedRow;
import io.depthcast.quality.DataContractException;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotReaderTest {

  private static final GivenLabelSink NO_LABELS = (label, seq, ts, direction, end) -> {};
  private static final SnapshotSource ONE_LEVEL = SnapshotTable.source(1);

  /** The first day of the table, a Monday. */
  private static final LocalDate MONDAY = LocalDate.of(2020, 1, 6);

  private static final String GOOD = "0 09:40:03 0.01 5 0.02 7";

  private record Row(
      LocalDate day, long seq, long tsEvent, boolean suspect, List<Double> bid, List<Double> ask) {}

  private static SnapshotReader reader(SnapshotSource source, String... lines) {
    return new SnapshotReader(source, SnapshotTable.rows(source, "t.csv", lines), NO_LABELS);
  }

  private static List<Row> read(SnapshotReader reader, int capacity, int levels) {
    BookBatch book = new BookBatch(capacity, levels);
    EventBatch events = new EventBatch(1);
    List<Row> rows = new ArrayList<>();
    while (reader.next(book, events)) {
      assertThat(events.rows).isEqualTo(book.rows);
      for (int i = 0; i < book.rows; i++) {
        List<Double> bid = new ArrayList<>();
        List<Double> ask = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
          Collections.addAll(bid, book.bidPrice[level][i], book.bidSize[level][i]);
          Collections.addAll(ask, book.askPrice[level][i], book.askSize[level][i]);
        }
        rows.add(
            new Row(reader.tradeDate(), book.seq[i], book.tsEvent[i], book.suspect[i], bid, ask));
      }
    }
    return rows;
  }

  private static List<Row> read(String... lines) {
    return read(reader(ONE_LEVEL, lines), 8, 1);
  }

  /** Shanghai is eight hours ahead of UTC all year. */
  private static long shanghai(LocalDate day, int hour, int minute, int second) {
    return (day.toEpochDay() * 86_400 + (hour - 8) * 3600L + minute * 60L + second)
        * 1_000_000_000L;
  }

  @Test
  void readsARow() {
    List<Row> rows =
        read(reader(SnapshotTable.source(2), "0 09:40:03 0.5 5 0.25 6 0.75 7 1 8"), 4, 2);
    assertThat(rows)
        .containsExactly(
            new Row(
                MONDAY,
                1,
                Instant.parse("2020-01-06T01:40:03Z").toEpochMilli() * 1_000_000,
                false,
                List.of(1.5, 5.0, 1.25, 6.0),
                List.of(1.75, 7.0, 2.0, 8.0)));
  }

  @Test
  void eachRowIsASnapshotAndOneEvent() {
    BookBatch book = new BookBatch(4, 1);
    EventBatch events = new EventBatch(4);
    reader(ONE_LEVEL, GOOD, GOOD).next(book, events);
    assertThat(book.rows).isEqualTo(2);
    assertThat(events.rows).isEqualTo(2);
    assertThat(events.seq[1]).isEqualTo(2);
    assertThat(events.part[1]).isEqualTo(1);
    byte snapshot = (byte) EventType.SNAPSHOT.ordinal();
    assertThat(new byte[] {book.eventType[1], events.eventType[1]})
        .containsExactly(snapshot, snapshot);
    assertThat(new byte[] {book.side[1], events.side[1]})
        .containsExactly(BookBatch.NO_SIDE, BookBatch.NO_SIDE);
    assertThat(new double[] {book.price[1], book.size[1], events.price[1], events.size[1]})
        .containsOnly(Double.NaN);
    assertThat(new long[] {book.tsRecv[1], events.tsRecv[1]}).containsOnly(BookBatch.NO_TIME);
    assertThat(new long[] {book.venueSeq[1], events.venueSeq[1]}).containsOnly(BookBatch.NO_SEQ);
    assertThat(new long[] {book.orderId[1], events.orderId[1]}).containsOnly(BookBatch.NO_ORDER);
    assertThat(events.tsEvent[1]).isEqualTo(shanghai(MONDAY, 9, 40, 3));
  }

  @Test
  void priceZeroAndSizeZeroIsAnEmptySide() {
    Row row = read("0 09:40:03 0.09 5 0 0").get(0);
    assertThat(row.ask()).containsExactly(Double.NaN, Double.NaN);
    assertThat(row.bid()).containsExactly(1.09, 5.0);
    assertThat(row.suspect()).isFalse();
  }

  @Test
  void missingNumbersAreAnEmptySide() {
    assertThat(read("0 09:40:03 - - 0.09 5").get(0).bid()).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void priceZeroWithASizeIsThePriceOfTheDayBefore() {
    assertThat(read("0 09:40:03 0 5 0.01 7").get(0).bid()).containsExactly(1.0, 5.0);
  }

  @Test
  void scalesPricesAndSizes() {
    SnapshotSource scaled =
        new SnapshotSource(
            "hand",
            ONE_LEVEL.columns(),
            new SnapshotUnits(0.5, 0, 100, -1, 0),
            ONE_LEVEL.time(),
            ONE_LEVEL.sessions(),
            List.of(),
            1);
    List<Row> rows = read(reader(scaled, "0 09:40:03 9 3 11 4"), 1, 1);
    assertThat(rows.get(0).bid()).containsExactly(4.5, 300.0);
    assertThat(rows.get(0).ask()).containsExactly(5.5, 400.0);
  }

  @Test
  void aBatchOfMoreLevelsHasEmptyOnes() {
    assertThat(read(reader(ONE_LEVEL, GOOD), 1, 2).get(0).bid())
        .containsExactly(1.01, 5.0, Double.NaN, Double.NaN);
  }

  @Test
  void aBatchOfFewerLevelsHasTheBest() {
    SnapshotReader reader = reader(SnapshotTable.source(2), "0 09:40:03 0.5 5 0.25 6 0.75 7 1 8");
    assertThat(read(reader, 1, 1).get(0).ask()).containsExactly(1.75, 7.0);
  }

  @Test
  void theFirstRowAfterTheLunchBreakIsSuspect() {
    SnapshotReader reader =
        reader(
            ONE_LEVEL,
            "0 11:29:57 0.01 5 0.02 7",
            "0 13:00:00 0.01 5 0.02 7",
            "0 13:00:03 0.01 5 0.02 7");
    assertThat(read(reader, 8, 1)).extracting(Row::suspect).containsExactly(false, true, false);
    long afternoon = shanghai(MONDAY, 13, 0, 0);
    assertThat(reader.suspectWindows())
        .containsExactly(
            new Dated<>(
                MONDAY,
                new SuspectWindow(
                    2,
                    2,
                    afternoon,
                    afternoon,
                    Cause.SESSION_BREAK,
                    "no trading from 11:30 to 13:00")));
  }

  @Test
  void aDayThatBeginsAfterTheBreakHasNone() {
    assertThat(read("0 13:10:03 0.01 5 0.02 7", "1 13:10:03 0.01 5 0.02 7"))
        .extracting(Row::suspect)
        .containsExactly(false, false);
  }

  @Test
  void theFirstRowAfterAHoleIsSuspect() {
    SnapshotReader reader =
        reader(
            ONE_LEVEL,
            "0 09:40:00 0.01 5 0.02 7",
            "0 09:40:10 0.01 5 0.02 7",
            "0 09:40:21 0.01 5 0.02 7");
    read(reader, 8, 1);
    long ts = shanghai(MONDAY, 9, 40, 21);
    assertThat(reader.suspectWindows())
        .containsExactly(
            new Dated<>(
                MONDAY,
                new SuspectWindow(
                    3,
                    3,
                    ts,
                    ts,
                    Cause.SILENCE,
                    "t.csv line 3: 11000 ms after the row above, more than maxGapMs allows")));
  }

  @Test
  void crossedAndLockedRowsAreSuspectAndKeepTheirLevels() {
    SnapshotReader reader =
        reader(
            ONE_LEVEL,
            "0 09:40:03 0.5 5 0.25 7",
            "0 09:40:06 0.75 5 0.25 7",
            "0 09:40:09 0.25 5 0.25 7",
            "0 09:40:12 0.25 5 0.5 7");
    List<Row> rows = read(reader, 8, 1);
    assertThat(rows).extracting(Row::suspect).containsExactly(true, true, true, false);
    assertThat(rows.get(0).bid()).containsExactly(1.5, 5.0);
    long ts = shanghai(MONDAY, 9, 40, 3);
    long three = 3_000_000_000L;
    assertThat(reader.suspectWindows())
        .containsExactly(
            new Dated<>(
                MONDAY,
                new SuspectWindow(
                    1,
                    2,
                    ts,
                    ts + three,
                    Cause.CROSSED_BOOK,
                    "t.csv line 1: best bid 1.5 above ask 1.25")),
            new Dated<>(
                MONDAY,
                new SuspectWindow(
                    3,
                    3,
                    ts + 2 * three,
                    ts + 2 * three,
                    Cause.LOCKED_BOOK,
                    "t.csv line 3: best bid and best ask are 1.25")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 09:40:0x 0.01 5 0.02 7 | time 0 09:40:0x is not a day number and HH:mm:ss",
        "x 09:40:06 0.01 5 0.02 7 | time x 09:40:06 is not a day number and HH:mm:ss",
        "-1 09:40:06 0.01 5 0.02 7 | time -1 09:40:06 is not a day number and HH:mm:ss",
        "10001 09:40:06 0.01 5 0.02 7 | time 10001 09:40:06 is not a day number and HH:mm:ss",
        "0 - 0.01 5 0.02 7 | time is missing",
        "0 09:40:02 0.01 5 0.02 7 | time 0 09:40:02 is before the row above",
        "0 09:40:06 -1 5 0.02 7 | bid price 1 is 0.0, not positive and finite",
        "0 09:40:06 - 5 0.02 7 | bid price 1 is NaN, not positive and finite",
        "0 09:40:06 0.01 0 0.02 7 | bid size 1 is 0.0, not positive and finite",
        "0 09:40:06 0.01 5 0.02 -7 | ask size 1 is -7.0, not positive and finite",
        "0 09:40:06 0.01 5 0.02 - | ask size 1 is NaN, not positive and finite",
        "0 09:40:06 0.01 5 Infinity 7 | ask price 1 is Infinity, not positive and finite"
      })
  void rejectsARowAndSuspectsTheNext(String line, String reason) {
    SnapshotReader reader = reader(ONE_LEVEL, GOOD, line, "0 09:40:09 0.01 5 0.02 7");
    List<Row> rows = read(reader, 8, 1);
    assertThat(rows).extracting(Row::seq).containsExactly(1L, 2L);
    assertThat(rows).extracting(Row::suspect).containsExactly(false, true);
    assertThat(reader.rejected())
        .extracting(Dated::value)
        .extracting(RejectedRow::sourceFile, RejectedRow::lineNo, RejectedRow::reason)
        .containsExactly(tuple("t.csv", 2L, reason));
    assertThat(reader.suspectWindows())
        .extracting(Dated::value)
        .extracting(SuspectWindow::cause, SuspectWindow::seqFirst, SuspectWindow::detail)
        .containsExactly(tuple(Cause.REJECTED_ROWS, 2L, "t.csv line 2: rejected, " + reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5 1 0.5 1 0.75 1 1 1 | bid price 2 is 1.5, not below 1.5",
        "0.5 1 0.25 1 0.75 1 0.75 1 | ask price 2 is 1.75, not above 1.75",
        "0 0 0.25 1 0.75 1 1 1 | bid price 2 is 1.25 below an empty level",
        "0.5 1 0.25 1 0 0 1 1 | ask price 2 is 2.0 below an empty level"
      })
  void rejectsLevelsOutOfOrder(String levels, String reason) {
    SnapshotReader reader = reader(SnapshotTable.source(2), "0 09:40:03 " + levels);
    assertThat(read(reader, 8, 2)).isEmpty();
    assertThat(reader.rowsRead()).isEqualTo(1);
    SnapshotReader again =
        reader(SnapshotTable.source(2), "0 09:40:03 " + levels, "0 09:40:06 0 0 0 0 0 0 0 0");
    assertThat(read(again, 8, 2)).hasSize(1);
    assertThat(again.rejected())
        .extracting(dated -> dated.value().reason())
        .containsExactly(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "7258118400001"})
  void rejectsATimeOfAnotherUnit(String milliseconds) {
    SnapshotSource numbered =
        new SnapshotSource(
            "hand",
            ONE_LEVEL.columns(),
            ONE_LEVEL.units(),
            new EpochTime("ts", EpochTime.Unit.MILLISECONDS, SnapshotTable.SHANGHAI),
            ONE_LEVEL.sessions(),
            List.of(),
            1);
    SnapshotReader reader = reader(numbered, milliseconds + " 0.01 5 0.02 7", "0 0.01 5 0.02 7");
    assertThat(read(reader, 8, 1)).extracting(Row::tsEvent).containsExactly(0L);
    assertThat(reader.rejected())
        .extracting(dated -> dated.value().reason())
        .containsExactly("time " + milliseconds + " is not from 1970 to 2200");
  }

  @Test
  void keepsTheRejectedRowWithItsDay() {
    SnapshotReader reader = reader(ONE_LEVEL, "0 9 0.01 5 0.02 7", GOOD);
    read(reader, 8, 1);
    assertThat(reader.rejected())
        .containsExactly(
            new Dated<>(
                MONDAY,
                new RejectedRow(
                    "t.csv",
                    1,
                    "time 0 9 is not a day number and HH:mm:ss",
                    "0,9,0.01,5.0,0.02,7.0")));
  }

  @Test
  void refusesATableOfTooManyRejectedRows() {
    SnapshotSource strict =
        new SnapshotSource(
            "hand",
            ONE_LEVEL.columns(),
            ONE_LEVEL.units(),
            ONE_LEVEL.time(),
            ONE_LEVEL.sessions(),
            List.of(),
            0.4);
    SnapshotReader reader = reader(strict, GOOD, "0 09:40:06 0.01 0 0.02 7");
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> read(reader, 8, 1))
        .withMessage(
            "t.csv line 2: bid size 1 is 0.0, not positive and finite; 1 of 2 lines rejected, more"
                + " than maxRejectedShare allows; fix the file or raise maxRejectedShare");
  }

  @Test
  void showsTheTextOfANumberThatIsNone() {
    SnapshotReader reader = reader(ONE_LEVEL, GOOD, "0 09:40:06 0.01 5 O.02 seven");
    assertThat(read(reader, 8, 1)).hasSize(1);
    assertThat(reader.rejected())
        .containsExactly(
            new Dated<>(
                MONDAY,
                new RejectedRow(
                    "t.csv", 2, "a1 is O.02, no number", "0,09:40:06,0.01,5.0,O.02,seven")));
  }

  @Test
  void eachDayIsASliceOfItsOwn() {
    // Day 4 is the Friday of the first week, day 5 the Monday of the second.
    SnapshotReader reader =
        reader(ONE_LEVEL, GOOD, "4 09:40:03 0.01 5 0.02 7", "5 09:40:03 0.01 5 0.02 7");
    List<Row> rows = read(reader, 8, 1);
    assertThat(rows)
        .extracting(Row::day, Row::seq, Row::tsEvent, Row::suspect)
        .containsExactly(
            tuple(MONDAY, 1L, shanghai(MONDAY, 9, 40, 3), false),
            tuple(MONDAY.plusDays(4), 1L, shanghai(MONDAY.plusDays(4), 9, 40, 3), false),
            tuple(MONDAY.plusDays(7), 1L, shanghai(MONDAY.plusDays(7), 9, 40, 3), false));
  }

  @Test
  void rowsAreTheSameInBatchesOfAnySize() {
    String[] lines = {
      GOOD, "0 09:40:06 0.5 5 0.25 7", "0 13:10:03 0 0 0.02 7", "1 09:40:03 0.01 5 0 0"
    };
    List<Row> whole = read(reader(ONE_LEVEL, lines), 8, 1);
    assertThat(whole).hasSize(4);
    assertThat(read(reader(ONE_LEVEL, lines), 1, 1)).isEqualTo(whole);
    assertThat(read(reader(ONE_LEVEL, lines), 3, 1)).isEqualTo(whole);
  }

  @Test
  void anEmptyTableHasNoRows() {
    SnapshotReader reader = reader(ONE_LEVEL);
    assertThat(reader.next(new BookBatch(1, 1), new EventBatch(1))).isFalse();
    assertThat(reader.next(new BookBatch(1, 1), new EventBatch(1))).isFalse();
  }
}
