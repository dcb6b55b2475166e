package io.depthcast.jobs.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class MutualInformationTest {

  private static final double LN2 = Math.log(2);

  @Test
  void ofTheSameHalvesIsOneBit() {
    // p 1/2 in two cells: 2 * 1/2 log2(1/2 / 1/4) = 1. Correction: (2 + 2 - 2 - 1) / (2 * 8 ln 2).
    assertThat(MutualInformation.bits(new int[] {4, 0, 0, 4}, 2))
        .isCloseTo(1 + 1 / (16 * LN2), within(1e-12));
  }

  @Test
  void ofIndependentHalvesIsTheCorrectionAlone() {
    // Every cell as expected: 0. Correction: (2 + 2 - 4 - 1) / (2 * 8 ln 2).
    assertThat(MutualInformation.bits(new int[] {2, 2, 2, 2}, 2))
        .isCloseTo(-1 / (16 * LN2), within(1e-12));
  }

  @Test
  void ofUnequalCellsIsTheSumOfItsDefinition() {
    // Cells 1/2, 1/4, 0, 1/4: rows 3/4 and 1/4, columns 1/2 and 1/2.
    // 1/2 log2(1/2 / 3/8) + 1/4 log2(1/4 / 3/8) + 1/4 log2(1/4 / 1/8)
    // = 1/2 log2(4/3) + 1/4 log2(2/3) + 1/4. Correction: (2 + 2 - 3 - 1) = 0.
    double expected = (0.5 * Math.log(4 / 3.0) + 0.25 * Math.log(2 / 3.0)) / LN2 + 0.25;
    assertThat(MutualInformation.bits(new int[] {2, 1, 0, 1}, 2))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void countsRowsThatHaveBoth() {
    byte[] x = {0, 0, 1, 1, -1, 0};
    byte[] y = {0, 0, 1, 1, 0, -1};
    // Two and two of four rows: 1 bit and 1 / (2 * 4 ln 2).
    assertThat(MutualInformation.bits(x, y, 3)).isCloseTo(1 + 1 / (8 * LN2), within(1e-12));
    assertThat(MutualInformation.bits(new byte[] {-1}, new byte[] {0}, 3)).isNaN();
  }

  /**
   * 10 x 10 cells, 1000 rows: without the correction 81 / (2 * 1000 ln 2) = 0.058 bits too much.
   */
  @Test
  void isAboutZeroForIndependentColumns() {
    Random random = new Random(6);
    double sum = 0;
    for (int world = 0; world < 200; world++) {
      byte[] x = bins(random);
      byte[] y = bins(random);
      sum += MutualInformation.bits(x, y, 10);
    }
    assertThat(sum / 200).isCloseTo(0, within(0.003));
  }

  private static byte[] bins(Random random) {
    return Codes.of(random.doubles(1000).toArray()).bins(10);
  }

  @Test
  void binsHoldEqualNumbersAndKeepTiesTogether() {
    // Shares below plus half of the equal: 1/8, 3/8, 5/8, 7/8.
    assertThat(Codes.of(new double[] {4, 1, 3, Double.NaN, 2}).bins(4))
        .containsExactly(3, 0, 2, -1, 1);
    // Three zeros: 3/8 each; 9: 7/8.
    assertThat(Codes.of(new double[] {0, 9, 0, 0}).bins(4)).containsExactly(1, 3, 1, 1);
  }

  @Test
  void aShuffleExchangesTwoBlocks() {
    byte[] rows = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    Set<Byte> first = new TreeSet<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int shuffle = 0; shuffle < 200; shuffle++) {
      byte[] shuffled = MutualInformation.shuffled(rows, 3, random);
      first.add(shuffled[0]);
      for (int i = 1; i < 9; i++) {
        assertThat(shuffled[i]).isEqualTo((byte) ((shuffled[i - 1] + 1) % 9));
      }
    }
    // Blocks of 3 at least: the second begins with row 3, 4, 5 or 6.
    assertThat(first).containsExactly((byte) 3, (byte) 4, (byte) 5, (byte) 6);
  }

  /**
   * A column and a label that both drift, independent of each other: with the drift in the null
   * level about 5 of 100 worlds are above it.
   */
  @Test
  void slowChangesAloneAreNoInformation() {
    Random random = new Random(8);
    SplittableRandom cuts = new SplittableRandom(9);
    int above = 0;
    for (int world = 0; world < 100; world++) {
      byte[] x = drifting(random);
      byte[] y = drifting(random);
      SummaryStatistics nulls = new SummaryStatistics();
      for (int shuffle = 0; shuffle < 20; shuffle++) {
        nulls.addValue(MutualInformation.bits(x, MutualInformation.shuffled(y, 100, cuts), 5));
      }
      double level = nulls.getMean() + 1.645 * nulls.getStandardDeviation();
      above += MutualInformation.bits(x, y, 5) > level ? 1 : 0;
    }
    assertThat(above).isBetween(1, 12);
  }

  /** Autoregressive, 300 rows of memory in 3000. */
  private static byte[] drifting(Random random) {
    double[] values = new double[3000];
    double last = 0;
    for (int i = 0; i < values.length; i++) {
      last = 0.997 * last + random.nextGaussian();
      values[i] = last;
    }
    return Codes.of(values).bins(5);
  }

  @Test
  void qValuesAreThoseOfBenjaminiAndHochberg() {
    // Four tests. Sorted 0.01, 0.03, 0.04, 0.5: 4 p / rank is 0.04, 0.06, 0.0533, 0.5, and the
    // least of each and those behind it 0.04, 0.0533, 0.0533, 0.5.
    assertThat(FalseDiscoveries.qValues(new double[] {0.04, 0.01, Double.NaN, 0.5, 0.03}))
        .containsExactly(new double[] {0.16 / 3, 0.04, Double.NaN, 0.5, 0.16 / 3}, within(1e-15));
  }

  @Test
  void aPartAgreesWithTheWholeByChanceAsOftenAsItIsOfIt() {
    assertThat(Power.chanceAgreement(1)).isCloseTo(1, within(1e-12));
    // x and x + y, independent: an angle of 45 of 180 degrees apart, 3/4.
    assertThat(Power.chanceAgreement(2)).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void quantilesCountSlicesByTheirValues() {
    Moments three = new Moments();
    for (int i = 0; i < 3; i++) {
      three.add(i);
    }
    Moments one = new Moments();
    one.add(9);
    // A slice of three values 0, 1, 2 and one of one value, 9, kept as three points.
    Distribution distribution =
        Distribution.of(
            java.util.List.of(
                new SliceFacts.ColumnFacts(one, new double[] {9, 9, 9}),
                new SliceFacts.ColumnFacts(three, new double[] {0, 1, 2})));
    assertThat(distribution.quantile(0.25)).isEqualTo(0);
    assertThat(distribution.quantile(0.5)).isEqualTo(1);
    assertThat(distribution.quantile(0.75)).isEqualTo(2);
    assertThat(distribution.quantile(0.76)).isEqualTo(9);
    // 24 bars of 0 to 9: 1 lies in bar 1 / 9 * 24 = 2.67, 2 in 5.33.
    double[] bars = distribution.histogram();
    assertThat(bars[0]).isCloseTo(0.25, within(1e-12));
    assertThat(bars[2]).isCloseTo(0.25, within(1e-12));
    assertThat(bars[5]).isCloseTo(0.25, within(1e-12));
    assertThat(bars[23]).isCloseTo(0.25, within(1e-12));
  }
}
