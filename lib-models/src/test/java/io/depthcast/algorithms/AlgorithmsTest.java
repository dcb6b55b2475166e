package io.depthcast.algorithms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.bilinear.BinCtablArchitecture;
import io.depthcast.deep.DeepLob;
import io.depthcast.deep.Dla;
import io.depthcast.deep.Gru;
import io.depthcast.deep.Lstm;
import io.depthcast.deep.Mlplob;
import io.depthcast.deep.StackedLstm;
import io.depthcast.deep.Tlob;
import io.depthcast.deep.Transformer;
import io.depthcast.linear.LogisticRegression;
import io.depthcast.linear.Majority;
import io.depthcast.linear.Persistence;
import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.networks.Architecture;
import io.depthcast.networks.Checkpoint;
import io.depthcast.networks.NetworkFit.Progress;
import io.depthcast.networks.NetworkTrainer;
import io.depthcast.networks.RateDecay;
import io.depthcast.networks.Schedule;
import io.depthcast.scores.ConfusionMatrix;
import io.depthcast.training.SyntheticRows;
import io.depthcast.training.Trainer;
import io.depthcast.trees.Xgboost;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for every algorithm, on one set of rows with a planted signal. */
class AlgorithmsTest {
  private static final int ROWS = 4000;
  private static final int TRAIN = 3000;
  private static final int STEPS = 4;
  private static final int HISTORY = STEPS - 1;

  /** A step or two of learning: what is learnt is tested beside the networks. */
  private static final Schedule BRIEF = new Schedule(2e-3, new RateDecay.None(), 512, 1, 1500, 20);

  private static final List<Trainer> TRAINERS =
      List.of(
          new Majority(),
          new Persistence(),
          new LogisticRegression(0.001, 15, true),
          new Xgboost(40, 4, 0.2, 0.8, 0.8, 1, 1, 0, true),
          new NetworkTrainer<>(
              new BinCtablArchitecture(STEPS),
              new Schedule(2e-3, new RateDecay.None(), 32, 20, 3000, 20)),
          new NetworkTrainer<>(new Lstm(STEPS, 6, 5), BRIEF),
          new NetworkTrainer<>(new StackedLstm(STEPS, 6, 5, 4, 0.3), BRIEF),
          new NetworkTrainer<>(new Gru(STEPS, 6, 5, 0.1), BRIEF),
          new NetworkTrainer<>(new Dla(STEPS, 6), BRIEF),
          new NetworkTrainer<>(new Mlplob(STEPS, 8, 1), BRIEF),
          new NetworkTrainer<>(new Tlob(STEPS, 8, 1, 2), BRIEF),
          new NetworkTrainer<>(new Transformer(STEPS, 8, 2, 8, 1), BRIEF),
          new NetworkTrainer<>(new DeepLob(STEPS), BRIEF));

  private static SparkSession spark;
  private static SyntheticRows synthetic;
  private static Dataset<Row> train;
  private static Dataset<Row> none;
  private static final Map<String, ForecastModel> MODELS = new HashMap<>();

  @BeforeAll
  static void fit() {
    spark = SyntheticRows.spark();
    synthetic = new SyntheticRows(ROWS, 8, 2);
    train = synthetic.dataset(spark, 0, TRAIN);
    none = synthetic.dataset(spark, 0, 0);
    for (Trainer trainer : TRAINERS) {
      MODELS.put(trainer.name(), trainer.fit(train, none, 3));
    }
  }

  @AfterAll
  static void stop() {
    MODELS.values().forEach(ForecastModel::close);
    spark.stop();
  }

  @Test
  void namesAreThoseOfTheTrainersAndTheirModels() {
    assertThat(Algorithms.NAMES)
        .containsExactly(
            "majority",
            "persistence",
            "logistic_regression",
            "xgboost",
            "bin_ctabl",
            "lstm",
            "stacked_lstm",
            "gru",
            "dla",
            "mlplob",
            "tlob",
            "transformer",
            "deep_lob");
    for (Trainer trainer : TRAINERS) {
      assertThat(Algorithms.trainer(trainer.name())).isEqualTo(trainer.getClass());
      if (trainer instanceof NetworkTrainer<?> network) {
        assertThat(Algorithms.architecture(trainer.name()))
            .contains(network.architecture().getClass());
      } else {
        assertThat(Algorithms.architecture(trainer.name())).isEmpty();
      }
      assertThat(MODELS.get(trainer.name()).algorithm()).isEqualTo(trainer.name());
    }
  }

  @Test
  void everyProbabilityOfARestoredModelIsThatOfTheFittedOne() {
    for (String name : Algorithms.NAMES) {
      ForecastModel model = MODELS.get(name);
      try (ForecastModel restored = Algorithms.restore(name, model.artifact())) {
        assertThat(probabilities(restored)).as(name).isDeepEqualTo(probabilities(model));
        assertThat(restored.artifact()).as(name).isEqualTo(model.artifact());
      }
    }
  }

  @Test
  void aSecondFitGivesTheSameBytes() {
    for (Trainer trainer : TRAINERS) {
      assertThat(trainer.fit(train, none, 3).artifact())
          .as(trainer.name())
          .isEqualTo(MODELS.get(trainer.name()).artifact());
    }
  }

  /** In this process, as all of local Spark is; fails at an evaluation if it is told to. */
  private record InMemory(String fit, int failsAt) implements Checkpoint {
    private static final long serialVersionUID = 1L;
    private static final Map<String, byte[]> STATES = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> EVALUATIONS = new ConcurrentHashMap<>();

    int evaluations() {
      return EVALUATIONS.get(fit).get();
    }

