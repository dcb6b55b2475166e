package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.RandomBook;
import io.depthcast.book.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VpinTest {

  private static final double NAN = Double.NaN;

  private static BookBatch trades(String... events) {
    return EventText.book(1, String.join(" | 100 5 | 102 3\n", events) + " | 100 5 | 102 3");
  }

  /** Rows before the first block of the window, so that the warm-up is over, then the events. */
  private static double[] run(Vpin vpin, String... events) {
    BookBatch book = trades(events);
    int warmup = vpin.warmupEvents();
    BookBatch late = new BookBatch(book.rows + warmup, 1);
    RandomBook.copy(trades(updates(warmup + book.rows)), 0, warmup + book.rows, late);
    for (int i = 0; i < book.rows; i++) {
      late.eventType[warmup + i] = book.eventType[i];
      late.side[warmup + i] = book.side[i];
      late.size[warmup + i] = book.size[i];
    }
    double[] values = FeatureRuns.run(vpin, late)[0];
    return Arrays.copyOfRange(values, warmup, values.length);
  }

  private static String[] updates(int rows) {
    String[] events = new String[rows];
    Arrays.fill(events, "update");
    return events;
  }

  @Test
  void averagesTheImbalanceOfBucketsOfEqualVolume() {
    // The first of these rows has seq 20, where a block of 10 rows begins.
    double[] vpin =
        run(
            new Vpin(10, 2, Window.events(10)),
            "trade ask 4",
            "trade bid 3",
            "trade ask 8", // 4+3+3 fill the first: |7 - 3| = 4; 5 bought go on
            "update",
            "trade bid 5", // fills the second: |5 - 5| = 0; 4 / 20
            "trade bid 9",
            "trade ask 27", // 1 bought fills the third: |1 - 9| = 8; two whole ones: 10, 10; 6 go
            // on
            "update",
            "trade ask 4"); // fills another: 10
    assertThat(vpin).containsExactly(NAN, NAN, NAN, NAN, 0.2, 0.2, 1, 1, 1);
  }

  @Test
  void beginsBucketsAnewAtTheMultiplesOfTheWindow() {
    // Blocks of 3 rows; the first of these rows has seq 6, where one begins.
    double[] vpin =
        run(
            new Vpin(10, 2, Window.events(3)),
            "trade ask 13", // bought 10 of 10; 3 go on
            "trade bid 2",
            "trade ask 1", // holds 4 + 2, which are lost
            "trade bid 10", // 10 of 10, with the one of the block before
            "update",
            "update",
            "trade bid 10", // with that of the block before; the first one is two blocks ago
            "update",
            "update",
            "update", // one of the block before
            "update",
            "update",
            "trade ask 10");
    assertThat(vpin).containsExactly(NAN, NAN, NAN, 1, 1, 1, 1, 1, 1, NAN, NAN, NAN, NAN);
  }

  @Test
  void forgetsBucketsOverAWindowWithoutRows() {
    BookBatch book = trades("update", "trade ask 10", "trade bid 10", "update", "update");
    long[] micros = {0, 2100, 3500, 4500, 6100};
    for (int i = 0; i < book.rows; i++) {
      book.tsEvent[i] = micros[i] * 1000;
    }
    double[] vpin = FeatureRuns.run(new Vpin(10, 1, Window.milliseconds(1)), book)[0];
    // One bucket in the third millisecond and one in the fourth; in the seventh both are too old.
    assertThat(vpin).containsExactly(NAN, 1, 1, 1, NAN);
    book.tsEvent[3] = 5_500_000;
    vpin = FeatureRuns.run(new Vpin(10, 1, Window.milliseconds(1)), book)[0];
    assertThat(vpin).as("no row in the fifth").containsExactly(NAN, 1, 1, NAN, NAN);
  }

  @ParameterizedTest
  @CsvSource({"37.00031, 5, 50e", "3.00017, 50, 120e", "200.0301, 1, 7e", "50.00013, 10, 1ms"})
  void equalsCuttingTheVolumeAxis(double volume, int buckets, String text) {
    Window window = Window.of(text);
    BookBatch book = RandomBook.withHoles(51, 3000, 1);
    double[][] values = FeatureRuns.run(new Vpin(volume, buckets, window), book);
    NaiveTwin.assertEqual(text, values[0], n -> naive(book, n, volume, buckets, window), 1e-9);
  }

  /** Bucket k of a block is its volume from k V to (k + 1) V. */
  private static double naive(BookBatch book, int n, double volume, int buckets, Window window) {
    long length = window.isTime() ? window.nanos() : window.rows();
    long[] place = window.isTime() ? book.tsEvent : book.seq;
    int lookBack = n;
    while (lookBack > 0
        && (n - lookBack < 2 * window.rows() - 1
            || book.tsEvent[n] - book.tsEvent[lookBack] < 2 * window.nanos())) {
      lookBack--;
    }
    for (int i = lookBack; i <= n; i++) {
      if (book.suspect[i]) {
        return NAN;
      }
    }
    if (n - lookBack < 2 * window.rows() - 1
        || book.tsEvent[n] - book.tsEvent[lookBack] < 2 * window.nanos()) {
      return NAN;
    }
    long block = place[n] / length;
    List<Double> imbalances = new ArrayList<>();
    for (long b = block - 1; b <= block; b++) {
      List<Double> inBlock = new ArrayList<>();
      double from = 0;
      for (int i = lookBack; i <= n; i++) {
        if (place[i] / length == b && book.eventType[i] == EventType.TRADE.ordinal()) {
          double to = from + book.size[i];
          double sign = book.side[i] == Side.ASK.ordinal() ? 1 : -1;
          for (int k = (int) (from / volume); k <= (int) (to / volume); k++) {
            while (inBlock.size() <= k) {
              inBlock.add(0.0);
            }
            double part = Math.min(to, (k + 1) * volume) - Math.max(from, k * volume);
            inBlock.set(k, inBlock.get(k) + sign * part);
          }
          from = to;
        }
      }
      imbalances.addAll(inBlock.subList(0, (int) (from / volume)));
    }
    if (imbalances.size() < buckets) {
      return NAN;
    }
    return imbalances.subList(imbalances.size() - buckets, imbalances.size()).stream()
            .mapToDouble(Math::abs)
            .sum()
        / (buckets * volume);
  }

  @Test
  void namesItsColumnByBucketsAndWindow() {
    assertThat(new Vpin(1000, 50, Window.milliseconds(3_600_000)).produces())
        .extracting(Feature::name)
        .containsExactly("vpin_50_3600000ms");
  }

  @Test
  void refusesParametersOutOfRange() {
    assertThatThrownBy(() -> new Vpin(0, 50, Window.events(1)))
        .hasMessage("Invalid bucketVolume: 0.0 (must be a number > 0)");
    assertThatThrownBy(() -> new Vpin(1, 0, Window.events(1)))
        .hasMessage("Invalid buckets: 0 (must be 1 to 1000)");
  }
}
