package io.depthcast.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class L2BookTest {

  private final L2Book book = new L2Book();

  @Test
  void aCopyIsTheSameUntilEitherChanges() {
    L2Book book = new L2Book();
    for (int i = 0; i < 100; i++) {
      book.set(Side.BID, 100 - i, 1 + i);
    }
    book.set(Side.ASK, 101, 5);
    L2Book copy = new L2Book();
    copy.set(Side.ASK, 200, 1);
    copy.copy(book);
    assertThat(copy.isSame(book)).isTrue();
    assertThat(copy.size(Side.BID, 99)).isEqualTo(100);
    copy.set(Side.ASK, 101, 6);
    assertThat(copy.isSame(book)).isFalse();
    assertThat(book.sizeAt(Side.ASK, 101)).isEqualTo(5);
    book.set(Side.ASK, 101, 6);
    assertThat(copy.isSame(book)).isTrue();
    book.set(Side.BID, 1, 0);
    assertThat(copy.isSame(book)).isFalse();
  }

  @Test
  void anEmptyBookHasNoLevels() {
    for (Side side : Side.values()) {
      assertThat(book.depth(side)).isZero();
      assertThat(book.price(side, 0)).isNaN();
      assertThat(book.size(side, 0)).isNaN();
      assertThat(book.sizeAt(side, 100)).isZero();
    }
    assertThat(book.isCrossed()).isFalse();
    assertThat(book.isLocked()).isFalse();
  }

  @Test
  void theBestBidIsTheHighestAndTheBestAskTheLowest() {
    book.set(Side.BID, 99.98, 3);
    book.set(Side.BID, 100.00, 1);
    book.set(Side.BID, 99.99, 2);
    book.set(Side.ASK, 100.03, 6);
    book.set(Side.ASK, 100.01, 4);
    book.set(Side.ASK, 100.02, 5);

    assertThat(levels(book, Side.BID)).isEqualTo("100.0 1.0, 99.99 2.0, 99.98 3.0");
    assertThat(levels(book, Side.ASK)).isEqualTo("100.01 4.0, 100.02 5.0, 100.03 6.0");
    assertThat(book.depth(Side.BID)).isEqualTo(3);
    assertThat(book.price(Side.BID, 3)).isNaN();
    assertThat(book.size(Side.ASK, 3)).isNaN();
  }

  @Test
  void aSizeReplacesTheOneBefore() {
    book.set(Side.BID, 100, 1);
    assertThat(book.set(Side.BID, 100, 7)).isTrue();
    assertThat(levels(book, Side.BID)).isEqualTo("100.0 7.0");
    assertThat(book.sizeAt(Side.BID, 100)).isEqualTo(7);
    assertThat(book.sizeAt(Side.ASK, 100)).isZero();
    assertThat(book.sizeAt(Side.BID, 100.01)).isZero();
  }

  @Test
  void zeroRemovesALevelAndSaysSo() {
    book.set(Side.ASK, 100, 1);
    book.set(Side.ASK, 101, 2);
    assertThat(book.set(Side.ASK, 100, 0)).isTrue();
    assertThat(levels(book, Side.ASK)).isEqualTo("101.0 2.0");
  }

  @Test
  void removingWhatIsNotThereSaysSoAndChangesNothing() {
    assertThat(book.set(Side.BID, 100, 0)).isFalse();
    book.set(Side.BID, 100, 1);
    assertThat(book.set(Side.BID, 99, 0)).isFalse();
    assertThat(book.set(Side.BID, 101, 0)).isFalse();
    assertThat(book.set(Side.ASK, 100, 0)).isFalse();
    assertThat(levels(book, Side.BID)).isEqualTo("100.0 1.0");
  }

  @Test
  void tellsCrossedFromLockedFromApart() {
    book.set(Side.BID, 100, 1);
    assertThat(book.isCrossed() || book.isLocked()).as("no ask").isFalse();
    book.set(Side.ASK, 100.01, 1);
    assertThat(book.isCrossed() || book.isLocked()).as("apart").isFalse();
    book.set(Side.ASK, 100, 1);
    assertThat(book.isLocked()).isTrue();
    assertThat(book.isCrossed()).isFalse();
    book.set(Side.ASK, 99.99, 1);
    assertThat(book.isLocked()).isFalse();
    assertThat(book.isCrossed()).isTrue();
  }

  @Test
  void clearingRemovesBothSides() {
    book.set(Side.BID, 100, 1);
    book.set(Side.ASK, 101, 1);
    book.clear();
    assertThat(levels(book, Side.BID) + levels(book, Side.ASK)).isEmpty();
    assertThat(book.set(Side.BID, 100, 0)).isFalse();
    book.set(Side.ASK, 102, 2);
    assertThat(levels(book, Side.ASK)).isEqualTo("102.0 2.0");
  }

  @Test
  void copiesItsBestLevelsIntoARow() {
    book.set(Side.BID, 100.00, 5);
    book.set(Side.BID, 99.99, 7);
    book.set(Side.BID, 99.98, 9);
    book.set(Side.ASK, 100.02, 3);
    BookBatch batch = new BookBatch(2, 2);
    batch.askPrice[1][1] = 1;
    batch.askSize[1][1] = 1;
    book.copyTo(batch, 1);

    assertThat(row(batch.bidPrice, 1)).containsExactly(100.00, 99.99);
    assertThat(row(batch.bidSize, 1)).containsExactly(5.0, 7.0);
    assertThat(row(batch.askPrice, 1)).containsExactly(100.02, Double.NaN);
    assertThat(row(batch.askSize, 1)).containsExactly(3.0, Double.NaN);
    assertThat(row(batch.bidPrice, 0)).as("the other row").containsExactly(0.0, 0.0);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 1",
    "0, 1",
    "-1, 1",
    "Infinity, 1",
    "-Infinity, 1",
    "1, NaN",
    "1, -1",
    "1, Infinity",
    "1, -Infinity"
  })
  void refusesWhatIsNoLevelAndStaysAsItWas(double price, double size) {
    book.set(Side.BID, 1, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> book.set(Side.BID, price, size))
        .withMessage(
            "Invalid bid level: price "
                + price
                + ", size "
                + size
                + " (price must be > 0, size >= 0, both finite)");
    assertThat(levels(book, Side.BID)).isEqualTo("1.0 5.0");
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void isWhatATreeWouldBe(Shape shape) {
    Random random = new Random(20_120_621);
    Map<Side, NavigableMap<Double, Double>> twin = new EnumMap<>(Side.class);
    twin.put(Side.BID, new TreeMap<>(Comparator.reverseOrder()));
    twin.put(Side.ASK, new TreeMap<>());
    BookBatch row = new BookBatch(1, 3);
    int deepest = 0;
    for (int event = 0; event < 20_000; event++) {
      Side side = Side.values()[random.nextInt(2)];
      NavigableMap<Double, Double> tree = twin.get(side);
      double price = (1 + random.nextInt(shape.prices)) * 0.01;
      double size = random.nextDouble() < shape.removals ? 0 : (1 + random.nextInt(1000)) / 8.0;
      boolean wasThere = (size > 0 ? tree.put(price, size) : tree.remove(price)) != null;

      assertThat(book.set(side, price, size)).isEqualTo(size > 0 || wasThere);
      if (random.nextInt(5_000) == 0) {
        book.clear();
        twin.values().forEach(Map::clear);
      }
      deepest = Math.max(deepest, tree.size());
      assertSame(side, tree, random.nextInt(shape.prices) * 0.01);
      book.copyTo(row, 0);
      assertRow(row.bidPrice, row.bidSize, twin.get(Side.BID));
      assertRow(row.askPrice, row.askSize, twin.get(Side.ASK));
      boolean both = !twin.get(Side.BID).isEmpty() && !twin.get(Side.ASK).isEmpty();
      double spread =
          both ? twin.get(Side.ASK).firstKey() - twin.get(Side.BID).firstKey() : Double.NaN;
      if (book.isCrossed() != spread < 0 || book.isLocked() != (spread == 0)) {
        throw new AssertionError("event " + event + ": spread " + spread);
      }
    }
    assertThat(deepest).isGreaterThanOrEqualTo(shape.deepEnough);
  }

  /** A book that empties again and again, and one that outgrows its first arrays. */
  private enum Shape {
    SHALLOW(8, 0.5, 7),
    DEEP(400, 0.25, 200);

    private final int prices;
    private final double removals;
    private final int deepEnough;

    Shape(int prices, double removals, int deepEnough) {
      this.prices = prices;
      this.removals = removals;
      this.deepEnough = deepEnough;
    }
  }

  private void assertSame(Side side, NavigableMap<Double, Double> tree, double anyPrice) {
    boolean same =
        book.depth(side) == tree.size()
            && book.sizeAt(side, anyPrice) == tree.getOrDefault(anyPrice, 0.0);
    int level = 0;
    for (Map.Entry<Double, Double> entry : tree.entrySet()) {
      same &= book.price(side, level) == entry.getKey();
      same &= book.size(side, level) == entry.getValue();
      level++;
    }
    if (!same) {
      throw new AssertionError(side + ": " + levels(book, side) + "\nexpected: " + tree);
    }
  }

  private static void assertRow(
      double[][] prices, double[][] sizes, NavigableMap<Double, Double> tree) {
    List<Map.Entry<Double, Double>> best = tree.entrySet().stream().limit(3).toList();
    for (int level = 0; level < 3; level++) {
      double price = level < best.size() ? best.get(level).getKey() : Double.NaN;
      double size = level < best.size() ? best.get(level).getValue() : Double.NaN;
      if (Double.compare(prices[level][0], price) != 0
          || Double.compare(sizes[level][0], size) != 0) {
        throw new AssertionError("level " + level + ", expected " + price + " " + size);
      }
    }
  }

  private static List<Double> row(double[][] columns, int row) {
    return Arrays.stream(columns).map(column -> column[row]).toList();
  }

  /** Levels from the best, {@code price size} each. */
  private static String levels(L2Book book, Side side) {
    StringBuilder text = new StringBuilder();
    for (int level = 0; level < book.depth(side); level++) {
      text.append(level == 0 ? "" : ", ");
      text.append(book.price(side, level)).append(' ').append(book.size(side, level));
    }
    return text.toString();
  }
}
