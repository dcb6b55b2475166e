package io.depthcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.ingest.IngestConfig;
import io.depthcast.jobs.ingest.IngestJob;
import io.depthcast.jobs.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each bad input ends with one line and its exit code, and leaves the silver tables as they were.
 */
@ExtendWith(SparkTest.class)
class BadInputTest {

  private static final String MESSAGE = "GOOG_2012-06-21_34200000_57600000_message_1.csv";
  private static final String BOOK = "GOOG_2012-06-21_34200000_57600000_orderbook_1.csv";

  /** Time, type, order, size, price, direction. */
  private static final List<String> MESSAGES =
      List.of(
          "34200.1,1,11,100,1000000,1",
          "34200.2,1,12,100,1000200,-1",
          "34200.3,1,13,50,1000100,-1",
          "34200.4,4,13,20,1000100,-1",
          "34200.5,3,13,30,1000100,-1");

  /** Ask price, ask size, bid price, bid size. */
  private static final List<String> BOOKS =
      List.of(
          "9999999999,0,1000000,100",
          "1000200,100,1000000,100",
          "1000100,50,1000000,100",
          "1000100,30,1000000,100",
          "1000200,100,1000000,100");

  private static final Map<String, byte[]> SYNTHETIC =
      LobsterFolder.files(LobsterFolder.session("SYN", LocalDate.of(2024, 1, 2), 60, 0.5), 2);

  private static SparkSession spark;
  private static Path lake;
  private static List<String> silver;

  @TempDir Path folder;

  @BeforeAll
  static void ingestGoodRows(SparkSession session, @TempDir Path good) throws IOException {
    spark = session;
    lake = good.resolve("lake");
    Path input = good.resolve("input");
    LobsterFolder.csv(input, pair(MESSAGES, BOOKS));
    ingest(input.toString(), lake.toString(), 0).orThrow();
    silver = files(lake.resolve("silver"));
    assertThat(silver).hasSizeGreaterThan(10);
  }

  @AfterEach
  void silverIsAsItWas() throws IOException {
    assertThat(files(lake.resolve("silver"))).isEqualTo(silver);
  }

  @Test
  void refusesAMissingOrderbookFile() throws IOException {
    Map<String, byte[]> files = pair(MESSAGES, BOOKS);
    files.remove(BOOK);
    LobsterFolder.csv(folder, files);
    refuses(MESSAGE + ": its orderbook file is missing; put " + BOOK + " beside it");
  }

  @Test
  void refusesAMissingMessageFile() throws IOException {
    Map<String, byte[]> files = pair(MESSAGES, BOOKS);
    files.remove(MESSAGE);
    LobsterFolder.csv(folder, files);
    refuses(BOOK + ": its message file is missing; put " + MESSAGE + " beside it");
  }

  @Test
  void refusesDifferentRowCounts() throws IOException {
    LobsterFolder.csv(folder, pair(MESSAGES, BOOKS.subList(0, 3)));
    refuses(
        MESSAGE
            + " has 5 rows, "
            + BOOK
            + " has 3; a pair has one orderbook row for each message, fetch both again");
  }

  @Test
  void refusesAnotherLevelCountThanTheNameSays() throws IOException {
    LobsterFolder.csv(
        folder, pair(MESSAGES, with(BOOKS, 2, "1000100,50,1000000,100,1000200,7,1,1")));
    refusesRow(BOOK, 3, "orderbook row has 8 columns, expected 4 (1 level)");
  }

  @Test
  void refusesTextInANumber() throws IOException {
    LobsterFolder.csv(folder, pair(with(MESSAGES, 1, "34200.2,1,12,1OO,1000200,-1"), BOOKS));
    refusesRow(MESSAGE, 2, "size 1OO is not a whole number of at most 18 digits");
  }

  @Test
  void refusesTextInABook() throws IOException {
    LobsterFolder.csv(folder, pair(MESSAGES, with(BOOKS, 3, "1000100,30,NaN,100")));
    refusesRow(BOOK, 4, "bid price 1 NaN is not a whole number of at most 18 digits");
  }

  @Test
  void refusesTimeThatRunsBackwards() throws IOException {
    LobsterFolder.csv(folder, pair(with(MESSAGES, 3, "34200.25,4,13,20,1000100,-1"), BOOKS));
    refusesRow(MESSAGE, 4, "time 34200.25 is before the row above, 34200.3");
  }

