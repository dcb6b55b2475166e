package io.depthcast.walkforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FoldTest {

  // train [100, 160), validation [160, 200), test [200, 300), embargo 10
  private static final Fold FOLD = new Fold(0, 100, 160, 200, 300, 10);

  @Test
  void purgesByTheEndOfTheLabel() {
    // training labels must end before 160 - 10 = 150, validation labels before 200 - 10 = 190
    assertThat(FOLD.role(100, 149)).isEqualTo(Role.TRAIN);
    assertThat(FOLD.role(100, 150)).isEqualTo(Role.NONE);
    assertThat(FOLD.role(149, 149)).isEqualTo(Role.TRAIN);
    assertThat(FOLD.role(150, 150)).isEqualTo(Role.NONE);
    assertThat(FOLD.role(160, 189)).isEqualTo(Role.VALIDATION);
    assertThat(FOLD.role(160, 190)).isEqualTo(Role.NONE);
    assertThat(FOLD.role(199, 199)).isEqualTo(Role.NONE);
  }

  @Test
  void spansIncludeTheirFirstAndExcludeTheirLastTime() {
    Fold noEmbargo = new Fold(0, 100, 160, 200, 300, 0);
    assertThat(noEmbargo.role(99, 99)).isEqualTo(Role.NONE);
    assertThat(noEmbargo.role(100, 100)).isEqualTo(Role.TRAIN);
    assertThat(noEmbargo.role(159, 159)).isEqualTo(Role.TRAIN);
    assertThat(noEmbargo.role(160, 160)).isEqualTo(Role.VALIDATION);
    assertThat(noEmbargo.role(199, 199)).isEqualTo(Role.VALIDATION);
    assertThat(noEmbargo.role(200, 200)).isEqualTo(Role.TEST);
    assertThat(noEmbargo.role(299, 299)).isEqualTo(Role.TEST);
    assertThat(noEmbargo.role(300, 300)).isEqualTo(Role.NONE);
  }

  @Test
  void testsRowsWhateverTheirLabel() {
    assertThat(FOLD.role(299, 5000)).isEqualTo(Role.TEST);
    assertThat(FOLD.role(250, Long.MAX_VALUE)).isEqualTo(Role.TEST);
  }

  @Test
  void neverFitsRowsWithoutLabel() {
    assertThat(FOLD.role(100, Long.MAX_VALUE)).isEqualTo(Role.NONE);
    assertThat(FOLD.role(160, Long.MAX_VALUE)).isEqualTo(Role.NONE);
  }

  /** An embargo measured before the purge would let the row at 120 train: 120 < 150. */
  @Test
  void embargoesTheLabelAndNotTheRow() {
    assertThat(FOLD.role(120, 155)).isEqualTo(Role.NONE);
  }

  /** Equal times are one moment: no two rows of it may stand on both sides of an edge. */
  @Test
  void givesRowsOfOneTimeOneRole() {
    Fold noEmbargo = new Fold(0, 100, 200, 200, 300, 0);
    assertThat(noEmbargo.role(199, 200)).isEqualTo(Role.NONE);
    assertThat(noEmbargo.role(200, 200)).isEqualTo(Role.TEST);
  }

  @Test
  void mayHaveNoValidation() {
    Fold fold = new Fold(3, 100, 200, 200, 300, 10);
    assertThat(fold.role(150, 189)).isEqualTo(Role.TRAIN);
    assertThat(fold.role(150, 190)).isEqualTo(Role.NONE);
  }

  @Test
  void refusesLabelsThatEndBeforeTheirRow() {
    assertThatThrownBy(() -> FOLD.role(120, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Label ends at 0, before its row at 120 (a row without a label takes Long.MAX_VALUE)");
  }

  @Test
  void cannotBeWrong() {
    assertThatThrownBy(() -> new Fold(1, 100, 100, 200, 300, 0))
        .hasMessage(
            "Invalid fold 1: trainFrom 100 < validationFrom 100 <= testFrom 200 < testTo 300 must"
                + " hold");
    assertThatThrownBy(() -> new Fold(1, 100, 201, 200, 300, 0)).hasMessageContaining("must hold");
    assertThatThrownBy(() -> new Fold(1, 100, 150, 200, 200, 0)).hasMessageContaining("must hold");
    assertThatThrownBy(() -> new Fold(-1, 100, 150, 200, 300, 0))
        .hasMessage("Invalid fold id: -1 (must be >= 0)");
    assertThatThrownBy(() -> new Fold(1, 100, 150, 200, 300, -5))
        .hasMessage("Invalid embargoNs of fold 1: -5 (must be >= 0)");
  }
}
