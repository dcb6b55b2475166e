package io.depthcast.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.Instrument;
import io.depthcast.exchange.OrderFlow;
import io.depthcast.exchange.PlantedSignal;
import io.depthcast.exchange.SnapshotRecorder;
import io.depthcast.feed.snapshot.SnapshotSource;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class SnapshotIngestTest {

  private static final String HAND =
      """
      venue: hand
      columns: {symbol: s, levels: 1, bidPrice: "b{level}", bidSize: "bs{level}", askPrice: "a{level}", askSize: "as{level}"}
      units: {priceScale: 1, priceOffset: 0, sizeScale: 1, emptyPrice: 0, emptySize: 0}
      time: {dayNumberTime: {dayColumn: d, timeColumn: t, timeFormat: "HH:mm:ss", zone: UTC, firstDay: 2024-01-08}}
      sessions: {maxGapMs: 10000, breaks: [{from: "11:30", to: "13:00"}]}
      labels: [{column: l, horizonRows: 1, down: 0, flat: 1, up: 2}]
      maxRejectedShare: 0.001
      """;
  private static final SnapshotSource SOURCE =
      new ConfigFile("hand.yaml", HAND).as(SnapshotSource.class);
  private static final String TIMESTAMPS =
      "time: {epochTime: {column: t, unit: microseconds, zone: UTC}}";
  private static final String HEADER = "d,t,s,b1,bs1,a1,as1,l\n";

  private SparkSession spark;
  @TempDir private Path folder;

  @BeforeEach
  void use(SparkSession session) {
    spark = session;
  }

  /**
   * Day 10 is read after day 2 although its name comes first, and each afternoon after its noon.
   */
  @Test
  void putsTheFilesOfAnInstrumentInTheOrderOfTheirTimes() throws IOException {
    csv("X10am.csv", "10,09:00:00,X,10,1,11,2,2\n10,09:00:03,X,10.5,1,11,2,1\n");
    csv("X2pm.csv", "2,13:00:03,X,20,1,21,2,0\n");
    csv("X2am.csv", "2,11:29:57,X,20,1,0,0,1\n");
    csv("Y.csv", "2,09:00:00,Y,1,1,2,2,1\n");
    Files.writeString(folder.resolve("README.md"), "no table");
    Lake lake = ingest(folder.toString());

    assertThat(
            lake
                .read("silver.book")
                .orderBy("symbol", "trade_date", "seq")
                .selectExpr(
                    "concat_ws(' ', symbol, trade_date, seq, bid_price_1, coalesce(ask_price_1,"
                        + " 'null'), suspect)")
                .collectAsList()
                .stream()
                .map(r -> r.getString(0)))
        .containsExactly(
            "X 2024-01-10 1 20.0 null false",
            "X 2024-01-10 2 20.0 21.0 true",
            "X 2024-01-22 1 10.0 11.0 false",
            "X 2024-01-22 2 10.5 11.0 false",
            "Y 2024-01-10 1 1.0 2.0 false");
    assertThat(lake.read("silver.suspect_windows").select("cause", "seq_first").collectAsList())
        .asString()
        .isEqualTo("[[session_break,2]]");
    // Row 1 of day 10 looks one row ahead; the other labels would end beyond their file.
    assertThat(
            lake.read("silver.given_labels")
                .select("trade_date", "seq", "label_id", "horizon", "direction")
                .collectAsList())
        .asString()
        .isEqualTo("[[2024-01-22,1,l,1,1]]");
  }

  /** Days 2 and 10 are 2024-01-10 and 2024-01-22; each first row has a label of a row ahead. */
  @Test
  void writesChosenDatesOnlyWithTheirLabels() throws IOException {
    csv("X2.csv", "2,09:00:00,X,10,1,11,2,2\n2,09:00:03,X,10.5,1,11,2,1\n");
    csv("X10.csv", "10,09:00:00,X,10,1,11,2,2\n10,09:00:03,X,10.5,1,11,2,1\n");
    Arguments later = new Arguments(folder.toString(), List.of(), LocalDate.of(2024, 1, 11), null);
    String root = folder.resolve("lake").toString();
    RunOutcome.of(spark, SnapshotIngestJob.JOB, SOURCE, root, later).orThrow();
    Lake lake = Lake.open(spark, root, "{}");
    assertThat(lake.read("silver.book").select("trade_date", "seq").collectAsList())
        .asString()
        .isEqualTo("[[2024-01-22,1], [2024-01-22,2]]");
    assertThat(lake.read("silver.given_labels").select("trade_date", "seq").collectAsList())
        .asString()
        .isEqualTo("[[2024-01-22,1]]");
  }

  /** The same table by another writer, with numbers of several types and a time as timestamp. */
  @Test
  void aParquetTwinGivesEqualTables() throws IOException {
    SnapshotSource source = ConfigFile.shipped("sources/simulated.yaml").as(SnapshotSource.class);
    Path csv = Files.createDirectories(folder.resolve("csv"));
    simulate(csv.resolve("SYN.csv"));
    StructType schema = spark.read().option("header", true).csv(csv.toString()).schema();
    for (String name : schema.fieldNames()) {
      DataType type =
          name.contains("price")
              ? (name.endsWith("_1") ? DataTypes.createDecimalType(12, 4) : DataTypes.DoubleType)
              : name.contains("size")
                  ? (name.endsWith("_1") ? DataTypes.IntegerType : DataTypes.LongType)
                  : name.equals("ts_ns") ? DataTypes.LongType : DataTypes.StringType;
      schema = with(schema, name, type);
    }
    Dataset<Row> rows = spark.read().option("header", true).schema(schema).csv(csv.toString());
    rows.coalesce(1).write().parquet(folder.resolve("parquet").toString());

    Lake fromCsv = lake(source, csv, "of-csv");
    Lake fromParquet = lake(source, folder.resolve("parquet"), "of-parquet");
    // A row a second for two minutes, and that at the end.
    assertThat(fromCsv.read("silver.book").count()).isEqualTo(121);
    assertThat(fromCsv.read("silver.book").where("ask_price_10 IS NULL").count()).isPositive();
    for (String table : List.of("silver.book", "silver.events", "silver.suspect_windows")) {
      assertThat(TableDifference.of(fromCsv.read(table), fromParquet.read(table)))
          .as(table)
          .isEmpty();
    }
  }

  private static StructType with(StructType schema, String name, DataType type) {
    StructField[] fields = schema.fields().clone();
    int at = schema.fieldIndex(name);
    fields[at] = DataTypes.createStructField(name, type, true);
    return DataTypes.createStructType(fields);
  }

  private static void simulate(Path file) throws IOException {
    ExchangeSession session =
        new ExchangeSession(
            new Instrument("SYN", 100, 2500, OrderFlow.SMALL_TICK),
            LocalDate.of(2024, 3, 7),
            120,
            1,
            new PlantedSignal(0, 5),
            List.of());
    try (Writer table = Files.newBufferedWriter(file)) {
      session.run(List.of(new SnapshotRecorder(session.instrument(), 10, 1000, table)));
    }
  }

  private Lake lake(SnapshotSource source, Path input, String name) {
    String lake = folder.resolve(name).toString();
    Arguments arguments = new Arguments(input.toString(), List.of(), null, null);
    RunOutcome.of(spark, SnapshotIngestJob.JOB, source, lake, arguments).orThrow();
    return Lake.open(spark, lake, "{}");
  }

  /** Row by row what the hand-written CSV of the test above says, a null for each missing cell. */
  @Test
  void readsParquetOfFloatsTimestampsAndNulls() {
    SnapshotSource timed =
        new ConfigFile("timed.yaml", HAND.replaceFirst("time: .*", TIMESTAMPS))
            .as(SnapshotSource.class);
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    spark
        .sql(
            "SELECT TIMESTAMP '2024-01-08 09:00:00.000001Z' t, 7L s, 100.01f b1, 1L bs1,"
                + " CAST(null AS DOUBLE) a1, CAST(null AS DOUBLE) as1, 2 l")
        .coalesce(1)
        .write()
        .parquet(folder.resolve("parquet").toString());
    spark.conf().unset("spark.sql.parquet.outputTimestampType");
    Lake lake = lake(timed, folder.resolve("parquet"), "lake");
    assertThat(
            lake.read("silver.book")
                .selectExpr("symbol", "ts_event", "bid_price_1", "bid_size_1", "ask_price_1")
                .collectAsList())
        .asString()
        // 2024-01-08 09:00 UTC is 1704704400 s.
        .isEqualTo("[[7,1704704400000001000,100.01,1.0,null]]");
  }

  @Test
  void refusesAParquetWithoutAColumnOrOfAnotherType() {
    parquet("SELECT 1 d, '09:00:00' t, 'X' s, 1D b1, 1D bs1, 2D a1, 1 l");
    refuses(
        "x.parquet"
            + ": no column as1; there are d, t, s, b1, bs1, a1, l; name the columns in the"
            + " source's file");
    parquet("SELECT 1 d, '09:00:00' t, 'X' s, '1' b1, 1D bs1, 2D a1, 1D as1, 1 l");
    refuses(
        "x.parquet"
            + ": column b1 is 'required binary b1 (STRING)'; it must be DOUBLE, FLOAT, a signed INT"
            + " or DECIMAL: name another in the source's file or write the file anew");
    parquet("SELECT 1 d, DATE '2024-01-08' t, 'X' s, 1D b1, 1D bs1, 2D a1, 1D as1, 1 l");
    refuses(
        "x.parquet"
            + ": column t is 'required int32 t (DATE)'; it must be STRING or a signed INT: name"
            + " another in the source's file or write the file anew");
    parquet("SELECT 1 d, '09:00:00' t, 'X' s, array(1D) b1, 1D bs1, 2D a1, 1D as1, 1 l");
    refuses(
        "x.parquet: column b1 is 'required group b1 (LIST) { repeated group list { required double"
            + " element; } }'; it must be one value a row: name another in the source's file or"
            + " write the file anew");
  }

  @Test
  void refusesAParquetThatIsCut() throws IOException {
    parquet("SELECT 1 d, '09:00:00' t, 'X' s, 1D b1, 1D bs1, 2D a1, 2D as1, 1 l");
    Path file = folder.resolve("x.parquet");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    refuses("x.parquet" + ": cannot be read: the file is cut, damaged or no Parquet");
    // A bit of a page: its checksum shows it.
    whole[20] ^= 1;
    Files.write(file, whole);
    refuses("x.parquet" + " line 1: cannot be read: the file is cut, damaged or no Parquet");
  }

  /** Writes the one row of a query as {@code x.parquet}. */
  private void parquet(String query) {
    Path written = folder.resolve("_written");
    spark.sql(query).coalesce(1).write().mode("overwrite").parquet(written.toString());
    try (Stream<Path> files = Files.list(written)) {
      Path file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.copy(file, folder.resolve("x.parquet"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void showsTheTextOfANumberThatIsNone() throws IOException {
    csv("x.csv", "2,13:00:03,X,20,1,21,2,0\n2,13:00:06,X,2O,1,21,1,1\n");
    refuses(
        "x.csv line 3: b1 is 2O, no number; 1 of 2 lines rejected, more than maxRejectedShare"
            + " allows; fix the file or raise maxRejectedShare");
  }

  @Test
  void putsUpWithTheShareOfBadRowsThatTheSourceSays() throws IOException {
    csv("x.csv", "2,13:00:03,X,20,1,21,2,0\n2,13:00:06,X,2O,1,21,1,1\n");
    SnapshotSource half =
        new ConfigFile(
                "half.yaml", HAND.replace("maxRejectedShare: 0.001", "maxRejectedShare: 0.5"))
            .as(SnapshotSource.class);
    Lake lake = lake(half, folder.resolve("x.csv"), "lake");
    assertThat(lake.read("silver.rejected").select("line_no", "reason", "payload").collectAsList())
        .asString()
        .isEqualTo("[[3,b1 is 2O, no number,2,13:00:06,2O,1.0,21.0,1.0,1.0]]");
  }

  @Test
  void refusesMoreBadRowsThanTheSourceAllows() throws IOException {
    csv("x.csv", "2,13:00:03,X,20,1,21,2,0\n2,13:00:06,X,19,1,21,0,1\n");
    refuses(
        "x.csv line 3: ask size 1 is 0.0, not positive and finite; 1 of 2 lines rejected, more"
            + " than maxRejectedShare allows; fix the file or raise maxRejectedShare");
  }

  @Test
  void refusesAFileWithoutAColumn() throws IOException {
    Files.writeString(folder.resolve("x.csv"), "d,t,s,b1,bs1,a1,l\n1,09:00:00,X,1,1,2,1\n");
    refuses(
        "x.csv: no column as1; there are d, t, s, b1, bs1, a1, l; name the columns in the"
            + " source's file");
  }

  @Test
  void refusesAFileOfTwoInstruments() throws IOException {
    csv("x.csv", "1,09:00:00,X,1,1,2,2,1\n1,09:00:03,Y,1,1,2,2,1\n");
    refuses("x.csv line 3: Y in a file of X; part the table by instrument, a file each");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Files.createFile(folder.resolve("x.csv"));
    refuses("x.csv: the file is empty; fetch it again");
  }

  @Test
  void refusesAFileWithoutRows() throws IOException {
    csv("x.csv", "");
    refuses("x.csv: no row below the column names; fetch it again");
  }

  @Test
  void refusesAFileThatIsCut() throws IOException {
    Path file = folder.resolve("x.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((HEADER + "1,09:00:00,X,1,1,2,2,1\n").getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 12));
    RunOutcome outcome = run(folder.toString());
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    assertThat(outcome.err()).hasSize(1);
    assertThat(outcome.err().get(0)).contains("x.csv.gz", "cannot be read: the file is cut");
  }

  @Test
  void refusesAFolderWithoutTables() throws IOException {
    Files.writeString(folder.resolve("README.md"), "no table");
    RunOutcome outcome = run(folder.toString());
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.err())
        .containsExactly("depthcast: " + folder + ": holds no file of this format");
  }

  /**
   * Two days of one stock: 4 half sessions of 1,999 rows; a label for all but the last N rows of
   * each, and but for the first row of each afternoon, which is suspect.
   */
  @Test
  void recomputesTheLabelsOfTheAshares() {
    Path data = Path.of(System.getProperty("depthcast.root"), "../shared/data/ashare");
    assumeThat(Files.exists(data)).as("%s absent", data).isTrue();
    SnapshotSource ashare = ConfigFile.shipped("sources/ashare.yaml").as(SnapshotSource.class);
    RunOutcome.of(
            spark,
            SnapshotIngestJob.JOB,
            ashare,
            folder.resolve("lake").toString(),
            new Arguments(data + "/snapshot_sym4_date{3,4}_?m.csv.gz", List.of(), null, null))
        .orThrow();
    Lake lake = Lake.open(spark, folder.resolve("lake").toString(), "{}");
    assertThat(lake.read("silver.book").count()).isEqualTo(4 * 1_999);
    lake.read("silver.book")
        .selectExpr(
            "trade_date",
            "seq",
            "(coalesce(bid_price_1, ask_price_1) + coalesce(ask_price_1, bid_price_1)) / 2 AS mid")
        .createOrReplaceTempView("mids");
    lake.read("silver.given_labels").createOrReplaceTempView("given");
    for (int n : new int[] {5, 20}) {
      double alpha = n == 5 ? 0.0005 : 0.001;
      Row counts =
          spark
              .sql(
                  "SELECT count(*), count_if(direction = CASE WHEN b.mid - a.mid < -"
                      + alpha
                      + " THEN -1 WHEN b.mid - a.mid > "
                      + alpha
                      + " THEN 1 ELSE 0 END) FROM given g JOIN mids a ON a.trade_date ="
                      + " g.trade_date AND a.seq = g.seq JOIN mids b ON b.trade_date ="
                      + " g.trade_date AND b.seq = g.seq + g.horizon WHERE g.horizon = "
                      + n)
              .first();
      assertThat(counts.getLong(0)).isEqualTo(4L * (1_999 - n) - 2);
      assertThat(counts.getLong(1)).isEqualTo(counts.getLong(0));
    }
  }

  private void csv(String name, String rows) throws IOException {
    Files.writeString(folder.resolve(name), HEADER + rows);
  }

  private Lake ingest(String input) {
    run(input).orThrow();
    return Lake.open(spark, folder.resolve("lake").toString(), "{}");
  }

  private void refuses(String line) {
    RunOutcome outcome = run(folder.toString());
    assertThat(outcome.err()).containsExactly("depthcast: " + line);
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
    assertThat(folder.resolve("lake/silver")).doesNotExist();
  }

  private RunOutcome run(String input) {
    return RunOutcome.of(
        spark,
        SnapshotIngestJob.JOB,
        SOURCE,
        folder.resolve("lake").toString(),
        new Arguments(input, List.of(), null, null));
  }
}
