package io.depthcast.book;

import static io.depthcast.book.L3Book.Outcome.DONE;
import static io.depthcast.book.L3Book.Outcome.DONE_OUT_OF_TURN;
import static io.depthcast.book.L3Book.Outcome.DUPLICATE_ID;
import static io.depthcast.book.L3Book.Outcome.TOO_LARGE;
import static io.depthcast.book.L3Book.Outcome.UNKNOWN_ID;
import static io.depthcast.book.Side.ASK;
import static io.depthcast.book.Side.BID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class L3BookTest {

  private static final String BOOK =
      """
      BID 100.0 60: 1x10 2x20 3x30
      BID 99.5 40: 4x40
      ASK 100.5 50: 5x50
      """;

  private final L3Book book = new L3Book();

  @BeforeEach
  void fillBook() {
    book.add(4, BID, 99.5, 40);
    book.add(1, BID, 100, 10);
    book.add(2, BID, 100, 20);
    book.add(5, ASK, 100.5, 50);
    book.add(3, BID, 100, 30);
  }

  @Test
  void ordersQueueAtTheirPriceAsTheyCome() {
    assertThat(text(book)).isEqualTo(BOOK);
    assertThat(book.orders()).isEqualTo(5);
    assertThat(book.depth(BID)).isEqualTo(2);
    assertThat(book.price(BID, 1)).isEqualTo(99.5);
    assertThat(book.price(BID, 2)).isNaN();
    assertThat(book.size(ASK, 0)).isEqualTo(50);
    assertThat(book.size(ASK, 1)).isNaN();
    assertThat(book.sizeAt(BID, 100)).isEqualTo(60);
    assertThat(book.ordersAt(BID, 100)).isEqualTo(3);
  }

  @Test
  void tellsWhatStandsAheadOfAnOrder() {
    assertThat(book.sizeAhead(1)).isZero();
    assertThat(book.sizeAhead(3)).as("10 + 20").isEqualTo(30);
    assertThat(book.ordersAhead(3)).isEqualTo(2);
    assertThat(book.sizeAhead(4)).as("first at its price, though not the best").isZero();
  }

  @Test
  void tellsPriceSideAndRestOfAnOrder() {
    assertThat(book.priceOf(5)).isEqualTo(100.5);
    assertThat(book.sideOf(5)).isEqualTo(ASK);
    assertThat(book.sizeOf(5)).isEqualTo(50);
    assertThat(book.contains(5)).isTrue();
  }

  @Test
  void aReducedOrderKeepsItsPlace() {
    assertThat(book.reduce(1, 4)).isEqualTo(DONE);
    assertThat(text(book)).isEqualTo(BOOK.replace("60: 1x10", "56: 1x6"));
    assertThat(book.sizeAhead(3)).as("6 + 20").isEqualTo(26);
  }

  @Test
  void anOrderReducedToNothingIsGone() {
    assertThat(book.reduce(2, 20)).isEqualTo(DONE);
    assertThat(text(book)).isEqualTo(BOOK.replace("60: 1x10 2x20", "40: 1x10"));
    assertThat(book.contains(2)).isFalse();
    assertThat(book.ordersAhead(3)).isEqualTo(1);
  }

  @Test
  void removalMovesTheOrdersBehindForward() {
    assertThat(book.remove(1)).isEqualTo(DONE);
    assertThat(text(book)).isEqualTo(BOOK.replace("60: 1x10 2x20", "50: 2x20"));
    assertThat(book.remove(3)).isEqualTo(DONE);
    assertThat(text(book)).isEqualTo(BOOK.replace("60: 1x10 2x20 3x30", "20: 2x20"));
  }

  @Test
  void aLevelGoesWithItsLastOrder() {
    book.remove(5);
    assertThat(book.depth(ASK)).isZero();
    assertThat(book.ordersAt(ASK, 100.5)).isZero();
    assertThat(book.firstAt(ASK, 100.5)).isEqualTo(BookBatch.NO_ORDER);
    assertThat(book.sizeAt(ASK, 100.5)).isZero();
  }

  @Test
  void executesTheFirstOfTheBestPrice() {
    assertThat(book.execute(1, 4)).isEqualTo(DONE);
    assertThat(book.execute(1, 6)).isEqualTo(DONE);
    assertThat(book.execute(2, 20)).isEqualTo(DONE);
    assertThat(text(book)).isEqualTo(BOOK.replace("60: 1x10 2x20 3x30", "30: 3x30"));
  }

  @Test
  void executesOutOfTurnAndSaysSo() {
    assertThat(book.execute(2, 5)).as("behind order 1").isEqualTo(DONE_OUT_OF_TURN);
    assertThat(book.execute(4, 40)).as("behind a better price").isEqualTo(DONE_OUT_OF_TURN);
    assertThat(text(book))
        .isEqualTo(
            """
            BID 100.0 55: 1x10 2x15 3x30
            ASK 100.5 50: 5x50
            """);
  }

  @Test
  void whatIsUnknownDoubleOrTooLargeChangesNothing() {
    assertThat(book.add(3, ASK, 101, 1)).isEqualTo(DUPLICATE_ID);
    assertThat(book.reduce(6, 1)).isEqualTo(UNKNOWN_ID);
    assertThat(book.remove(6)).isEqualTo(UNKNOWN_ID);
    assertThat(book.execute(6, 1)).isEqualTo(UNKNOWN_ID);
    assertThat(book.reduce(3, 31)).isEqualTo(TOO_LARGE);
    assertThat(book.execute(3, 31)).isEqualTo(TOO_LARGE);
    assertThat(book.sizeOf(6)).isZero();
    assertThat(text(book)).isEqualTo(BOOK);
  }

  @Test
  void anIdMayComeAgainOnceItsOrderIsGone() {
    book.remove(1);
    assertThat(book.add(1, BID, 100, 7)).isEqualTo(DONE);
    assertThat(text(book)).isEqualTo(BOOK.replace("60: 1x10 2x20 3x30", "57: 2x20 3x30 1x7"));
  }

  @Test
  void onePriceOnBothSidesIsTwoQueues() {
    book.add(6, ASK, 100, 1);
    assertThat(book.isLocked()).isTrue();
    assertThat(book.ordersAt(ASK, 100)).isEqualTo(1);
    book.add(7, ASK, 99.5, 1);
    assertThat(book.isCrossed()).isTrue();
    assertThat(book.sizeAt(BID, 99.5)).isEqualTo(40);
  }

  @Test
  void clearingRemovesAllOrders() {
    book.clear();
    assertThat(text(book)).isEmpty();
    assertThat(book.orders()).isZero();
    assertThat(book.add(1, BID, 100, 8)).isEqualTo(DONE);
    assertThat(text(book)).isEqualTo("BID 100.0 8: 1x8\n");
  }

  @Test
  void copiesItsBestLevelsIntoARow() {
    BookBatch batch = new BookBatch(1, 1);
    book.copyTo(batch, 0);
    assertThat(batch.bidPrice[0]).containsExactly(100);
    assertThat(batch.bidSize[0]).containsExactly(60);
    assertThat(batch.askPrice[0]).containsExactly(100.5);
    assertThat(batch.askSize[0]).containsExactly(50);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 0.5, 0x1p54, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesASizeThatIsNoWholeNumber(double size) {
    String message = "Invalid order size: " + size + " (must be a whole number, 1 to 2^53)";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> book.add(6, BID, 100, size))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> book.reduce(1, size))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> book.execute(1, size))
        .withMessage(message);
    assertThat(text(book)).isEqualTo(BOOK);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAPriceThatIsNoneAndStaysAsItWas(double price) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> book.add(6, BID, price, 1))
        .withMessageStartingWith("Invalid bid level: price " + price);
    assertThat(text(book)).isEqualTo(BOOK);
    assertThat(book.add(6, BID, 99, 1)).isEqualTo(DONE);
  }

  @Test
  void questionsAboutAnOrderThatDoesNotRestAreRefused() {
    String message = "Unknown order: 6 does not rest in the book";
    assertThatIllegalArgumentException().isThrownBy(() -> book.sizeAhead(6)).withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> book.ordersAhead(6)).withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> book.priceOf(6)).withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> book.sideOf(6)).withMessage(message);
    assertThatIllegalArgumentException().isThrownBy(() -> book.behind(6)).withMessage(message);
  }

  /** A level a line, from the best: side, price, size, and its queue as {@code id x size}. */
  static String text(L3Book book) {
    StringBuilder text = new StringBuilder();
    for (Side side : Side.values()) {
      for (int level = 0; level < book.depth(side); level++) {
        double price = book.price(side, level);
        text.append(side).append(' ').append(price).append(' ');
        text.append((long) book.size(side, level)).append(':');
        long id = book.firstAt(side, price);
        while (id != BookBatch.NO_ORDER) {
          text.append(' ').append(id).append('x').append((long) book.sizeOf(id));
          id = book.behind(id);
        }
        text.append('\n');
      }
    }
    return text.toString();
  }
}
