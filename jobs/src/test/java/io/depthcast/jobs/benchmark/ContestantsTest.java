package io.depthcast.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.bilinear.BinCtablArchitecture;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.SparkTest;
import io.depthcast.linear.LogisticRegression;
import io.depthcast.networks.RateDecay;
import io.depthcast.networks.Schedule;
import io.depthcast.scores.ConfusionMatrix;
import io.depthcast.trees.Xgboost;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkTest.class)
class ContestantsTest {

  private final BenchmarkRows data = SmallRows.rows();
  private final Problem problem = data.problem(5);
  private final List<String> progress = Collections.synchronizedList(new ArrayList<>());

  @Test
  void persistenceKnowsALabelOnceItHasEndedInItsSession() {
    Forecast forecast = Naive.persistence().forecasts(contest(null), List.of(0L)).get(0);

    int[] rows = problem.test();
    for (int i = 0; i < rows.length; i++) {
      assertThat(forecast.test()[problem.labels()[rows[i] - 5]][i]).isEqualTo(1);
    }
    byte[] classes = Naive.persistence().classes().apply(data, problem);
    assertThat(classes[304]).isEqualTo((byte) 1);
    assertThat(classes[305]).isEqualTo(problem.labels()[300]);
  }

  @Test
  void treesAndLinearModelsForecastRowsWithMissingValues(SparkSession spark) {
    Tabular trees =
        new Tabular(
            "trees",
            true,
            rows -> new Xgboost(15, 3, 0.3, 0.8, 1, 1, 1, 5, true),
            BenchmarkRows::features);
    Tabular linear =
        new Tabular(
            "linear",
            false,
            rows -> new LogisticRegression(1.0 / rows, 15, true),
            BenchmarkRows::features);

    for (Tabular model : List.of(trees, linear)) {
      Forecast forecast = model.forecasts(contest(spark), List.of(3L)).get(0);
      Outcome outcome = Outcome.of(model, data, problem, List.of(forecast));

      // chance is 1/3; one row in seven knows nothing
      assertThat(Outcome.mean(outcome.plain(), ConfusionMatrix::macroF1)).isGreaterThan(0.6);
      for (int i = 0; i < problem.test().length; i++) {
        double sum = forecast.test()[0][i] + forecast.test()[1][i] + forecast.test()[2][i];
        assertThat(sum).isCloseTo(1, within(1e-12));
      }
      assertThat(model.forecasts(contest(spark), List.of(3L)).get(0).test())
          .isDeepEqualTo(forecast.test());
    }
  }

  @Test
  void aNetworkSeesTheWindowThatEndsWithItsRow() {
    Windowed network =
        new Windowed(
            "net",
            new BinCtablArchitecture(3),
            new Schedule(0.01, new RateDecay.None(), 16, 30, 600, 10),
            2);

    List<Forecast> forecasts = network.forecasts(contest(null), List.of(1L, 2L));

    Outcome outcome = Outcome.of(network, data, problem, forecasts);
    assertThat(Outcome.mean(outcome.plain(), ConfusionMatrix::macroF1)).isGreaterThan(0.5);
    assertThat(forecasts.get(0).test()).isNotEqualTo(forecasts.get(1).test());
    assertThat(progress).anyMatch(line -> line.startsWith("  net seed 1: "));
    assertThat(network.forecasts(contest(null), List.of(2L)).get(0).test())
        .isDeepEqualTo(forecasts.get(1).test());
  }

  @Test
  void rowsBeforeASessionsFirstAreThatRow() {
    Windowed.PaddedRows padded = Windowed.PaddedRows.of(data, 3);

    // row 301 is the second of its session: its window is rows 300, 300, 301
    int begin = padded.begins()[301];
    float[] inputs = data.inputs().values();
    for (int step = 0; step < 3; step++) {
      int row = step < 2 ? 300 : 301;
      assertThat(padded.values()[begin + 2 * step]).isEqualTo(inputs[2 * row]);
      assertThat(padded.values()[begin + 2 * step + 1]).isEqualTo(inputs[2 * row + 1]);
    }
    assertThat(padded.values()).hasSize(2 * (1200 + 4 * 2));
  }

