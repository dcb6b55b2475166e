package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.RandomBook;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** {@link QueueImbalance} and {@link DepthImbalance}. */
class ImbalanceTest {

  private static final double NAN = Double.NaN;
  private static final Offset<Double> ROUNDING = within(1e-13);

  private static final String BOOK =
      """
      100 6   99 1   98 5 | 101 2   102 3   103 7
      100 6               | 101 2   102 4
      100 6   99 2        |
                          |
      """;

  @Test
  void queueImbalanceComparesTheTwoQueuesOfALevel() {
    double[][] imbalance = FeatureRuns.run(new QueueImbalance(3), BookText.book(3, BOOK));
    // (6-2)/8, (1-3)/4, (5-7)/12; missing where a side has no queue
    assertThat(imbalance[0]).containsExactly(0.5, 0.5, NAN, NAN);
    assertThat(imbalance[1]).containsExactly(-0.5, NAN, NAN, NAN);
    assertThat(imbalance[2]).containsExactly(-2.0 / 12, NAN, NAN, NAN);
  }

  @Test
  void depthImbalanceComparesTheDepthToALevel() {
    double[][] imbalance = FeatureRuns.run(new DepthImbalance(3), BookText.book(3, BOOK));
    // row 1: (7-5)/12 and (12-12)/24; row 2: (6-6)/12 with an empty level 2 of the bid;
    // row 3: only bids; row 4: an empty book
    assertThat(imbalance[0]).containsExactly(2.0 / 12, 0, 1, NAN);
    assertThat(imbalance[1]).containsExactly(0, 0, 1, NAN);
  }

  @Test
  void queueImbalanceEqualsItsFormulaRowByRow() {
    BookBatch book = RandomBook.withHoles(21, 3000, 10);
    double[][] imbalance = FeatureRuns.run(new QueueImbalance(10), book);
    for (int n = 0; n < book.rows; n++) {
      for (int level = 0; level < 10; level++) {
        double bid = book.bidSize[level][n];
        double ask = book.askSize[level][n];
        if (book.suspect[n] || Double.isNaN(bid) || Double.isNaN(ask)) {
          assertThat(imbalance[level][n]).isNaN();
        } else {
          assertThat(imbalance[level][n])
              .isCloseTo(bid / (bid + ask) - ask / (bid + ask), ROUNDING);
        }
      }
    }
  }

  @Test
  void depthImbalanceEqualsItsFormulaRowByRow() {
    BookBatch book = RandomBook.withHoles(22, 3000, 10);
    double[][] imbalance = FeatureRuns.run(new DepthImbalance(10), book);
    for (int n = 0; n < book.rows; n++) {
      for (int top = 2; top <= 10; top++) {
        double bid = 0;
        double ask = 0;
        for (int level = top - 1; level >= 0; level--) {
          bid += Double.isNaN(book.bidPrice[level][n]) ? 0 : book.bidSize[level][n];
          ask += Double.isNaN(book.askPrice[level][n]) ? 0 : book.askSize[level][n];
        }
        if (book.suspect[n] || bid + ask == 0) {
          assertThat(imbalance[top - 2][n]).isNaN();
        } else {
          assertThat(imbalance[top - 2][n]).isCloseTo((bid - ask) / (bid + ask), ROUNDING);
        }
      }
    }
  }

  @Test
  void columnsAreNamedByLevel() {
    assertThat(new QueueImbalance(2).produces())
        .extracting(Feature::name)
        .containsExactly("queue_imbalance_1", "queue_imbalance_2");
    assertThat(new DepthImbalance(3).produces())
        .extracting(Feature::name)
        .containsExactly("depth_imbalance_2", "depth_imbalance_3");
  }

  @Test
  void levelsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new QueueImbalance(0))
        .hasMessage("Invalid levels: 0 (must be 1 to 10)");
    assertThatThrownBy(() -> new QueueImbalance(11))
        .hasMessage("Invalid levels: 11 (must be 1 to 10)");
    assertThatThrownBy(() -> new DepthImbalance(1))
        .hasMessage("Invalid levels: 1 (must be 2 to 10)");
    assertThatThrownBy(() -> new DepthImbalance(11))
        .hasMessage("Invalid levels: 11 (must be 2 to 10)");
  }
}
