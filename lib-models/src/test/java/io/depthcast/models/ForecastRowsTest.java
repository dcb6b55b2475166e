package io.depthcast.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ForecastRowsTest {

  @Test
  void refusesWhatIsNoBatch() {
    assertThatThrownBy(() -> new ForecastRows(-1, 1, new float[0], new byte[0]))
        .hasMessage("Invalid rows: -1 (must be 0 or more)");
    assertThatThrownBy(() -> new ForecastRows(0, 0, new float[0], new byte[0]))
        .hasMessage("Invalid columns: 0 (must be 1 or more)");
    assertThatThrownBy(() -> new ForecastRows(2, 3, new float[5], new byte[2]))
        .hasMessage("Invalid values: 5 (must be rows * columns = 2 * 3)");
    assertThatThrownBy(() -> new ForecastRows(2, 1, new float[2], new byte[1]))
        .hasMessage("Invalid lastClass: 1 values (must be 2)");
  }

  @Test
  void refusesInfiniteValuesAndUnknownClasses() {
    float[] values = {1, 2, 3, Float.NEGATIVE_INFINITY};

    assertThatThrownBy(() -> new ForecastRows(2, 2, values, new byte[2]))
        .hasMessage(
            "Invalid value in row 1, column 1: -Infinity (must be finite, or NaN where missing)");
    assertThatThrownBy(() -> new ForecastRows(2, 1, new float[2], new byte[] {-1, 3}))
        .hasMessage("Invalid lastClass in row 1: 3 (must be -1 to 2)");
  }

  @Test
  void scoresRowsAmongTheirHistory() {
    // two columns; rows 0 and 3 are history only
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    ForecastRows rows = new ForecastRows(2, values, new int[] {1, 2, 4}, 1, new byte[3]);

    assertThat(rows.rows()).isEqualTo(3);
    assertThat(rows.scored()).containsExactly(3, 4, 5, 6, 9, 10);
    assertThatThrownBy(() -> new ForecastRows(2, values, new int[] {0}, 1, new byte[1]))
        .hasMessage("Invalid place of a row: 0 (must be 1 to 4)");
    assertThatThrownBy(() -> new ForecastRows(2, values, new int[] {2, 2}, 1, new byte[2]))
        .hasMessage("Invalid place of a row: 2 (must be 3 to 4)");
    assertThatThrownBy(() -> new ForecastRows(2, values, new int[] {5}, 1, new byte[1]))
        .hasMessage("Invalid place of a row: 5 (must be 1 to 4)");
  }
}
