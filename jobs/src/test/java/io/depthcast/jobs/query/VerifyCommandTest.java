package io.depthcast.jobs.query;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.LobsterFolder;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkTest.class)
class VerifyCommandTest {

  private static SparkSession spark;
  @TempDir private static Path folder;
  private static Path input;
  private static Path lake;
  private static String ingested;

  @BeforeAll
  static void ingestThreeRows(SparkSession session) throws IOException {
    spark = session;
    input = folder.resolve("input");
    lake = folder.resolve("lake");
    writeFiles(40);
    Files.writeString(folder.resolve("ingest.yaml"), "levels: 1\nmaxRejectedShare: 0\n");
    ingest(lake).orThrow();
    ingested = newestRun(lake, "ingest lobster");
  }

  @BeforeEach
  void writeFilesAsTheyWere() throws IOException {
    writeFiles(40);
  }

  @Test
  void saysEqual() {
    RunOutcome outcome = verify(ingested);
    assertThat(outcome.out())
        .containsExactly(
            "silver.book: equal",
            "silver.events: equal",
            "silver.rejected: equal",
            "silver.suspect_windows: equal",
            "silver.trades: equal",
            ingested + ": equal");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DONE);
  }

  @Test
  void saysWhereItDiffersAfterTheSourceHasChanged() throws IOException {
    writeFiles(50);
    RunOutcome outcome = verify(ingested);
    // 100 on the ask: 40 executed leave 60, 50 executed leave 50.
    String row =
        "1 of 3 rows differ, the first: venue nasdaq, symbol GOOG, trade_date 2012-06-21, seq 3: "
            + "size 40.0, now 50.0";
    assertThat(outcome.out())
        .containsExactly(
            "inputs: source files have changed since the run",
            "silver.book: " + row + "; ask_size_1 60.0, now 50.0",
            "silver.events: " + row,
            "silver.rejected: equal",
            "silver.suspect_windows: equal",
            "silver.trades: " + row.replace("of 3 rows", "of 1 rows"),
            ingested + ": differs");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DATA);
  }

  @Test
  void readsTheTablesAsTheRunReadThemUntilTheyAreVacuumed(@TempDir Path own) throws IOException {
    Path copy = copyOfTheLake(own);
    Path config =
        Files.writeString(
            own.resolve("features.yaml"),
            "set: x\nfamilies: [mid: {}]\nlabels: [smoothedMidMove: {horizon: 1e}]\n");
    RunOutcome.of("features", "--lake", copy.toString(), "--config", config.toString()).orThrow();
    writeFiles(50);
    ingest(copy).orThrow();
    String run = newestRun(copy, "features");
    RunOutcome outcome = RunOutcome.of("verify", run, "--lake", copy.toString());
    assertThat(outcome.out())
        .containsExactly("gold.features_x: equal", "gold.labels: equal", run + ": equal");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DONE);

    RunOutcome.of("vacuum", "--lake", copy.toString(), "--retain-hours", "0", "--force").orThrow();
    refuses(
        "Run "
            + run
            + ": a file that it read or wrote is gone (vacuum removes what is older than its"
            + " retention); it can no longer be verified",
        RunOutcome.of("verify", run, "--lake", copy.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "backtest"})
  void saysEqualOfALaterStage(String job, SyntheticLake synthetic) {
    Path root = Path.of(synthetic.root());
    String run = newestRun(root, job);
    RunOutcome outcome = RunOutcome.of("verify", run, "--lake", root.toString());
    assertThat(outcome.out())
        .hasSizeGreaterThan(2)
        .allMatch(line -> line.endsWith(": equal"))
        .endsWith(run + ": equal");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DONE);
  }

  @Test
  void refusesARunThatIsNotThere() {
    refuses("Run ingest-1 is not in ops.runs of " + lake, verify("ingest-1"));
  }

  @Test
  void refusesALakeWithoutRuns() {
    Path none = folder.resolve("none");
    refuses(
        "Table ops.runs does not exist in " + none + "; run the job that writes it",
        RunOutcome.of("verify", ingested, "--lake", none.toString()));
  }

  @Test
  void refusesARunThatFailed(@TempDir Path own) throws IOException {
    Path copy = copyOfTheLake(own);
    FileUtils.deleteDirectory(input.toFile());
    assertThat(ingest(copy).exitCode()).isEqualTo(JobMain.CONFIG);
    String failed = newestRun(copy, "ingest lobster", "failed");
    assertThat(failed).isNotEqualTo(ingested);
    refuses(
        "Run " + failed + " failed; only a finished run can be verified",
        RunOutcome.of("verify", failed, "--lake", copy.toString()));
  }

  @Test
  void refusesARunWhoseSourceIsGone() throws IOException {
    FileUtils.deleteDirectory(input.toFile());
    refuses(input + ": no such file or folder", verify(ingested));
  }

  private static RunOutcome verify(String run) {
    return RunOutcome.of("verify", run, "--lake", lake.toString());
  }

  private static void refuses(String line, RunOutcome outcome) {
    assertThat(outcome.err()).containsExactly("depthcast: " + line);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
  }

  private static RunOutcome ingest(Path lake) {
    return RunOutcome.of(
        "ingest",
        "lobster",
        "--input",
        input.toString(),
        "--lake",
        lake.toString(),
        "--config",
        folder.resolve("ingest.yaml").toString());
  }

  /** A bid, an ask of 100 shares, and an execution of some of them. */
  private static void writeFiles(int executed) throws IOException {
    LobsterFolder.csv(
        input,
        Map.of(
            "GOOG_2012-06-21_34200000_57600000_message_1.csv",
            LobsterFolder.lines(
                List.of(
                    "34200.1,1,11,100,1000000,1",
                    "34200.2,1,12,100,1000200,-1",
                    "34200.3,4,12," + executed + ",1000200,-1")),
            "GOOG_2012-06-21_34200000_57600000_orderbook_1.csv",
            LobsterFolder.lines(
                List.of(
                    "9999999999,0,1000000,100",
                    "1000200,100,1000000,100",
                    "1000200," + (100 - executed) + ",1000000,100"))));
  }

  private static Path copyOfTheLake(Path own) throws IOException {
    Path copy = own.resolve("lake");
    FileUtils.copyDirectory(lake.toFile(), copy.toFile());
    return copy;
  }

  private static String newestRun(Path lake, String job) {
    return newestRun(lake, job, "done");
  }

  private static String newestRun(Path lake, String job, String status) {
    return Lake.open(spark, lake.toString(), "{}")
        .read("ops.runs")
        .where(col("job").equalTo(job).and(col("status").equalTo(status)))
        .orderBy(col("started_at").desc())
        .first()
        .getAs("run_id");
  }
}
