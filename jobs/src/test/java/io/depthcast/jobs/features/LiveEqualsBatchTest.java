package io.depthcast.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.book.BookBatch;
import io.depthcast.features.FeatureSet;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.BookFiles;
import io.depthcast.jobs.table.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All features of real data are the same to the last bit row by row, as live, and in batches. */
@ExtendWith(SparkTest.class)
class LiveEqualsBatchTest {

  private static final Path DATA = Path.of(System.getProperty("depthcast.root"), "../shared/data");

  /** Of each slice; the longest warm-up of the set by rows is 20000. */
  private static final int ROWS = 60_000;

  private static final FeatureSet FEATURES =
      ConfigFile.shipped("features-full.yaml").as(FeaturesConfig.class).features();

  @ParameterizedTest
  @CsvSource({
    "lobster, lobster/LOBSTER_SampleFile_GOOG_2012-06-21_10.zip, ''",
    "binance, binance/spot_btcusdt_20240808.gz, '--symbol BTCUSDT'",
    "coinbase, coinbase/coinbase_BTC-USD_level2_20180424T035217Z_first1902s.jsonl.gz, '--symbol BTC-USD'",
    "snapshot, ashare/snapshot_sym0_date0_*.csv.gz, '--source configs/sources/ashare.yaml'"
  })
  void whateverTheBatches(
      String format, String input, String options, SparkSession spark, @TempDir Path folder)
      throws Exception {
    assumeThat(Files.isDirectory(DATA)).as("%s absent", DATA).isTrue();
    String lake = folder.resolve("lake").toString();
    String line = "ingest " + format + " --lake " + lake + " --input " + DATA.resolve(input);
    String source = System.getProperty("depthcast.root") + "/configs";
    RunOutcome.of((line + " " + options.replace("configs", source)).trim().split(" ", -1))
        .orThrow();
    for (BookFiles book :
        Lake.open(spark, lake, "{}").books(Arguments.all(), FEATURES.levels(), true)) {
      BookBatch rows = rows(book);
      long[] whole = hashes(rows, rows.rows);
      assertThat(Arrays.stream(whole).distinct().count())
          .as("columns that differ")
          .isGreaterThan(60);
      for (int size : new int[] {1, 7, 4096}) {
        assertThat(hashes(rows, size)).as("%s, batches of %s", book.slice(), size).isEqualTo(whole);
      }
    }
  }

  /** The first rows of the slice as one batch. */
  private static BookBatch rows(BookFiles book) throws Exception {
    BookBatch all = new BookBatch(ROWS, FEATURES.levels());
    book.forEach(
        batch -> {
          int rows = Math.min(batch.rows, ROWS - all.rows);
          copy(batch, 0, rows, all, all.rows);
          all.rows += rows;
        });
    return all;
  }

  private static void copy(BookBatch from, int first, int rows, BookBatch to, int at) {
    System.arraycopy(from.seq, first, to.seq, at, rows);
    System.arraycopy(from.tsEvent, first, to.tsEvent, at, rows);
    System.arraycopy(from.eventType, first, to.eventType, at, rows);
    System.arraycopy(from.side, first, to.side, at, rows);
    System.arraycopy(from.price, first, to.price, at, rows);
    System.arraycopy(from.size, first, to.size, at, rows);
    System.arraycopy(from.orderId, first, to.orderId, at, rows);
    System.arraycopy(from.suspect, first, to.suspect, at, rows);
    for (int level = 0; level < to.levels; level++) {
      System.arraycopy(from.bidPrice[level], first, to.bidPrice[level], at, rows);
      System.arraycopy(from.bidSize[level], first, to.bidSize[level], at, rows);
      System.arraycopy(from.askPrice[level], first, to.askPrice[level], at, rows);
      System.arraycopy(from.askSize[level], first, to.askSize[level], at, rows);
    }
  }

  /** By column, a hash of the bits of its values in order. */
  private static long[] hashes(BookBatch rows, int size) {
    FeatureSet.Run run = FEATURES.start();
    int columns = FEATURES.columns().size();
    long[] hashes = new long[columns];
    BookBatch batch = new BookBatch(size, rows.levels);
    double[][] out = new double[columns][size];
    for (int row = 0; row < rows.rows; row += size) {
      batch.rows = Math.min(size, rows.rows - row);
      copy(rows, row, batch.rows, batch, 0);
      run.compute(batch, out);
      for (int column = 0; column < columns; column++) {
        double[] values = out[column];
        hashes[column] =
            IntStream.range(0, batch.rows)
                .mapToLong(i -> Double.doubleToLongBits(values[i]))
                .reduce(hashes[column], (hash, bits) -> 31 * hash + bits * 0x9E3779B97F4A7C15L);
      }
    }
    return hashes;
  }
}
