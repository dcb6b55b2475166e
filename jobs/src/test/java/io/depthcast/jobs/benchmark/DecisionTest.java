package io.depthcast.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.scores.ConfusionMatrix;
import org.junit.jupiter.api.Test;

class DecisionTest {

  @Test
  void theOffsetsAreAddedToTheLogProbabilities() {
    // ln 0.2 + 1 = -0.61 beats ln 0.5 = -0.69 and ln 0.3 + 0.5 = -0.70
    double[][] p = {{0.2}, {0.5}, {0.3}};

    assertThat(Decision.PLAIN.classes(p)).containsExactly((byte) 1);
    assertThat(new Decision(1, 0.5).classes(p)).containsExactly((byte) 0);
    assertThat(new Decision(0.5, 1).classes(p)).containsExactly((byte) 2);
  }

  @Test
  void ofEquallyProbableClassesTheLowerIsNamed() {
    double[][] p = {{0.4, 0.2, 0}, {0.4, 0.4, 0.5}, {0.2, 0.4, 0.5}};

    assertThat(Decision.PLAIN.classes(p)).containsExactly((byte) 0, (byte) 1, (byte) 1);
  }

  @Test
  void theRuleThatIsTunedIsTheFirstOfTheBestOnTheGrid() {
    // Every row says (0.3, 0.6, 0.1) where down is the truth, (0.2, 0.6, 0.2) where flat is, and
    // (0.1, 0.6, 0.3) where up is: down wins its rows from ln 2 = 0.693 on, and those of flat from
    // ln 3 = 1.099 on. Of the grid -1.5, -1.3 .. 1.5 only 0.7 and 0.9 lie between.
    double[][] p = {{0.3, 0.2, 0.1}, {0.6, 0.6, 0.6}, {0.1, 0.2, 0.3}};
    byte[] truth = {0, 1, 2};

    Decision tuned = Decision.tuned(truth, p);

    assertThat(tuned.down()).isCloseTo(0.7, within(1e-12));
    assertThat(tuned.up()).isCloseTo(0.7, within(1e-12));
    ConfusionMatrix confusion = new ConfusionMatrix();
    byte[] classes = tuned.classes(p);
    for (int i = 0; i < 3; i++) {
      confusion.add(truth[i], classes[i]);
    }
    assertThat(confusion.macroF1()).isEqualTo(1);
  }
}
