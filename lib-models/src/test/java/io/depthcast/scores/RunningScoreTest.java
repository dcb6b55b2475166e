package io.depthcast.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RunningScoreTest {

  @Test
  void scoresAsTheWholeDoes() {
    int n = 500;
    Random random = new Random(4);
    byte[] truth = new byte[n];
    double[][] p = new double[3][n];
    RunningScore running = new RunningScore();
    RunningScore rest = new RunningScore();
    for (int i = 0; i < n; i++) {
      truth[i] = (byte) (i == 0 ? 0 : random.nextInt(3));
      double down = i == 0 ? 0 : random.nextDouble();
      double flat = (1 - down) * random.nextDouble();
      p[0][i] = down;
      p[1][i] = flat;
      p[2][i] = 1 - down - flat;
      (i < 300 ? running : rest).add(truth[i], p[0][i], p[1][i], p[2][i]);
    }
    running.add(rest);
    assertThat(running.rows()).isEqualTo(n);
    assertThat(running.matrix().macroF1()).isEqualTo(ForecastScore.MACRO_F1.of(truth, p));
    assertThat(running.logLoss()).isCloseTo(ForecastScore.LOG_LOSS.of(truth, p), within(1e-12));
  }

  /** -(ln 0.5 + ln 0.25) / 2 = 1.5 ln 2 = 1.0397; the second row is taken for flat. */
  @Test
  void scoresTwoRowsByHand() {
    RunningScore score = new RunningScore();
    score.add(0, 0.5, 0.3, 0.2);
    score.add(2, 0.3, 0.45, 0.25);
    assertThat(score.logLoss()).isCloseTo(1.0397207708399179, within(1e-15));
    assertThat(score.matrix().count(0, 0)).isEqualTo(1);
    assertThat(score.matrix().count(2, 1)).isEqualTo(1);
    assertThat(new RunningScore().logLoss()).isNaN();
  }
}
