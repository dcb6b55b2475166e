package io.depthcast.jobs.train;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.deep.DeepLob;
import io.depthcast.deep.Mlplob;
import io.depthcast.features.BookLevels;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.features.FeaturesConfig;
import io.depthcast.jobs.features.FeaturesJob;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import io.depthcast.linear.Majority;
import io.depthcast.linear.MajorityModel;
import io.depthcast.models.ForecastModel;
import io.depthcast.networks.NetworkFit.Progress;
import io.depthcast.networks.NetworkTrainer;
import io.depthcast.networks.RateDecay;
import io.depthcast.networks.Schedule;
import io.depthcast.training.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Networks on SameDiff in a training, from the book to forecasts. */
@ExtendWith(SparkTest.class)
class DeepNetworksTest {

  private static final FeaturesConfig FEATURES =
      new FeaturesConfig("levels", List.of(new BookLevels(2)), SyntheticLake.FEATURES.labels());
  private static final Schedule SCHEDULE = new Schedule(2e-3, new RateDecay.None(), 64, 1, 500, 5);
  private static final List<Trainer> NETWORKS =
      List.of(
          new NetworkTrainer<>(new DeepLob(4), SCHEDULE),
          new NetworkTrainer<>(new Mlplob(16, 16, 1), SCHEDULE));

  private static TrainConfig config(String set, List<Trainer> models) {
    TrainConfig with = SyntheticLake.TRAIN;
    return new TrainConfig(
        set,
        List.of(),
        with.fitted(),
        with.labels(),
        with.flatShare(),
        with.walkForward(),
        4,
        models,
        with.seed());
  }

  /** The book of the synthetic lake with these features, in a lake of its own. */
  private static Lake lake(SyntheticLake synthetic, SparkSession spark, Path folder) {
    Lake source = synthetic.open();
    source.read("silver.book");
    Lake copy = source.replaying(Map.copyOf(source.versionsRead()), Map.of(), folder.toString());
    FeaturesJob.JOB.body().run(copy, Arguments.all(), FEATURES, null);
    return Lake.open(spark, folder.toString(), "{}");
  }

  private static RunOutcome train(SparkSession spark, Path folder, List<Trainer> models) {
    return RunOutcome.of(
        spark, TrainJob.JOB, config(FEATURES.set(), models), folder.toString(), Arguments.all());
  }

  @Test
  void areRefusedInputsThatAreNoLevels(SyntheticLake lake, SparkSession spark) {
    RunOutcome run =
        RunOutcome.of(spark, TrainJob.JOB, config("core", NETWORKS), lake.root(), Arguments.all());
    assertThat(run.exitCode()).isEqualTo(JobMain.CONFIG);
    String line = run.err().get(run.err().size() - 1);
    assertThat(line)
        .startsWith(
            "depthcast: models: deep_lob needs the columns of bookLevels as its only inputs, level by"
                + " level (ask_distance_1_bps, ask_size_1, bid_distance_1_bps, bid_size_1, ...), not"
                + " [ofi_1_10e, ")
        .endsWith("use the set of configs/features-levels.yaml, or exclude the other columns");
  }

  /** A majority that is cut off while it should be. */
  private record Killed() implements Trainer {
    private static volatile boolean isDue;

    @Override
    public String name() {
      return MajorityModel.ALGORITHM;
    }

    @Override
    public ForecastModel fit(Dataset<Row> train, Dataset<Row> validation, long seed) {
      if (isDue) {
        throw new IllegalStateException("killed");
      }
      return new Majority().fit(train, validation, seed);
    }
  }

  @Test
  void forecastTheTestRowsAndDoSoAgainAfterAKill(
      SyntheticLake synthetic, SparkSession spark, @TempDir Path folder) {
    Lake lake = lake(synthetic, spark, folder);
    List<Trainer> models = Stream.concat(NETWORKS.stream(), Stream.of(new Killed())).toList();
    Killed.isDue = true;
    assertThat(train(spark, folder, models).exitCode()).isEqualTo(JobMain.BUG);
    assertThat(lake.has("gold.models")).isFalse();
    assertThat(states(folder)).contains("deep_lob", "mlplob");

    Killed.isDue = false;
    train(spark, folder, models).orThrow();
    assertThat(states(folder)).isEmpty();
    assertThat(lake.read("gold.models").collectAsList())
        .extracting(card -> card.<String>getAs("model_id") + card.<Integer>getAs("fold_id"))
        .containsExactlyInAnyOrderElementsOf(
            models.stream()
                .map(Trainer::name)
                .flatMap(name -> List.of(name + 0, name + 1).stream())
                .toList());
    List<Row> forecasts =
        lake.read("gold.predictions")
            .where("model_id != 'majority'")
            .groupBy("model_id")
            .agg(countDistinct("p_up"), count("p_up"))
            .collectAsList();
    assertThat(forecasts).hasSize(NETWORKS.size());
    for (Row ofModel : forecasts) {
      // a network that has learnt something does not say the same of every row
      assertThat(ofModel.getLong(1)).as("%s", ofModel).isGreaterThan(1_000);
      assertThat(ofModel.getLong(2)).as("%s", ofModel).isGreaterThan(4_000);
    }

    Map<String, Dataset<Row>> resumed = new HashMap<>();
    for (String table : List.of("gold.models", "gold.predictions", "gold.metrics")) {
      resumed.put(table, lake.read(table));
    }
    train(spark, folder, models).orThrow();
    Lake again = Lake.open(spark, folder.toString(), "{}");
    resumed.forEach(
        (table, rows) ->
            assertThat(TableDifference.of(rows, again.read(table))).as(table).isEmpty());
  }

  /** Models of which the lake holds where their fits stood. */
  private static Set<String> states(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".state"))
          .map(name -> name.substring(0, name.indexOf('-')))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void saysHowLongAFitTakesAtMost() {
    // 1,500 windows in 3 s are 2 ms each; 8,000 are left
    assertThat(
            Checkpoints.line(
                "gru-fold0",
                new Progress(2_000, 10_000, 1.05, 0.4, 0.41),
                1_500,
                Duration.ofSeconds(3)))
        .isEqualTo(
            "train     gru-fold0: 20 % of its windows, loss 1.0500, macro-F1 0.4000, best 0.4100,"
                + " at most 16 s left");
  }
}
