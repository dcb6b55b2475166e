package io.depthcast.jobs.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class MovingBlocksTest {

  @Test
  void ofOneRowGiveTheVarianceOfIndependentRows() {
    // Half 0, half 1: variance 1/4, of the mean of 8 rows 1/32.
    double[] rows = {0, 0, 1, 1, 0, 1, 0, 1};
    assertThat(new MovingBlocks(1).varianceOfMean(rows)).isCloseTo(1 / 32.0, within(1e-15));
  }

  @Test
  void seeThatNeighboursCancelOrAdd() {
    double[] alternating = new double[16];
    double[] inPairs = new double[16];
    for (int i = 0; i < 16; i++) {
      alternating[i] = i % 2 == 0 ? 1 : -1;
      inPairs[i] = i / 2 % 2 == 0 ? 1 : -1;
    }
    assertThat(new MovingBlocks(2).varianceOfMean(alternating)).isZero();
    // The 15 blocks of two in 1 1 -1 -1 1 1 -1 -1 ...: 4 have mean 1, 4 have -1, 7 have 0; mean 0.
    // 2 / 16 times 8 / 15.
    assertThat(new MovingBlocks(2).varianceOfMean(inPairs)).isCloseTo(1 / 15.0, within(1e-15));
  }

  @Test
  void refuseTooFewBlocks() {
    assertThat(new MovingBlocks(3).varianceOfMean(new double[23])).isNaN();
    assertThat(new MovingBlocks(3).varianceOfMean(new double[24])).isZero();
  }

  @Test
  void areAsLongAsTheReachOfTheLabelAtLeast() {
    // 5 x 10 rows; 1000 rows hold 20 of them.
    assertThat(MovingBlocks.of(1000, 10, 5).length()).isEqualTo(50);
    // 5 x 100 would be two blocks: 1000 / 8.
    assertThat(MovingBlocks.of(1000, 100, 5).length()).isEqualTo(125);
    // Never shorter than the reach, though that is too few blocks.
    assertThat(MovingBlocks.of(1000, 300, 5).length()).isEqualTo(300);
    assertThat(MovingBlocks.of(1000, 300, 5).fit(1000)).isFalse();
    // The cube root of 1000.
    assertThat(MovingBlocks.of(1000, 1, 5).length()).isEqualTo(10);
  }

  /** The closed form is what draws come to: 20,000 of them are within some percent. */
  @Test
  void haveTheVarianceOfDraws() {
    double[] rows = autoregressive(120, 0.7, new Random(1));
    int length = 6;
    Random random = new Random(2);
    SummaryStatistics means = new SummaryStatistics();
    for (int draw = 0; draw < 20_000; draw++) {
      double sum = 0;
      for (int block = 0; block < 120 / length; block++) {
        int begin = random.nextInt(120 - length + 1);
        for (int i = begin; i < begin + length; i++) {
          sum += rows[i];
        }
      }
      means.addValue(sum / 120);
    }
    // The standard error of a variance from 20,000 draws is 1 % of it: four of them.
    assertThat(new MovingBlocks(length).varianceOfMean(rows))
        .isCloseTo(means.getVariance(), within(0.04 * means.getVariance()));
  }

  /**
   * The interval of a rank correlation holds the true one in about 95 of 100 worlds. x and z are
   * autoregressive, y = r x + sqrt(1 - r^2) z: all normal, so the true value is 6 / pi asin(r / 2).
   */
  @Test
  void coverTheTrueRankCorrelationOfAutoregressiveColumns() {
    Random random = new Random(4);
    for (double r : new double[] {0, 0.5}) {
      double truth = 6 / Math.PI * Math.asin(r / 2);
      MovingBlocks blocks = new MovingBlocks(40);
      int covered = 0;
      for (int world = 0; world < 400; world++) {
        double[] x = autoregressive(2000, 0.7, random);
        double[] y = autoregressive(2000, 0.7, random);
        for (int i = 0; i < y.length; i++) {
          y[i] = r * x[i] + Math.sqrt(1 - r * r) * y[i];
        }
        covered += covers(truth, x, y, blocks) ? 1 : 0;
      }
      // Two standard errors of 400 worlds are 2 %; blocks see a little less than all dependence.
      assertThat(covered / 400.0).as("r %s", r).isBetween(0.91, 0.98);
    }
  }

  /** Labels that overlap: without blocks of their length an interval holds zero far too rarely. */
  @Test
  void coverZeroWhereLabelsOverlap() {
    Random random = new Random(5);
    int horizon = 20;
    int covered = 0;
    int coveredAsIfIndependent = 0;
    for (int world = 0; world < 300; world++) {
      double[] x = autoregressive(3000, 0.95, random);
      double[] steps = random.doubles(3000 + horizon).map(u -> u - 0.5).toArray();
      double[] y = new double[3000];
      for (int i = 0; i < y.length; i++) {
        for (int k = 1; k <= horizon; k++) {
          y[i] += steps[i + k - 1];
        }
      }
      covered += covers(0, x, y, MovingBlocks.of(3000, horizon, 5)) ? 1 : 0;
      coveredAsIfIndependent += covers(0, x, y, new MovingBlocks(1)) ? 1 : 0;
    }
    assertThat(covered / 300.0).isBetween(0.9, 0.98);
    assertThat(coveredAsIfIndependent / 300.0).isLessThan(0.6);
  }

  private static boolean covers(double truth, double[] x, double[] y, MovingBlocks blocks) {
    RankCorrelation ic = RankCorrelation.of(Codes.of(x), Codes.of(y));
    double error = Math.sqrt(blocks.varianceOfMean(ic.influence()));
    double times = new TDistribution(blocks.blocks(ic.n()) - 1).inverseCumulativeProbability(0.975);
    return Math.abs(ic.value() - truth) <= times * error;
  }

  /** Normal with variance 1: x_t = a x_(t-1) + sqrt(1 - a^2) e_t. */
  private static double[] autoregressive(int rows, double a, Random random) {
    double[] x = new double[rows];
    double last = random.nextGaussian();
    for (int i = 0; i < rows; i++) {
      last = a * last + Math.sqrt(1 - a * a) * random.nextGaussian();
      x[i] = last;
    }
    return x;
  }
}
