package io.depthcast.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.training.Standardisation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WindowRowsTest {

  private static WindowRows ofThree() {
    return new WindowRows(new Standardisation(new double[1], new double[] {1}), 3);
  }

  private static float[] window(Windows windows, int w) {
    int begin = windows.begins()[w];
    return Arrays.copyOfRange(windows.rows(), begin, begin + 3);
  }

  @Test
  void theFirstRowOfAStretchStandsForThoseThatAreMissing() {
    WindowRows rows = ofThree();
    rows.begin();
    rows.add(new float[] {1}, 2);
    rows.add(new float[] {2}, -1);
    rows.add(new float[] {3}, 0);
    rows.add(new float[] {4}, 1);
    rows.begin();
    rows.add(new float[] {5}, -1);
    rows.add(new float[] {6}, 1);
    Windows windows = rows.windows();

    assertThat(windows.labels()).containsExactly(2, 0, 1, 1);
    assertThat(window(windows, 0)).containsExactly(1, 1, 1);
    assertThat(window(windows, 1)).containsExactly(1, 2, 3);
    assertThat(window(windows, 2)).containsExactly(2, 3, 4);
    assertThat(window(windows, 3)).containsExactly(5, 5, 6);
  }

  @Test
  void growsWithItsRows() {
    WindowRows rows = ofThree();
    rows.begin();
    for (int i = 0; i < 5000; i++) {
      rows.add(new float[] {i % 7}, i % 3);
    }
    Windows windows = rows.windows();

    assertThat(windows.count()).isEqualTo(5000);
    // rows 4,997 to 4,999; 4,997 = 713 * 7 + 6
    assertThat(window(windows, 4999)).containsExactly(6, 0, 1);
    assertThat(windows.labels()[4999]).isEqualTo((byte) (4999 % 3));
  }

  @Test
  void refusesOtherLabelsAndLengths() {
    WindowRows rows = ofThree();
    rows.begin();
    assertThatThrownBy(() -> rows.add(new float[] {1}, 3))
        .hasMessage("Invalid label: 3 (must be -1 to 2)");
    assertThatThrownBy(() -> rows.add(new float[] {1, 2}, 0))
        .hasMessage("Invalid features: 2 values (must be 1)");
  }
}
