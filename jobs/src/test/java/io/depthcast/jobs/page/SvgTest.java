package io.depthcast.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.jobs.page.SvgPanels.Line;
import io.depthcast.jobs.page.SvgPanels.Panel;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SvgTest {

  @Test
  void ticksAreRoundNumbersWithinTheRange() {
    // 10 / 4 = 2.5, next of 1, 2, 5: 5. 0.05 / 4 = 0.0125: 0.02.
    assertThat(SvgPanels.ticks(0, 10, 4)).containsExactly(0, 5, 10);
    assertThat(SvgPanels.ticks(99.98, 100.03, 4))
        .containsExactly(new double[] {99.98, 100, 100.02}, within(1e-9));
    assertThat(SvgPanels.ticks(-3, 3, 4)).containsExactly(-2, 0, 2);
  }

  /**
   * Five values from x = 78 to 708, 157.5 apart. The axis is from 0.95 to 2.05, 118 high from y =
   * 24: 1 is at 24 + 118 * 1.05 / 1.1 = 136.6, 2 at 24 + 118 * 0.05 / 1.1 = 29.4.
   */
  @Test
  void aLineHoldsAValueUntilTheNextAndHasGaps() {
    double[] values = {1, 1, 2, Double.NaN, 2};
    String svg =
        new SvgPanels("t", "event", 7, List.of(new Panel("USD", List.of(new Line("mid", values)))))
            .html();
    assertThat(svg)
        .contains("d=\"M78 136.6H393V29.4H550.5M708 29.4H708\"")
        .contains(">USD</text>", ">mid</text>", ">event</text>", ">7</text>", ">11</text>")
        .doesNotContain("NaN");
  }

  @Test
  void aLineOfOneValueHasAnAxisAroundIt() {
    String svg =
        new SvgPanels(
                "t", "event", 1, List.of(new Panel("1", List.of(new Line("flat", new double[3])))))
            .html();
    assertThat(svg).contains("H708").doesNotContain("NaN", "Infinity");
    Panel empty = new Panel("1", List.of(new Line("none", new double[] {Double.NaN})));
    assertThatThrownBy(() -> new SvgPanels("t", "event", 1, List.of(empty)).html())
        .hasMessage("Invalid panel none: no value (must have one)");
  }

  /** Names of one letter: 7 pixels and 10 beside them, 7 and 34 above; cells of 15 pixels. */
  @Test
  void cellsOfOneColourInARowAreOnePath() {
    double[][] values = {{1, 1, -0.5}, {Double.NaN, 0, 2}};
    String svg =
        new SvgHeatMap("t", List.of("a", "b"), List.of("x", "y", "z"), values, List.of(), 1, "unit")
            .html();
    assertThat(svg)
        // Two cells of 1 in the first row, and 2, which is beyond the limit, in the second.
        .contains("fill=\"#a50f23\" d=\"M17 41h30v15h-30zM47 56h15v15h-15z\"")
        .contains("fill=\"#d5dae0\" d=\"M17 56h15v15h-15z\"")
        .contains("fill=\"#ffffff\" d=\"M32 56h15v15h-15z\"")
        .contains("unit</text>")
        .doesNotContain("NaN");
  }

  @Test
  void aHeatMapOfTwoHundredColumnsStaysSmall() {
    int n = 200;
    List<String> names = Collections.nCopies(n, "realized_variance_60000ms_by_1000ms");
    double[][] values = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        values[i][j] = Math.sin(i * 12.9898 + j * 78.233);
      }
    }
    String svg = new SvgHeatMap("t", names, names, values, List.of(), 1, "unit").html();
    // 40,000 cells of some 25 characters at the worst.
    assertThat(svg.length()).isLessThan(1_100_000);
  }

  /** Highest 1, lowest -1: 13 pixels each. */
  @Test
  void barsStandOnZero() {
    String svg = SvgBars.html(List.of(1.0, Double.NaN, -1.0, 0.0), 5, "t");
    assertThat(svg)
        .contains("width=\"20\"", "d=\"M0 13v-13h4V13z\"", "d=\"M10 13v13h4V13z\"")
        .doesNotContain("NaN");
    assertThat(SvgBars.html(List.of(0.0, Double.NaN), 5, "t")).doesNotContain("NaN", "Infinity");
  }

  @Test
  void textsAreEscaped() {
    assertThat(new Svg(9, 9, "a & b").text(1, 2, Svg.Anchor.END, 8, "<c>").html())
        .contains("<title>a &amp; b</title>", ">&lt;c&gt;</text>");
  }

  @Test
  void numbersHaveFourFigures() {
    assertThat(Numbers.significant(0)).isEqualTo("0");
    assertThat(Numbers.significant(1234567)).isEqualTo("1,234,567");
    assertThat(Numbers.significant(-12.3456)).isEqualTo("−12.35");
    assertThat(Numbers.significant(0.00123456)).isEqualTo("0.001235");
    assertThat(Numbers.significant(0.000012345678)).isEqualTo("1.235e−05");
    assertThat(Numbers.significant(12345678)).isEqualTo("1.235e+07");
    assertThat(Numbers.significant(Double.NaN)).isEqualTo(Numbers.MISSING);
  }
}
