package io.depthcast.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.columns.ArrayVector;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class LakeTest {

  private static final LocalDate MONDAY = LocalDate.of(2024, 1, 8);
  private static final Slice A = new Slice("nasdaq", "A", MONDAY);
  private static final Slice A_TUESDAY = new Slice("nasdaq", "A", MONDAY.plusDays(1));
  private static final Slice B = new Slice("nasdaq", "B", MONDAY);

  private static final List<TableSpec> TABLES = List.of(Tables.TRADES, Tables.REJECTED);

  private SparkSession spark;
  private Lake lake;
  @TempDir Path folder;

  @BeforeEach
  void open(SparkSession session) {
    spark = session;
    lake = Lake.open(spark, folder.resolve("lake").toString(), "{\"runId\":\"r1\"}");
  }

  @Test
  void replacesOnlyItsSlices() {
    replace(List.of(A, A_TUESDAY, B), rows(row(A, 1), row(A, 2), row(A_TUESDAY, 1), row(B, 1)));
    replace(List.of(A), rows(row(A, 7)));
    assertThat(seqs()).containsExactly("A 2024-01-08 7", "A 2024-01-09 1", "B 2024-01-08 1");
  }

  @Test
  void emptiesASliceThatIsReplacedByNothing() {
    replace(List.of(A, B), rows(row(A, 1), row(B, 1)));
    replace(List.of(A), rows());
    assertThat(seqs()).containsExactly("B 2024-01-08 1");
  }

  @Test
  void holdsEqualRowsWhenWrittenTwice() {
    for (int i = 0; i < 2; i++) {
      replace(List.of(A, B), rows(row(A, 1), row(A, 2), row(B, 1)));
    }
    assertThat(seqs()).containsExactly("A 2024-01-08 1", "A 2024-01-08 2", "B 2024-01-08 1");
  }

  @Test
  void refusesRowsOutsideTheSlicesItReplaces() {
    replace(List.of(A), rows(row(A, 1)));
    assertThatThrownBy(() -> replace(List.of(A), rows(row(B, 1))))
        .hasMessageContaining("DELTA_REPLACE_WHERE_MISMATCH");
    assertThat(seqs()).containsExactly("A 2024-01-08 1");
  }

  @Test
  void refusesValuesThatBreakACheck() {
    Row negative =
        RowFactory.create("nasdaq", "A", Date.valueOf(MONDAY), 1L, 1L, null, -1.0, 1.0, null);
    replace(List.of(A), rows(row(A, 1)));
    assertThatThrownBy(() -> replace(List.of(A), rows(negative)))
        .hasStackTraceContaining("price_positive");
    assertThat(seqs()).containsExactly("A 2024-01-08 1");
  }

  @Test
  void replacesSlicesByWhatTasksWrite() {
    lake.replaceSlices(TABLES, List.of(A, A_TUESDAY, B), (slice, out) -> write(out, slice, 1, 2));
    List<Integer> answers =
        lake.replaceSlices(TABLES, List.of(A, B), (slice, out) -> write(out, slice, 7));
    assertThat(answers).containsExactly(1, 1);
    assertThat(seqs())
        .containsExactly("A 2024-01-08 7", "A 2024-01-09 1", "A 2024-01-09 2", "B 2024-01-08 7");
    assertThat(lake.read("silver.trades").where("symbol = 'B'").first())
        .isEqualTo(row(B, 7))
        .extracting(r -> lake.read("silver.rejected").count())
        .isEqualTo(0L);
    assertThat(lake.versionsWritten()).containsOnlyKeys("silver.trades", "silver.rejected");
    assertThat(lake.replaced().get("silver.rejected")).isEqualTo(Slice.predicate(List.of(A, B)));
  }

  @Test
  void emptiesSlicesThatTasksBeginAndWriteNothingOf() {
    lake.replaceSlices(TABLES, List.of(A, B), (slice, out) -> write(out, slice, 1));
    lake.replaceSlices(TABLES, List.of(A), (slice, out) -> write(out, slice));
    assertThat(seqs()).containsExactly("B 2024-01-08 1");
  }

  @Test
  void leavesNothingOfAWriteThatFails() throws IOException {
    lake.replaceSlices(TABLES, List.of(A), (slice, out) -> write(out, slice, 1));
    List<String> before = files();
    assertThatThrownBy(
            () ->
                lake.replaceSlices(
                    TABLES,
                    List.of(A, B),
                    (slice, out) -> {
                      write(out, slice, 2);
                      if (slice.equals(B)) {
                        throw new IllegalStateException("broken input");
                      }
                      return 0;
                    }))
        .hasStackTraceContaining("broken input");
    assertThat(files()).isEqualTo(before);
    assertThat(seqs()).containsExactly("A 2024-01-08 1");
  }

  @Test
  void refusesASliceThatTwoInputsHold() throws IOException {
    lake.replaceSlices(TABLES, List.of(A), (slice, out) -> write(out, slice, 1));
    List<String> before = files();
    assertThatThrownBy(
            () -> lake.replaceSlices(TABLES, List.of(A, A), (slice, out) -> write(out, slice, 2)))
        .isInstanceOf(DataContractException.class)
        .hasMessage(
            "nasdaq A 2024-01-08 comes from two inputs; give one of them, or captures of one"
                + " session together in one folder or glob");
    assertThat(files()).isEqualTo(before);
    assertThat(seqs()).containsExactly("A 2024-01-08 1");
  }

  @Test
  void replacesASliceByPartsThatSeveralTasksWrite() {
    lake.replaceSlices(TABLES, List.of(A, B), (slice, out) -> write(out, slice, 1));
    lake.replaceSlices(
        TABLES,
        List.of(1, 0, 2),
        (number, out) -> write(out, new SlicePart(A, number, 3), 10 + number));
    assertThat(seqs())
        .containsExactly("A 2024-01-08 10", "A 2024-01-08 11", "A 2024-01-08 12", "B 2024-01-08 1");
    // Names of files sort as the parts do.
    String[] files = lake.read("silver.trades").where("symbol = 'A'").inputFiles();
    Arrays.sort(files);
    assertThat(files).hasSize(3);
    for (int part = 0; part < 3; part++) {
      assertThat(spark.read().parquet(files[part]).select("seq").first().getLong(0))
          .isEqualTo(10 + part);
    }
  }

  @Test
  void refusesPartsThatDoNotMakeUpTheirSlice() throws IOException {
    lake.replaceSlices(TABLES, List.of(A), (slice, out) -> write(out, slice, 1));
    List<String> before = files();
    for (SlicePart second : List.of(new SlicePart(A, 0, 2), new SlicePart(A, 0, 1))) {
      assertThatThrownBy(
              () ->
                  lake.replaceSlices(
                      TABLES,
                      List.of(new SlicePart(A, 0, 2), second),
                      (part, out) -> write(out, part, 2)))
          .isInstanceOf(DataContractException.class)
          .hasMessageStartingWith("nasdaq A 2024-01-08 comes from two inputs");
    }
    assertThatThrownBy(
            () ->
                lake.replaceSlices(
                    TABLES, List.of(new SlicePart(A, 0, 2)), (part, out) -> write(out, part, 2)))
        .hasMessage("nasdaq A 2024-01-08: 1 of 2 parts were written");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void leavesNoFolderOfAFirstWriteThatFails() {
    assertThatThrownBy(
            () ->
                lake.replaceSlices(
                    TABLES,
                    List.of(A),
                    (slice, out) -> {
                      write(out, slice, 1);
                      out.begin(B);
                      throw new IllegalStateException("broken input");
                    }))
        .hasStackTraceContaining("broken input");
    assertThat(folder.resolve("lake/silver")).doesNotExist();
  }

  @Test
  void refusesValuesOfTasksThatBreakACheck() {
    lake.replaceSlices(TABLES, List.of(A), (slice, out) -> write(out, slice, 1));
    assertThatThrownBy(
            () -> lake.replaceSlices(TABLES, List.of(A), (slice, out) -> write(out, slice, 2, -3)))
        .hasStackTraceContaining(
            "silver.trades nasdaq A 2024-01-08: a row breaks the check seq_positive, coalesce(seq"
                + " >= 1, true)");
    assertThat(seqs()).containsExactly("A 2024-01-08 1");
  }

  @Test
  void writesTablesOfTasksThatRowsCanReplaceAndTheOtherWayRound() {
    lake.replaceSlices(TABLES, List.of(A, B), (slice, out) -> write(out, slice, 1));
    replace(List.of(A), rows(row(A, 2)));
    lake.replaceSlices(TABLES, List.of(B), (slice, out) -> write(out, slice, 3));
    assertThat(seqs()).containsExactly("A 2024-01-08 2", "B 2024-01-08 3");
    assertThatThrownBy(() -> lake.append(Tables.TRADES, rows(row(A, -1))))
        .as("constraints of a table that tasks created")
        .hasStackTraceContaining("seq_positive");
  }

  @Test
  void keepsStatisticsOfWhatTasksWrite() {
    lake.replaceSlices(TABLES, List.of(A), (slice, out) -> write(out, slice, 3, 5));
    String log = folder.resolve("lake/silver/trades/_delta_log") + "/00000000000000000000.json";
    assertThat(spark.read().json(log).where("add is not null").select("add.stats").first().get(0))
        .isEqualTo(
            "{\"numRecords\":2,\"minValues\":{\"seq\":3,\"ts_event\":30},"
                + "\"maxValues\":{\"seq\":5,\"ts_event\":50},"
                + "\"nullCount\":{\"seq\":0,\"ts_event\":0}}");
  }

  @Test
  void storesProvenanceWithEveryCommit() {
    replace(List.of(A), rows(row(A, 1)));
    replace(List.of(A), rows(row(A, 2)));
    String history = "DESCRIBE HISTORY delta.`" + lake.root() + "/silver/trades`";
    assertThat(
            spark.sql(history).where("operation = 'WRITE'").select("userMetadata").collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactly("{\"runId\":\"r1\"}", "{\"runId\":\"r1\"}");
  }

  @Test
  void readsOldVersionsWhenReplaying() {
    replace(List.of(A), rows(row(A, 1)));
    long old = lake.versionsWritten().get("silver.trades");
    replace(List.of(A), rows(row(A, 2)));

    Lake replay =
        lake.replaying(Map.of("silver.trades", old), Map.of(), folder.resolve("new").toString());
    assertThat(replay.read("silver.trades").select("seq").first().getLong(0)).isEqualTo(1);
    replay.replaceWhere(Tables.TRADES, Slice.predicate(List.of(A)), rows(row(A, 3)));
    assertThat(replay.read("silver.trades").select("seq").first().getLong(0)).isEqualTo(3);
    assertThat(seqs()).as("the replayed lake").containsExactly("A 2024-01-08 2");
  }

  @Test
  void refusesAVersionThatDeltaHasForgotten() throws IOException {
    replace(List.of(A), rows(row(A, 1)));
    replace(List.of(A), rows(row(A, 2)));
    // As Delta's clean-up does: a checkpoint, and the commits before it are removed.
    DeltaLog log = DeltaLog.forTable(spark, lake.path("silver/trades"));
    log.checkpoint(log.unsafeVolatileSnapshot(), scala.Option.empty());
    Files.delete(folder.resolve("lake/silver/trades/_delta_log/00000000000000000000.json"));
    DeltaLog.clearCache();
    assertThatThrownBy(() -> lake.readAt("silver.trades", 1))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Version 1 of table silver.trades is not in "
                + lake.root()
                + " any more; Delta keeps versions for 30 days");
    assertThat(seqs()).containsExactly("A 2024-01-08 2");
  }

  @Test
  void listsTheSlicesThatArgumentsName() {
    replace(List.of(A, A_TUESDAY, B), rows(row(B, 1), row(A_TUESDAY, 1), row(A, 1), row(A, 2)));
    assertThat(lake.slices("silver.trades", Arguments.all())).containsExactly(A, A_TUESDAY, B);
    assertThat(lake.slices("silver.trades", new Arguments("", List.of("B"), null, null)))
        .containsExactly(B);
    LocalDate tuesday = MONDAY.plusDays(1);
    assertThat(lake.slices("silver.trades", new Arguments("", List.of(), tuesday, null)))
        .containsExactly(A_TUESDAY);
    assertThat(lake.slices("silver.trades", new Arguments("", List.of("A"), null, MONDAY)))
        .containsExactly(A);
  }

  @Test
  void refusesToListNoSlices() {
    replace(List.of(A), rows(row(A, 1)));
    assertThatThrownBy(
            () -> lake.slices("silver.trades", new Arguments("", List.of("Z"), MONDAY, null)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Table silver.trades has no slice for --symbol Z --from 2024-01-08; check --symbol,"
                + " --from and --to");
  }

  @Test
  void refusesATableThatIsNotThere() {
    assertThatThrownBy(() -> lake.read("silver.book"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Table silver.book does not exist in " + lake.root() + "; run the job that writes it");
    assertThat(lake.has("silver.book")).isFalse();
  }

  @Test
  void createsATableWhereAKilledRunLeftAFolderWithoutACommit() throws IOException {
    Path table = Files.createDirectories(folder.resolve("lake/silver/trades"));
    Files.createDirectories(table.resolve("_delta_log"));
    Files.write(table.resolve("_delta_log/.00000000000000000000.json.tmp"), new byte[0]);
    Files.write(table.resolve("part-00000.c000.snappy.parquet"), new byte[0]);
    assertThat(lake.has("silver.trades")).isFalse();
    replace(List.of(A), rows(row(A, 1)));
    assertThat(seqs()).containsExactly("A 2024-01-08 1");
  }

  @Test
  void leavesAFolderAloneThatHoldsSomethingElse() throws IOException {
    Path theirs = folder.resolve("lake/silver/trades/theirs.parquet");
    Files.createDirectories(theirs.getParent());
    Files.writeString(theirs, "not ours");
    assertThatThrownBy(() -> replace(List.of(A), rows(row(A, 1))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("is no table of Depthcast but holds theirs.parquet");
    assertThat(theirs).hasContent("not ours");
  }

  @Test
  void refusesATableWithOtherColumns() {
    lake.append(Tables.book(2), book(2));
    assertThatThrownBy(() -> lake.append(Tables.book(3), book(3)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Table silver.book in "
                + lake.root()
                + " has no column bid_price_3; it was written with another configuration: use"
                + " another --lake or another set name");
    assertThatThrownBy(() -> lake.append(Tables.book(1), book(1)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("has a column bid_price_2; it was written");
  }

  @Test
  void takesAUriForItsFolder() {
    Lake uri =
        Lake.open(
            spark,
            folder.resolve("uri").toUri().toString().replaceFirst("^file:/+", "file:///"),
            "{}");
    uri.replaceWhere(Tables.TRADES, Slice.predicate(List.of(A)), rows(row(A, 1)));
    assertThat(uri.read("silver.trades").count()).isEqualTo(1);
    assertThat(folder.resolve("uri/silver/trades/_delta_log")).isDirectory();
  }

  @Test
  void answersSqlUnderTheTablesNames() {
    replace(List.of(A), rows(row(A, 1), row(A, 2)));
    lake.register(List.of("silver.trades"));
    assertThat(spark.sql("SELECT max(seq) FROM silver.trades").first().getLong(0)).isEqualTo(2);
    lake.unregister(List.of("silver.trades"));
    assertThat(seqs()).containsExactly("A 2024-01-08 1", "A 2024-01-08 2");
  }

  @Test
  void quotesNamesInPredicates() {
    Slice odd = new Slice("nasdaq", "O'N\\", MONDAY);
    replace(List.of(A, odd), rows(row(A, 1), row(odd, 1)));
    replace(List.of(odd), rows(row(odd, 2)));
    assertThat(seqs()).containsExactly("A 2024-01-08 1", "O'N\\ 2024-01-08 2");
    assertThat(Slice.predicate(List.of())).isEqualTo("false");
  }

  /** Rows as {@link #row} makes them; answers how many. */
  private static int write(SliceFiles out, Slice slice, long... seqs) throws IOException {
    return write(out, new SlicePart(slice, 0, 1), seqs);
  }

  private static int write(SliceFiles out, SlicePart part, long... seqs) throws IOException {
    out.begin(part);
    int n = seqs.length;
    double[] price = new double[n];
    double[] size = new double[n];
    Arrays.fill(price, 1.5);
    Arrays.fill(size, 2);
    out.write(
        Tables.TRADES,
        part.slice()
            .columns(
                ArrayVector.longs(seqs, Long.MIN_VALUE),
                ArrayVector.longs(Arrays.stream(seqs).map(s -> 10 * s).toArray(), Long.MIN_VALUE),
                ArrayVector.nulls(DataTypes.LongType),
                ArrayVector.doubles(price),
                ArrayVector.doubles(size),
                ArrayVector.constant("buy")),
        n);
    return n;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private List<String> seqs() {
    return lake
        .read("silver.trades")
        .orderBy("symbol", "trade_date", "seq")
        .collectAsList()
        .stream()
        .map(r -> r.getString(1) + " " + r.getDate(2) + " " + r.getLong(3))
        .toList();
  }

  private void replace(List<Slice> slices, Dataset<Row> rows) {
    lake.replaceWhere(Tables.TRADES, Slice.predicate(slices), rows);
  }

  private Dataset<Row> rows(Row... rows) {
    return spark.createDataFrame(Arrays.asList(rows), Tables.TRADES.schema()).coalesce(1);
  }

  private Dataset<Row> book(int levels) {
    return spark.createDataFrame(List.of(), Tables.book(levels).schema());
  }

  private static Row row(Slice slice, long seq) {
    return RowFactory.create(
        slice.venue(),
        slice.symbol(),
        Date.valueOf(slice.tradeDate()),
        seq,
        10 * seq,
        null,
        1.5,
        2.0,
        "buy");
  }
}
