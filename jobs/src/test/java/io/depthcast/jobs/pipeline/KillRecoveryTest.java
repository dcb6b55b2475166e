package io.depthcast.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the whole path at random moments and runs it again. The suite kills once; {@code
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

  @TempDir private Path folder;

  @Test
  void aKilledRunRepeatedLeavesTheTablesOfAnUndisturbedRun(SparkSession spark) throws Exception {
    int kills = Integer.getInteger("depthcast.kills", 1);
    long longest = Long.getLong("depthcast.killWithinMs", 40_000);
    Random random = new Random(Long.getLong("depthcast.killSeed", 1));
    Path data = folder.resolve("data");
    DemoData.write(data);
    Lake undisturbed = run(spark, data, folder.resolve("undisturbed"));
    for (int k = 0; k < kills; k++) {
      Path lake = folder.resolve("killed-" + k);
      long moment = 4_000 + (long) (random.nextDouble() * (longest - 4_000));
      boolean killed = startAndKill(data, lake, moment);
      Lake repeated = run(spark, data, lake);
      for (String table : TABLES) {
        assertThat(TableDifference.of(undisturbed.read(table), repeated.read(table)))
            .as("%s after a kill at %d ms (running: %s)", table, moment, killed)
            .isEmpty();
      }
    }
  }

  private static Lake run(SparkSession spark, Path data, Path lake) {
    Pipeline pipeline =
        Pipeline.of(
            ConfigFile.shipped("pipelines/demo.yaml"),
            lake.toString(),
            new Arguments(data.toString(), List.of(), null, null));
    assertThat(pipeline.run(spark)).isEqualTo(JobMain.DONE);
    return Lake.open(spark, lake.toString(), "{}");
  }

  /** True if the process was still running when it was killed. */
  private boolean startAndKill(Path data, Path lake, long moment)
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
