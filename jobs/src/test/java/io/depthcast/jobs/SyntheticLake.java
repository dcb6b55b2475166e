package io.depthcast.jobs;

import io.depthcast.bilinear.BinCtablArchitecture;
import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.Halt;
import io.depthcast.execution.Taker;
import io.depthcast.features.Mid;
import io.depthcast.features.MidReturn;
import io.depthcast.features.OrderFlowImbalance;
import io.depthcast.features.QueueImbalance;
import io.depthcast.features.Window;
import io.depthcast.jobs.backtest.BacktestConfig;
import io.depthcast.jobs.backtest.BacktestJob;
import io.depthcast.jobs.features.FeaturesConfig;
import io.depthcast.jobs.features.FeaturesJob;
import io.depthcast.jobs.ingest.IngestConfig;
import io.depthcast.jobs.ingest.IngestJob;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.train.TrainConfig;
import io.depthcast.jobs.train.TrainJob;
import io.depthcast.labels.SmoothedMidMove;
import io.depthcast.linear.LogisticRegression;
import io.depthcast.linear.Majority;
import io.depthcast.linear.Persistence;
import io.depthcast.metrics.DailySharpe;
import io.depthcast.networks.NetworkTrainer;
import io.depthcast.networks.RateDecay;
import io.depthcast.networks.Schedule;
import io.depthcast.trees.Xgboost;
import io.depthcast.walkforward.WalkForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;

/**
 * Three small symbol-days that went through every stage; tests may run a stage again but leave the
 * rows as they are.
 */
public final class SyntheticLake implements AutoCloseable {

  public static final int LEVELS = 5;
  public static final int HORIZON = 10;
  public static final long EMBARGO_MS = 100;

  /** Some 3,000 rows each. */
  private static final int SECONDS = 280;

  /** Two days of SYNA, one of SYNB with a halt. */
  public static final List<ExchangeSession> DAYS =
      List.of(
          LobsterFolder.session("SYNA", LocalDate.of(2024, 1, 2), SECONDS, 1),
          LobsterFolder.session("SYNA", LocalDate.of(2024, 1, 3), SECONDS, 1),
          LobsterFolder.session(
              "SYNB", LocalDate.of(2024, 1, 2), SECONDS, 1, new Halt(SECONDS / 2, 20)));

  public static final IngestConfig INGEST = new IngestConfig(LEVELS, 0);
  public static final FeaturesConfig FEATURES =
      new FeaturesConfig(
          "core",
          List.of(
              new OrderFlowImbalance(3, Window.events(10)),
              new QueueImbalance(3),
              new MidReturn(Window.events(5)),
              new Mid()),
          List.of(new SmoothedMidMove(Window.events(HORIZON))));
  public static final TrainConfig TRAIN =
      new TrainConfig(
          "core",
          List.of("mid"),
          List.of(),
          List.of("smoothed_mid_move_10e"),
          1.0 / 3,
          new WalkForward(WalkForward.Scheme.ANCHORED, 3, 1, 0.2, EMBARGO_MS),
          1,
          List.of(
              new Majority(),
              new Persistence(),
              new LogisticRegression(0.001, 10, false),
              new Xgboost(15, 3, 0.3, 0.8, 0.8, 1, 1, 5, true),
              new NetworkTrainer<>(
                  new BinCtablArchitecture(4),
                  new Schedule(2e-3, new RateDecay.None(), 64, 1, 1000, 5))),
          7);
  public static final BacktestConfig BACKTEST =
      new BacktestConfig(
          "newest",
          "xgboost",
          "smoothed_mid_move_10e",
          5,
          new Taker(100, 0.2, 0.05, 1000),
          "nasdaq",
          DailySharpe.Market.EQUITY);

  private final Path folder;
  private final SparkSession spark;

  SyntheticLake(SparkSession spark) {
    this.spark = spark;
    try {
      folder = Files.createTempDirectory("depthcast-synthetic");
      for (ExchangeSession day : DAYS) {
        LobsterFolder.csv(input(), LobsterFolder.files(day, LEVELS));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(IngestJob.JOB, INGEST);
    run(FeaturesJob.JOB, FEATURES);
    run(TrainJob.JOB, TRAIN);
    run(BacktestJob.JOB, BACKTEST);
  }

  /** Runs a stage on the lake. */
  public <C> void run(Job<C> job, C config) {
    String input = job.readsFiles() ? input().toString() : "";
    RunOutcome.of(spark, job, config, root(), new Arguments(input, List.of(), null, null))
        .orThrow();
  }

  /** Folder of the LOBSTER files. */
  public Path input() {
    return folder.resolve("input");
  }

  public String root() {
    return folder.resolve("lake").toString();
  }

  /** The lake, opened anew. */
  public Lake open() {
    return Lake.open(spark, root(), "{}");
  }

  @Override
  public void close() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }
}
