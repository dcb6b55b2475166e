package io.depthcast.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
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
    lake.replace(
        Tables.TRADES,
        List.of(A, A_TUESDAY, B),
        rows(row(A, 1), row(A, 2), row(A_TUESDAY, 1), row(B, 1)));
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 7)));
    assertThat(seqs()).containsExactly("A 2024-01-08 7", "A 2024-01-09 1", "B 2024-01-08 1");
  }

  @Test
  void emptiesASliceThatIsReplacedByNothing() {
    lake.replace(Tables.TRADES, List.of(A, B), rows(row(A, 1), row(B, 1)));
    lake.replace(Tables.TRADES, List.of(A), rows());
    assertThat(seqs()).containsExactly("B 2024-01-08 1");
  }

  @Test
  void holdsEqualRowsWhenWrittenTwice() {
    for (int i = 0; i < 2; i++) {
      lake.replace(Tables.TRADES, List.of(A, B), rows(row(A, 1), row(A, 2), row(B, 1)));
    }
    assertThat(seqs()).containsExactly("A 2024-01-08 1", "A 2024-01-08 2", "B 2024-01-08 1");
  }

  @Test
  void refusesRowsOutsideTheSlicesItReplaces() {
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 1)));
    assertThatThrownBy(() -> lake.replace(Tables.TRADES, List.of(A), rows(row(B, 1))))
        .hasMessageContaining("DELTA_REPLACE_WHERE_MISMATCH");
    assertThat(seqs()).containsExactly("A 2024-01-08 1");
  }

  @Test
  void refusesValuesThatBreakACheck() {
    Row negative =
        RowFactory.create("nasdaq", "A", Date.valueOf(MONDAY), 1L, 1L, null, -1.0, 1.0, null);
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 1)));
    assertThatThrownBy(() -> lake.replace(Tables.TRADES, List.of(A), rows(negative)))
        .hasStackTraceContaining("price_positive");
    assertThat(seqs()).containsExactly("A 2024-01-08 1");
  }

  @Test
  void replacesSeveralTablesBesideEachOther() {
    Row rejected = RowFactory.create("nasdaq", "A", Date.valueOf(MONDAY), "f.csv", 3L, "bad", "x");
    lake.replaceAll(
        List.of(A),
        Map.of(
            Tables.TRADES,
            rows(row(A, 1)),
            Tables.REJECTED,
            spark.createDataFrame(List.of(rejected), Tables.REJECTED.schema())));
    assertThat(seqs()).containsExactly("A 2024-01-08 1");
    assertThat(lake.read("silver.rejected").collectAsList()).containsExactly(rejected);
    assertThat(lake.versionsWritten()).containsOnlyKeys("silver.trades", "silver.rejected");
  }

  @Test
  void storesProvenanceWithEveryCommit() {
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 1)));
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 2)));
    String history = "DESCRIBE HISTORY delta.`" + lake.root() + "/silver/trades`";
    assertThat(
            spark.sql(history).where("operation = 'WRITE'").select("userMetadata").collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactly("{\"runId\":\"r1\"}", "{\"runId\":\"r1\"}");
  }

  @Test
  void readsOldVersionsWhenReplaying() {
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 1)));
    long old = lake.versionsWritten().get("silver.trades");
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 2)));

    Lake replay = lake.replaying(Map.of("silver.trades", old), folder.resolve("new").toString());
    assertThat(replay.read("silver.trades").select("seq").first().getLong(0)).isEqualTo(1);
    replay.replace(Tables.TRADES, List.of(A), rows(row(A, 3)));
    assertThat(replay.read("silver.trades").select("seq").first().getLong(0)).isEqualTo(3);
    assertThat(seqs()).as("the replayed lake").containsExactly("A 2024-01-08 2");
  }

  @Test
  void refusesAVersionThatDeltaHasForgotten() throws IOException {
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 1)));
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 2)));
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
    lake.replace(
        Tables.TRADES,
        List.of(A, A_TUESDAY, B),
        rows(row(B, 1), row(A_TUESDAY, 1), row(A, 1), row(A, 2)));
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
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 1)));
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
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 1)));
    assertThat(seqs()).containsExactly("A 2024-01-08 1");
  }

  @Test
  void leavesAFolderAloneThatHoldsSomethingElse() throws IOException {
    Path theirs = folder.resolve("lake/silver/trades/theirs.parquet");
    Files.createDirectories(theirs.getParent());
    Files.writeString(theirs, "not ours");
    assertThatThrownBy(() -> lake.replace(Tables.TRADES, List.of(A), rows(row(A, 1))))
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
  void readsASliceOfOneFileWithoutASort() {
    lake.replace(Tables.TRADES, List.of(A, B), rows(row(A, 1), row(A, 2), row(B, 1)));
    Dataset<Row> ordered = lake.inOrder(lake.read("silver.trades"), 2);
    assertThat(ordered.queryExecution().executedPlan().toString()).doesNotContain("Sort");
    assertThat(partitions(ordered)).containsExactlyInAnyOrder("[A1, A2]", "[B1]");
  }

  @Test
  void sortsASliceOfTwoFiles() {
    lake.replace(Tables.TRADES, List.of(A, B), rows(row(A, 3), row(A, 4), row(B, 1)));
    lake.append(Tables.TRADES, rows(row(A, 1), row(A, 2)));
    Dataset<Row> ordered = lake.inOrder(lake.read("silver.trades"), 2);
    assertThat(ordered.queryExecution().executedPlan().toString()).contains("Sort");
    assertThat(String.join(" ", partitions(ordered))).contains("A1, A2, A3, A4").contains("B1");
  }

  @Test
  void takesAUriForItsFolder() {
    Lake uri =
        Lake.open(
            spark,
            folder.resolve("uri").toUri().toString().replaceFirst("^file:/+", "file:///"),
            "{}");
    uri.replace(Tables.TRADES, List.of(A), rows(row(A, 1)));
    assertThat(uri.read("silver.trades").count()).isEqualTo(1);
    assertThat(folder.resolve("uri/silver/trades/_delta_log")).isDirectory();
  }

  @Test
  void answersSqlUnderTheTablesNames() {
    lake.replace(Tables.TRADES, List.of(A), rows(row(A, 1), row(A, 2)));
    lake.register(List.of("silver.trades"));
    assertThat(spark.sql("SELECT max(seq) FROM silver.trades").first().getLong(0)).isEqualTo(2);
    lake.unregister(List.of("silver.trades"));
    assertThat(seqs()).containsExactly("A 2024-01-08 1", "A 2024-01-08 2");
  }

  @Test
  void quotesNamesInPredicates() {
    Slice odd = new Slice("nasdaq", "O'N\\", MONDAY);
    lake.replace(Tables.TRADES, List.of(A, odd), rows(row(A, 1), row(odd, 1)));
    lake.replace(Tables.TRADES, List.of(odd), rows(row(odd, 2)));
    assertThat(seqs()).containsExactly("A 2024-01-08 1", "O'N\\ 2024-01-08 2");
    assertThat(Slice.predicate(List.of())).isEqualTo("false");
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

  private static List<String> partitions(Dataset<Row> rows) {
    return rows.toJavaRDD().map(r -> r.getString(1) + r.getLong(3)).glom().collect().stream()
        .filter(p -> !p.isEmpty())
        .map(Object::toString)
        .toList();
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
