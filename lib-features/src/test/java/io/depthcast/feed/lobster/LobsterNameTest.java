package io.depthcast.feed.lobster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.depthcast.feed.lobster.LobsterName.Kind;
import io.depthcast.quality.DataContractException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LobsterNameTest {

  private static final String A1 = "A_2012-06-21_34200000_57600000_message_1.csv";
  private static final String A1_BOOK = "A_2012-06-21_34200000_57600000_orderbook_1.csv";
  private static final String A5 = "A_2012-06-21_34200000_57600000_message_5.csv";
  private static final String A5_BOOK = "A_2012-06-21_34200000_57600000_orderbook_5.csv";

  @Test
  void readsTheParts() {
    String name = "GOOG_2012-06-21_34200000_57600000_message_10.csv";
    assertThat(LobsterName.parse(name))
        .isEqualTo(
            new LobsterName(
                name, "GOOG", LocalDate.of(2012, 6, 21), 34_200_000, 57_600_000, Kind.MESSAGE, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AAPL_2012-06-21_34200000_57600000_orderbook_10.first998.csv.gz",
        "BRK.B_2012-06-21_34200000_57600000_orderbook_10.csv",
        "BF-A_2012-06-21_34200000_57600000_orderbook_10.csv.gz",
      })
  void readsSuffixesAndSymbolsWithDotsAndDashes(String name) {
    LobsterName parsed = LobsterName.parse(name);
    assertThat(parsed.symbol()).isEqualTo(name.substring(0, name.indexOf('_')));
    assertThat(parsed.kind()).isEqualTo(Kind.ORDERBOOK);
    assertThat(parsed.levels()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GOOG.csv",
        "GOOG_2012-06-21_34200000_57600000_trades_10.csv",
        "GOOG_2012-6-21_34200000_57600000_message_10.csv",
        "GOOG_2012-06-21_34200000_57600000_message_ten.csv",
        "_2012-06-21_34200000_57600000_message_10.csv",
        "GOOG_2012-06-21_34200000_57600000_message_10.txt",
      })
  void refusesOtherNames(String name) {
    assertRefused(
        name,
        name
            + ": not a LOBSTER file name; expected"
            + " SYMBOL_YYYY-MM-DD_STARTms_ENDms_message_LEVELS.csv or ..._orderbook_LEVELS.csv,"
            + " .gz allowed; rename the file or move it elsewhere");
  }

  @ParameterizedTest
  @CsvSource({"2012-02-30", "2011-02-29", "2012-13-01", "2012-00-10"})
  void refusesADateThatDoesNotExist(String date) {
    String name = "GOOG_" + date + "_34200000_57600000_message_10.csv";
    assertRefused(name, name + ": date " + date + " does not exist; rename the file");
  }

  @Test
  void refusesNoLevels() {
    String name = "GOOG_2012-06-21_34200000_57600000_message_0.csv";
    assertRefused(name, name + ": 0 levels (must be 1 to 1000); rename the file");
  }

  @Test
  void refusesTimesThatAreNoStretchOfADay() {
    String name = "GOOG_2012-06-21_57600000_34200000_message_1.csv";
    assertRefused(
        name,
        name
            + ": times 57600000 to 34200000 ms are not a stretch of one day (0 to 86400000, start"
            + " before end); rename the file");
  }

  @Test
  void onlyVisibleCsvFilesAreExpectedToParse() {
    assertThat(
            Stream.of("x.csv", "y.csv.gz", "ReadMe.txt", "z.zip", ".x.csv", "_x.csv")
                .filter(LobsterName::isExpectedToParse))
        .containsExactly("x.csv", "y.csv.gz");
  }

  @Test
  void pairsBySymbolThenDate() {
    List<LobsterPair> pairs =
        pair(
            "B_2012-06-20_34200000_57600000_orderbook_1.csv",
            "A_2012-06-22_34200000_57600000_message_1.csv",
            A1_BOOK,
            "B_2012-06-20_34200000_57600000_message_1.part.csv.gz",
            "A_2012-06-22_34200000_57600000_orderbook_1.csv",
            A1);
    assertThat(pairs)
        .extracting(pair -> pair.symbol() + " " + pair.date() + " " + pair.levels())
        .containsExactly("A 2012-06-21 1", "A 2012-06-22 1", "B 2012-06-20 1");
    assertThat(pairs.get(0).message().fileName()).isEqualTo(A1);
    assertThat(pairs.get(0).orderbook().fileName()).isEqualTo(A1_BOOK);
  }

  @Test
  void refusesAFileWithoutItsCounterpart() {
    assertPairRefused(A1 + ": its orderbook file is missing; put " + A1_BOOK + " beside it", A1);
    assertPairRefused(
        A5_BOOK + ": its message file is missing; put " + A5 + " beside it", A1, A1_BOOK, A5_BOOK);
  }

  @Test
  void refusesASymbolDayThatComesTwice() {
    assertPairRefused(
        "A 2012-06-21 comes twice: "
            + A1
            + " and "
            + A5
            + "; keep one of them, or choose one level count",
        A5,
        A1,
        A1_BOOK,
        A5_BOOK);
    assertPairRefused(
        "A 2012-06-21 comes twice: "
            + A1
            + " and "
            + A1
            + ".gz; keep one of them, or choose one level count",
        A1,
        A1_BOOK,
        A1 + ".gz");
  }

  private static List<LobsterPair> pair(String... names) {
    return LobsterPair.pair(Stream.of(names).map(LobsterName::parse).toList());
  }

  private static void assertPairRefused(String message, String... names) {
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> pair(names))
        .withMessage(message);
  }

  private static void assertRefused(String name, String message) {
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> LobsterName.parse(name))
        .withMessage(message);
  }
}
