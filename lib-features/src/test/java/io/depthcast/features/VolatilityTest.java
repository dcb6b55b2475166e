package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link RealizedVolatility}, {@link JumpTest}, {@link VolatilitySignature}, {@link
 * VolatilityRegime} and {@link RangeVolatility}.
 */
class VolatilityTest {

  private static final double NAN = Double.NaN;
  private static final Offset<Double> ROUNDING = within(1e-6);

  /** ln 1.01, ln 1.02 and ln 1.04 in bps. */
  private static final double ONE = 99.50330853168091;

  private static final double TWO = 198.0262729617973;
  private static final double FOUR = 392.2071315328133;

  @Test
  void sumsSquaredReturnsAndTheirNeighboursProducts() {
    double[][] volatility =
        FeatureRuns.run(
            new RealizedVolatility(Window.events(3), Window.events(1)),
            mids(100, 101, 101, 103.02, 100, 104));
    // returns: +1, 0, +2, then -ln 1.0302 = -(1 + 2), then +4 (names of the constants above)
    // row 4: 1^2 + 0 + 2^2; pairs 1*0 + 0*2
    assertThat(volatility[0][2]).isNaN();
    assertThat(volatility[0][3]).isCloseTo(ONE * ONE + TWO * TWO, ROUNDING);
    assertThat(volatility[1][3]).isCloseTo(Math.sqrt(ONE * ONE + TWO * TWO), ROUNDING);
    assertThat(volatility[2][3]).isZero();
    // row 6: 2^2 + (1+2)^2 + 4^2; pairs 2*(1+2) + (1+2)*4, times pi/2 * 3/2
    double three = ONE + TWO;
    assertThat(volatility[0][5]).isCloseTo(TWO * TWO + three * three + FOUR * FOUR, ROUNDING);
    assertThat(volatility[2][5])
        .isCloseTo(Math.PI / 2 * 1.5 * (TWO * three + three * FOUR), ROUNDING);
  }

  @Test
  void samplesEveryRowWhoseNumberIsAMultipleOfTheStep() {
    double[][] volatility =
        FeatureRuns.run(
            new RealizedVolatility(Window.events(4), Window.events(2)),
            mids(55, 100, 66, 101, 77, 103.02, 88, 103.02, 99));
    // points are rows 2, 4, 6, 8 with returns +1, +2, 0; look-back is 4 + 1 rows
    // row 6: 1^2 + 2^2, row 7 the same, row 8: 2^2 + 0, row 9 the same
    double[] expected = {ONE * ONE + TWO * TWO, ONE * ONE + TWO * TWO, TWO * TWO, TWO * TWO};
    for (int row = 5; row < 9; row++) {
      assertThat(volatility[0][row]).as("row %s", row + 1).isCloseTo(expected[row - 5], ROUNDING);
    }
    assertThat(Arrays.copyOf(volatility[0], 5)).containsOnly(NAN);
  }

