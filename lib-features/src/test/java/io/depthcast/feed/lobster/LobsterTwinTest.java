package io.depthcast.feed.lobster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link LobsterReader} against {@link NaiveLobster}. */
class LobsterTwinTest {

  private static final Path DATA =
      Path.of(System.getProperty("depthcast.root"), "../shared/data/lobster");

  /** Faults there would send the time so far ahead that all later rows are rejected. */
  private static final int SECONDS_DIGITS = 5;

  private static final int COMPARED_ROWS = 40_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesOnGeneratedRowsWithFaults(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int levels = 1 + random.nextInt(4);
    List<String> messages = new ArrayList<>();
    List<String> books = new ArrayList<>();
    long nanos = 0;
    for (int i = 0; i < 4000; i++) {
      nanos += random.nextLong(5_000_000);
      messages.add(faulty(message(random, nanos), SECONDS_DIGITS, random));
      books.add(faulty(book(random, levels), 0, random));
    }
    assertTwins(messages, books, levels);
  }

  private static String message(SplittableRandom random, long nanos) {
    String time = new BigDecimal("34200").add(BigDecimal.valueOf(nanos, 9)).toPlainString();
    return time
        + ","
        + (1 + random.nextInt(6))
        + ","
        + random.nextInt(100_000_000)
        + ","
        + (1 + random.nextInt(500))
        + ","
        + (100 + random.nextInt(99_999_999))
        + ","
        + (random.nextBoolean() ? 1 : -1);
  }

  private static String book(SplittableRandom random, int levels) {
    StringBuilder row = new StringBuilder();
    int occupied = random.nextInt(levels + 1);
    long ask = 90_000_000L + random.nextInt(20_000_000);
    long bid = ask;
    for (int level = 0; level < levels; level++) {
      ask += 100L * (1 + random.nextInt(5));
      bid -= 100L * (1 + random.nextInt(5));
      row.append(level > 0 ? "," : "");
      if (level < occupied) {
        row.append(ask).append(',').append(1 + random.nextInt(999));
        row.append(',').append(bid).append(',').append(1 + random.nextInt(999));
      } else {
        row.append("9999999999,0,-9999999999,0");
      }
    }
    return row.toString();
  }

  /** One row in twenty with, from a place on, one character replaced, removed or doubled. */
  private static String faulty(String row, int from, SplittableRandom random) {
    if (random.nextInt(20) > 0) {
      return row;
    }
    int at = from + random.nextInt(row.length() - from);
    String middle =
        switch (random.nextInt(3)) {
          case 0 -> String.valueOf("0123456789,.-x \r".charAt(random.nextInt(16)));
          case 1 -> "";
          default -> row.substring(at, at + 1).repeat(2);
        };
    return row.substring(0, at) + middle + row.substring(at + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10})
  void agreesOnTheSampleFiles(int levels) throws IOException {
    assumeThat(zip(levels)).as("LOBSTER sample absent").exists();
    LobsterPair pair = LobsterText.pair(levels);
    try (ZipFile zip = new ZipFile(zip(levels).toFile())) {
      List<String> messages = lines(zip, pair.message());
      List<String> books = lines(zip, pair.orderbook());
      assertThat(messages).hasSameSizeAs(books).hasSizeGreaterThan(COMPARED_ROWS);
      assertTwins(messages.subList(0, COMPARED_ROWS), books.subList(0, COMPARED_ROWS), levels);
    }
  }

  @Test
  void countsTheSampleOfTenLevels() throws IOException {
    assumeThat(zip(10)).as("LOBSTER sample absent").exists();
    LobsterPair pair = LobsterText.pair(10);
    BookBatch batch = new BookBatch(4096, 10);
    long midChanges = 0;
    double lastMid = Double.NaN;
    double spreads = 0;
    try (ZipFile zip = new ZipFile(zip(10).toFile());
        LobsterReader reader =
            new LobsterReader(pair, open(zip, pair.message()), open(zip, pair.orderbook()), 0)) {
      while (reader.next(batch)) {
        for (int i = 0; i < batch.rows; i++) {
          double mid = batch.mid(i);
          midChanges += !Double.isNaN(lastMid) && mid != lastMid ? 1 : 0;
          lastMid = mid;
          spreads += batch.askPrice[0][i] - batch.bidPrice[0][i];
        }
      }
      // Counted by `cut -d, -f2 | sort | uniq -c` on the message file.
      assertThat(reader.rowsRead()).isEqualTo(147_916);
      assertThat(reader.count(EventType.ADD)).isEqualTo(71_258);
      assertThat(reader.count(EventType.CANCEL)).isEqualTo(19);
      assertThat(reader.count(EventType.DELETE)).isEqualTo(64_961);
      assertThat(reader.count(EventType.TRADE)).isEqualTo(7_765);
      assertThat(reader.count(EventType.HIDDEN_TRADE)).isEqualTo(3_913);
      assertThat(reader.suspectWindows()).isEmpty();
      assertThat(midChanges).isEqualTo(24_084);
      assertThat(String.format(Locale.ROOT, "%.3f", spreads / reader.rowsRead()))
          .isEqualTo("0.296");
    }
  }

  private static void assertTwins(List<String> messages, List<String> books, int levels) {
    LobsterReader reader =
        LobsterText.reader(String.join("\n", messages), String.join("\n", books), levels, 1);
    List<LobsterText.Row> rows = LobsterText.rows(reader, 1000, levels);
    List<NaiveLobster.Row> twins = NaiveLobster.read(messages, books, levels);

    assertThat(rows.size()).isEqualTo(twins.size()).isGreaterThan(messages.size() / 3);
    assertThat(rows.size() + reader.rejected().size()).isEqualTo(messages.size());
    long midnight = LobsterText.DAY.toEpochDay() * 86_400 + 4 * 3_600;
    for (int i = 0; i < rows.size(); i++) {
      LobsterText.Row row = rows.get(i);
      NaiveLobster.Row twin = twins.get(i);
      boolean cross = twin.type() == EventType.CROSS;
      LobsterText.Row expected =
          new LobsterText.Row(
              i + 1,
              twin.time().add(BigDecimal.valueOf(midnight)).movePointRight(9).longValueExact(),
              twin.type(),
              cross ? null : twin.direction() == 1 ? Side.BID : Side.ASK,
              cross && twin.price() <= 0 ? Double.NaN : twin.price(),
              twin.size(),
              twin.orderId() <= 0 ? BookBatch.NO_ORDER : twin.orderId(),
              i > 0 ? twin.line() > twins.get(i - 1).line() + 1 : twin.line() > 1,
              twin.book());
      // Records and lists compare doubles by their bits; a plain if spares an assertion per row.
      if (!row.equals(expected)) {
        assertThat(row).isEqualTo(expected);
      }
    }
  }

  private static List<String> lines(ZipFile zip, LobsterName name) throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(zip, name), StandardCharsets.US_ASCII))) {
      return in.lines().toList();
    }
  }

  private static InputStream open(ZipFile zip, LobsterName name) throws IOException {
    return zip.getInputStream(zip.getEntry(name.fileName()));
  }

  private static Path zip(int levels) {
    return DATA.resolve("LOBSTER_SampleFile_GOOG_2012-06-21_" + levels + ".zip");
  }
}