  @Test
  void refusesACrossedBook() throws IOException {
    LobsterFolder.csv(folder, pair(MESSAGES, with(BOOKS, 2, "1000000,50,1000000,100")));
    refusesRow(BOOK, 3, "best bid 1000000 is not below best ask 1000000");
  }

  @Test
  void refusesAnUnknownEventType() throws IOException {
    LobsterFolder.csv(folder, pair(with(MESSAGES, 4, "34200.5,8,13,30,1000100,-1"), BOOKS));
    refusesRow(MESSAGE, 5, "event type 8 is not 1 to 7");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    LobsterFolder.csv(folder, pair(List.of(), List.of()));
    refuses(MESSAGE + ": the file is empty; fetch it again");
  }

  @Test
  void refusesAnEmptyGzip() throws IOException {
    LobsterFolder.gz(folder, pair(MESSAGES, BOOKS));
    Files.write(folder.resolve(BOOK + ".gz"), new byte[0]);
    refuses(folder.resolve(BOOK) + ".gz: the file is empty; fetch it again");
  }

  @Test
  void refusesAFileWithoutData() throws IOException {
    LobsterFolder.csv(folder, pair(MESSAGES, List.of()));
    refuses(BOOK + ": the file is empty; fetch it again");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 2000, 5000, -300, -60, -23, -1})
  void refusesAZipThatIsCut(int at) throws IOException {
    Path zip = folder.resolve("SYN.zip");
    LobsterFolder.zip(zip, SYNTHETIC);
    byte[] whole = Files.readAllBytes(zip);
    assertThat(whole.length).isGreaterThan(6000);
    Files.write(zip, Arrays.copyOf(whole, at > 0 ? at : whole.length + at));
    refuses(zip + ": cannot be unpacked: the file is cut or damaged; fetch it again");
  }

  @Test
  void refusesAnEmptyZip() throws IOException {
    Path zip = Files.write(folder.resolve("SYN.zip"), new byte[0]);
    refuses(zip + ": the file is empty; fetch it again");
  }

  @Test
  void refusesAZipWithAHoleInAnEntry() throws IOException {
    Path zip = folder.resolve("SYN.zip");
    LobsterFolder.zip(zip, SYNTHETIC);
    byte[] bytes = Files.readAllBytes(zip);
    Arrays.fill(bytes, 1000, 1400, (byte) 0xff);
    Files.write(zip, bytes);
    RunOutcome outcome = ingest(folder.toString(), lake.toString(), 0);
    assertThat(outcome.err()).hasSize(1);
    assertThat(outcome.err().get(0))
        .matches(
            "depthcast: SYN_2024-01-02_34200000_34260000_message_2\\.csv: the file ends in the"
                + " middle \\(truncated download\\?\\) after line \\d+; fetch it again");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
  }

  @Test
  void refusesAGzipThatIsCut() throws IOException {
    LobsterFolder.gz(folder, SYNTHETIC);
    String name =
        SYNTHETIC.keySet().stream().filter(n -> n.contains("message")).findFirst().orElseThrow()
            + ".gz";
    byte[] whole = Files.readAllBytes(folder.resolve(name));
    Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length / 2));
    RunOutcome outcome = ingest(folder.toString(), lake.toString(), 0);
    assertThat(outcome.err()).hasSize(1);
    assertThat(outcome.err().get(0))
        .startsWith(
            "depthcast: "
                + name
                + ": the file ends in the middle (truncated download?) after line ")
        .endsWith("; fetch it again");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
  }

  @Test
  void refusesANameThatDoesNotParse() throws IOException {
    LobsterFolder.csv(folder, pair(MESSAGES, BOOKS));
    Files.write(folder.resolve("GOOG_messages.csv"), new byte[] {1});
    refuses(
        "GOOG_messages.csv: not a LOBSTER file name; expected"
            + " SYMBOL_YYYY-MM-DD_STARTms_ENDms_message_LEVELS.csv or ..._orderbook_LEVELS.csv,"
            + " .gz allowed; rename the file or move it elsewhere");
  }

  @Test
  void refusesADateThatDoesNotExist() throws IOException {
    String name = "GOOG_2012-06-31_34200000_57600000_message_1.csv";
    LobsterFolder.csv(folder, Map.of(name, LobsterFolder.lines(MESSAGES)));
    refuses(name + ": date 2012-06-31 does not exist; rename the file");
  }

  @Test
  void refusesASymbolDayThatComesTwice() throws IOException {
    LobsterFolder.csv(folder, pair(MESSAGES, BOOKS));
    String two = "GOOG_2012-06-21_34200000_57600000_message_2.csv";
    LobsterFolder.csv(
        folder,
        Map.of(
            two,
            LobsterFolder.lines(MESSAGES),
            "GOOG_2012-06-21_34200000_57600000_orderbook_2.csv",
            LobsterFolder.lines(BOOKS)));
    refuses(
        "GOOG 2012-06-21 comes twice: "
            + MESSAGE
            + " and "
            + two
            + "; keep one of them, or choose one level count");
  }

  @Test
  void refusesTheSameFileInTwoFolders() throws IOException {
    Map<String, byte[]> message = new TreeMap<>(pair(MESSAGES, BOOKS));
    LobsterFolder.csv(folder.resolve("a"), message);
    message.remove(BOOK);
    LobsterFolder.csv(folder.resolve("b"), message);
    refuses(
        MESSAGE
            + " is in "
            + folder.resolve("a").resolve(MESSAGE)
            + " and in "
            + folder.resolve("b").resolve(MESSAGE)
            + "; give one of them");
  }

  @Test
  void refusesAnInputThatIsNotThere() {
    RunOutcome outcome = ingest(folder.resolve("none").toString(), lake.toString(), 0);
    assertThat(outcome.err())
        .containsExactly("depthcast: " + folder.resolve("none") + ": no such file or folder");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
  }

  @Test
  void refusesAFolderWithoutLobsterFiles() throws IOException {
    Files.writeString(folder.resolve("readme.txt"), "nothing here");
    RunOutcome outcome = ingest(folder.toString(), lake.toString(), 0);
    assertThat(outcome.err())
        .containsExactly(
            "depthcast: "
                + folder
                + ": no LOBSTER file (SYMBOL_DATE_START_END_message_LEVEL.csv) found");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
  }

  @Test
  void refusesALakeThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("lake"), "");
    RunOutcome outcome = ingest(folder.toString(), file.toString(), 0);
    assertThat(outcome.err())
        .containsExactly("depthcast: --lake " + file + " is a file; give a folder");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
  }

  @Test
  void refusesALakeBelowAFile() throws IOException {
    LobsterFolder.csv(folder.resolve("in"), pair(MESSAGES, BOOKS));
    Path file = Files.writeString(folder.resolve("file"), "");
    RunOutcome outcome = ingest(folder.resolve("in").toString(), file + "/lake", 0);
    assertThat(outcome.err())
        .containsExactly(
            "depthcast: --lake " + file + "/lake lies below the file " + file + "; give a folder");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
  }

  @Test
  void leavesNoSilverTableInANewLake() throws IOException {
    LobsterFolder.csv(folder.resolve("in"), pair(MESSAGES, BOOKS.subList(0, 3)));
    Path fresh = folder.resolve("lake");
    assertThat(ingest(folder.resolve("in").toString(), fresh.toString(), 0).exitCode())
        .isEqualTo(JobMain.DATA);
    assertThat(fresh.resolve("silver")).doesNotExist();
    List<Row> runs = Lake.open(spark, fresh.toString(), "{}").read("ops.runs").collectAsList();
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).<String>getAs("status")).isEqualTo("failed");
    assertThat(runs.get(0).<Integer>getAs("exit_code")).isEqualTo(JobMain.DATA);
  }

  @Test
  void keepsBadRowsUpToTheShareAndSuspectsTheRowAfter() throws IOException {
    List<String> messages = with(MESSAGES, 1, "34200.2,1,12,1OO,1000200,-1");
    LobsterFolder.csv(folder.resolve("in"), pair(messages, BOOKS));
    String fresh = folder.resolve("lake").toString();
    // One of five rows is bad: a share of 0.2 allows it.
    ingest(folder.resolve("in").toString(), fresh, 0.2).orThrow();
    Lake read = Lake.open(spark, fresh, "{}");
    Row rejected = read.read("silver.rejected").first();
    assertThat(rejected.<String>getAs("source_file")).isEqualTo(MESSAGE);
    assertThat(rejected.<Long>getAs("line_no")).isEqualTo(2);
    assertThat(rejected.<String>getAs("reason"))
        .isEqualTo("size 1OO is not a whole number of at most 18 digits");
    assertThat(rejected.<String>getAs("payload")).isEqualTo(messages.get(1) + " | " + BOOKS.get(1));
    assertThat(
            read
                .read("silver.book")
                .orderBy("seq")
                .select("seq", "suspect")
                .collectAsList()
                .stream()
                .map(Row::toString))
        .containsExactly("[1,false]", "[2,true]", "[3,false]", "[4,false]");
    Row window = read.read("silver.suspect_windows").first();
    assertThat(window.<Long>getAs("seq_first")).isEqualTo(2);
    assertThat(window.<Long>getAs("seq_last")).isEqualTo(2);
    assertThat(window.<String>getAs("cause")).isEqualTo("rejected_rows");
  }

  @Test
  void refusesOneBadRowMoreThanTheShare() throws IOException {
    LobsterFolder.csv(folder, pair(with(MESSAGES, 1, "34200.2,1,12,1OO,1000200,-1"), BOOKS));
    RunOutcome outcome = ingest(folder.toString(), lake.toString(), 0.19);
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    assertThat(outcome.err()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "3000", "20000"})
  void saysThatTheDiskIsFull(long room) throws IOException {
    LobsterFolder.csv(folder.resolve("in"), SYNTHETIC);
    String full = "full://" + folder.resolve("lake");
    FullDisk.room(room);
    try {
      RunOutcome outcome = ingest(folder.resolve("in").toString(), full, 0);
      assertThat(outcome.err())
          .containsExactly(
              "depthcast: No space left on the disk of the lake or of the temporary folder; nothing"
                  + " was committed: free space and run again");
      assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    } finally {
      FullDisk.room(Long.MAX_VALUE);
    }
    Lake left = Lake.open(spark, full, "{}");
    for (String table : List.of("events", "book", "trades", "rejected", "suspect_windows")) {
      assertThat(left.has("silver." + table) ? left.read("silver." + table).count() : 0)
          .as(table)
          .isZero();
    }
    ingest(folder.resolve("in").toString(), full, 0).orThrow();
    assertThat(Lake.open(spark, full, "{}").read("silver.book").count())
        .isEqualTo(LobsterFolder.rows(SYNTHETIC));
  }

  /** What Spark 3.5 throws some 60 s after a standalone master did not answer. */
  @Test
  void saysThatTheMasterCannotBeReached() {
    JobMain.Failure failure =
        JobMain.Failure.of(
            new IllegalStateException(
                "Cannot call methods on a stopped SparkContext.\nThis stopped SparkContext was"
                    + " created at:"));
    assertThat(failure.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(failure.line()).contains("--master cannot be reached").doesNotContain("\n");
  }

  private void refusesRow(String file, int line, String reason) {
    refuses(
        file
            + " line "
            + line
            + ": "
            + reason
            + "; 1 of 5 rows rejected, more than maxRejectedShare allows; fix the file or raise"
            + " maxRejectedShare");
  }

  private void refuses(String line) {
    RunOutcome outcome = ingest(folder.toString(), lake.toString(), 0);
    assertThat(outcome.err()).containsExactly("depthcast: " + line);
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    assertThat(outcome.out()).isEmpty();
  }

  private static RunOutcome ingest(String input, String lake, double maxRejectedShare) {
    return RunOutcome.of(
        spark,
        IngestJob.JOB,
        new IngestConfig(1, maxRejectedShare),
        lake,
        new Arguments(input, List.of(), null, null));
  }

  private static Map<String, byte[]> pair(List<String> messages, List<String> books) {
    return new TreeMap<>(
        Map.of(MESSAGE, LobsterFolder.lines(messages), BOOK, LobsterFolder.lines(books)));
  }

  private static List<String> with(List<String> lines, int index, String line) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(index, line);
    return changed;
  }

  /** Every file below a folder with its size. */
  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> folder.relativize(f) + " " + f.toFile().length())
          .sorted()
          .toList();
    }
  }
}
