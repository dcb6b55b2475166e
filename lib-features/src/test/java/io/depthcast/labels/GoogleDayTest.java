package io.depthcast.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.book.BookBatch;
import io.depthcast.features.Window;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Labels of LOBSTER's sample day of GOOG, 2012-06-21, level 10, against thresholds and class shares
 * that were computed with numpy apart from this code: rows are the events of types 1 to 4 from
 * 09:40 to 15:50, the threshold is the 1/3 quantile of the absolute move over the first 60 percent
 * of the rows without the first 99.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleDayTest {

  private static final int FIRST_TRAIN_ROW = 99;
  private static final int TRAIN_END = 79_099;

  private BookBatch book;

  @BeforeAll
  void readDay() throws IOException {
    Path file =
        Path.of(
            System.getProperty("depthcast.root"),
            "../shared/data/lobster/LOBSTER_SampleFile_GOOG_2012-06-21_10.zip");
    assumeThat(Files.exists(file)).as("%s absent", file).isTrue();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String name = "GOOG_2012-06-21_34200000_57600000_%s_10.csv";
      List<String> messages = lines(zip, name.formatted("message"));
      List<String> quotes = lines(zip, name.formatted("orderbook"));
      book = new BookBatch(messages.size(), 1);
      for (int i = 0; i < messages.size(); i++) {
        String[] message = messages.get(i).split(",", 3);
        double seconds = Double.parseDouble(message[0]);
        if (Integer.parseInt(message[1]) <= 4 && seconds >= 34_800 && seconds < 57_000) {
          String[] quote = quotes.get(i).split(",", 5);
          book.seq[book.rows] = book.rows + 1L;
          book.askPrice[0][book.rows] = Long.parseLong(quote[0]) / 1e4;
          book.bidPrice[0][book.rows] = Long.parseLong(quote[2]) / 1e4;
          book.rows++;
        }
      }
    }
  }

  private static List<String> lines(ZipFile zip, String name) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 8.6925e-7, 1e-11", "50, 2.70558e-5, 1e-10", "100, 5.05303e-5, 1e-10"})
  void fitsTheThresholdsOfNumpy(int horizonEvents, double relativeThreshold, double lastDigit) {
    assertThat(book.rows).isEqualTo(131_833);
    assertThat(threshold(moves(horizonEvents)) / 1e4)
        .isCloseTo(relativeThreshold, within(lastDigit));
  }

  @Test
  void dividesTheTrainingRowsAsNumpyDoes() {
    double[] moves = moves(50);
    double threshold = threshold(moves);
    double[] counts = new double[3];
    for (int t = FIRST_TRAIN_ROW; t < TRAIN_END; t++) {
      counts[1 + MoveThreshold.direction(moves[t], threshold)]++;
    }
    int rows = TRAIN_END - FIRST_TRAIN_ROW;
    assertThat(counts[0] / rows).as("down").isCloseTo(0.362, within(0.0005));
    assertThat(counts[1] / rows).as("flat").isCloseTo(0.333, within(0.0005));
    assertThat(counts[2] / rows).as("up").isCloseTo(0.305, within(0.0005));
  }

  private double[] moves(int horizonEvents) {
    double[] moves = new double[book.rows];
    LabelSink sink = (seq, tsEvent, value, seqEnd, tsEnd) -> moves[(int) seq - 1] = value;
    LabelRun run = new SmoothedMidMove(Window.events(horizonEvents)).start();
    run.compute(book, sink);
    run.finish(sink);
    return moves;
  }

  private static double threshold(double[] moves) {
    double[] absMoves = Arrays.stream(moves, FIRST_TRAIN_ROW, TRAIN_END).map(Math::abs).toArray();
    return MoveThreshold.fit(absMoves, 1.0 / 3);
  }
}
