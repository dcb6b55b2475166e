package io.depthcast.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.models.MoveClass;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class Fi2010RowsTest {

  private static final String TRAIN = Fi2010Files.name("Train", 7);

  /** 5 stocks x 7 days x 40 rows; 80 % of them; 5 stocks x 40 rows of each of 3 days. */
  private static final int FITTED = 1400;

  private static final int TRAINED = 1120;
  private static final int TESTED = 600;

  @TempDir static Path folder;
  @TempDir Path changed;

  @BeforeAll
  static void write() {
    new Fi2010Files(1).writeSetup2(folder);
  }

  private static BenchmarkRows read(Path from) {
    return Protocol.FI2010.read(new Configuration(), from.toString());
  }

  @Test
  void everyValueIsThatOfANaiveReader() throws IOException {
    BenchmarkRows data = read(folder);

    int first = 0;
    for (String name : names()) {
      String[][] cells =
          Files.readAllLines(folder.resolve(name)).stream()
              .map(line -> line.strip().split("\\s+", -1))
              .toArray(String[][]::new);
      for (int event = 0; event < cells[0].length; event++) {
        int row = first + event;
        for (int j = 0; j < Fi2010Files.FEATURES; j++) {
          float value =
              j < 40
                  ? data.inputs().values()[row * 40 + j]
                  : data.features().values()[row * 104 + j - 40];
          assertThat(value).isEqualTo((float) Double.parseDouble(cells[j][event]));
        }
        for (int h = 0; h < 5; h++) {
          // 1 up, 2 stationary, 3 down
          int expected = 3 - (int) Double.parseDouble(cells[Fi2010Files.FEATURES + h][event]);
          assertThat(data.problem(List.of(10, 20, 30, 50, 100).get(h)).labels()[row])
              .isEqualTo((byte) expected);
        }
      }
      first += cells[0].length;
    }
    assertThat(data.rows()).isEqualTo(first);
    assertThat(data.inputs().names())
        .hasSize(40)
        .startsWith("ask_price_1", "ask_size_1", "bid_price_1", "bid_size_1", "ask_price_2");
    assertThat(data.features().names()).hasSize(104).startsWith("row_41").endsWith("row_144");
  }

  @Test
  void theLastFiveRowsAreTheHorizonsInTheirOrder() throws IOException {
    // label rows of 1, 2, 3, 1, 2: up, flat, down, up, flat
    change(
        lines -> {
          for (int h = 0; h < 5; h++) {
            lines.set(144 + h, (" " + (1 + h % 3)).repeat(FITTED));
          }
          return lines;
        });

    BenchmarkRows data = read(changed);

    assertThat(data.problem(10).labels()[0]).isEqualTo((byte) MoveClass.UP);
    assertThat(data.problem(20).labels()[0]).isEqualTo((byte) MoveClass.FLAT);
    assertThat(data.problem(30).labels()[0]).isEqualTo((byte) MoveClass.DOWN);
    assertThat(data.problem(50).labels()[0]).isEqualTo((byte) MoveClass.UP);
    assertThat(data.problem(100).labels()[0]).isEqualTo((byte) MoveClass.FLAT);
  }

  @Test
  void sevenDaysAreFittedAndTheThreeAfterTested() {
    BenchmarkRows data = read(folder);

    for (int horizon : List.of(10, 20, 30, 50, 100)) {
      Problem problem = data.problem(horizon);
      assertThat(problem.train()).isEqualTo(IntStream.range(0, TRAINED).toArray());
      assertThat(problem.validation()).isEqualTo(IntStream.range(TRAINED, FITTED).toArray());
      assertThat(problem.test()).isEqualTo(IntStream.range(FITTED, FITTED + TESTED).toArray());
      // five stocks of three days
      assertThat(problem.blocks()).isEqualTo(15);
      assertThat(problem.block()[FITTED]).isZero();
      assertThat(problem.block()[FITTED + TESTED - 1]).isEqualTo(14);
    }
  }

  @Test
  void noWindowCrossesAStockAFileOrTheSplit() {
    BenchmarkRows data = read(folder);

    for (int i = 0; i < data.rows(); i++) {
      // 280 rows of a stock in the first file, where row 1120 is a stock's first; 40 in the others
      int run = i < FITTED ? 280 : 40;
      int inFile = i < FITTED ? i : (i - FITTED) % 200;
      assertThat(data.symbol()[i]).isEqualTo((byte) (inFile / run));
      assertThat(data.sessionFirst()[i]).isEqualTo(i - inFile % run);
    }
    Windowed.PaddedRows padded = Windowed.PaddedRows.of(data, 10);
    for (int i = 0; i < data.rows(); i++) {
      float now = data.inputs().values()[i * 40];
      for (int step = 0; step < 10; step++) {
        // stocks are 4 or more apart, over a standard deviation of about 11
        assertThat(Math.abs(padded.values()[padded.begins()[i] + 40 * step] - now))
            .isLessThan(0.3f);
      }
    }
  }

  @Test
  void validationBeginsASessionOfItsOwnWithinAStock() throws IOException {
    // without its last 5 events the file has 1395, of which the first 1116 train
    change(lines -> keep(lines, FITTED - 5));

    BenchmarkRows data = read(changed);

    assertThat(data.sessionFirst()[1115]).isEqualTo(840);
    assertThat(data.sessionFirst()[1116]).isEqualTo(1116);
    assertThat(data.sessionFirst()[1119]).isEqualTo(1116);
    assertThat(data.sessionFirst()[1120]).isEqualTo(1120);
    assertThat(data.symbol()[1116]).isEqualTo((byte) 3);
  }

  @Test
  void filesMayBePackedAndInFoldersOfTheirOwn() throws IOException {
    for (String name : names()) {
      Path packed = changed.resolve(name.substring(0, 5)).resolve(name + ".gz");
      Files.createDirectories(packed.getParent());
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
        Files.copy(folder.resolve(name), out);
      }
    }

    BenchmarkRows packed = read(changed);

    assertThat(packed.inputs().values()).isEqualTo(read(folder).inputs().values());
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    copyAll();
    Files.delete(changed.resolve(Fi2010Files.name("Test", 8)));

    refused(
        JobMain.CONFIG, changed + ": no Test_Dst_NoAuction_ZScore_CF_8.txt (must be exactly one)");
    Files.write(changed.resolve(TRAIN + ".gz"), new byte[1]);
    refused(JobMain.CONFIG, changed + ": 2 files " + TRAIN + " (must be exactly one)");
  }

  @Test
  void damageIsSaidInOneLine() throws IOException {
    damaged(lines -> lines.subList(0, 148), "148 rows (must be 149); the file is cut or another");
    damaged(lines -> with(lines, lines.get(0)), "more than 149 rows");
    damaged(
        lines -> set(lines, 145, 11, "4.0000000e+00"),
        "row 146, column 12: label 4.0 (must be 1 up, 2 stationary or 3 down)");
    damaged(
        lines -> set(lines, 144, 0, "1.5"),
        "row 145, column 1: label 1.5 (must be 1 up, 2 stationary or 3 down)");
    for (String word : List.of("abc", "NaN", "1f", "1e99", "0x1p3", "1.0.0", "9".repeat(64))) {
      damaged(lines -> set(lines, 2, 6, word), "row 3, column 7: '" + word + "' is not a number");
    }
    damaged(
        lines -> set(lines, 0, 0, "1".repeat(70)),
        "row 1, column 1: '" + "1".repeat(64) + "' is not a number");
    damaged(
        lines -> {
          lines.set(148, lines.get(148).substring(0, lines.get(148).length() - 16));
          return lines;
        },
        "row 149 has 1399 values, row 1 has 1400; the file is cut or damaged");
    damaged(lines -> List.of(), "0 rows (must be 149); the file is cut or another");
  }

  @Test
  void aFileThatIsTooShortForItsStocksIsRefused() throws IOException {
    change(lines -> keep(lines, 99));

    refused(JobMain.DATA, TRAIN + ": 99 columns (must be 100 or more)");
  }

  @Test
  void aPackedFileThatIsCutIsRefused() throws IOException {
    copyAll();
    Path packed = changed.resolve(TRAIN + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(changed.resolve(TRAIN), out);
    }
    Files.delete(changed.resolve(TRAIN));
    byte[] bytes = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));

    RunOutcome outcome = run();

    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    assertThat(outcome.err().get(outcome.err().size() - 1))
        .contains(TRAIN + ".gz: ", "the file is cut or damaged, fetch it again");
  }

  @Test
  void printsOurTableBesideThePublishedOne() {
    RunOutcome outcome =
        RunOutcome.of(
                "benchmark",
                "fi2010",
                "--input",
                folder.toString(),
                "--models",
                "majority,persistence,logreg_row,blend,binctabl",
                "--horizons",
                "10",
                "--seeds",
                "0")
            .orThrow();

    String out = String.join("\n", outcome.out());
    assertThat(out)
        .contains(
            "### fi2010, horizon 10",
            "1,120 training rows",
            "280 validation rows",
            "600 test rows",
            "Not the published files: 1,400 and 600 rows instead of 254,750 and 139,587.",
            TRAIN + ": 1,400 rows, stocks begin at rows 0, 280, 560, 840, 1120; ");
    assertThat(row(outcome, "binctabl")).contains("| BiN-CTABL (LOBCAST)", "| 0.8110 / - / - ");
    assertThat(row(outcome, "logreg_row")).contains("| logistic row", "| 0.3280 / 0.7100 / - ");
    assertThat(row(outcome, "majority")).contains("| 0.2760 / - / - ");
    assertThat(out).contains("| DeepLOB (LOBCAST)", "| TLOB (authors)").doesNotContain("Mark:");
    // the imbalance tells 6e-4 of a move whose noise is 1e-4, flat is 2e-4
    for (String model : List.of("logreg_row", "logreg_F", "xgboost", "blend")) {
      assertThat(Double.parseDouble(row(outcome, model).split("\\|", -1)[3].strip()))
          .isGreaterThan(0.5);
    }
  }

  @Test
  void anchoredIsTheMeanOverNineDaysEachTestedByTheDaysBefore() throws IOException {
    double f1 = 0;
    for (int fold = 1; fold <= 9; fold++) {
      new Fi2010Files(2).write(changed, "Train", fold);
      new Fi2010Files(2).write(changed, "Test", fold);
      String[] train = labels(Fi2010Files.name("Train", fold), 100);
      String most = mostFrequent(List.of(train).subList(0, train.length * 4 / 5));
      String[] test = labels(Fi2010Files.name("Test", fold), 100);
      assertThat(train).hasSize(fold * 200);
      assertThat(test).hasSize(200);
      // where all rows are said to be of one class of share p, its F1 is 2p / (1 + p), the others 0
      double p = Stream.of(test).filter(most::equals).count() / 200.0;
      f1 += 2 * p / (1 + p) / 3 / 9;
    }

    RunOutcome outcome =
        RunOutcome.of(
                "benchmark",
                "fi2010",
                "--anchored",
                "--input",
                changed.toString(),
                "--models",
                "majority,persistence",
                "--horizons",
                "100",
                "--seeds",
                "0")
            .orThrow();

    assertThat(outcome.out()).contains("### fi2010-anchored, horizon 100, 9 folds");
    assertThat(outcome.err())
        .anyMatch(line -> line.contains("CF_9.txt: 200 rows, stocks begin at"));
    assertThat(row(outcome, "majority").split("\\|", -1)[3].strip())
        .isEqualTo(String.format(Locale.ROOT, "%.4f", f1));
    assertThat(row(outcome, "persistence").split("\\|", -1)[7].strip()).isEqualTo("-");
    assertThat(row(outcome, "C(TABL)")).contains("| 0.7352 ");
  }

  @Test
  void anchoredNeedsAllFilesBeforeItBegins() {
    for (int fold = 1; fold <= 9; fold++) {
      new Fi2010Files(2).write(changed, "Train", fold);
      if (fold < 9) {
        new Fi2010Files(2).write(changed, "Test", fold);
      }
    }

    RunOutcome outcome =
        RunOutcome.of("benchmark", "fi2010", "--anchored", "--input", changed.toString());

    assertThat(outcome.err())
        .containsExactly(
            "depthcast: "
                + changed
                + ": no Test_Dst_NoAuction_ZScore_CF_9.txt (must be exactly one)");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
  }

  private String[] labels(String name, int horizon) throws IOException {
    List<String> lines = Files.readAllLines(changed.resolve(name));
    int line = Fi2010Files.FEATURES + List.of(10, 20, 30, 50, 100).indexOf(horizon);
    return lines.get(line).strip().split("\\s+", -1);
  }

  private static String mostFrequent(List<String> labels) {
    // of equals the lower class, which is the greater label
    return labels.stream()
        .distinct()
        .max(
            Comparator.comparingInt((String label) -> Collections.frequency(labels, label))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private static String row(RunOutcome outcome, String model) {
    return outcome.out().stream()
        .filter(line -> line.startsWith("| " + model + " "))
        .findFirst()
        .orElseThrow();
  }

  private RunOutcome run() {
    return RunOutcome.of("benchmark", "fi2010", "--input", changed.toString());
  }

  private void damaged(UnaryOperator<List<String>> change, String what) throws IOException {
    change(change);
    refused(JobMain.DATA, TRAIN + ": " + what + "; fetch it again");
  }

  private void refused(int exitCode, String line) {
    RunOutcome outcome = run();
    assertThat(outcome.err()).containsExactly("depthcast: " + line);
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.out()).isEmpty();
  }

  /** The files with another file of the training days. */
  private void change(UnaryOperator<List<String>> change) throws IOException {
    copyAll();
    Path train = changed.resolve(TRAIN);
    Files.write(train, change.apply(new ArrayList<>(Files.readAllLines(train))));
  }

  private void copyAll() throws IOException {
    for (String name : names()) {
      Files.write(changed.resolve(name), Files.readAllBytes(folder.resolve(name)));
    }
  }

  private static List<String> names() {
    return Stream.concat(
            Stream.of(TRAIN), IntStream.of(7, 8, 9).mapToObj(k -> Fi2010Files.name("Test", k)))
        .toList();
  }

  private static List<String> with(List<String> lines, String more) {
    lines.add(more);
    return lines;
  }

  private static List<String> keep(List<String> lines, int events) {
    return lines.stream()
        .map(line -> String.join(" ", List.of(line.strip().split("\\s+", -1)).subList(0, events)))
        .toList();
  }

  private static List<String> set(List<String> lines, int row, int event, String word) {
    String[] cells = lines.get(row).strip().split("\\s+", -1);
    cells[event] = word;
    lines.set(row, String.join(" ", cells));
    return lines;
  }
}
