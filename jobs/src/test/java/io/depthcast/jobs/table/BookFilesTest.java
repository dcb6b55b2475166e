package io.depthcast.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.SparkTest;
import io.depthcast.quality.DataContractException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkTest.class)
class BookFilesTest {

  private static final Slice SLICE = new Slice("nasdaq", "A B/C", LocalDate.of(2024, 1, 8));
  private static final TableSpec BOOK = Tables.book(2);

  private Lake lake;
  @TempDir private Path folder;

  @BeforeEach
  void open(SparkSession spark) {
    lake = Lake.open(spark, folder.resolve("lake").toString(), "{}");
  }

  @Test
  void readsWhatWasWrittenInOrder() throws Exception {
    write(upTo(10_000));
    List<String> rows = new ArrayList<>();
    BookFiles book = lake.books(Arguments.all(), 2, false).get(0);
    assertThat(book.slice()).isEqualTo(SLICE);
    book.forEach(
        batch -> {
          for (int i = 0; i < batch.rows; i++) {
            rows.add(row(batch, i));
          }
        });
    BookBatch all = batch(upTo(10_000));
    assertThat(rows).hasSize(10_000);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).isEqualTo(row(all, i));
    }
    assertThat(lake.versionsRead()).containsEntry("silver.book", 0L);
  }

  @Test
  void readsTheEventsOfTheRows() throws Exception {
    write(upTo(10_000));
    List<String> events = new ArrayList<>();
    lake.books(Arguments.all(), 1, true)
        .get(0)
        .forEach(
            batch -> {
              for (int i = 0; i < batch.rows; i++) {
                events.add(event(batch, i));
              }
            });
    BookBatch all = batch(upTo(10_000));
    assertThat(events).hasSize(10_000);
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i)).isEqualTo(event(all, i));
    }
  }

  @Test
  void readsFewerLevelsThanThereAre() throws Exception {
    write(upTo(3));
    List<Double> best = new ArrayList<>();
    lake.books(Arguments.all(), 1, false)
        .get(0)
        .forEach(
            batch -> {
              assertThat(batch.levels).isEqualTo(1);
              best.add(batch.askPrice[0][0]);
              assertThat(batch.rows).isEqualTo(3);
            });
    assertThat(best).containsExactly(102.0);
  }

  @ParameterizedTest
  @CsvSource({
    // Pages of 8,192 rows: the block from row 50,001 on needs 5 more and begins with page 7, from
    // row 6 x 8,192 + 1 on; that from row 100,001 on with page 13.
    "5, 0, 49153, 98305",
    // From 40,000 and 90,000 on: pages 5 and 11.
    "10001, 0, 32769, 81921",
    // A microsecond a row; 9,000 before pages 7 and 13 are pages 5 and 11.
    "5, 9000000, 32769, 81921"
  })
  void readsABlockFromAPageThatIsEarlyEnough(
      long backRows, long backNanos, long secondFrom, long thirdFrom) throws Exception {
    writeInBatches(150_000);
    BookBlocks plan = new BookBlocks(40_000, backRows, backNanos, 0, 0);
    List<BookFiles> blocks = lake.books(Arguments.all(), 2, true, plan);
    assertThat(blocks)
        .extracting(BookFiles::part)
        .containsExactly(
            new SlicePart(SLICE, 0, 3), new SlicePart(SLICE, 1, 3), new SlicePart(SLICE, 2, 3));
    assertThat(blocks).extracting(BookFiles::first).containsExactly(1L, 50_001L, 100_001L);
    assertThat(blocks)
        .extracting(BookFiles::last)
        .containsExactly(50_000L, 100_000L, Long.MAX_VALUE);
    List<Long> begins = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    for (BookFiles block : blocks) {
      begins.add(readBlock(block, rows));
    }
    assertThat(begins).containsExactly(1L, secondFrom, thirdFrom);
    BookBatch all = batch(upTo(150_000));
    assertThat(rows).hasSize(150_000);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).isEqualTo(row(all, i) + event(all, i));
    }
  }

  /** As {@code OPTIMIZE} may: other codec, encodings and pages than ours. */
  @Test
  void readsABookThatAnotherWriterHasRewritten(SparkSession spark) throws Exception {
    writeInBatches(150_000);
    String table = folder.resolve("lake/silver/book").toString();
    Map<String, String> writer =
        Map.of(
            "spark.sql.parquet.compression.codec", "gzip",
            "parquet.writer.version", "v2",
            "parquet.page.size", "30000");
    writer.forEach(spark.conf()::set);
    try {
      spark
          .read()
          .format("delta")
          .load(table)
          .coalesce(1)
          .sortWithinPartitions("seq")
          .write()
          .format("delta")
          .mode("overwrite")
          .save(table);
    } finally {
      writer.keySet().forEach(spark.conf()::unset);
    }
    List<String> rows = new ArrayList<>();
    for (BookFiles block :
        lake.books(Arguments.all(), 2, true, new BookBlocks(40_000, 5, 0, 0, 0))) {
      assertThat(readBlock(block, rows)).isGreaterThanOrEqualTo(block.first() - 30_000);
    }
    BookBatch all = batch(upTo(150_000));
    assertThat(rows).hasSize(150_000);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).isEqualTo(row(all, i) + event(all, i));
    }
  }

  /** The first row read; the rows of the block are added to those given. */
  private static long readBlock(BookFiles block, List<String> rows) throws Exception {
    long[] read = {Long.MAX_VALUE, 0};
    block.forEach(
        batch -> {
          read[0] = Math.min(read[0], batch.seq[0]);
          read[1] = batch.seq[batch.rows - 1];
          boolean inBlock = batch.seq[0] >= block.first() && batch.seq[0] <= block.last();
          assertThat(read[1] >= block.first() && read[1] <= block.last()).isEqualTo(inBlock);
          for (int i = 0; inBlock && i < batch.rows; i++) {
            rows.add(row(batch, i) + event(batch, i));
          }
        },
        () -> read[1] > block.last());
    assertThat(read[1]).as("last row read").isLessThan(Math.min(block.last(), 150_000) + 10_000);
    return read[0];
  }

  @Test
  void cutsNoSliceOfLessThanTwoBlocksAndMakesBlocksLongWhereTheyOverlapMuch() {
    writeInBatches(100_000);
    assertThat(lake.books(Arguments.all(), 2, false, new BookBlocks(50_001, 0, 0, 0, 0)))
        .hasSize(1);
    assertThat(lake.books(Arguments.all(), 2, false, new BookBlocks(50_000, 0, 0, 0, 0)))
        .hasSize(2);
    // 3,000 rows and 2 + 1 ms of 1,000 rows each around a block, four times: 24,000.
    assertThat(
            lake.books(
                Arguments.all(), 2, false, new BookBlocks(100, 1000, 2_000_000, 2000, 1_000_000)))
        .hasSize(4);
  }

  @Test
  void refusesABookWithMissingRows() {
    write(1, 2, 4, 5);
    assertThatThrownBy(() -> lake.books(Arguments.all(), 2, false).get(0).forEach(batch -> {}))
        .isInstanceOf(DataContractException.class)
        .hasMessage("silver.book nasdaq A B/C 2024-01-08: seq 4 follows 2; ingest the slice again");
  }

  @Test
  void refusesABookThatDoesNotBeginWithItsFirstRow() {
    write(2, 3);
    assertThatThrownBy(() -> lake.books(Arguments.all(), 2, false).get(0).forEach(batch -> {}))
        .hasMessageContaining("seq 2 follows 0");
  }

  @Test
  void namesTheChoiceThatHasNoSlice() {
    write(1);
    assertThatThrownBy(() -> lake.books(new Arguments("", List.of("Z"), null, null), 2, false))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Table silver.book has no slice for --symbol Z");
  }

  private static long[] upTo(int rows) {
    long[] seqs = new long[rows];
    Arrays.setAll(seqs, i -> i + 1L);
    return seqs;
  }

  private void writeInBatches(int rows) {
    lake.replaceSlices(
        List.of(BOOK),
        List.of(SLICE),
        (slice, out) -> {
          out.begin(slice);
          for (long from = 1; from <= rows; from += 4096) {
            BookBatch batch =
                batch(LongStream.range(from, Math.min(from + 4096, rows + 1L)).toArray());
            out.write(BOOK, BookColumns.of(BOOK, slice, batch), batch.rows);
          }
          return 0;
        });
  }

  private void write(long... seqs) {
    lake.replaceSlices(
        List.of(BOOK),
        List.of(SLICE),
        (slice, out) -> {
          out.begin(slice);
          out.write(BOOK, BookColumns.of(BOOK, slice, batch(seqs)), seqs.length);
          return 0;
        });
  }

  /** Row n has ask 101 + n, bids from 100 down with the second level missing in every third row. */
  private static BookBatch batch(long... seqs) {
    BookBatch batch = new BookBatch(seqs.length, 2);
    batch.rows = seqs.length;
    for (int i = 0; i < seqs.length; i++) {
      long n = seqs[i];
      batch.seq[i] = n;
      batch.tsEvent[i] = 1_000 * n;
      batch.eventType[i] = (byte) (n % EventType.values().length);
      batch.side[i] = (byte) (n % 3 == 2 ? BookBatch.NO_SIDE : n % 3);
      batch.price[i] = n % 11 == 0 ? Double.NaN : (double) n;
      batch.size[i] = n % 13 == 0 ? Double.NaN : 1.0 / n;
      batch.orderId[i] = n % 17 == 0 ? BookBatch.NO_ORDER : -n;
      batch.suspect[i] = n % 5 == 0;
      batch.bidPrice[0][i] = 100;
      batch.bidSize[0][i] = (double) (n % 7 + 1);
      batch.bidPrice[1][i] = n % 3 == 0 ? Double.NaN : 99.5;
      batch.bidSize[1][i] = n % 3 == 0 ? Double.NaN : Math.sqrt((double) n);
      batch.askPrice[0][i] = (double) (101 + n);
      batch.askSize[0][i] = 1;
      batch.askPrice[1][i] = Double.NaN;
      batch.askSize[1][i] = Double.NaN;
    }
    return batch;
  }

  private static String event(BookBatch batch, int i) {
    return batch.seq[i]
        + " "
        + batch.eventType[i]
        + " "
        + batch.side[i]
        + " "
        + batch.price[i]
        + " "
        + batch.size[i]
        + " "
        + batch.orderId[i];
  }

  private static String row(BookBatch batch, int i) {
    StringBuilder row = new StringBuilder();
    row.append(batch.seq[i]).append(' ').append(batch.tsEvent[i]).append(' ');
    row.append(batch.suspect[i]);
    for (double[][] side :
        new double[][][] {batch.bidPrice, batch.bidSize, batch.askPrice, batch.askSize}) {
      for (double[] level : side) {
        row.append(' ').append(level[i]);
      }
    }
    return row.toString();
  }
}
