package io.depthcast.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ForecastScoreTest {

  @Test
  void logLossIsTheMeanSurprise() {
    // true classes 0, 1, 2 with probabilities 0.5, 0.25, 0.8
    byte[] truth = {0, 1, 2};
    double[][] probabilities = {{0.5, 0.5, 0.1}, {0.3, 0.25, 0.1}, {0.2, 0.25, 0.8}};

    assertThat(ForecastScore.LOG_LOSS.of(truth, probabilities))
        .isCloseTo((Math.log(2) + Math.log(4) + Math.log(1.25)) / 3, within(1e-15));
  }

  @Test
  void logLossOfASureMissIsFinite() {
    // -ln 1e-15 = 15 ln 10
    assertThat(ForecastScore.LOG_LOSS.of(new byte[] {0}, new double[][] {{0}, {1}, {0}}))
        .isCloseTo(15 * Math.log(10), within(1e-12));
  }

  @Test
  void rocAucByHand() {
    // class 0: in 0.8, 0.3; out 0.3, 0.1: won 1 + 1 + 0.5 + 1 = 3.5 of 4
    // class 1: in 0.6; out 0.1, 0.6, 0.2: won 1 + 0.5 + 1 = 2.5 of 3
    // class 2: in 0.7; out 0.1, 0.1, 0.1: won 3 of 3
    byte[] truth = {0, 0, 1, 2};
    double[][] probabilities = {{0.8, 0.3, 0.3, 0.1}, {0.1, 0.6, 0.6, 0.2}, {0.1, 0.1, 0.1, 0.7}};

    assertThat(ForecastScore.ROC_AUC.of(truth, probabilities))
        .isCloseTo((3.5 / 4 + 2.5 / 3 + 1) / 3, within(1e-15));
  }

  @Test
  void rocAucEqualsTheCountOfAllPairs() {
    Random random = new Random(1);
    byte[] truth = new byte[300];
    double[][] probabilities = new double[3][300];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (byte) random.nextInt(3);
      for (int c = 0; c < 3; c++) {
        probabilities[c][i] = random.nextInt(20) / 20.0; // many ties
      }
    }

    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double won = 0;
      long pairs = 0;
      for (int i = 0; i < truth.length; i++) {
        for (int j = 0; j < truth.length; j++) {
          if (truth[i] == c && truth[j] != c) {
            pairs++;
            won += (Math.signum(probabilities[c][i] - probabilities[c][j]) + 1) / 2;
          }
        }
      }
      sum += won / pairs;
    }

    assertThat(ForecastScore.ROC_AUC.of(truth, probabilities)).isCloseTo(sum / 3, within(1e-14));
  }

  @Test
  void rocAucLeavesOutAClassWithoutRows() {
    // no row of class 2; classes 0 and 1: 0.9 against 0.2 and 0.5 against 0.1: won
    byte[] truth = {0, 1};
    double[][] probabilities = {{0.9, 0.2}, {0.1, 0.5}, {0, 0.3}};

    assertThat(ForecastScore.ROC_AUC.of(truth, probabilities)).isEqualTo(1);
    assertThat(ForecastScore.ROC_AUC.of(new byte[] {1, 1}, probabilities)).isNaN();
  }

  @Test
  void rocAucOfAConstantForecastIsAHalf() {
    double third = 1.0 / 3;
    double[][] probabilities = {
      {third, third, third, third}, {third, third, third, third}, {third, third, third, third}
    };

    assertThat(ForecastScore.ROC_AUC.of(new byte[] {0, 1, 2, 1}, probabilities)).isEqualTo(0.5);
  }

  @Test
  void prAucByHand() {
    // class 0, down from 0.8: hit (1 of 1), then 0.3 twice, one hit (2 of 3): 1/2 * 1 + 1/2 * 2/3
    // class 1, 0.6 twice, one hit: 1 * 1/2; class 2, 0.7: 1
    byte[] truth = {0, 0, 1, 2};
    double[][] probabilities = {{0.8, 0.3, 0.3, 0.1}, {0.1, 0.6, 0.6, 0.2}, {0.1, 0.1, 0.1, 0.7}};

    assertThat(ForecastScore.PR_AUC.of(truth, probabilities))
        .isCloseTo((0.5 + 0.5 * 2 / 3 + 0.5 + 1) / 3, within(1e-15));
  }

  @Test
  void prAucOfAConstantForecastIsTheShareOfTheClass() {
    double third = 1.0 / 3;
    double[][] probabilities = {
      {third, third, third, third}, {third, third, third, third}, {third, third, third, third}
    };

    // classes with rows: 1 of 4 and 3 of 4
    assertThat(ForecastScore.PR_AUC.of(new byte[] {0, 1, 1, 1}, probabilities)).isEqualTo(0.5);
  }

  @Test
  void brierIsTheSquaredMiss() {
    // 0.5^2 + 0.3^2 + 0.2^2 = 0.38; 0.1^2 + 0.9^2 + 0.8^2 = 1.46
    byte[] truth = {0, 1};
    double[][] probabilities = {{0.5, 0.1}, {0.3, 0.1}, {0.2, 0.8}};

    assertThat(ForecastScore.BRIER.of(truth, probabilities))
        .isCloseTo((0.38 + 1.46) / 2, within(1e-15));
  }

  @Test
  void calibrationErrorByHand() {
    // bins of 1/15: 0.9 and 0.92 in (0.867, 0.933], one of two right: |0.5 - 0.91| * 2/3;
    // 0.5 in (0.467, 0.533], right: |1 - 0.5| * 1/3
    byte[] truth = {0, 1, 2};
    double[][] probabilities = {{0.9, 0.92, 0.25}, {0.05, 0.04, 0.25}, {0.05, 0.04, 0.5}};

    assertThat(ForecastScore.CALIBRATION_ERROR.of(truth, probabilities))
        .isCloseTo(0.41 * 2 / 3 + 0.5 / 3, within(1e-15));
    assertThat(Calibration.of(truth, probabilities).bins())
        .extracting(Calibration.Bin::rows)
        .containsExactly(1L, 2L);
  }

  @Test
  void theSurestMovesAreThoseOfTheHighestProbabilityOfDownOrUp() {
    // surest: 0.9 up (came), 0.8 down (did not), 0.7 down twice (one came), 0.4 up
    byte[] truth = {2, 1, 0, 2, 2};
    double[][] probabilities = {
      {0.0, 0.8, 0.7, 0.7, 0.3}, {0.1, 0.1, 0.2, 0.2, 0.3}, {0.9, 0.1, 0.1, 0.1, 0.4}
    };

    assertThat(SureMoves.precision(truth, probabilities, 0.2)).isEqualTo(1);
    assertThat(SureMoves.precision(truth, probabilities, 0.4)).isEqualTo(0.5);
    // the third of three is one of the two that tie: half a hit
    assertThat(SureMoves.precision(truth, probabilities, 0.6)).isCloseTo(1.5 / 3, within(1e-15));
    assertThat(SureMoves.precision(truth, probabilities, 1)).isCloseTo(3.0 / 5, within(1e-15));
    // 5 % of five rows are one
    assertThat(ForecastScore.PRECISION_AT_5PCT.of(truth, probabilities)).isEqualTo(1);
  }

  @Test
  void scoresOfCountsAreThoseOfTheConfusionMatrix() {
    byte[] truth = {0, 1, 2, 2};
    double[][] probabilities = {{1, 0, 0, 1}, {0, 1, 0, 0}, {0, 0, 1, 0}};
    ConfusionMatrix matrix = ConfusionMatrix.of(truth, probabilities);

    // predicted 0, 1, 2, 0: hits 3 of 4; F1: 2/3, 1, 2/3
    assertThat(ForecastScore.ACCURACY.of(truth, probabilities)).isEqualTo(0.75);
    assertThat(ForecastScore.MACRO_F1.of(truth, probabilities))
        .isCloseTo((2.0 / 3 + 1 + 2.0 / 3) / 3, within(1e-15));
    assertThat(ForecastScore.WEIGHTED_F1.of(truth, probabilities))
        .isCloseTo((2.0 / 3 + 1 + 2 * 2.0 / 3) / 4, within(1e-15));
    // t 1 1 2, p 2 1 1: (3*4 - 5) / sqrt((16-6)(16-6)) = 0.7
    assertThat(ForecastScore.MCC.of(matrix)).isCloseTo(0.7, within(1e-15));
    assertThatThrownBy(() -> ForecastScore.ROC_AUC.of(matrix))
        .hasMessage("roc_auc needs probabilities, not counts");
  }

  @Test
  void noRowsHaveNoScore() {
    for (ForecastScore score : ForecastScore.values()) {
      assertThat(score.of(new byte[0], new double[3][0])).as(score.metric()).isNaN();
    }
  }

  @Test
  void refusesProbabilitiesOfOtherRows() {
    assertThatThrownBy(() -> ForecastScore.MCC.of(new byte[2], new double[3][3]))
        .hasMessage("Invalid probabilities: 3 rows (must be 2)");
  }
}
