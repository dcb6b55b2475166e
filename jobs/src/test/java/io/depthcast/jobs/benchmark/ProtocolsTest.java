package io.depthcast.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.depthcast.features.FeatureSet;
import io.depthcast.features.Spread;
import io.depthcast.scores.ConfusionMatrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** The figures that the reference printed of its rows and of the floor, on the real files. */
class ProtocolsTest {

  private static final Path DATA = Path.of(System.getProperty("depthcast.root"), "../shared/data");

  @Test
  void ashareHasTheRowsTheLabelsAndTheFloorOfTheReference() {
    BenchmarkRows data =
        new AshareRows(new Configuration(), folder("ashare"), new FeatureSet(List.of(new Spread())))
            .read();

    assertThat(data.rows()).isEqualTo(799_600);
    for (int horizon : Protocol.ASHARE.horizons()) {
      Problem problem = data.problem(horizon);
      assertThat(problem.train()).hasSize(186_760);
      assertThat(problem.validation()).hasSize(79_960);
      assertThat(problem.test()).hasSize(159_920);
      assertThat(problem.blocks()).isEqualTo(8);
    }
    assertThat(shares(data, 5)).isEqualTo("0.084 / 0.833 / 0.084; 0.157 / 0.682 / 0.161");
    assertThat(shares(data, 20)).isEqualTo("0.091 / 0.816 / 0.093; 0.219 / 0.562 / 0.220");
    assertThat(shares(data, 60)).endsWith("; 0.315 / 0.367 / 0.319");
    assertThat(floor(Naive.majority(), data, 5)).isEqualTo("0.2704 0.6824 0.0000 0.2648");
    assertThat(floor(Naive.majority(), data, 20)).isEqualTo("0.2398 0.5616 0.0000 0.2359");
    assertThat(floor(Naive.majority(), data, 60)).isEqualTo("0.1789 0.3669 0.0000 0.1761");
    assertThat(floor(Naive.persistence(), data, 5)).isEqualTo("0.5177 0.6677 0.3127 0.4417");
    assertThat(floor(Naive.persistence(), data, 20)).isEqualTo("0.4508 0.5299 0.1994 0.4235");
    assertThat(floor(Naive.persistence(), data, 60)).isEqualTo("0.3899 0.3973 0.0924 0.3785");
    assertThat(flatSharesBySymbol(data, 20)).isEqualTo("0.743 0.565 0.443 0.701 0.356");
    hasStandardInputs(data, 28 * 2 * 1999);
  }

  /** The first symbol's training days are its first rows. */
  private static void hasStandardInputs(BenchmarkRows data, int rows) {
    Columns inputs = data.inputs();
    assertThat(inputs.names()).hasSize(20).startsWith("ask_price_1", "ask_size_1", "bid_price_1");
    for (int j = 0; j < inputs.count(); j++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < rows; i++) {
        double z = inputs.values()[i * inputs.count() + j];
        sum += z;
        squares += z * z;
      }
      assertThat(sum / rows).isCloseTo(0, within(1e-4));
      assertThat(squares / rows).isCloseTo(1, within(1e-4));
    }
  }

  private static String flatSharesBySymbol(BenchmarkRows data, int horizon) {
    long[] rows = new long[5];
    long[] flat = new long[5];
    Problem problem = data.problem(horizon);
    for (int i : problem.test()) {
      rows[data.symbol()[i]]++;
      flat[data.symbol()[i]] += problem.labels()[i] == 1 ? 1 : 0;
    }
    StringBuilder shares = new StringBuilder();
    for (int s = 0; s < 5; s++) {
      shares.append(String.format(Locale.ROOT, "%.3f ", (double) flat[s] / rows[s]));
    }
    return shares.toString().trim();
  }

  @Test
  void lobsterHasTheRowsTheThresholdsAndTheFloorOfTheReference() {
    BenchmarkRows data = Protocol.LOBSTER.read(new Configuration(), folder("lobster"));

    assertThat(data.rows()).isEqualTo(131_833);
    int[] validation = {13_074, 13_034, 12_984};
    int[] test = {39_430, 39_350, 39_250};
    // printed with six figures
    double[] thetas = {8.6925e-07, 2.70558e-05, 5.05303e-05};
    double[] unit = {1e-11, 1e-10, 1e-10};
    for (int h = 0; h < 3; h++) {
      Problem problem = data.problem(Protocol.LOBSTER.horizons().get(h));
      assertThat(problem.train()).hasSize(79_000).startsWith(99).endsWith(79_098);
      assertThat(problem.validation()).hasSize(validation[h]);
      assertThat(problem.test()).hasSize(test[h]);
      assertThat(problem.blocks()).isEqualTo(30);
      assertThat(problem.flatBps() / 1e4).isCloseTo(thetas[h], within(unit[h] / 2));
    }
    assertThat(shares(data, 50)).isEqualTo("0.362 / 0.333 / 0.305; 0.370 / 0.330 / 0.300");
    assertThat(floor(Naive.majority(), data, 10)).startsWith("0.1762 0.3591 0.0000");
    assertThat(floor(Naive.majority(), data, 50)).startsWith("0.1800 0.3698 0.0000");
    assertThat(floor(Naive.majority(), data, 100)).startsWith("0.1822 0.3762 0.0000");
    assertThat(floor(Naive.persistence(), data, 10)).startsWith("0.4213 0.4224 0.1322");
    assertThat(floor(Naive.persistence(), data, 50)).startsWith("0.3798 0.3825 0.0704");
    assertThat(floor(Naive.persistence(), data, 100)).startsWith("0.3808 0.3847 0.0733");
    assertThat(data.inputs().count()).isEqualTo(40);
    assertThat(data.featuresF())
        .hasSize(29)
        .contains("queue_imbalance_1", "depth_imbalance_10", "spread_bps", "ofi_10_50e")
        .contains("mid_return_1e", "mid_return_50e");
  }

  private static String folder(String name) {
    Path folder = DATA.resolve(name);
    assumeTrue(Files.isDirectory(folder), "the real data are not here");
    return folder.toString();
  }

  /** Of the training rows; of the test rows. */
  private static String shares(BenchmarkRows data, int horizon) {
    Problem problem = data.problem(horizon);
    return ResultTable.shares(problem, problem.train())
        + "; "
        + ResultTable.shares(problem, problem.test());
  }

  /** Macro-F1, accuracy, MCC, and mean macro-F1 of the symbols. */
  private static String floor(Naive model, BenchmarkRows data, int horizon) {
    Problem problem = data.problem(horizon);
    Contest contest = new Contest(null, data, problem, Map.of(), line -> {});
    Outcome outcome = Outcome.of(model, data, problem, model.forecasts(contest, List.of(0L)));
    return String.format(
        Locale.ROOT,
        "%.4f %.4f %.4f %.4f",
        Outcome.mean(outcome.plain(), ConfusionMatrix::macroF1),
        Outcome.mean(outcome.plain(), ConfusionMatrix::accuracy),
        Outcome.mean(outcome.plain(), ConfusionMatrix::mcc),
        outcome.meanOverSymbols(ConfusionMatrix::macroF1));
  }
}
