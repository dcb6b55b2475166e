package io.depthcast.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.page.Numbers;
import io.depthcast.jobs.report.ReportData.EquityCurve;
import io.depthcast.jobs.report.ReportData.EquityPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportCurvesTest {

  private static EquityCurve curve(int slice, long[] ts, double[] gross, double[] net) {
    List<EquityPoint> points = new ArrayList<>();
    for (int i = 0; i < ts.length; i++) {
      points.add(new EquityPoint(ts[i], gross[i], net[i]));
    }
    return new EquityCurve(SampleReport.ids().get(slice), points);
  }

  @Test
  void shortCurvesAreKeptWhole() {
    assertThat(CurveThinning.keep(new double[] {3, 1, 2}, 4)).containsExactly(0, 1, 2);
    assertThat(CurveThinning.keep(new double[0], 4)).isEmpty();
  }

  @Test
  void thinningKeepsTheEndsAndTheExtremesOfEachRun() {
    // 6 points: first, last, and two runs of 5: values 0 9 1 -9 2 | 3 4 5 8 6.
    // Run one: lowest at 3, highest at 1. Run two: lowest at 5, highest at 8.
    double[] values = {0, 9, 1, -9, 2, 3, 4, 5, 8, 6};
    assertThat(CurveThinning.keep(values, 6)).containsExactly(0, 1, 3, 5, 8, 9);
  }

  @Test
  void thinningLosesNoPeakOfALongCurve() {
    double[] values = new Random(1).doubles(100_003, -1, 1).toArray();
    values[31_337] = 50;
    values[77_777] = -60;
    int[] kept = CurveThinning.keep(values, CurveThinning.MAX_POINTS);
    assertThat(kept).hasSizeLessThanOrEqualTo(2000).isSorted().doesNotHaveDuplicates();
    assertThat(kept).contains(0, 31_337, 77_777, 100_002);
  }

  @Test
  void portfolioEquityAddsTheLastKnownEquityOfEachSlice() {
    // slice A: 1 at t=10, 3 at t=30; slice B: 5 at t=20, 4 at t=30; net is one less at each first
    // point. t=10: 1; t=20: 1 + 5 = 6; t=30: 3 + 4 = 7.
    PortfolioEquity equity =
        PortfolioEquity.of(
            List.of(
                curve(0, new long[] {10, 30}, new double[] {1, 3}, new double[] {0, 2}),
                curve(3, new long[] {20, 30}, new double[] {5, 4}, new double[] {4, 3})));
    assertThat(equity.points()).extracting(EquityPoint::tsNs).containsExactly(10L, 20L, 30L);
    assertThat(equity.gross()).containsExactly(1, 6, 7);
    assertThat(equity.net()).containsExactly(0, 4, 5);
  }

  @Test
  void drawdownIsMeasuredFromThePeakAndFromZeroAtTheStart() {
    // net -1 2 1 3 -2: peaks 0 2 2 3 3, so -1 0 -1 0 -5
    double[] net = {-1, 2, 1, 3, -2};
    PortfolioEquity equity =
        PortfolioEquity.of(List.of(curve(0, new long[] {1, 2, 3, 4, 5}, net, net)));
    assertThat(equity.drawdown()).containsExactly(-1, 0, -1, 0, -5);
  }

  @Test
  void pausesAreGapsOfMoreThanAnHour() {
    long hour = 3_600_000_000_000L;
    double[] flat = new double[4];
    PortfolioEquity equity =
        PortfolioEquity.of(
            List.of(curve(0, new long[] {0, hour, 2 * hour + 1, 2 * hour + 2}, flat, flat)));
    assertThat(equity.pauses()).containsExactly(1);
  }

  @Test
  void pagesSayWhenACurveIsThinned() {
    String html = ReportPage.html(SampleReport.data());
    // 2 symbols x 3 days x 1500 points; times differ by a random part of a second
    assertThat(html).contains("The curve of 9,000 points is drawn with");
    assertThat(html).contains("Pauses of more than one hour are left out.");
    long longest =
        Arrays.stream(html.split("\n"))
            .filter(line -> line.startsWith("x: ["))
            .mapToLong(line -> line.chars().filter(c -> c == ',').count() + 1)
            .max()
            .orElseThrow();
    assertThat(longest).isBetween(1000L, 2000L);
  }

  @Test
  void labelsAreOrderedByLengthNotByText() {
    assertThat(List.of("100e", "500ms", "20e", "close", "50ms").stream().sorted(Labels.ORDER))
        .containsExactly("20e", "100e", "50ms", "500ms", "close");
    assertThat(Labels.words("20e")).isEqualTo("20 events");
    assertThat(Labels.words("500ms")).isEqualTo("500 ms");
    assertThat(Labels.words("mid_move_500ms_after_10ms")).isEqualTo("mid move 500 ms after 10 ms");
    assertThat(Labels.words("first_passage_1t_40e")).isEqualTo("first passage 1t 40 events");
    assertThat(Labels.words("close")).isEqualTo("close");
  }

  @Test
  void numbersAreWrittenForReaders() {
    assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Numbers.fixed(-1234.567, 2)).isEqualTo("−1,234.57");
    assertThat(Numbers.fixed(-0.001, 2)).isEqualTo("0.00");
    assertThat(Numbers.fixed(Double.NaN, 2)).isEqualTo("–");
    assertThat(Numbers.signed(0.25, 3)).isEqualTo("+0.250");
    assertThat(Numbers.percent(0.1234, 2)).isEqualTo("12.34%");
    // 34200.004241176 s after midnight of 2012-06-21 in New York (UTC-4) is 13:30:00 UTC
    assertThat(Numbers.utc(1_340_285_400_004_241_176L)).isEqualTo("2012-06-21 13:30:00");
  }
}
