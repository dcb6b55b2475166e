package io.depthcast.jobs.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.jobs.SparkTest;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is written is what Spark's own Parquet readers read, and what {@link ColumnFileReader}
 * reads.
 */
@ExtendWith(SparkTest.class)
class ColumnFileTest {

  private static final int BATCH = 1_000;
  private static final UTF8String[] WORDS = {
    UTF8String.fromString("bid"), UTF8String.fromString("ask"), UTF8String.fromString("\u00e9")
  };
  private static final StructType SCHEMA =
      new StructType()
          .add("seq", DataTypes.LongType, false)
          .add("tick", DataTypes.DoubleType)
          .add("noise", DataTypes.DoubleType)
          .add("growing", DataTypes.DoubleType)
          .add("sparse", DataTypes.LongType)
          .add("empty", DataTypes.DoubleType)
          .add("direction", DataTypes.IntegerType)
          .add("suspect", DataTypes.BooleanType, false)
          .add("side", DataTypes.StringType)
          .add("payload", DataTypes.StringType, false)
          .add("constant", DataTypes.StringType, false)
          .add("no_text", DataTypes.StringType);

  private final Configuration hadoop = new Configuration();
  private final Random random = new Random(7);
  private final List<Row> expected = new ArrayList<>();
  @TempDir private Path folder;
  private int files;

  @Test
  void readsBackWhatWasWrittenWhateverThePagesLookLike(SparkSession spark) throws IOException {
    Path file = write(90_000, Long.MAX_VALUE);
    for (String vectorised : List.of("true", "false")) {
      spark.conf().set("spark.sql.parquet.enableVectorizedReader", vectorised);
      try {
        assertThat(spark.read().parquet(file.toString()).collectAsList()).isEqualTo(expected);
      } finally {
        spark.conf().unset("spark.sql.parquet.enableVectorizedReader");
      }
    }
    assertThat(blocks(file)).hasSize(1);
  }

