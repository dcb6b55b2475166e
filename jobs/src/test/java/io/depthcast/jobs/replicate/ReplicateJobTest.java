package io.depthcast.jobs.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.LobsterFolder;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.ingest.IngestConfig;
import io.depthcast.jobs.ingest.IngestJob;
import io.depthcast.jobs.table.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class ReplicateJobTest {

  private static final Path GOOGLE =
      Path.of(
          System.getProperty("depthcast.root"),
          "../shared/data/lobster/LOBSTER_SampleFile_GOOG_2012-06-21_10.zip");

  private static final int LEVELS = 5;

  @TempDir private Path folder;

  @Test
  void theSampleDayOfGoogleShowsWhatThePapersSay(SparkSession spark) throws Exception {
    assumeThat(GOOGLE).as("the LOBSTER sample is not here").exists();
    String lake = folder.resolve("lake").toString();
    Arguments input = new Arguments(GOOGLE.toString(), List.of(), null, null);
    RunOutcome.of(spark, IngestJob.JOB, new IngestConfig(10, 0), lake, input).orThrow();
    ReplicateConfig config = ConfigFile.shipped("replicate.yaml").as(ReplicateConfig.class);
    RunOutcome run = RunOutcome.of(spark, ReplicateJob.JOB, config, lake, Arguments.all());
    run.orThrow();
    Map<String, Double> values = values(spark, lake);
    for (Fact fact :
        List.of(
            Fact.OFI_R2,
            Fact.TRADE_IMBALANCE_R2,
            Fact.OFI_OVER_TRADES,
            Fact.INTEGRATED_OFI_R2,
            Fact.INTEGRATED_OFI_R2_NEXT_WINDOW,
            Fact.MORE_LEVELS_HELP,
            Fact.QUEUE_IMBALANCE_AUC_GAIN,
            Fact.STOIKOV_SLOPE,
            Fact.STOIKOV_DRIFT_LEFT,
            Fact.STOIKOV_OVER_WEIGHTED,
            Fact.SIGNATURE_RATIO,
            Fact.EDGES_OVER_MIDDAY)) {
      assertThat(values.get(fact.metric())).as(fact.title()).isBetween(fact.low(), fact.high());
    }
    assertThat(Files.readString(page(run)))
        .contains(
            "Cont, Kukanov, Stoikov 2014", "GOOG", "holds", "Drift left by imbalance, nasdaq GOOG");

    RunOutcome.of(spark, ReplicateJob.JOB, config, lake, Arguments.all()).orThrow();
    assertThat(values(spark, lake)).isEqualTo(values);
  }

  @Test
  void anotherConfigurationOnTheSameSlicesHasAPageOfItsOwn(SparkSession spark) throws Exception {
    Path input = folder.resolve("input");
    LobsterFolder.csv(
        input,
        LobsterFolder.files(
            LobsterFolder.session("SYNA", LocalDate.of(2024, 1, 2), 60, 1), LEVELS));
    String lake = folder.resolve("lake").toString();
    Arguments files = new Arguments(input.toString(), List.of(), null, null);
    RunOutcome.of(spark, IngestJob.JOB, new IngestConfig(LEVELS, 0), lake, files).orThrow();
    Path ofSeconds = replicate(spark, lake, new ReplicateConfig(1, 5, LEVELS));
    String before = Files.readString(ofSeconds);
    Path ofTenSeconds = replicate(spark, lake, new ReplicateConfig(10, 5, LEVELS));
    assertThat(ofTenSeconds).isNotEqualTo(ofSeconds);
    assertThat(Files.readString(ofSeconds)).isEqualTo(before);
    assertThat(replicate(spark, lake, new ReplicateConfig(1, 5, LEVELS))).isEqualTo(ofSeconds);
  }

  private static Path replicate(SparkSession spark, String lake, ReplicateConfig config)
      throws Exception {
    RunOutcome run = RunOutcome.of(spark, ReplicateJob.JOB, config, lake, Arguments.all());
    run.orThrow();
    return page(run);
  }

  private static Path page(RunOutcome run) {
    String last = run.out().get(run.out().size() - 1);
    return Path.of(last.substring(last.indexOf("page at ") + 8, last.lastIndexOf(" (")));
  }

  private static Map<String, Double> values(SparkSession spark, String lake) {
    List<Row> rows =
        Lake.open(spark, lake, "{}").read("gold.metrics").select("metric", "value").collectAsList();
    return rows.stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getDouble(1)));
  }
}
