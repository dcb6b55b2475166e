package io.depthcast.feed.lobster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import io.depthcast.feed.RejectedRow;
import io.depthcast.quality.DataContractException;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LobsterReaderTest {

  private static final String MESSAGE_FILE = "GOOG_2012-06-21_34200000_57600000_message_1.csv";
  private static final String BOOK_FILE = "GOOG_2012-06-21_34200000_57600000_orderbook_1.csv";

  private static final String GOOD = "34200.004241176,1,16113575,18,5853300,1";
  private static final String BOOK = "5859400,200,5853300,18";

  @Test
  void readsARow() {
    List<LobsterText.Row> rows = read(GOOD + "\n", BOOK + "\n");

    // New York is at UTC-4 in June: 34200 s after midnight is 13:30:00 UTC.
    Instant open = Instant.parse("2012-06-21T13:30:00.004241176Z");
    long ts = open.getEpochSecond() * 1_000_000_000 + open.getNano();
    assertThat(rows)
        .containsExactly(
            new LobsterText.Row(
                1,
                ts,
                EventType.ADD,
                Side.BID,
                585.33,
                18,
                16113575,
                false,
                List.of(585.94, 200.0, 585.33, 18.0)));
  }

  @Test
  void winterTimeIsAnHourLater() {
    LobsterPair january =
        LobsterPair.named("A", LocalDate.of(2012, 1, 20), 34_200_000, 57_600_000, 1);
    LobsterReader reader =
        new LobsterReader(
            january, LobsterText.stream("34200.5,1,1,1,100,1"), LobsterText.stream(BOOK), 0);
    long ts = Instant.parse("2012-01-20T14:30:00.5Z").toEpochMilli() * 1_000_000;
    assertThat(LobsterText.rows(reader, 4, 1)).extracting(LobsterText.Row::ts).containsExactly(ts);
  }

  @ParameterizedTest
  @CsvSource({"34200,0", "34200.1,100000000", "34200.015105,15105000", "34200.000000001,1"})
  void timeHasZeroToNineDecimals(String time, long nanos) {
    long open = Instant.parse("2012-06-21T13:30:00Z").toEpochMilli() * 1_000_000;
    List<LobsterText.Row> rows = read(time + ",1,1,1,100,1", BOOK);
    assertThat(rows).extracting(LobsterText.Row::ts).containsExactly(open + nanos);
  }

  @Test
  void numbersTheSevenEventTypes() {
    List<LobsterText.Row> rows =
        read(
            """
            34200,1,7,10,5853300,1
            34200,2,7,10,5853300,1
            34200,3,7,10,5853300,1
            34200,4,7,10,5859400,-1
            34200,5,0,10,5855000,-1
            34200,6,-1,0,0,-1
            34200,7,0,0,1,-1
            """,
            (BOOK + "\n").repeat(7));
    assertThat(rows)
        .extracting(LobsterText.Row::type)
        .containsExactly(
            EventType.ADD,
            EventType.CANCEL,
            EventType.DELETE,
            EventType.TRADE,
            EventType.HIDDEN_TRADE,
            EventType.CROSS,
            EventType.HALT);
    assertThat(rows)
        .extracting(LobsterText.Row::side)
        .containsExactly(Side.BID, Side.BID, Side.BID, Side.ASK, Side.ASK, null, null);
    long none = BookBatch.NO_ORDER;
    assertThat(rows)
        .extracting(LobsterText.Row::orderId)
        .containsExactly(7L, 7L, 7L, 7L, none, none, none);
    assertThat(rows)
        .extracting(LobsterText.Row::size)
        .containsExactly(10.0, 10.0, 10.0, 10.0, 10.0, 0.0, Double.NaN);
    assertThat(rows)
        .extracting(LobsterText.Row::price)
        .containsExactly(585.33, 585.33, 585.33, 585.94, 585.5, Double.NaN, Double.NaN);
  }

  @Test
  void emptyLevelsAreNotPrices() {
    List<LobsterText.Row> rows = read(GOOD, "9999999999,0,-9999999999,0");
    assertThat(rows.get(0).book()).containsExactly(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  @Test
  void readsLongNumbers() {
    List<LobsterText.Row> rows =
        read("34200,1,123456789012345678,12345678,6000000000,1", "6000000100,100000000,99999999,1");
    assertThat(rows.get(0).orderId()).isEqualTo(123456789012345678L);
    assertThat(rows.get(0).size()).isEqualTo(12345678.0);
    assertThat(rows.get(0).price()).isEqualTo(600000.0);
    assertThat(rows.get(0).book()).containsExactly(600000.01, 1e8, 9999.9999, 1.0);
  }

  @Test
  void ignoresASeventhColumnAndCarriageReturns() {
    List<LobsterText.Row> rows =
        read(GOOD + ",null\r\n" + GOOD + ",\n" + GOOD + "\r\n", (BOOK + "\r\n").repeat(3));
    assertThat(rows).hasSize(3).extracting(LobsterText.Row::price).containsOnly(585.33);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "34200.x,1,1,1,100,1; time 34200.x is not seconds after midnight with at most 9 decimals",
        "34200.,1,1,1,100,1; time 34200. is not seconds after midnight with at most 9 decimals",
        "34200.0123456789,1,1,1,100,1; time 34200.0123456789 is not seconds after midnight with at most 9 decimals",
        "3.4e4,1,1,1,100,1; time 3.4e4 is not seconds after midnight with at most 9 decimals",
        "-1,1,1,1,100,1; time -1 is not seconds after midnight with at most 9 decimals",
        "86401,1,1,1,100,1; time 86401 is after the end of the day, 86400",
        "34200.001,1,1,1,100,1; time 34200.001 is before the row above, 34200.004241176",
        "34201,9,1,1,100,1; event type 9 is not 1 to 7",
        "34201,0,1,1,100,1; event type 0 is not 1 to 7",
        "34201,x,1,1,100,1; event type x is not a whole number of at most 18 digits",
        "34201,1,id,1,100,1; order id id is not a whole number of at most 18 digits",
        "34201,1,1234567890123456789,1,100,1; order id 1234567890123456789 is not a whole number of at most 18 digits",
        "34201,1,1,,100,1; size  is not a whole number of at most 18 digits",
        "34201,1,1,0,100,1; size 0 is not positive",
        "34201,1,1,-5,100,1; size -5 is not 0 to 999999999999999",
        "34201,6,1,-0,100,1; size -0 is not a whole number of at most 18 digits",
        "34201,5,0,10,0,1; price 0 is not positive",
        "34201,4,1,10,-100,1; price -100 is not positive",
        "34201,1,1,10,9999999999,1; price 9999999999 is not below 9999999999",
        "34201,1,1,10,58.5,1; price 58.5 is not a whole number of at most 18 digits",
        "34201,1,1,1,100,0; direction 0 is not 1 or -1",
        "34201,1,1,1,100,2; direction 2 is not 1 or -1",
        "34201,1,1,1,100,buy; direction buy is not a whole number of at most 18 digits",
        "34201,1,1,1,100,1x; direction 1x is not a whole number of at most 18 digits",
        "34201,7,0,0,5,-1; halt price 5 is not -1, 0 or 1",
        "34201,1,1,1,100; message has 5 columns, expected 6 or 7",
        "34201,1,1,1,100,1,null,x; message has 8 columns, expected 6 or 7",
        "'';message has 1 column, expected 6 or 7",
      })
  void rejectsAMessage(String message, String reason) {
    assertRejected(message, BOOK, MESSAGE_FILE, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "5859400,200,5853300; orderbook row has 3 columns, expected 4 (1 level)",
        "5859400,200,5853300,18,5859500,1,5853200,1; orderbook row has 8 columns, expected 4 (1 level)",
        "58594o0,200,5853300,18; ask price 1 58594o0 is not a whole number of at most 18 digits",
        "5859400,200,5853300,; bid size 1  is not a whole number of at most 18 digits",
        "5853300,200,5853300,18; best bid 5853300 is not below best ask 5853300",
        "5853200,200,5853300,18; best bid 5853300 is not below best ask 5853200",
        "0,200,5853300,18; ask price 1 is 0, not above 0 and below 9999999999",
        "5859400,200,-5,18; bid price 1 is -5, not above 0 and below 9999999999",
        "5859400,0,5853300,18; ask size 1 is 0 at price 5859400",
        "5859400,200,5853300,-18; bid size 1 is -18, not 0 to 999999999999999",
        "9999999999,-1,5853300,18; ask size 1 is -1, not 0 to 999999999999999",
      })
  void rejectsABook(String book, String reason) {
    assertRejected("34201,1,1,1,100,1", book, BOOK_FILE, reason);
  }

  private static void assertRejected(String message, String book, String file, String reason) {
    LobsterReader reader =
        LobsterText.reader(
            GOOD + "\n" + message + "\n" + "34202,1,5,1,100,1\n34203,1,6,1,100,1\n",
            BOOK + "\n" + book + "\n" + BOOK + "\n" + BOOK + "\n",
            1,
            0.25);
    List<LobsterText.Row> rows = LobsterText.rows(reader, 2, 1);

    assertThat(reader.rejected())
        .containsExactly(new RejectedRow(file, 2, reason, message + " | " + book));
    assertThat(rows).extracting(LobsterText.Row::seq).containsExactly(1L, 2L, 3L);
    assertThat(rows).extracting(LobsterText.Row::suspect).containsExactly(false, true, false);
    long ts = rows.get(1).ts();
    assertThat(reader.suspectWindows())
        .containsExactly(
            new SuspectWindow(
                2,
                2,
                ts,
                ts,
                Cause.REJECTED_ROWS,
                "1 row rejected before this one, the last " + file + " line 2: " + reason));
    assertThat(reader.rowsRead()).isEqualTo(4);
    assertThat(reader.rowsAccepted()).isEqualTo(3);
    assertThat(reader.count(EventType.ADD)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "200,1,100,1,200,1,90,1; ask price 2 is 200, not above 200",
        "200,1,100,1,300,1,100,1; bid price 2 is 100, not below 100",
        "9999999999,0,100,1,300,1,90,1; ask price 2 is 300, not above 9999999999",
        "200,1,-9999999999,0,300,1,90,1; bid price 2 is 90, not below -9999999999",
      })
  void rejectsLevelsOutOfOrder(String book, String reason) {
    LobsterReader reader = LobsterText.reader(GOOD, book, 2, 1);
    assertThat(LobsterText.rows(reader, 2, 2)).isEmpty();
    assertThat(reader.rejected()).extracting(RejectedRow::reason).containsExactly(reason);
  }

  @Test
  void refusesMoreRejectedRowsThanAllowed() {
    LobsterReader reader =
        LobsterText.reader(
            GOOD + "\n34201,9,1,1,100,1\n34201,8,1,1,100,1\n", (BOOK + "\n").repeat(3), 1, 0.6);
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> LobsterText.rows(reader, 10, 1))
        .withMessage(
            MESSAGE_FILE
                + " line 2: event type 9 is not 1 to 7; 2 of 3 rows rejected, more than"
                + " maxRejectedShare allows; fix the file or raise maxRejectedShare");
  }

  @Test
  void keepsNoMoreThanAHundredThousandRejectedRows() {
    LobsterReader reader =
        LobsterText.reader("x\n".repeat(100_002), (BOOK + "\n").repeat(100_002), 1, 1);
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> LobsterText.rows(reader, 10, 1))
        .withMessage(
            MESSAGE_FILE
                + " line 1: message has 1 column, expected 6 or 7; 100001 of 100001 rows rejected,"
                + " and no symbol-day may have more than 100000; fix the file");
  }

  @Test
  void aHaltIsSuspectUntilTradingResumes() {
    LobsterReader reader =
        LobsterText.reader(
            """
            36000,1,1,10,5853300,1
            36023,7,0,0,-1,-1
            36100,3,1,10,5853300,1
            36323,7,0,0,0,-1
            36723,7,0,0,1,-1
            36724,1,2,10,5853300,1
            """,
            (BOOK + "\n").repeat(6),
            1,
            0);
    List<LobsterText.Row> rows = LobsterText.rows(reader, 2, 1);
    assertThat(rows)
        .extracting(LobsterText.Row::suspect)
        .containsExactly(false, true, true, true, true, false);
    assertThat(reader.suspectWindows())
        .containsExactly(
            new SuspectWindow(
                2,
                5,
                rows.get(1).ts(),
                rows.get(4).ts(),
                Cause.HALT,
                MESSAGE_FILE + ": halt at line 2, trading resumed at line 5"));
  }

  @Test
  void aHaltWithoutResumptionLastsToTheEnd() {
    LobsterReader reader =
        LobsterText.reader(
            "36000,1,1,10,5853300,1\n36023,7,0,0,-1,-1\n36100,3,1,10,5853300,1\n",
            (BOOK + "\n").repeat(3),
            1,
            0);
    List<LobsterText.Row> rows = LobsterText.rows(reader, 3, 1);
    assertThat(reader.suspectWindows())
        .containsExactly(
            new SuspectWindow(
                2,
                3,
                rows.get(1).ts(),
                rows.get(2).ts(),
                Cause.HALT,
                MESSAGE_FILE + ": halt at line 2, trading never resumed"));
  }

  @Test
  void aHaltWhoseBookIsRejectedStillCounts() {
    LobsterReader reader =
        LobsterText.reader(
            """
            36023,7,0,0,-1,-1
            36100,3,1,10,5853300,1
            36101,1,2,10,5853300,1
            36723,7,0,0,1,-1
            36724,1,3,10,5853300,1
            36725,1,4,10,5853300,1
            """,
            "1\n" + BOOK + "\n" + BOOK + "\n1\n" + BOOK + "\n" + BOOK,
            1,
            0.5);
    List<LobsterText.Row> rows = LobsterText.rows(reader, 3, 1);
    assertThat(rows).extracting(LobsterText.Row::suspect).containsExactly(true, true, true, false);
    assertThat(reader.suspectWindows())
        .extracting(SuspectWindow::cause, SuspectWindow::seqFirst, SuspectWindow::seqLast)
        .containsExactly(
            tuple(Cause.REJECTED_ROWS, 1L, 1L),
            tuple(Cause.HALT, 1L, 3L),
            tuple(Cause.REJECTED_ROWS, 3L, 3L));
  }

  @Test
  void refusesFilesOfDifferentLength() {
    LobsterReader reader = LobsterText.reader((GOOD + "\n").repeat(3), BOOK + "\n", 1, 0);
    assertRefused(
        reader,
        MESSAGE_FILE
            + " has 3 rows, "
            + BOOK_FILE
            + " has 1; a pair has one orderbook row for each message, fetch both again");
    reader = LobsterText.reader(GOOD, (BOOK + "\n").repeat(2), 1, 0);
    assertRefused(
        reader,
        MESSAGE_FILE
            + " has 1 rows, "
            + BOOK_FILE
            + " has 2; a pair has one orderbook row for each message, fetch both again");
  }

  @Test
  void refusesAnEmptyFile() {
    assertRefused(
        LobsterText.reader("", "", 1, 1), MESSAGE_FILE + ": the file is empty; fetch it again");
    assertRefused(
        LobsterText.reader(GOOD, "", 1, 1), BOOK_FILE + ": the file is empty; fetch it again");
  }

  @Test
  void refusesATruncatedGzip() throws IOException {
    byte[] text = (GOOD + "\n").repeat(20_000).getBytes(US_ASCII);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text);
    }
    byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    assertTruncated(new GZIPInputStream(new ByteArrayInputStream(half)));
  }

  @Test
  void refusesATruncatedZip() throws IOException {
    byte[] text = (GOOD + "\n").repeat(20_000).getBytes(US_ASCII);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(packed)) {
      zip.putNextEntry(new ZipEntry(MESSAGE_FILE));
      zip.write(text);
      zip.closeEntry();
    }
    byte[] half = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(half));
    in.getNextEntry();
    assertTruncated(in);
  }

  private static void assertTruncated(InputStream messages) {
    LobsterReader reader =
        new LobsterReader(
            LobsterText.pair(1), messages, LobsterText.stream((BOOK + "\n").repeat(20_000)), 0);
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> LobsterText.rows(reader, 100, 1))
        .withMessageMatching(
            MESSAGE_FILE
                + ": the file ends in the middle \\(truncated download\\?\\) after line \\d+; fetch"
                + " it again");
    assertThat(reader.rowsRead()).isGreaterThan(1000).isLessThan(20_000);
  }

  @Test
  void refusesTextWithoutLines() {
    assertRefused(
        LobsterText.reader("x".repeat(300_000), BOOK, 1, 1),
        MESSAGE_FILE
            + " line 1: longer than 262144 bytes; this is no LOBSTER text, fetch the file again");
  }

  @Test
  void refusesAShareOutsideZeroToOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LobsterText.reader(GOOD, BOOK, 1, 1.5))
        .withMessage("Invalid maxRejectedShare: 1.5 (must be 0 to 1)");
  }

  @Test
  void checksumsCoverTheRawBytes() {
    String messages = GOOD + "\r\n" + GOOD;
    LobsterReader reader = LobsterText.reader(messages, BOOK + "\n" + BOOK, 1, 0);
    LobsterText.rows(reader, 10, 1);
    assertThat(reader.messageChecksum()).isEqualTo(crc(messages));
    assertThat(reader.orderbookChecksum()).isEqualTo(crc(BOOK + "\n" + BOOK));
  }

  @Test
  void pricesAreTheDoublesNearestToTheDecimals() {
    int[] raws = IntStream.range(0, 20_000).map(i -> 1 + 1237 * i).toArray();
    String messages =
        IntStream.of(raws)
            .mapToObj(raw -> "34200,1,1,1," + raw + ",1\n")
            .collect(Collectors.joining());
    LobsterReader reader = LobsterText.reader(messages, (BOOK + "\n").repeat(raws.length), 1, 0);
    assertThat(LobsterText.rows(reader, 1000, 1))
        .extracting(LobsterText.Row::price)
        .containsExactlyElementsOf(
            IntStream.of(raws).mapToObj(raw -> BigDecimal.valueOf(raw, 4).doubleValue()).toList());
  }

  private static long crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(US_ASCII));
    return crc.getValue();
  }

  private static void assertRefused(LobsterReader reader, String message) {
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> LobsterText.rows(reader, 10, 1))
        .withMessage(message);
  }

  private static List<LobsterText.Row> read(String messages, String books) {
    return LobsterText.rows(LobsterText.reader(messages, books, 1, 0), 10, 1);
  }
}