  @Test
  void aBlendIsTheGeometricMeanOfItsMembersSeedBySeed() {
    // sqrt(0.8 * 0.2) = 0.4, sqrt(0.1 * 0.4) = 0.2, sqrt(0.1 * 0.4) = 0.2; over their sum 0.8
    Forecast once = forecast(0.8, 0.1, 0.1);
    Forecast other = forecast(0.2, 0.4, 0.4);
    Contest contest =
        new Contest(
            null,
            data,
            problem,
            Map.of("once", List.of(once), "seeded", List.of(once, other)),
            line -> {});

    List<Forecast> blends =
        new Blend("blend", List.of("once", "seeded")).forecasts(contest, List.of(0L, 1L));

    assertThat(blends.get(0).test()[0][0]).isCloseTo(0.8, within(1e-15));
    assertThat(blends.get(1).test()[0][0]).isCloseTo(0.5, within(1e-15));
    assertThat(blends.get(1).validation()[2][0]).isCloseTo(0.25, within(1e-15));
  }

  private static Forecast forecast(double down, double flat, double up) {
    double[][] p = {{down}, {flat}, {up}};
    return new Forecast(p, p, "");
  }

  @Test
  void aTransferIsFittedOnTheOthersAndTestedOnTheOne() {
    Problem transfer = problem.transfer(row -> data.symbol()[row] != 1);

    assertThat(symbols(transfer.train())).hasSize(300).containsOnly(0);
    assertThat(symbols(transfer.validation())).hasSize(100).containsOnly(0);
    assertThat(symbols(transfer.test())).hasSize(200).containsOnly(1);
  }

  private int[] symbols(int[] rows) {
    return IntStream.of(rows).map(row -> data.symbol()[row]).toArray();
  }

  @Test
  void aBlendBringsItsMembers() {
    List<String> names =
        Contestants.chosen(Protocol.LOBSTER, List.of("blend", "majority")).stream()
            .map(Contestant::name)
            .toList();

    assertThat(names).containsExactly("majority", "logreg_wide", "xgboost_wide", "blend");
  }

  @Test
  void anUnknownModelIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> Contestants.chosen(Protocol.ASHARE, List.of("lgbm")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("--models: no model 'lgbm'; there are majority, persistence, ");
  }

  @Test
  void theReferenceHasTheMarksAndTheTwins() {
    List<Reference> all = Reference.all();

    for (Protocol protocol : List.of(Protocol.ASHARE, Protocol.LOBSTER)) {
      for (int horizon : protocol.horizons()) {
        assertThat(all)
            .filteredOn(r -> r.isOf(protocol, horizon) && r.model().equals(Reference.MARK))
            .hasSize(1);
        assertThat(Reference.twin(all, protocol, horizon, "xgboost_nobook").orElseThrow().model())
            .isEqualTo("lgbm_nobook");
      }
    }
    Reference mlplob = Reference.twin(all, Protocol.ASHARE, 20, "mlplob").orElseThrow();
    assertThat(List.of(mlplob.macroF1(), mlplob.accuracy(), mlplob.mcc()))
        .containsExactly(0.4612, 0.4667, 0.2491);
    assertThat(List.of(mlplob.tunedF1(), mlplob.tunedAccuracy(), mlplob.tunedMcc()))
        .containsExactly(0.4920, 0.5439, 0.2373);
  }

  @Test
  void theReferenceOfFi2010IsThePublishedTable() {
    List<Reference> all = Reference.all();

    // LOBCAST's macro-F1 of BiN-CTABL at 10, 20, 30, 50 and 100
    assertThat(Protocol.FI2010.horizons())
        .extracting(
            h -> Reference.twin(all, Protocol.FI2010, h, "binctabl").orElseThrow().macroF1())
        .containsExactly(0.811, 0.715, 0.808, 0.877, 0.921);
    // the authors' table has no 30
    assertThat(Reference.twin(all, Protocol.FI2010, 30, "tlob")).isEmpty();
    assertThat(Reference.twin(all, Protocol.FI2010, 20, "tlob").orElseThrow().macroF1())
        .isEqualTo(0.8268);
    assertThat(all)
        .filteredOn(r -> r.protocol().startsWith("fi2010"))
        .noneMatch(r -> r.model().startsWith("DeepLOB (authors)"));
    for (Reference r : all) {
      if (r.protocol().equals("fi2010") && !r.twin().isEmpty()) {
        assertThat(Contestants.of(Protocol.FI2010)).anyMatch(m -> m.name().equals(r.twin()));
      }
    }
  }

  private Contest contest(SparkSession spark) {
    return new Contest(spark, data, problem, Map.of(), progress::add);
  }
}
