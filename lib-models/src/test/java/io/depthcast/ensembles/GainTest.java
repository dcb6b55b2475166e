package io.depthcast.ensembles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.ensembles.Gain.Verdict;
import io.depthcast.models.MoveClass;
import io.depthcast.scores.BlockBootstrap;
import io.depthcast.scores.ForecastScore;
import io.depthcast.scores.Interval;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GainTest {

  private static final int ROWS = 307;
  private static final int BLOCKS = 9;
  private static final int DRAWS = 200;
  private static final long SEED = 4;

  private final byte[] truth = new byte[ROWS];
  private final double[][] forecast = forecast(1);
  private final double[][] other = forecast(2);

  GainTest() {
    Random random = new Random(9);
    for (int i = 0; i < ROWS; i++) {
      truth[i] = (byte) random.nextInt(MoveClass.COUNT);
    }
  }

  private static double[][] forecast(long seed) {
    Random random = new Random(seed);
    double[][] p = new double[MoveClass.COUNT][ROWS];
    for (int i = 0; i < ROWS; i++) {
      double sum = 0;
      for (int c = 0; c < MoveClass.COUNT; c++) {
        p[c][i] = 0.01 + random.nextDouble();
        sum += p[c][i];
      }
      for (int c = 0; c < MoveClass.COUNT; c++) {
        p[c][i] /= sum;
      }
    }
    return p;
  }

  /** Rows are drawn block by block, both forecasts the same, and scored anew. */
  private Gain naive(ForecastScore score) {
    Random random = new Random(SEED);
    double[] differences = new double[DRAWS];
    for (int d = 0; d < DRAWS; d++) {
      int[] rows = new int[0];
      for (int b = 0; b < BLOCKS; b++) {
        int block = random.nextInt(BLOCKS);
        int first = block * ROWS / BLOCKS;
        int end = (block + 1) * ROWS / BLOCKS;
        int[] longer = Arrays.copyOf(rows, rows.length + end - first);
        for (int i = first; i < end; i++) {
          longer[rows.length + i - first] = i;
        }
        rows = longer;
      }
      byte[] came = new byte[rows.length];
      double[][] first = new double[MoveClass.COUNT][rows.length];
      double[][] second = new double[MoveClass.COUNT][rows.length];
      for (int i = 0; i < rows.length; i++) {
        came[i] = truth[rows[i]];
        for (int c = 0; c < MoveClass.COUNT; c++) {
          first[c][i] = forecast[c][rows[i]];
          second[c][i] = other[c][rows[i]];
        }
      }
      differences[d] = score.of(came, first) - score.of(came, second);
    }
    Arrays.sort(differences);
    // 199 * 0.025 = 4.975 and 199 * 0.975 = 194.025
    return new Gain(
        score.of(truth, forecast) - score.of(truth, other),
        new Interval(
            differences[4] + 0.975 * (differences[5] - differences[4]),
            differences[194] + 0.025 * (differences[195] - differences[194])));
  }

  private static void assertSame(Gain gain, Gain naive) {
    assertThat(gain.value()).isCloseTo(naive.value(), within(1e-12));
    assertThat(gain.interval().low()).isCloseTo(naive.interval().low(), within(1e-12));
    assertThat(gain.interval().high()).isCloseTo(naive.interval().high(), within(1e-12));
  }

  @Test
  void isThatOfANaiveTwinThatDrawsTheRows() {
    BlockBootstrap bootstrap = new BlockBootstrap(DRAWS, SEED);
    assertSame(
        Gain.macroF1(truth, forecast, other, bootstrap, BLOCKS), naive(ForecastScore.MACRO_F1));
    assertSame(
        Gain.logLoss(truth, forecast, other, bootstrap, BLOCKS), naive(ForecastScore.LOG_LOSS));
  }

  @Test
  void aForecastGainsNothingOverItself() {
    Gain gain = Gain.logLoss(truth, forecast, forecast, new BlockBootstrap(DRAWS, SEED), BLOCKS);
    assertThat(gain).isEqualTo(new Gain(0, new Interval(0, 0)));
    assertThat(gain.verdict(true)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void saysNothingWhereTheIntervalCoversZero() {
    assertThat(new Gain(1, new Interval(-0.1, 2)).verdict(true)).isEqualTo(Verdict.UNKNOWN);
    assertThat(new Gain(1, new Interval(0.1, 2)).verdict(true)).isEqualTo(Verdict.GAIN);
    assertThat(new Gain(1, new Interval(0.1, 2)).verdict(false)).isEqualTo(Verdict.LOSS);
    assertThat(new Gain(-1, new Interval(-2, -0.1)).verdict(true)).isEqualTo(Verdict.LOSS);
    assertThat(new Gain(-1, new Interval(-2, -0.1)).verdict(false)).isEqualTo(Verdict.GAIN);
  }
}
