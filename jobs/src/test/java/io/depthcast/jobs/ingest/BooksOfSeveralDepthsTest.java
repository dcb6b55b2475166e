package io.depthcast.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.SnapshotRecorder;
import io.depthcast.jobs.LobsterFolder;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import io.depthcast.jobs.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * LOBSTER files of ten levels, files of three, and snapshots of five in one lake: in the order of
 * their depths, and the other way round.
 */
@ExtendWith(SparkTest.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BooksOfSeveralDepthsTest {

  private static final LocalDate DATE = LocalDate.of(2024, 3, 6);

  private static final String FEATURES =
      """
      set: of_%1$d
      families:
        - queueImbalance: {levels: %1$d}
        - depthImbalance: {levels: %1$d}
        - orderFlowImbalance: {levels: %1$d, window: 10e}
      labels:
        - midMove: {horizon: 10e, latency: 1e}
        - imbalanceAhead: {levels: 5, horizon: 10e, balanced: 0.2}
      """;

  private Path folder;
  private SparkSession spark;

  @BeforeAll
  void write(SparkSession session, @TempDir Path temporary) throws IOException {
    spark = session;
    folder = temporary;
    ExchangeSession deep = LobsterFolder.session("DEEP", DATE, 60, 0);
    LobsterFolder.csv(folder.resolve("deep"), LobsterFolder.files(deep, 10));
    ExchangeSession flat = LobsterFolder.session("FLAT", DATE, 60, 0);
    LobsterFolder.csv(folder.resolve("deep"), LobsterFolder.files(flat, 3));
    Files.createDirectories(folder.resolve("snapshots"));
    try (var csv = Files.newBufferedWriter(folder.resolve("snapshots/shallow.csv"))) {
      ExchangeSession shallow = LobsterFolder.session("SHALLOW", DATE, 60, 0);
      shallow.run(List.of(new SnapshotRecorder(shallow.instrument(), 5, 200, csv)));
    }
    Path shipped = Path.of(System.getProperty("depthcast.root"), "configs/sources/simulated.yaml");
    Files.writeString(
        folder.resolve("five.yaml"),
        Files.readString(shipped).replace("  levels: 10", "  levels: 5"));
    Files.writeString(folder.resolve("ten-levels.yaml"), FEATURES.formatted(10));
    Files.writeString(folder.resolve("five-levels.yaml"), FEATURES.formatted(5));
    shallow("shallow-first");
    features("five-levels.yaml");
    deep("shallow-first");
    features("ten-levels.yaml");
    deep("deep-first");
    shallow("deep-first");
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void deep(String lake) {
    run("ingest", "lobster", "--input", path("deep"), "--lake", path(lake));
  }

  private void shallow(String lake) {
    run(
        "ingest",
        "snapshot",
        "--source",
        path("five.yaml"),
        "--input",
        path("snapshots"),
        "--lake",
        path(lake));
  }

  private void features(String config) {
    run("features", "--config", path(config), "--lake", path("shallow-first"));
  }

  private static void run(String... command) {
    RunOutcome.of(command).orThrow();
  }

  private Lake lake(String name) {
    return Lake.open(spark, path(name), "{}");
  }

  private static String[] rest(String... columns) {
    return Stream.of(columns).skip(1).toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shallow-first", "deep-first"})
  void theTableHasTheLevelsOfTheDeepestAndNullsForTheOthers(String name) {
    Dataset<Row> book = lake(name).read("silver.book");
    assertThat(book.columns()).containsExactly(Tables.book(10).columnNames());
    Dataset<Row> shallow = book.where("symbol = 'SHALLOW'");
    // Five a second, and that at the end.
    assertThat(shallow.count()).isEqualTo(5 * 60 + 1);
    assertThat(shallow.where(isThere("bid_price_5", "ask_size_5")).count()).isPositive();
    for (int level = 6; level <= 10; level++) {
      String there =
          isThere(
              "bid_price_" + level, "bid_size_" + level, "ask_price_" + level, "ask_size_" + level);
      assertThat(shallow.where(there).count()).isZero();
    }
    assertThat(book.where("symbol = 'DEEP' AND bid_price_6 IS NOT NULL").count()).isPositive();
    // What was there before the table grew deeper is there still.
    Dataset<Row> before = lake("shallow-first").readAt("silver.book", 0);
    assertThat(before.columns()).containsExactly(Tables.book(5).columnNames());
    assertThat(TableDifference.of(before, shallow)).isEmpty();
  }

  private static String isThere(String... columns) {
    return "coalesce(" + String.join(", ", columns) + ") IS NOT NULL";
  }

  @Test
  void theOrderOfTheIngestsDoesNotShow() {
    assertThat(
            TableDifference.of(
                lake("shallow-first").read("silver.book"), lake("deep-first").read("silver.book")))
        .isEmpty();
  }

  /** As from a table of five levels; what needs a sixth is missing. */
  @Test
  void featuresOfLevelsThatTheSourceDoesNotTellOfAreNull() {
    Lake lake = lake("shallow-first");
    Dataset<Row> shallow = lake.read("gold.features_of_10").where("symbol = 'SHALLOW'");
    Dataset<Row> alone = lake.read("gold.features_of_5").drop("feature_set_id");
    assertThat(alone.where("depth_imbalance_5 IS NOT NULL AND ofi_5_10e IS NOT NULL").count())
        .isPositive();
    assertThat(TableDifference.of(alone, shallow.select(alone.columns()[0], rest(alone.columns()))))
        .isEmpty();
    for (int level = 6; level <= 10; level++) {
      String there =
          isThere("queue_imbalance_" + level, "depth_imbalance_" + level, "ofi_" + level + "_10e");
      assertThat(shallow.where(there).count()).isZero();
    }
  }

  /** Of a file of three levels the depth of three is known, in a table of ten. */
  @Test
  void aFileTellsOfItsOwnLevels() {
    Dataset<Row> rows = lake("shallow-first").read("gold.features_of_10");
    assertThat(rows.where("symbol = 'FLAT' AND depth_imbalance_3 IS NOT NULL").count())
        .isGreaterThan(100);
    assertThat(rows.where("symbol = 'FLAT' AND depth_imbalance_4 IS NOT NULL").count()).isZero();
    assertThat(rows.where("symbol = 'DEEP' AND depth_imbalance_10 IS NOT NULL").count())
        .isGreaterThan(100);
    Dataset<Row> labels = lake("shallow-first").read("gold.labels").where("imbalance IS NOT NULL");
    assertThat(labels.where("symbol = 'FLAT'").count()).isZero();
    assertThat(labels.where("symbol = 'SHALLOW'").count()).isGreaterThan(100);
  }

  /** It writes a table of five levels anew, and the recorded one has ten. */
  @Test
  void aShallowIngestIntoADeeperTableIsVerified() {
    Row run = lake("deep-first").read("ops.runs").orderBy(functions.desc("started_at")).first();
    assertThat(run.<String>getAs("job")).isEqualTo("ingest snapshot");
    RunOutcome outcome =
        RunOutcome.of("verify", run.<String>getAs("run_id"), "--lake", path("deep-first"));
    assertThat(outcome.out()).last().asString().endsWith(": equal");
  }
}
