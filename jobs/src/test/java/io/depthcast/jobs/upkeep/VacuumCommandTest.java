package io.depthcast.jobs.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
class VacuumCommandTest {

  private static final LocalDate DAY = LocalDate.of(2024, 1, 8);
  private static final Slice SLICE = new Slice("nasdaq", "A", DAY);
  private static final String TABLE = "silver.rejected";

  @TempDir private Path folder;
  private SparkSession spark;
  private Path root;
  private Lake lake;
  private Path table;

  @BeforeEach
  void writeOneSlice(SparkSession session) {
    spark = session;
    root = folder.resolve("lake");
    lake = Lake.open(spark, root.toString(), "{}");
    table = root.resolve("silver/rejected");
    replace(1);
  }

  @Test
  void removesStrayFilesThatAreOldButNotInADryRun() throws IOException {
    Path old = stray(table.resolve("part-old.parquet"), 169);
    Path oldOfSlice =
        stray(table.resolve("venue=nasdaq/symbol=A/trade_date=2024-01-08/part-old.parquet"), 1000);
    Path young = stray(table.resolve("part-young.parquet"), 167);
    // Two of the three files of 1500 bytes.
    assertThat(vacuum("--dry-run").out())
        .containsExactly(
            "silver.rejected: 2 files, 3,000 bytes would be removed",
            "all tables: 2 files, 3,000 bytes would be removed");
    assertThat(List.of(old, oldOfSlice, young)).allMatch(Files::exists);
    RunOutcome outcome = vacuum();
    assertThat(outcome.out())
        .containsExactly(
            "silver.rejected: 2 files, 3,000 bytes removed",
            "all tables: 2 files, 3,000 bytes removed");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DONE);
    assertThat(old).doesNotExist();
    assertThat(oldOfSlice).doesNotExist();
    assertThat(young).exists();
    assertThat(lines(lake.read(TABLE))).containsExactly(1L);
  }

  @Test
  void keepsAnOldVersionThatWasReplacedWithinTheRetention() throws IOException {
    long version = newestVersion();
    age(1000);
    replace(2);
    assertThat(vacuum().out())
        .containsExactly(
            "silver.rejected: 0 files, 0 bytes removed", "all tables: 0 files, 0 bytes removed");
    assertThat(newestVersion()).as("nothing removed, nothing committed").isEqualTo(version + 1);
    assertThat(lines(lake.readAt(TABLE, version))).containsExactly(1L);
    assertThat(lines(lake.read(TABLE))).containsExactly(2L);
  }

  @Test
  void keepsAnOldVersionForLongerThanDeltasDefaultIfAskedTo() throws IOException {
    long version = newestVersion();
    age(1000);
    replace(2);
    replacedBefore(200);
    assertThat(vacuum("--retain-hours", "201").out().get(0))
        .isEqualTo("silver.rejected: 0 files, 0 bytes removed");
    assertThat(lines(lake.readAt(TABLE, version))).containsExactly(1L);
    assertThat(vacuum("--retain-hours", "199").out().get(0)).startsWith("silver.rejected: 1 files");
    assertThatThrownBy(() -> lines(lake.readAt(TABLE, version)))
        .hasStackTraceContaining("FileNotFound");
    assertThat(lines(lake.read(TABLE))).containsExactly(2L);
  }

  @Test
  void removesWhatWasReplacedJustNowOnlyByForce() {
    long version = newestVersion();
    replace(2);
    assertThat(vacuum("--retain-hours", "0", "--force").out().get(0))
        .startsWith("silver.rejected: 1 files");
    assertThatThrownBy(() -> lines(lake.readAt(TABLE, version)))
        .hasStackTraceContaining("FileNotFound");
    assertThat(lines(lake.read(TABLE))).containsExactly(2L);
  }

  @Test
  void touchesTablesOfTheLakeOnly() throws IOException {
    lake.append(Tables.RUNS, spark.createDataFrame(List.of(), Tables.RUNS.schema()));
    Path oldRun = stray(root.resolve("ops/runs/part-old.parquet"), 1000);
    Path model = stray(root.resolve("models/plan/part-old.bin"), 1000);
    Path log = stray(table.resolve("_delta_log/part-old.json"), 1000);
    Path killedFirstWrite = stray(root.resolve("gold/labels/part-old.parquet"), 1000);
    Files.createDirectories(root.resolve("gold/labels/_delta_log"));
    String theirs = root.resolve("other/table").toString();
    spark.range(1).write().format("delta").save(theirs);
    Path theirFile = stray(Path.of(theirs, "part-old.parquet"), 1000);
    assertThat(vacuum().out())
        .containsExactly(
            "ops.runs: 1 files, 1,500 bytes removed",
            "silver.rejected: 0 files, 0 bytes removed",
            "all tables: 1 files, 1,500 bytes removed");
    assertThat(oldRun).doesNotExist();
    assertThat(List.of(model, log, killedFirstWrite, theirFile)).allMatch(Files::exists);
  }

  @Test
  void refusesARetentionThatTheTableCannotKeep() {
    // 30 days are 720 hours.
    RunOutcome outcome = vacuum("--retain-hours", "721");
    assertThat(outcome.err())
        .containsExactly(
            "depthcast: Table silver.rejected keeps account of replaced files for 720 hours, not"
                + " for 721; give --retain-hours 720 or less");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(vacuum("--retain-hours", "720").exitCode()).isEqualTo(JobMain.DONE);
  }

  @Test
  void refusesAFolderWithoutTables() throws IOException {
    Path none = folder.resolve("none");
    String line = "depthcast: No table in " + none + "; give the --lake of the jobs";
    assertThat(RunOutcome.of("vacuum", "--lake", none.toString()).err()).containsExactly(line);
    Files.createDirectories(none.resolve("silver/rejected"));
    RunOutcome outcome = RunOutcome.of("vacuum", "--lake", none.toString());
    assertThat(outcome.err()).containsExactly(line);
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.out()).isEmpty();
  }

  private RunOutcome vacuum(String... options) {
    List<String> args = new ArrayList<>(List.of("vacuum", "--lake", root.toString()));
    args.addAll(Arrays.asList(options));
    ByteArrayOutputStream byDelta = new ByteArrayOutputStream();
    RunOutcome outcome =
        scala.Console.withOut(byDelta, () -> RunOutcome.of(args.toArray(String[]::new)));
    assertThat(byDelta.toString(StandardCharsets.UTF_8)).as("printed by Delta").isEmpty();
    return outcome;
  }

  private void replace(long line) {
    Row row =
        RowFactory.create("nasdaq", "A", Date.valueOf(DAY), "f.csv", line, "bad", "1,2,3,4,5,6");
    lake.replaceWhere(
        Tables.REJECTED,
        Slice.predicate(List.of(SLICE)),
        spark.createDataFrame(List.of(row), Tables.REJECTED.schema()));
  }

  private long newestVersion() {
    lake.read(TABLE);
    return lake.versionsRead().get(TABLE);
  }

  private static List<Long> lines(Dataset<Row> rows) {
    return rows.select("line_no").collectAsList().stream().map(r -> r.getLong(0)).toList();
  }

  private static Path stray(Path file, long hours) throws IOException {
    Files.createDirectories(file.getParent());
    return age(Files.write(file, new byte[1500]), hours);
  }

  /** Makes every data file of the table old. */
  private void age(long hours) throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        age(file, hours);
      }
    }
  }

  private static Path age(Path file, long hours) throws IOException {
    Instant then = Instant.now().minus(Duration.ofHours(hours));
    return Files.setLastModifiedTime(file, FileTime.from(then));
  }

  /** Dates the replacing of files back in the table's last commit. */
  private void replacedBefore(long hours) throws IOException {
    Path commit = table.resolve(String.format("_delta_log/%020d.json", newestVersion()));
    long then = Instant.now().minus(Duration.ofHours(hours)).toEpochMilli();
    String text = Files.readString(commit);
    assertThat(text).contains("deletionTimestamp");
    Files.writeString(
        commit, text.replaceAll("\"deletionTimestamp\":\\d+", "\"deletionTimestamp\":" + then));
    Files.delete(commit.resolveSibling("." + commit.getFileName() + ".crc"));
    DeltaLog.clearCache();
  }
}
