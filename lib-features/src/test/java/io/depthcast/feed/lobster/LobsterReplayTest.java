package io.depthcast.feed.lobster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.Instrument;
import io.depthcast.exchange.LobsterRecorder;
import io.depthcast.exchange.OrderFlow;
import io.depthcast.exchange.PlantedSignal;
import io.depthcast.feed.lobster.ReplayReport.Levels;
import io.depthcast.feed.lobster.ReplayReport.Reference;
import io.depthcast.feed.lobster.ReplayReport.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Days of a few rows, a message and its book a line. A message is {@code type, order id, size,
 * price, direction}, a book is {@code ask price, ask size, bid price, bid size} a level.
 */
class LobsterReplayTest {

  private static final String EMPTY = "9999999999,0,-9999999999,0";

  /** The begin of most days: asks 101 x 50 and 102 x 60, bids 100 x 40 and 99 x 30. */
  private static final String START = "1,1,40,100,1 | 101,50,100,40, 102,60,99,30\n";

  @Test
  void messagesThatExplainTheBookGiveEqualRows() {
    ReplayReport report =
        replay(
            2,
            START
                + """
                1,2,5,100,1  | 101,50,100,45, 102,60,99,30
                2,2,2,100,1  | 101,50,100,43, 102,60,99,30
                4,9,40,100,1 | 101,50,100,3, 102,60,99,30
                4,2,1,100,1  | 101,50,100,2, 102,60,99,30
                1,3,7,102,-1 | 101,50,100,2, 102,67,99,30
                3,8,60,102,-1| 101,50,100,2, 102,7,99,30
                3,2,2,100,1  | 101,50,99,30, 102,7,98,1
                """);

    assertThat(report.rows()).isEqualTo(new Rows(7, 0, 1));
    // Four levels each row but the last, where the bid at 98 comes into view.
    assertThat(report.levels()).isEqualTo(new Levels(4 * 7 - 1, 1, 0));
    assertThat(report.references())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                EventType.ADD, Map.of(Reference.NEW, 2L),
                EventType.CANCEL, Map.of(Reference.LIVE, 1L),
                EventType.TRADE, Map.of(Reference.LIVE, 1L, Reference.UNSEEN, 1L),
                EventType.DELETE, Map.of(Reference.LIVE, 1L, Reference.UNSEEN, 1L)));
    assertThat(report.faults()).isZero();
    assertThat(report.executionsOutOfTurn()).isZero();
  }

  @Test
  void aLevelThatWasOutOfViewIsTakenFromTheRow() {
    ReplayReport report =
        replay(
            1,
            """
            1,1,40,100,1  | 110,50,100,40
            1,2,7,101,1   | 110,50,101,7
            3,2,7,101,1   | 110,50,100,33
            4,1,33,100,1  | 110,50,98,10
            1,3,20,99,1   | 110,50,99,20
            1,4,5,100,1   | 110,50,100,5
            3,4,5,100,1   | 110,50,99,21
            2,3,4,99,1    | 110,50,99,17
            """);
    // 100 goes out of view and comes back with 33, 98 comes in and goes out, 99 goes out and comes
    // back with 21; order 3, added at 99, is then part of an unknown quantity.
    assertThat(report.rows()).isEqualTo(new Rows(7, 0, 1));
    assertThat(report.levels()).isEqualTo(new Levels(7 * 2 - 3, 3, 3));
    assertThat(report.count(EventType.DELETE, Reference.LIVE)).isEqualTo(2);
    assertThat(report.count(EventType.TRADE, Reference.UNSEEN)).isEqualTo(1);
    assertThat(report.count(EventType.CANCEL, Reference.LEFT_VIEW)).isEqualTo(1);
    assertThat(report.faults()).isZero();
  }

  @Test
  void aWrongSizeIsOneMismatchAndTheReplayGoesOn() {
    ReplayReport report =
        replay(
            2,
            START
                + """
                1,2,5,100,1  | 101,50,100,46, 102,60,99,30
                2,2,2,100,1  | 101,50,100,44, 102,60,99,30
                """);
    assertThat(report.rows()).isEqualTo(new Rows(1, 1, 1));
  }

  @Test
  void aMissingMessageIsAMismatch() {
    // An ask of 101 x 5 was added before the second row.
    ReplayReport report = replay(2, START + "1,2,5,100,1 | 101,55,100,45, 102,60,99,30\n");
    assertThat(report.rows()).isEqualTo(new Rows(0, 1, 1));
    assertThat(report.levels()).as("the bids are explained").isEqualTo(new Levels(2, 0, 0));
  }

  @Test
  void aLevelThatNothingAddedIsAMismatchWhereTheWholeSideWasVisible() {
    String begin = "1,1,40,100,1 | 101,50,100,40," + EMPTY + "\n";
    assertThat(replay(2, begin + "5,0,3,101,-1 | 101,50,100,40, 102,60,-9999999999,0").rows())
        .isEqualTo(new Rows(0, 1, 1));
    assertThat(replay(2, begin + "1,2,60,102,-1 | 101,50,100,40, 102,60,-9999999999,0").rows())
        .isEqualTo(new Rows(1, 0, 1));
  }

  @Test
  void aLevelBehindAnUnchangedOneIsAMismatch() {
    assertThat(replay(2, START + "5,0,3,101,-1 | 101,50,100,40, 103,60,99,30").rows())
        .isEqualTo(new Rows(0, 1, 1));
  }

  @Test
  void hiddenExecutionsAndCrossesLeaveTheBook() {
    assertThat(
            replay(
                    2,
                    START
                        + """
                        5,0,10,101,-1 | 101,50,100,40, 102,60,99,30
                        6,-1,10,101,-1| 101,50,100,40, 102,60,99,30
                        5,0,10,101,-1 | 101,40,100,40, 102,60,99,30
                        """)
                .rows())
        .isEqualTo(new Rows(2, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "'1,0,5,100,1', ADD, NO_ID",
    "'3,0,5,100,1', DELETE, NO_ID",
    "'1,2,5,100,1', ADD, REPEATED",
    "'1,3,5,100,1', ADD, REPEATED",
    "'3,3,6,101,-1', DELETE, GONE",
    "'4,3,1,101,-1', TRADE, GONE",
    "'3,7,4,100,1', DELETE, GONE",
    "'4,2,5,99,1', TRADE, ELSEWHERE",
    "'4,2,5,100,-1', TRADE, ELSEWHERE",
    "'2,2,5,100,1', CANCEL, OTHER_SIZE",
    "'3,2,4,100,1', DELETE, OTHER_SIZE",
    "'4,2,6,100,1', TRADE, OTHER_SIZE",
    "'4,8,37,100,1', TRADE, UNCOVERED",
    "'3,8,1,101,1', DELETE, UNCOVERED",
  })
  void aReferenceToNoOrderIsAFault(String message, EventType type, Reference fault) {
    // Order 2 rests, 3 has been executed, 7 was older than the file and is deleted.
    ReplayReport report =
        replay(
            2,
            START
                + "1,2,5,100,1  | 101,50,100,45, 102,60,99,30\n"
                + "1,3,6,101,-1 | 101,56,100,45, 102,60,99,30\n"
                + "4,3,6,101,-1 | 101,50,100,45, 102,60,99,30\n"
                + "3,7,4,100,1  | 101,50,100,41, 102,60,99,30\n"
                + message
                + " | 101,50,100,41, 102,60,99,30\n");
    assertThat(report.count(type, fault)).isEqualTo(1);
    assertThat(report.faults()).isEqualTo(1);
    assertThat(report.rows()).as("the message is not applied").isEqualTo(new Rows(5, 0, 1));
  }

  @Test
  void aMessageBehindTheLastVisibleLevelSaysNothing() {
    ReplayReport report =
        replay(
            2,
            START
                + """
                1,2,5,98,1   | 101,50,100,40, 102,60,99,30
                3,8,5,103,-1 | 101,50,100,40, 102,60,99,30
                """);
    assertThat(report.count(EventType.ADD, Reference.OUTSIDE)).isEqualTo(1);
    assertThat(report.count(EventType.DELETE, Reference.OUTSIDE)).isEqualTo(1);
    assertThat(report.faults()).isZero();
    assertThat(report.rows()).isEqualTo(new Rows(2, 0, 1));
  }

  @Test
  void countsExecutionsOutOfTurn() {
    ReplayReport report =
        replay(
            2,
            START
                + """
                1,2,5,100,1 | 101,50,100,45, 102,60,99,30
                4,2,1,100,1 | 101,50,100,44, 102,60,99,30
                4,8,1,99,1  | 101,50,100,44, 102,60,99,29
                4,8,1,100,1 | 101,50,100,43, 102,60,99,29
                """);
    // Order 2 is behind the unknown 40, and 99 is not the best bid.
    assertThat(report.executionsOutOfTurn()).isEqualTo(2);
    assertThat(report.rows()).isEqualTo(new Rows(4, 0, 1));
  }

  @Test
  void aSuspectRowIsTakenAsItIs() {
    // A row with a rejected one before it, whose message is hidden.
    ReplayReport report =
        replay(
            2,
            START
                + """
                1,2,5,100,1 | 101,50,100,45, 102,60,99,30
                1,3,x,100,1 | 101,50,100,49, 102,60,99,30
                1,4,1,100,1 | 101,50,100,50, 102,60,99,30
                3,2,5,100,1 | 101,50,100,45, 102,60,99,30
                """);
    assertThat(report.rows()).isEqualTo(new Rows(2, 0, 2));
    assertThat(report.count(EventType.DELETE, Reference.LEFT_VIEW)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10})
  void followsAGeneratedDayHoweverItIsCut(int levels) {
    List<StringBuilder> files = generated(levels);
    long rows = files.get(0).chars().filter(c -> c == '\n').count();
    ReplayReport report = replay(reader(levels, files), 1000, levels);

    assertThat(report.rows()).isEqualTo(new Rows(rows - 1, 0, 1));
    assertThat(report.faults()).isZero();
    assertThat(report.executionsOutOfTurn()).isZero();
    assertThat(report.levels().intoView()).isPositive();
    assertThat(replay(reader(levels, files), 1, levels)).isEqualTo(report);
  }

  @Test
  void findsEveryMessageAtTheBestPriceThatIsLeftOut() {
    int levels = 3;
    List<StringBuilder> files = generated(levels);
    List<String> messages = files.get(0).toString().lines().toList();
    List<String> books = files.get(1).toString().lines().toList();
    int found = 0;
    int leftOut = 0;
    for (int line = 2_000; line < 2_500; line++) {
      if (onlyABestSizeDiffers(books.get(line - 1).split(","), books.get(line).split(","))) {
        List<String> fewerMessages = new ArrayList<>(messages.subList(line - 100, line + 100));
        List<String> fewerBooks = new ArrayList<>(books.subList(line - 100, line + 100));
        fewerMessages.remove(100);
        fewerBooks.remove(100);
        LobsterReader reader =
            LobsterText.reader(
                String.join("\n", fewerMessages), String.join("\n", fewerBooks), levels, 0);
        ReplayReport report = replay(reader, 1000, levels);
        // An order whose addition is left out and that goes with the next message leaves a fault.
        found += report.rows().mismatching() + report.faults() > 0 ? 1 : 0;
        leftOut++;
      }
    }
    assertThat(leftOut).isGreaterThan(100);
    assertThat(found).isEqualTo(leftOut);
  }

  private static boolean onlyABestSizeDiffers(String[] before, String[] after) {
    boolean size = !before[1].equals(after[1]) || !before[3].equals(after[3]);
    for (int column = 0; column < before.length; column++) {
      size &= column == 1 || column == 3 || before[column].equals(after[column]);
    }
    return size;
  }

  @Test
  void refusesABatchOfOtherLevels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LobsterReplay(2).follow(new BookBatch(1, 3)))
        .withMessage("Invalid batch: 3 levels (the replay has 2)");
    assertThatIllegalArgumentException().isThrownBy(() -> new LobsterReplay(0));
  }

  private static List<StringBuilder> generated(int levels) {
    List<StringBuilder> files = List.of(new StringBuilder(), new StringBuilder());
    ExchangeSession session =
        new ExchangeSession(
            new Instrument("MADE", 100, 2500, OrderFlow.SMALL_TICK),
            LobsterText.DAY,
            600,
            7,
            new PlantedSignal(0.5, 5),
            List.of());
    try {
      session.run(List.of(new LobsterRecorder(session, levels, files.get(0), files.get(1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static LobsterReader reader(int levels, List<StringBuilder> files) {
    return LobsterText.reader(files.get(0).toString(), files.get(1).toString(), levels, 0);
  }

  private static ReplayReport replay(int levels, String day) {
    StringBuilder messages = new StringBuilder();
    StringBuilder books = new StringBuilder();
    for (String line : day.lines().toList()) {
      String[] halves = line.split("\\|", -1);
      messages.append("34200,").append(halves[0].strip()).append('\n');
      books.append(halves[1].replace(" ", "")).append('\n');
    }
    return replay(
        LobsterText.reader(messages.toString(), books.toString(), levels, 1), 1000, levels);
  }

  private static ReplayReport replay(LobsterReader reader, int capacity, int levels) {
    BookBatch batch = new BookBatch(capacity, levels);
    LobsterReplay replay = new LobsterReplay(levels);
    try (reader) {
      while (reader.next(batch)) {
        replay.follow(batch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return replay.report();
  }
}