    @Override
    public Optional<byte[]> last() {
      EVALUATIONS.put(fit, new AtomicInteger());
      return Optional.ofNullable(STATES.get(fit));
    }

    @Override
    public void keep(Progress progress, Supplier<byte[]> state) {
      if (EVALUATIONS.get(fit).incrementAndGet() == failsAt) {
        throw new IllegalStateException("killed");
      }
      STATES.put(fit, state.get());
    }
  }

  @Test
  void aNetworkThatWasKilledGoesOnToTheSameBytes() {
    Dataset<Row> validation = synthetic.dataset(spark, TRAIN, TRAIN + 500);
    // 2 epochs of 3,000 windows, an evaluation after each 600 or a few more
    Schedule schedule = new Schedule(2e-3, new RateDecay.Plateau(0.5, 1), 128, 2, 600, 20);
    for (Architecture architecture :
        List.of(new BinCtablArchitecture(STEPS), new Gru(STEPS, 6, 5, 0.1))) {
      NetworkTrainer<?> trainer = new NetworkTrainer<>(architecture, schedule);
      String name = trainer.name();
      byte[] whole = trainer.fit(train, validation, 3).artifact();
      assertThatThrownBy(() -> trainer.fit(train, validation, 3, new InMemory(name, 4)))
          .hasStackTraceContaining("killed");
      InMemory resumed = new InMemory(name, Integer.MAX_VALUE);
      assertThat(trainer.fit(train, validation, 3, resumed).artifact()).as(name).isEqualTo(whole);
      // three were kept before
      int rest = resumed.evaluations();
      InMemory fresh = new InMemory(name + " fresh", Integer.MAX_VALUE);
      trainer.fit(train, validation, 3, fresh).close();
      assertThat(rest).isEqualTo(fresh.evaluations() - 3).isGreaterThan(3);
      // a fit that had ended is not done again
      assertThat(trainer.fit(train, validation, 3, resumed).artifact()).as(name).isEqualTo(whole);
      assertThat(resumed.evaluations()).isZero();
    }
  }

  @Test
  void probabilitiesSumToOne() {
    for (String name : Algorithms.NAMES) {
      double[][] out = probabilities(MODELS.get(name));
      for (int i = 0; i < ROWS; i++) {
        assertThat(out[0][i] + out[1][i] + out[2][i]).as(name).isCloseTo(1, within(1e-12));
        assertThat(Math.min(out[0][i], Math.min(out[1][i], out[2][i])))
            .as(name)
            .isGreaterThanOrEqualTo(0);
      }
    }
  }

  @Test
  void learnersBeatTheBaselinesAfterTheTrainingRows() {
    double majority = macroF1("majority");
    double persistence = macroF1("persistence");

    assertThat(persistence).isGreaterThan(majority + 0.1);
    assertThat(macroF1("logistic_regression")).isGreaterThan(persistence);
    assertThat(macroF1("xgboost")).isGreaterThan(persistence);
    assertThat(macroF1("bin_ctabl")).isGreaterThan(persistence);
  }

  @Test
  void scoresInSparkTasksFromTheBytes() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    for (String name : Algorithms.NAMES) {
      byte[] artifact = MODELS.get(name).artifact();
      SyntheticRows some = synthetic;
      List<double[][]> parts =
          context
              .parallelize(List.of(0, 1), 2)
              .map(part -> scored(name, artifact, some, part))
              .collect();
      double[][] expected = probabilities(MODELS.get(name));
      for (int c = 0; c < 3; c++) {
        int row = 0;
        for (double[][] part : parts) {
          for (double p : part[c]) {
            assertThat(p).as(name).isEqualTo(expected[c][row++]);
          }
        }
        assertThat(row).isEqualTo(ROWS);
      }
    }
  }

  @Test
  void refusesUnknownNamesAndDamagedBytes() {
    assertThatThrownBy(() -> Algorithms.restore("magic", new byte[0]))
        .hasMessage(
            "Invalid algorithm: magic (must be one of majority, persistence, logistic_regression,"
                + " xgboost, bin_ctabl, lstm, stacked_lstm, gru, dla, mlplob, tlob, transformer,"
                + " deep_lob)");
    assertThatThrownBy(() -> Algorithms.trainer("magic"))
        .hasMessageStartingWith("Invalid algorithm: magic");
    for (String name : Algorithms.NAMES) {
      for (int length : new int[] {0, 7, 20, 25}) {
        assertThatThrownBy(() -> Algorithms.restore(name, new byte[length]))
            .as(name + " " + length)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("Invalid " + name + " artifact: " + length + " bytes (damaged, fit again)");
      }
    }
  }

  private static double[][] scored(
      String name, byte[] artifact, SyntheticRows synthetic, int part) {
    int half = ROWS / 2;
    ForecastRows rows = synthetic.forecastRows(part * half, (part + 1) * half, HISTORY);
    double[][] out = new double[3][half];
    try (ForecastModel model = Algorithms.restore(name, artifact)) {
      model.probabilities(rows, out);
    }
    return out;
  }

  private static double macroF1(String name) {
    double[][] out = probabilities(MODELS.get(name));
    double[][] after = new double[3][];
    for (int c = 0; c < 3; c++) {
      after[c] = Arrays.copyOfRange(out[c], TRAIN, ROWS);
    }
    byte[] truth = Arrays.copyOfRange(synthetic.labels(), TRAIN, ROWS);
    return ConfusionMatrix.of(truth, after).macroF1();
  }

  private static double[][] probabilities(ForecastModel model) {
    double[][] out = new double[3][ROWS];
    model.probabilities(synthetic.forecastRows(0, ROWS, HISTORY), out);
    return out;
  }
}