  /** Readers skip pages and row groups by their statistics and dictionaries. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "seq BETWEEN 40000 AND 40010",
        "tick = 0.5",
        "tick IS NULL",
        "noise > 1.5",
        "growing < 0.1",
        "sparse IS NOT NULL",
        "empty IS NULL",
        "empty = 1",
        "direction = -1",
        "suspect",
        "side = 'ask'",
        "side > 'bid'",
        "payload = 'row 77777'",
        "constant = 'same'",
        "constant < 'same'",
        "no_text IS NOT NULL"
      })
  void filtersAsTheRowsSay(String condition, SparkSession spark) throws IOException {
    Path file = write(90_000, 500_000);
    assertThat(spark.read().parquet(file.toString()).where(condition).collectAsList())
        .isEqualTo(spark.createDataFrame(expected, SCHEMA).where(condition).collectAsList());
  }

  @Test
  void cutsALongFileIntoRowGroups(SparkSession spark) throws IOException {
    Path file = write(90_000, 500_000);
    assertThat(blocks(file)).hasSizeGreaterThan(2);
    assertThat(spark.read().parquet(file.toString()).collectAsList()).isEqualTo(expected);
  }

  @Test
  void writesEqualBytesForEqualRows() throws IOException {
    byte[] first = Files.readAllBytes(write(30_000, Long.MAX_VALUE));
    random.setSeed(7);
    files++;
    assertThat(Files.readAllBytes(write(30_000, Long.MAX_VALUE))).isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"1, 100000000", "40000, 100000000", "90001, 100000000", "40000, 500000"})
  void readsBackItsColumnsFromAPageOn(long from, long rowGroupBytes) throws IOException {
    // Pages have at most 8,192 rows.
    assertThat(from - firstRead(write(90_000, rowGroupBytes), from)).isBetween(0L, 8_192L);
  }

  /** Encodings, codecs and pages that {@link ColumnFile} does not write. */
  @ParameterizedTest
  @CsvSource({
    "snappy, v1, true",
    "gzip, v1, false",
    "zstd, v2, true",
    "uncompressed, v2, false",
  })
  void readsColumnsOfOtherWriters(
      String compression, String version, String dictionary, SparkSession spark)
      throws IOException {
    write(90_000, Long.MAX_VALUE);
    Path other = folder.resolve("other");
    spark
        .createDataFrame(expected, SCHEMA)
        .coalesce(1)
        .write()
        .option("compression", compression)
        .option("parquet.writer.version", version)
        .option("parquet.enable.dictionary", dictionary)
        // Pages of different rows in each column.
        .option("parquet.page.size", 30_000)
        .parquet(other.toString());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(other, "*.parquet")) {
      Path file = files.iterator().next();
      assertThat(firstRead(file, 1)).isEqualTo(1);
      assertThat(firstRead(file, 40_000)).isBetween(20_000L, 40_000L);
    }
  }

  @Test
  void saysWhichColumnHasAnotherTypeOrAnUnknownText() throws IOException {
    Path file = write(1_000, Long.MAX_VALUE);
    try (ColumnFileReader in = reader(file, List.of("seq", "side"), WORDS, 1)) {
      in.next(10);
      assertThatThrownBy(() -> in.doubles(0, new double[10], 10))
          .isInstanceOf(DataContractException.class)
          .hasMessageEndingWith("rows-0.parquet: column seq is INT64, not DOUBLE");
    }
    try (ColumnFileReader in =
        reader(file, List.of("seq", "side"), new UTF8String[] {WORDS[0], WORDS[1]}, 1)) {
      assertThatThrownBy(() -> in.next(10))
          .isInstanceOf(DataContractException.class)
          .hasMessageEndingWith("rows-0.parquet: column side: \u00e9 is none of [bid, ask]");
    }
  }

  private ColumnFileReader reader(Path file, List<String> names, UTF8String[] words, long from)
      throws IOException {
    return new ColumnFileReader(
        hadoop,
        new org.apache.hadoop.fs.Path(file.toString()),
        names,
        Map.of("side", words),
        "seq",
        from);
  }

  /** Compares what is read with what was written, to the end; answers the first row's seq. */
  private long firstRead(Path file, long from) throws IOException {
    List<String> names =
        List.of(
            "seq", "tick", "noise", "growing", "empty", "not_there", "sparse", "suspect", "side");
    long[] seq = new long[BATCH];
    double[][] doubles = new double[5][BATCH];
    long[] sparse = new long[BATCH];
    boolean[] suspect = new boolean[BATCH];
    byte[] side = new byte[BATCH];
    long begin = from;
    long next = 0;
    try (ColumnFileReader in = reader(file, names, WORDS, from)) {
      for (int left = in.next(BATCH); left > 0; left = in.next(BATCH)) {
        in.longs(0, seq, -1, left);
        for (int read = 0, rows = 1; left > 0; read += rows, left -= rows, rows = left) {
          for (int d = 0; d < doubles.length; d++) {
            in.doubles(1 + d, doubles[d], rows);
          }
          in.longs(6, sparse, -1, rows);
          in.booleans(7, suspect, rows);
          in.words(8, side, rows);
          for (int i = 0; i < rows; i++) {
            long at = seq[read + i];
            begin = next == 0 ? at : begin;
            assertThat(at).isEqualTo(next == 0 ? begin : next);
            next = at + 1;
            Row row = expected.get((int) at - 1);
            for (int d = 0; d < doubles.length; d++) {
              Object value = d == 4 ? null : row.get(SCHEMA.fieldIndex(names.get(1 + d)));
              assertThat((Object) doubles[d][i])
                  .isEqualTo(value == null ? (Object) Double.NaN : value);
            }
            assertThat(sparse[i]).isEqualTo(row.isNullAt(4) ? -1L : row.getLong(4));
            assertThat(suspect[i]).isEqualTo(row.getBoolean(7));
            assertThat(side[i] < 0 ? null : WORDS[side[i]].toString()).isEqualTo(row.get(8));
          }
        }
      }
    }
    assertThat(next).isEqualTo(next == 0 ? 0 : expected.size() + 1L);
    return begin;
  }

  @Test
  void knowsTheRangeOfWholeNumbers() throws IOException {
    ColumnFile file =
        new ColumnFile(
            hadoop,
            new org.apache.hadoop.fs.Path(folder.resolve("f").toString()),
            new StructType().add("a", DataTypes.LongType).add("b", DataTypes.LongType),
            Set.of());
    file.write(
        new ArrayVector[] {
          ArrayVector.longs(new long[] {4, -1, 9}, -1), ArrayVector.nulls(DataTypes.LongType)
        },
        0,
        3);
    file.close();
    assertThat(file.range("a")).isEqualTo(new ColumnFile.Range(4, 9, 1));
    assertThat(file.range("b").nulls()).isEqualTo(3);
    assertThat(file.range("b").min()).isGreaterThan(file.range("b").max());
    assertThat(file.rows()).isEqualTo(3);
  }

  @Test
  void refusesAMissingValueWhereNoneMayBe() {
    ColumnFile file =
        new ColumnFile(
            hadoop,
            new org.apache.hadoop.fs.Path(folder.resolve("f").toString()),
            new StructType().add("mid", DataTypes.DoubleType, false),
            Set.of());
    assertThatThrownBy(
            () ->
                file.write(
                    new ArrayVector[] {ArrayVector.doubles(new double[] {1, Double.NaN})}, 0, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Column mid may not be null");
  }

  @Test
  void writesNoFileWithoutRows() throws IOException {
    assertThat(write(0, Long.MAX_VALUE)).doesNotExist();
  }

  private List<BlockMetaData> blocks(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toString()), hadoop))) {
      return reader.getRowGroups();
    }
  }

  private Path write(int rows, long rowGroupBytes) throws IOException {
    expected.clear();
    Path file = folder.resolve("rows-" + files + ".parquet");
    try (ColumnFile out =
        new ColumnFile(
            hadoop,
            new org.apache.hadoop.fs.Path(file.toString()),
            SCHEMA,
            Set.of("seq", "noise"),
            rowGroupBytes)) {
      for (int begin = 0; begin < rows; begin += BATCH) {
        int n = Math.min(rows - begin, BATCH - random.nextInt(3));
        out.write(batch(begin, n), 0, n);
        begin -= BATCH - n;
      }
    }
    return file;
  }

  /** Next rows, which are added to what is expected as well. */
  private ArrayVector[] batch(int begin, int n) {
    long[] seq = new long[n];
    double[] tick = new double[n];
    double[] noise = new double[n];
    double[] growing = new double[n];
    long[] sparse = new long[n];
    int[] direction = new int[n];
    boolean[] suspect = new boolean[n];
    byte[] side = new byte[n];
    UTF8String[] payload = new UTF8String[n];
    for (int i = 0; i < n; i++) {
      int row = begin + i;
      seq[i] = row + 1L;
      // Few values, with missing ones in some pages only.
      tick[i] = row > 50_000 && random.nextInt(9) == 0 ? Double.NaN : random.nextInt(200) / 100.0;
      noise[i] = random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian();
      // Repeats in the first pages, so that a dictionary begins, and then no more.
      growing[i] = row < 40_000 ? random.nextInt(50) : random.nextDouble();
      sparse[i] = random.nextInt(100) == 0 ? random.nextLong() >>> 1 : -1;
      direction[i] = random.nextInt(4) - 1;
      suspect[i] = random.nextInt(10) == 0;
      side[i] = (byte) (random.nextInt(4) - 1);
      payload[i] = UTF8String.fromString("row " + row);
      expected.add(
          RowFactory.create(
              seq[i],
              Double.isNaN(tick[i]) ? null : (Object) tick[i],
              Double.isNaN(noise[i]) ? null : (Object) noise[i],
              growing[i],
              sparse[i] == -1 ? null : (Object) sparse[i],
              null,
              direction[i] == 2 ? null : (Object) direction[i],
              suspect[i],
              side[i] < 0 ? null : WORDS[side[i]].toString(),
              payload[i].toString(),
              "same",
              null));
    }
    return new ArrayVector[] {
      ArrayVector.longs(seq, Long.MIN_VALUE),
      ArrayVector.doubles(tick),
      ArrayVector.doubles(noise),
      ArrayVector.doubles(growing),
      ArrayVector.longs(sparse, -1),
      ArrayVector.nulls(DataTypes.DoubleType),
      ArrayVector.ints(direction, 2),
      ArrayVector.booleans(suspect),
      ArrayVector.words(side, WORDS),
      ArrayVector.texts(payload),
      ArrayVector.constant("same"),
      ArrayVector.nulls(DataTypes.StringType)
    };
  }
}
