package io.depthcast.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --from} and {@code --to} choose the slices that are ingested, of every format. */
@ExtendWith(SparkTest.class)
class ChosenDatesTest {

  private static final String CONFIG =
      """
      seed: 3
      seconds: 20
      signal: {r2: 0.1, marketOrders: 5}
      days:
        - {date: 2024-03-06, halts: []}
        - {date: 2024-03-07, halts: []}
        - {date: 2024-03-08, halts: []}
      instruments:
        - symbol: TEST
          tick: 100
          firstPrice: 2500
          flow:
            queues: 4
            limits: {perSecond: 1, decay: 0.9}
            cancels: {perSecond: 0.2, halfOrders: 20}
            markets: {perSecond: 0.5, decayOrders: 20}
            movesPerSecond: 0.5
            bestQueueHeld: true
      formats: {levels: 10, binanceDepthMs: 100, coinbaseDepthMs: 50, snapshotMs: 1000}
      faults: {binance: [], coinbase: [], coinbaseAdvanced: []}
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void simulate() throws IOException {
    Path config = Files.writeString(folder.resolve("simulate.yaml"), CONFIG);
    RunOutcome.of(
            "simulate", "--config", config.toString(), "--out", folder.resolve("out").toString())
        .orThrow();
  }

  private static RunOutcome ingest(String format, String lake, String... options) {
    String source = System.getProperty("depthcast.root") + "/configs/sources/simulated.yaml";
    List<String> command = new ArrayList<>(List.of("ingest", format, "--lake", lake));
    command.add("--input");
    command.addAll(
        switch (format) {
          case "lobster" -> List.of(folder + "/out/lobster");
          case "snapshot" -> List.of(folder + "/out/snapshots", "--source", source);
          case "coinbase" -> List.of(folder + "/out/coinbase/TEST", "--symbol", "TEST-USD");
          // A glob: all days are one session.
          default -> List.of(folder + "/out/binance/TEST/*/*.gz", "--symbol", "TEST");
        });
    command.addAll(List.of(options));
    return RunOutcome.of(command.toArray(String[]::new));
  }

  @Test
  void onlyChosenSlicesAreWritten(SparkSession spark, @TempDir Path at) {
    String root = at.resolve("lake").toString();
    for (String format : List.of("lobster", "binance", "coinbase", "snapshot")) {
      ingest(format, root, "--from", "2024-03-07", "--to", "2024-03-07").orThrow();
    }
    Lake lake = Lake.open(spark, root, "{}");
    for (String table : List.of("silver.book", "silver.events")) {
      List<Row> slices =
          lake.read(table)
              .groupBy("venue", "trade_date")
              .agg(functions.min("seq"), functions.expr("count(DISTINCT seq) = max(seq)"))
              .orderBy("venue")
              .collectAsList();
      assertThat(slices)
          .asString()
          .isEqualTo(
              "[[binance_spot,2024-03-07,1,true], [coinbase,2024-03-07,1,true],"
                  + " [nasdaq,2024-03-07,1,true], [simulated,2024-03-07,1,true]]");
    }
    // The slices that were there before stay as they are.
    ingest("lobster", root, "--from", "2024-03-08").orThrow();
    assertThat(
            lake.read("silver.book")
                .where("venue = 'nasdaq'")
                .select("trade_date")
                .distinct()
                .count())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"lobster", "binance", "coinbase", "snapshot"})
  void nothingInRangeIsOneLineAndNothingIsWritten(String format, @TempDir Path at)
      throws IOException {
    RunOutcome outcome =
        ingest(format, at.resolve("lake").toString(), "--from", "2024-03-09", "--to", "2024-03-10");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith("depthcast: --input " + folder + "/out/")
        .contains(" --from 2024-03-09 --to 2024-03-10, only ")
        .contains("2024-03-06")
        .endsWith("2024-03-08; check --symbol, --from and --to");
    assertThat(at.resolve("lake/silver")).doesNotExist();
  }

  @Test
  void aSymbolThatHasNoLobsterFileIsOneLine(@TempDir Path at) {
    RunOutcome outcome =
        ingest("lobster", at.resolve("lake").toString(), "--symbol", "X", "--to", "2024-03-06");
    assertThat(outcome.err())
        .containsExactly(
            "depthcast: --input "
                + folder
                + "/out/lobster holds nothing of --symbol X --to 2024-03-06, only TEST 2024-03-06,"
                + " TEST 2024-03-07, TEST 2024-03-08; check --symbol, --from and --to");
  }
}