  @Test
  void samplesTheMidThatStandsAtEachMultipleOfATime() {
    BookBatch book = mids(100, 50, 101, 103.02, 70, 104);
    times(book, 0, 900, 1000, 2000, 2001, 5500);
    double[][] volatility =
        FeatureRuns.run(
            new RealizedVolatility(Window.milliseconds(2), Window.milliseconds(1)), book);
    // At 0 ms stands 100, at 1 ms 101, at 2 ms 103.02, at 3, 4 and 5 ms 70.
    // Row 5 (2.001 ms): points 1 and 2 ms, but 2 + 1 ms have not passed since row 1.
    // Row 6 (5.5 ms): points 4 and 5 ms, nothing moved.
    assertThat(Arrays.copyOf(volatility[0], 5)).containsOnly(NAN);
    assertThat(volatility[0][5]).isZero();
    times(book, 0, 900, 1000, 2000, 3000, 3001);
    double[][] again =
        FeatureRuns.run(
            new RealizedVolatility(Window.milliseconds(2), Window.milliseconds(1)), book);
    // Row 5 (3 ms): what stands at 3 ms is not known yet; points 1 and 2 ms, returns +1 and +2.
    // Row 6 (3.001 ms): points 2 and 3 ms, from 101 to 103.02 to 70.
    assertThat(again[0][4]).isCloseTo(ONE * ONE + TWO * TWO, ROUNDING);
    double fall = 1e4 * Math.log(70 / 103.02);
    assertThat(again[0][5]).isCloseTo(TWO * TWO + fall * fall, ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({
    "2e, 1e",
    "50e, 1e",
    "50e, 5e",
    "500e, 50e",
    "333e, 3e",
    "2ms, 1ms",
    "6ms, 1ms",
    "6ms, 3ms"
  })
  void realizedVolatilityEqualsItsFormulaRowByRow(String window, String sampling) {
    Window over = Window.of(window);
    Window step = Window.of(sampling);
    int steps = over.length() / step.length();
    for (BookBatch book : new BookBatch[] {RandomBook.withHoles(47, 3000, 1), withGaps(48)}) {
      double[][] volatility = FeatureRuns.run(new RealizedVolatility(over, step), book);
      int values = 0;
      for (int n = 0; n < book.rows; n++) {
        double[] r = naiveReturns(book, n, over, step);
        double squares = 0;
        double products = 0;
        for (int j = 0; j < steps; j++) {
          squares += r[j] * r[j];
          products += j == 0 ? 0 : Math.abs(r[j]) * Math.abs(r[j - 1]);
        }
        assertClose(volatility[0][n], squares, n);
        assertClose(volatility[1][n], Math.sqrt(squares), n);
        assertClose(volatility[2][n], products * (Math.PI / 2) * steps / (steps - 1.0), n);
        values += products > 0 ? 1 : 0;
      }
      assertThat(values).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 1000})
  void quietTimesGiveTheSameBitsHoweverTheRowsAreCut(int batchRows) {
    BookBatch book = withGaps(49);
    FeatureFamily family = new JumpTest(Window.milliseconds(6), Window.milliseconds(1), 1.5);
    double[][] expected = FeatureRuns.run(family, book);
    assertThat(Arrays.stream(expected[0]).filter(Double::isFinite).count()).isPositive();
    FeatureContract.assertSameBits(
        "batches",
        FeatureRuns.run(FeatureRuns.starting(family), 2, book, 0, book.rows, () -> batchRows),
        expected);
    double[][] later =
        FeatureRuns.run(FeatureRuns.starting(family), 2, book, 777, book.rows, () -> batchRows);
    int first = 777;
    while (book.tsEvent[first] - book.tsEvent[777] < 7_000_000) {
      first++;
    }
    for (int c = 0; c < 2; c++) {
      assertThat(Arrays.copyOfRange(later[c], first - 777, later[c].length))
          .isEqualTo(Arrays.copyOfRange(expected[c], first, book.rows));
    }
  }

  @Test
  void aQuietDayBetweenTwoRowsHoldsReturnsOfZero() {
    BookBatch book = mids(100, 101, 101, 101, 105);
    times(book, 0, 1500, 86_400_000_000L, 86_400_001_500L, 86_400_002_500L);
    double[][] volatility =
        FeatureRuns.run(
            new RealizedVolatility(Window.milliseconds(1000), Window.milliseconds(1)), book);
    // 101 stands from the first second of the day to its end; 105 is at no point yet
    assertThat(volatility[0]).containsExactly(NAN, NAN, 0, 0, 0);
  }

  @Test
  void jumpsAreFoundAndRandomWalksAreNotJumps() {
    Random random = new Random(50);
    int trials = 300;
    int steps = 200;
    double[] mids = new double[trials * (steps + 1)];
    double log = 0;
    for (int i = 0; i < mids.length; i++) {
      int trial = i / (steps + 1);
      boolean jump = trial % 2 == 1 && i % (steps + 1) == steps / 2;
      log += 1e-4 * (random.nextGaussian() + (jump ? 12 : 0));
      mids[i] = 100 * Math.exp(log);
    }
    double[][] jumps =
        FeatureRuns.run(new JumpTest(Window.events(steps), Window.events(1), 3.09), mids(mids));
    int found = 0;
    int wrong = 0;
    for (int trial = 0; trial < trials; trial++) {
      double jump = jumps[1][trial * (steps + 1) + steps];
      found += trial % 2 == 1 && jump == 1 ? 1 : 0;
      wrong += trial % 2 == 0 && jump == 1 ? 1 : 0;
    }
    // 12 of sqrt(200) standard deviations: RV is 344, BV about 229, z about 6; and 1 of 1000 is
    // wrong
    assertThat(found).isGreaterThan(140);
    assertThat(wrong).isLessThan(4);
  }

  @ParameterizedTest
  @CsvSource({"50e, 1e", "500e, 10e", "300e, 50e", "6ms, 1ms"})
  void jumpTestEqualsItsFormulaRowByRow(String window, String sampling) {
    Window over = Window.of(window);
    Window step = Window.of(sampling);
    int m = over.length() / step.length();
    BookBatch book = RandomBook.withHoles(51, 3000, 1);
    double[][] jumps = FeatureRuns.run(new JumpTest(over, step, 1.0), book);
    boolean[] seen = new boolean[2];
    for (int n = 0; n < book.rows; n++) {
      double[] r = naiveReturns(book, n, over, step);
      double variance = 0;
      double bipower = 0;
      double quadpower = 0;
      for (int j = 0; j < m; j++) {
        variance += Math.pow(r[j], 2);
        bipower += j < 1 ? 0 : Math.abs(r[j] * r[j - 1]) * Math.PI / 2 * m / (m - 1);
        quadpower +=
            j < 3
                ? 0
                : Math.abs(r[j] * r[j - 1] * r[j - 2] * r[j - 3])
                    * Math.pow(Math.PI / 2, 2)
                    * m
                    * m
                    / (m - 3);
      }
      double theta = Math.pow(Math.PI / 2, 2) + Math.PI - 5;
      double error = Math.sqrt(theta * Math.max(1, quadpower / Math.pow(bipower, 2)) / m);
      double z = (1 - bipower / variance) / error;
      assertClose(jumps[0][n], z, n);
      if (Double.isNaN(z)) {
        assertThat(jumps[1][n]).as("row %s", n).isNaN();
      } else if (Math.abs(z - 1) > 1e-6) {
        assertThat(jumps[1][n]).as("row %s", n).isEqualTo(z > 1 ? 1 : 0);
        seen[z > 1 ? 1 : 0] = true;
      }
    }
    assertThat(seen).contains(true);
  }

  @Test
  void signatureIsAboveOneForABouncingPriceAndBelowForATrend() {
    VolatilitySignature signature =
        new VolatilitySignature(Window.events(4), Window.events(1), Window.events(2));
    double[] bouncing = FeatureRuns.run(signature, mids(100, 100, 101, 100, 101, 103.02))[0];
    // points of the coarse grid: rows 2, 4 and 6, returns 0 and +1+2 up to row 6
    // fine returns up to row 6: +1, -1, +1, +2
    double coarse = (ONE + TWO) * (ONE + TWO);
    assertThat(bouncing[5]).isCloseTo((3 * ONE * ONE + TWO * TWO) / coarse, ROUNDING);
    double[] trend = FeatureRuns.run(signature, mids(1, 100, 101, 102.01, 103.0301, 104.060401))[0];
    // four times +1 against two times +2 steps of one
    assertThat(trend[5]).isCloseTo(0.5, ROUNDING);
    assertThat(FeatureRuns.run(signature, mids(100, 100, 101, 100, 101, 100))[0][5])
        .as("coarse returns of zero")
        .isNaN();
  }

  @ParameterizedTest
  @CsvSource({"50e, 1e, 5e", "300e, 2e, 100e", "6ms, 1ms, 3ms"})
  void signatureEqualsItsFormulaRowByRow(String window, String fine, String coarse) {
    Window over = Window.of(window);
    BookBatch book = RandomBook.withHoles(52, 3000, 1);
    double[][] signature =
        FeatureRuns.run(new VolatilitySignature(over, Window.of(fine), Window.of(coarse)), book);
    int values = 0;
    for (int n = 0; n < book.rows; n++) {
      double fineVariance = squares(naiveReturns(book, n, over, Window.of(fine)));
      double coarseVariance = squares(naiveReturns(book, n, over, Window.of(coarse)));
      double expected = coarseVariance > 0 ? fineVariance / coarseVariance : NAN;
      assertClose(signature[0][n], expected, n);
      values += Double.isFinite(expected) ? 1 : 0;
    }
    assertThat(values).isPositive();
  }

  @Test
  void regimeComparesTheLastVolatilityWithThatBefore() {
    double[][] regime =
        FeatureRuns.run(
            new VolatilityRegime(Window.events(1), Window.events(4), Window.events(1), 0.5, 1.5),
            mids(100, 101, 100, 101, 100, 101, 101, 105.04));
    // row 5: all returns are of one size: 1
    assertThat(regime[0][4]).isCloseTo(1, ROUNDING);
    assertThat(regime[1][4]).isZero();
    // row 7: no move after three
    assertThat(regime[0][6]).isZero();
    assertThat(regime[1][6]).isEqualTo(-1);
    // row 8: ln 1.04 squared of that and two times ln 1.01 squared, times 4
    double ratio = Math.sqrt(4 * FOUR * FOUR / (FOUR * FOUR + 2 * ONE * ONE));
    assertThat(regime[0][7]).isCloseTo(ratio, ROUNDING);
    assertThat(regime[1][7]).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"5e, 50e, 1e", "50e, 500e, 10e", "3ms, 6ms, 1ms"})
  void regimeEqualsItsFormulaRowByRow(String shortText, String longText, String sampling) {
    Window shortWindow = Window.of(shortText);
    Window longWindow = Window.of(longText);
    Window step = Window.of(sampling);
    BookBatch book = RandomBook.withHoles(53, 3000, 1);
    double[][] regime =
        FeatureRuns.run(new VolatilityRegime(shortWindow, longWindow, step, 0.8, 1.1), book);
    boolean[] seen = new boolean[3];
    for (int n = 0; n < book.rows; n++) {
      double[] all = naiveReturns(book, n, longWindow, step);
      int last = shortWindow.length() / step.length();
      double recent = squares(Arrays.copyOfRange(all, all.length - last, all.length));
      double ratio =
          squares(all) > 0 ? Math.sqrt(recent / last / (squares(all) / all.length)) : NAN;
      assertClose(regime[0][n], ratio, n);
      if (Double.isFinite(ratio) && Math.abs(ratio - 0.8) > 1e-6 && Math.abs(ratio - 1.1) > 1e-6) {
        int expected = ratio < 0.8 ? -1 : ratio > 1.1 ? 1 : 0;
        seen[expected + 1] = true;
        assertThat(regime[1][n]).as("row %s", n).isEqualTo(expected);
      }
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void rangesAreTheirFormulas() {
    double[][] range =
        FeatureRuns.run(new RangeVolatility(Window.events(3)), mids(101, 100, 102, 103.02, 101));
    // row 4: O 101, H 103.02, L 100, C 103.02: the range is 1 + 2, the move 2
    double three = ONE + TWO;
    double ln2 = 0.6931471805599453;
    assertThat(range[0][3]).isCloseTo(three * three / 4 / ln2, ROUNDING);
    assertThat(range[1][3]).isCloseTo(three * three / 2 - (2 * ln2 - 1) * TWO * TWO, ROUNDING);
    // row 5: O 100, H 103.02, L 100, C 101: the open counts as the low
    assertThat(range[0][4]).isCloseTo(three * three / 4 / ln2, ROUNDING);
    assertThat(range[1][4]).isCloseTo(three * three / 2 - (2 * ln2 - 1) * ONE * ONE, ROUNDING);
    assertThat(Arrays.copyOf(range[0], 3)).containsOnly(NAN);
  }

  @Test
  void aMidOfOtherPricesHasNotMoved() {
    BookBatch book =
        BookText.book(
            1,
            """
            100.04 1 | 100.06 1
            100.02 1 | 100.08 1
            100.04 1 | 100.06 1
            """);
    assertThat(book.mid(0)).isNotEqualTo(book.mid(1));
    Window two = Window.events(2);
    // 100.05 in each row
    assertThat(FeatureRuns.run(new RealizedVolatility(two, Window.events(1)), book)[0])
        .containsExactly(NAN, NAN, 0);
    assertThat(FeatureRuns.run(new RangeVolatility(two), book)[0]).containsExactly(NAN, NAN, 0);
    assertThat(
            FeatureRuns.run(
                new VolatilityRegime(Window.events(1), two, Window.events(1), 0.5, 2), book)[0])
        .containsOnly(NAN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e", "2e", "50e", "400e", "1ms", "4ms"})
  void rangesEqualTheirFormulasRowByRow(String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(54, 3000, 1);
    double[][] range = FeatureRuns.run(new RangeVolatility(window), book);
    int values = 0;
    for (int n = 0; n < book.rows; n++) {
      int before = NaiveWindow.rowBefore(book, n, window);
      double high = before < 0 ? NAN : 0;
      double low = before < 0 ? NAN : Double.MAX_VALUE;
      for (int i = Math.max(0, before); i <= n; i++) {
        double mid = book.suspect[i] ? NAN : book.mid(i);
        high = Math.max(high, mid);
        low = Math.min(low, mid);
      }
      double span = 1e4 * (Math.log(high) - Math.log(low));
      double move = 1e4 * (Math.log(book.mid(n)) - Math.log(book.mid(Math.max(0, before))));
      assertClose(range[0][n], span * span / (4 * Math.log(2)), n);
      assertClose(range[1][n], 0.5 * span * span - (2 * Math.log(2) - 1) * move * move, n);
      values += span > 0 ? 1 : 0;
    }
    assertThat(values).isPositive();
  }

  @Test
  void allMeasuresFindTheVarianceOfARandomWalk() {
    Random random = new Random(55);
    double[] mids = new double[200_001];
    double log = 0;
    for (int i = 0; i < mids.length; i++) {
      mids[i] = 100 * Math.exp(log);
      log += 1e-5 * random.nextGaussian();
    }
    BookBatch book = mids(mids);
    Window window = Window.events(2000);
    double[][] realized = FeatureRuns.run(new RealizedVolatility(window, Window.events(1)), book);
    double[][] ranges = FeatureRuns.run(new RangeVolatility(window), book);
    double[] mean = new double[4];
    for (int n = 2000; n < mids.length; n += 2000) {
      mean[0] += realized[0][n] / 100;
      mean[1] += realized[2][n] / 100;
      mean[2] += ranges[0][n] / 100;
      mean[3] += ranges[1][n] / 100;
    }
    // 2000 steps of 0.1 bps: 20 bps^2. A window's Parkinson variance has a standard deviation of
    // sqrt(0.41) of it, so the mean of 100 one of 6.4 %; 2000 steps see about 5 % too little of it.
    assertThat(mean[0]).isCloseTo(20, within(0.5));
    assertThat(mean[1]).isCloseTo(20, within(0.5));
    assertThat(mean[2]).isCloseTo(19, within(4.0));
    assertThat(mean[3]).isCloseTo(19, within(4.0));
  }

  /** Squared, they are the realized variance; NaN where the look-back is not whole and clean. */
  private static double[] naiveReturns(BookBatch book, int n, Window window, Window step) {
    int steps = window.length() / step.length();
    double[] returns = new double[steps];
    long nanos = window.nanos() + step.nanos();
    int first = n;
    if (window.isTime()) {
      while (first >= 0 && book.tsEvent[first] > book.tsEvent[n] - nanos) {
        first--;
      }
    } else {
      first = n - window.length() - step.length() + 1;
    }
    boolean clean = first >= 0;
    for (int i = Math.max(0, first); i <= n; i++) {
      clean &= !book.suspect[i];
    }
    for (int j = 0; j < steps; j++) {
      returns[j] =
          clean
              ? 1e4
                  * (Math.log(point(book, n, step, steps - 1 - j))
                      - Math.log(point(book, n, step, steps - j)))
              : NAN;
    }
    return returns;
  }

  /** The mid at the last point known in row n but `back`. */
  private static double point(BookBatch book, int n, Window step, int back) {
    if (!step.isTime()) {
      return mid(book, ((n + 1) / step.length() - back) * step.length() - 1);
    }
    long time = book.tsEvent[n] - 1;
    time -= time % step.nanos() + back * step.nanos();
    int row = n;
    while (book.tsEvent[row] > time) {
      row--;
    }
    return mid(book, row);
  }

  /** The mid as one double for each half cent: the prices of the random book are whole cents. */
  private static double mid(BookBatch book, int row) {
    return Math.rint(book.mid(row) * 200) / 200;
  }

  private static double squares(double[] values) {
    return Arrays.stream(values).map(value -> value * value).sum();
  }

  private static void assertClose(double actual, double expected, int row) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as("row %s", row).isNaN();
    } else {
      // the twin's logarithms of prices near 100 err by 1e-15, which is 1e-11 bps
      assertThat(actual)
          .as("row %s", row)
          .isCloseTo(expected, within(1e-8 * Math.max(1, Math.abs(expected))));
    }
  }

  /** A book whose rows stop now and then for up to 50 ms. */
  private static BookBatch withGaps(long seed) {
    BookBatch book = RandomBook.withHoles(seed, 3000, 1);
    Random random = new Random(seed);
    long later = 0;
    for (int i = 0; i < book.rows; i++) {
      later += random.nextInt(60) == 0 ? random.nextInt(50_000_000) : 0;
      book.tsEvent[i] += later;
    }
    return book;
  }

  /** Rows with these mids, a spread of 0.02. */
  private static BookBatch mids(double... mids) {
    BookBatch book = new BookBatch(mids.length, 1);
    book.rows = mids.length;
    for (int i = 0; i < mids.length; i++) {
      book.seq[i] = i + 1L;
      book.tsEvent[i] = i * 1000L;
      book.bidPrice[0][i] = mids[i] - 0.01;
      book.askPrice[0][i] = mids[i] + 0.01;
      book.bidSize[0][i] = 1;
      book.askSize[0][i] = 1;
    }
    return book;
  }

  private static void times(BookBatch book, long... micros) {
    for (int i = 0; i < micros.length; i++) {
      book.tsEvent[i] = micros[i] * 1000;
    }
  }

  @Test
  void namesColumnsByWindowAndSampling() {
    assertThat(new RealizedVolatility(Window.events(500), Window.events(1)).produces())
        .extracting(Feature::name)
        .containsExactly(
            "realized_variance_500e", "realized_volatility_500e", "bipower_variation_500e");
    assertThat(new JumpTest(Window.milliseconds(9000), Window.milliseconds(100), 3).produces())
        .extracting(Feature::name)
        .containsExactly("jump_z_9000ms_by_100ms", "jump_9000ms_by_100ms");
    assertThat(
            new VolatilitySignature(Window.events(500), Window.events(1), Window.events(50))
                .produces())
        .extracting(Feature::name)
        .containsExactly("volatility_signature_500e_1e_50e");
    assertThat(
            new VolatilityRegime(Window.events(50), Window.events(500), Window.events(5), 0.5, 2)
                .produces())
        .extracting(Feature::name)
        .containsExactly("volatility_ratio_50e_500e_by_5e", "volatility_regime_50e_500e_by_5e");
    assertThat(new RangeVolatility(Window.events(50)).produces())
        .extracting(Feature::name)
        .containsExactly("parkinson_variance_50e", "garman_klass_variance_50e");
  }

  @Test
  void refusesWindowsThatAreNotStepsAndRatiosOutOfOrder() {
    Window ten = Window.events(10);
    assertThatThrownBy(() -> new RealizedVolatility(ten, Window.events(3)))
        .hasMessage("Invalid window: 10e (must be a multiple of 3e, at least 2 times that)");
    assertThatThrownBy(() -> new RealizedVolatility(ten, ten))
        .hasMessage("Invalid window: 10e (must be a multiple of 10e, at least 2 times that)");
    assertThatThrownBy(() -> new RealizedVolatility(ten, Window.milliseconds(1)))
        .hasMessage("Invalid window: 10e (must be a multiple of 1ms, at least 2 times that)");
    assertThatThrownBy(() -> new JumpTest(ten, Window.events(5), 3))
        .hasMessage("Invalid window: 10e (must be a multiple of 5e, at least 4 times that)");
    assertThatThrownBy(() -> new JumpTest(ten, Window.events(1), 0))
        .hasMessage("Invalid threshold: 0.0 (must be a number > 0)");
    assertThatThrownBy(() -> new VolatilitySignature(ten, Window.events(5), Window.events(5)))
        .hasMessage("Invalid coarse: 5e (must be a multiple of 5e, at least 2 times that)");
    assertThatThrownBy(() -> new VolatilityRegime(ten, ten, Window.events(1), 1, 2))
        .hasMessage("Invalid longWindow: 10e (must be a multiple of 10e, at least 2 times that)");
    assertThatThrownBy(() -> new VolatilityRegime(Window.events(5), ten, Window.events(1), 2, 1.5))
        .hasMessage("Invalid calmBelow: 2.0 (must be at most turbulentAbove, 1.5)");
  }
}
