package io.depthcast.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the demo, and kills it at random moments and runs it again. The suite kills once; {@code
 * -Ddepthcast.kills=10} kills ten times, each at another moment.
 */
@ExtendWith(SparkTest.class)
class KillRecoveryTest {

  private static final List<String> TABLES =
      List.of(
          "silver.book",
          "silver.events",
          "silver.trades",
          "silver.suspect_windows",
          "silver.rejected",
          "gold.features_demo",
          "gold.labels",
          "gold.predictions",
          "gold.models",
          "gold.metrics",
          "gold.fills",
          "gold.positions");

  private static SparkSession spark;
  private static Path folder;
  private static Path data;
  private static Lake undisturbed;

  @BeforeAll
  static void runUndisturbed(SparkSession session, @TempDir Path files) throws IOException {
    spark = session;
    folder = files;
    data = folder.resolve("data");
    DemoCommand.simulation().write(data);
    undisturbed = run(folder.resolve("undisturbed"));
  }

  /** With r2 0 in configs/demo/simulate.yaml the accuracies are 0.38 and 0.39. */
  @Test
  void theModelsFindThePlantedSignal() {
    for (String model : List.of("logistic_regression", "xgboost")) {
      String all =
          "symbol = '*' AND label_id = 'smoothed_mid_move_50e' AND subject = '" + model + "'";
      Dataset<Row> scores = undisturbed.read("gold.metrics").where(all);
      Row gain = scores.where("metric = 'macro_f1_minus_persistence'").first();
      assertThat(gain.<Double>getAs("ci_low")).as(model).isPositive();
      Row accuracy = scores.where("metric = 'accuracy'").first();
      assertThat(accuracy.<Double>getAs("ci_low")).as(model).isGreaterThan(0.45);
    }
  }

  @Test
  void aKilledRunRepeatedLeavesTheTablesOfAnUndisturbedRun() throws Exception {
    int kills = Integer.getInteger("depthcast.kills", 1);
    long longest = Long.getLong("depthcast.killWithinMs", 40_000);
    Random random = new Random(Long.getLong("depthcast.killSeed", 1));
    for (int k = 0; k < kills; k++) {
      Path lake = folder.resolve("killed-" + k);
      long moment = 4_000 + (long) (random.nextDouble() * (longest - 4_000));
      boolean killed = startAndKill(lake, moment);
      Lake repeated = run(lake);
      for (String table : TABLES) {
        assertThat(TableDifference.of(undisturbed.read(table), repeated.read(table)))
            .as("%s after a kill at %d ms (running: %s)", table, moment, killed)
            .isEmpty();
      }
    }
  }

  private static Lake run(Path lake) {
    assertThat(DemoCommand.pipeline(lake.toString(), data).run(spark)).isEqualTo(JobMain.DONE);
    return Lake.open(spark, lake.toString(), "{}");
  }

  /** True if the process was still running when it was killed. */
  private static boolean startAndKill(Path lake, long moment)
      throws IOException, InterruptedException {
    String root = System.getProperty("depthcast.root");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + root + "/configs/jvm.options",
                "-Xmx2g",
                "-XX:TieredStopAtLevel=1",
                "-Dspark.master=local[2]",
                "-Dspark.ui.enabled=false",
                "-Dlog4j2.configurationFile=" + root + "/configs/log4j2.properties",
                "-cp",
                System.getProperty("java.class.path"),
                "io.depthcast.jobs.Depthcast",
                "demo",
                "--data",
                data.toString(),
                "--lake",
                lake.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("killed.log").toFile())
            .start();
    try {
      return !process.waitFor(moment, TimeUnit.MILLISECONDS);
    } finally {
      // On Linux this is SIGKILL: no shutdown hook runs.
      process.destroyForcibly().waitFor();
    }
  }
}
