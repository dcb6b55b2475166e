package io.depthcast.feed.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * {@link SnapshotReader} on the A-share files of a large-tick stock, which is at its daily limit at
 * times, and of a small-tick one: 40 days, 1,999 rows before and after noon.
 */
class AshareTest {

  private static final Path DATA =
      Path.of(System.getProperty("depthcast.root"), "../shared/data/ashare");

  private static final int[] STOCKS = {1, 2};
  private static final long DAYS = 40;
  private static final int FILE_ROWS = 1_999;

  private static final int[] HORIZONS = {5, 10, 20, 40, 60};
  private static final double[] ALPHAS = {0.0005, 0.0005, 0.001, 0.001, 0.001};

  private final long[] labels = new long[HORIZONS.length];
  private final long[] different = new long[HORIZONS.length];
  private long rows;
  private long withoutAsk;
  private long withoutBid;
  private long bidsAtTheCloseBefore;

  @Test
  void givenLabelsAreTheSignOfTheMoveBeyondAlpha() throws IOException {
    assumeThat(DATA).as("A-share files absent").exists();
    for (int stock : STOCKS) {
      read(stock);
    }
    assertThat(rows).isEqualTo(2L * STOCKS.length * DAYS * FILE_ROWS);
    // Counted with awk over the files: rows with n_asize1, then n_bsize1, 0; with n_bid1 alone 0.
    assertThat(withoutAsk).isEqualTo(8_844);
    assertThat(withoutBid).isZero();
    assertThat(bidsAtTheCloseBefore).isEqualTo(22_548 + 1_314);
    for (int i = 0; i < HORIZONS.length; i++) {
      // The last N rows of a file have none, nor has the first after noon, which is suspect.
      long expected = STOCKS.length * DAYS * (2 * (FILE_ROWS - HORIZONS[i]) - 1);
      assertThat(labels[i]).as("label_%d", HORIZONS[i]).isEqualTo(expected);
      assertThat(different[i]).as("label_%d", HORIZONS[i]).isZero();
    }
  }

  private void read(int stock) throws IOException {
    List<Iterator<SnapshotRow>> files = new ArrayList<>();
    for (int date = 0; date < DAYS; date++) {
      for (String half : List.of("am", "pm")) {
        files.add(file("snapshot_sym" + stock + "_date" + date + "_" + half + ".csv.gz"));
      }
    }
    BookBatch book = new BookBatch(2 * FILE_ROWS, 5);
    EventBatch events = new EventBatch(2 * FILE_ROWS);
    List<long[]> given = new ArrayList<>();
    GivenLabelSink sink =
        (label, seq, ts, direction, end) -> given.add(new long[] {label, seq, direction});
    SnapshotReader reader =
        new SnapshotReader(SnapshotTable.ASHARE, SnapshotTable.joined(files), sink);
    for (int days = 0; reader.next(book, events); days++) {
      assertThat(book.rows).isEqualTo(2 * FILE_ROWS);
      assertThat(reader.tradeDate().toEpochDay() - 18_267)
          .as("weekdays since Monday 2020-01-06")
          .isEqualTo(days / 5 * 7L + days % 5);
      count(book, given);
      given.clear();
    }
    assertThat(reader.rejected()).isEmpty();
    assertThat(reader.suspectWindows()).hasSize((int) DAYS);
    assertThat(reader.suspectWindows())
        .allMatch(
            dated ->
                dated.value().cause() == Cause.SESSION_BREAK
                    && dated.value().seqFirst() == FILE_ROWS + 1
                    && dated.value().seqLast() == FILE_ROWS + 1);
  }

  private void count(BookBatch book, List<long[]> given) {
    for (int i = 0; i < book.rows; i++) {
      rows++;
      withoutAsk += Double.isNaN(book.askPrice[0][i]) ? 1 : 0;
      withoutBid += Double.isNaN(book.bidPrice[0][i]) ? 1 : 0;
      bidsAtTheCloseBefore += book.bidPrice[0][i] == 1 ? 1 : 0;
    }
    for (long[] each : given) {
      int label = (int) each[0];
      int row = (int) each[1] - 1;
      double move = mid(book, row + HORIZONS[label]) - mid(book, row);
      int expected = move > ALPHAS[label] ? 1 : move < -ALPHAS[label] ? -1 : 0;
      labels[label]++;
      different[label] += each[2] == expected ? 0 : 1;
    }
  }

  /** As the files have it in n_midprice: where a side is empty, the best price of the other. */
  private static double mid(BookBatch book, int row) {
    double bid = book.bidPrice[0][row];
    double ask = book.askPrice[0][row];
    return Double.isNaN(ask) ? bid : Double.isNaN(bid) ? ask : (bid + ask) / 2;
  }

  /** Opens the file when its first row is asked for. */
  private static Iterator<SnapshotRow> file(String name) {
    return new Iterator<>() {
      private BufferedReader in;
      private int[] textAt;
      private int[] numberAt;
      private final SnapshotRow row = new SnapshotRow(SnapshotTable.ASHARE);
      private String line;

      @Override
      public boolean hasNext() {
        try {
          if (in == null) {
            open();
          }
          return line != null;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      private void open() throws IOException {
        in =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(DATA.resolve(name))),
                    StandardCharsets.US_ASCII));
        List<String> header = List.of(in.readLine().split(","));
        textAt = SnapshotTable.ASHARE.textColumns().stream().mapToInt(header::indexOf).toArray();
        numberAt =
            SnapshotTable.ASHARE.numberColumns().stream().mapToInt(header::indexOf).toArray();
        row.sourceFile = name;
        row.lineNo = 1;
        line = in.readLine();
      }

      @Override
      public SnapshotRow next() {
        String[] columns = line.split(",", -1);
        row.lineNo++;
        for (int i = 0; i < textAt.length; i++) {
          row.texts[i] = columns[textAt[i]];
        }
        for (int i = 0; i < numberAt.length; i++) {
          row.numbers[i] = Double.parseDouble(columns[numberAt[i]]);
        }
        try {
          line = in.readLine();
          if (line == null) {
            in.close();
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return row;
      }
    };
  }
}
