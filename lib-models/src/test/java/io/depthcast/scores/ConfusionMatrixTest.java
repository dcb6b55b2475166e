package io.depthcast.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  /** Truth by row, prediction by column. */
  private static ConfusionMatrix matrix(int[][] counts) {
    ConfusionMatrix matrix = new ConfusionMatrix();
    for (int t = 0; t < 3; t++) {
      for (int p = 0; p < 3; p++) {
        for (int n = 0; n < counts[t][p]; n++) {
          matrix.add(t, p);
        }
      }
    }
    return matrix;
  }

  @Test
  void scoresOfAMatrixByHand() {
    // truths 5, 6, 9; predictions 6, 7, 7; hits 4 + 5 + 6 = 15 of 20
    ConfusionMatrix matrix = matrix(new int[][] {{4, 1, 0}, {0, 5, 1}, {2, 1, 6}});

    assertThat(matrix.rows()).isEqualTo(20);
    assertThat(matrix.count(2, 0)).isEqualTo(2);
    assertThat(matrix.accuracy()).isEqualTo(0.75);
    // F1: 8/11, 10/13, 12/16
    assertThat(matrix.f1(0)).isEqualTo(8.0 / 11);
    assertThat(matrix.f1(1)).isEqualTo(10.0 / 13);
    assertThat(matrix.f1(2)).isEqualTo(0.75);
    assertThat(matrix.macroF1()).isCloseTo((8.0 / 11 + 10.0 / 13 + 0.75) / 3, within(1e-15));
    assertThat(matrix.weightedF1())
        .isCloseTo((5 * 8.0 / 11 + 6 * 10.0 / 13 + 9 * 0.75) / 20, within(1e-15));
    // sum t p = 30 + 42 + 63 = 135; sum p^2 = 36 + 49 + 49 = 134; sum t^2 = 25 + 36 + 81 = 142
    // (15 * 20 - 135) / sqrt((400 - 134) (400 - 142)) = 165 / sqrt(266 * 258)
    assertThat(matrix.mcc()).isCloseTo(165 / Math.sqrt(266.0 * 258.0), within(1e-15));
  }

  @Test
  void mccOfTwoClassesIsThePearsonCorrelation() {
    // classes 0 and 2 only: TP 6, TN 3, FP 1, FN 2:
    // (6*3 - 1*2) / sqrt((6+1)(6+2)(3+1)(3+2)) = 16 / sqrt(1120)
    ConfusionMatrix matrix = matrix(new int[][] {{3, 0, 1}, {0, 0, 0}, {2, 0, 6}});

    assertThat(matrix.mcc()).isCloseTo(16 / Math.sqrt(1120.0), within(1e-15));
  }

  @Test
  void theExampleOfScikitLearnsF1Score() {
    // y_true = [0, 1, 2, 0, 1, 2], y_pred = [0, 2, 1, 0, 0, 1]: documented f1_score macro 0.26,
    // weighted 0.26, per class [0.8, 0, 0]
    ConfusionMatrix matrix = matrix(new int[][] {{2, 0, 0}, {1, 0, 1}, {0, 2, 0}});

    assertThat(matrix.f1(0)).isEqualTo(0.8);
    assertThat(matrix.f1(1)).isZero();
    assertThat(matrix.f1(2)).isZero();
    assertThat(matrix.macroF1()).isCloseTo(0.8 / 3, within(1e-15));
    assertThat(matrix.weightedF1()).isCloseTo(0.8 / 3, within(1e-15));
  }

  @Test
  void aClassInNeitherTruthNorPredictionDoesNotCount() {
    // classes 0 and 1: F1 2*2/(3+2) = 0.8 and 2*3/(3+4) = 6/7
    ConfusionMatrix matrix = matrix(new int[][] {{2, 1, 0}, {0, 3, 0}, {0, 0, 0}});

    assertThat(matrix.macroF1()).isCloseTo((0.8 + 6.0 / 7) / 2, within(1e-15));
  }

  @Test
  void aClassThatIsOnlyPredictedCountsAsNought() {
    // class 2 is predicted once and never true: F1 0; class 0: 2*2/(3+2); class 1: 1
    ConfusionMatrix matrix = matrix(new int[][] {{2, 0, 1}, {0, 3, 0}, {0, 0, 0}});

    assertThat(matrix.macroF1()).isCloseTo((0.8 + 1 + 0) / 3, within(1e-15));
  }

  @Test
  void mccIsNoughtForOnePredictedClassAndOneForAPerfectForecast() {
    assertThat(matrix(new int[][] {{0, 3, 0}, {0, 4, 0}, {0, 2, 0}}).mcc()).isZero();
    assertThat(matrix(new int[][] {{3, 0, 0}, {0, 4, 0}, {0, 0, 2}}).mcc()).isEqualTo(1);
  }

  @Test
  void noRowsHaveNoScore() {
    ConfusionMatrix matrix = new ConfusionMatrix();

    assertThat(matrix.accuracy()).isNaN();
    assertThat(matrix.macroF1()).isNaN();
    assertThat(matrix.weightedF1()).isNaN();
    assertThat(matrix.mcc()).isNaN();
  }

  @Test
  void ofEquallyProbableClassesTheLowerIsPredicted() {
    double[][] probabilities = {{0.4, 0.2, 0.25}, {0.4, 0.4, 0.25}, {0.2, 0.4, 0.5}};

    assertThat(ConfusionMatrix.predicted(probabilities, 0)).isEqualTo(0);
    assertThat(ConfusionMatrix.predicted(probabilities, 1)).isEqualTo(1);
    assertThat(ConfusionMatrix.predicted(probabilities, 2)).isEqualTo(2);
  }

  @Test
  void blocksAreConsecutiveAndHoldEachRowOnce() {
    // 7 rows in 3 blocks: rows 0-1, 2-3, 4-6; predicted always 0
    byte[] truth = {0, 1, 2, 2, 1, 1, 0};
    double[][] probabilities = new double[3][7];

    List<ConfusionMatrix> blocks = ConfusionMatrix.inBlocks(truth, probabilities, 3);

    assertThat(blocks).extracting(ConfusionMatrix::rows).containsExactly(2L, 2L, 3L);
    assertThat(blocks.get(0).count(0, 0)).isEqualTo(1);
    assertThat(blocks.get(0).count(1, 0)).isEqualTo(1);
    assertThat(blocks.get(1).count(2, 0)).isEqualTo(2);
    assertThat(blocks.get(2).count(1, 0)).isEqualTo(2);
    assertThatThrownBy(() -> ConfusionMatrix.inBlocks(truth, probabilities, 8))
        .hasMessage("Invalid blocks: 8 (must be 1 to the 7 rows)");
  }
}
