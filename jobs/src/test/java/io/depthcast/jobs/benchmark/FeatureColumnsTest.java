package io.depthcast.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.book.BookBatch;
import io.depthcast.features.DepthImbalance;
import io.depthcast.features.FeatureSet;
import io.depthcast.features.MidReturn;
import io.depthcast.features.OrderFlowImbalance;
import io.depthcast.features.QueueImbalance;
import io.depthcast.features.Spread;
import io.depthcast.features.Window;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureColumnsTest {

  private final FeatureSet set =
      new FeatureSet(
          List.of(
              new QueueImbalance(2),
              new DepthImbalance(2),
              new Spread(),
              new OrderFlowImbalance(1, Window.events(10)),
              new MidReturn(Window.events(1))));

  @Test
  void everySessionBeginsAnew() {
    FeatureColumns features = new FeatureColumns(set, 30);
    features.compute(session(), 0);
    features.compute(session(), 15);

    Columns columns = features.columns();
    int ofi = columns.names().indexOf("ofi_1_10e");
    int move = columns.names().indexOf("mid_return_1e");
    int half = columns.values().length / 2;
    assertThat(Arrays.copyOfRange(columns.values(), half, 2 * half))
        .isEqualTo(Arrays.copyOf(columns.values(), half));
    // ten rows of flow need eleven books; the bid gains 1 a row, the ask stands still
    assertThat(value(columns, 15 + 9, ofi)).isNaN();
    assertThat(value(columns, 15 + 10, ofi)).isEqualTo(10);
    assertThat(value(columns, 15, move)).isNaN();
    assertThat(value(columns, 16, move)).isZero();
  }

  @Test
  void featuresFAreThoseOfTheProtocol() {
    FeatureColumns features = new FeatureColumns(set, 15);
    features.compute(session(), 0);

    assertThat(features.namesF(2))
        .containsExactly(
            "queue_imbalance_1", "depth_imbalance_2", "spread_bps", "ofi_1_10e", "mid_return_1e");
    Columns f = features.columns().select(features.namesF(2)::contains);
    // row 0: bids 1 and 4, asks 3 and 4; best prices 99 and 101
    assertThat(value(f, 0, 0)).isEqualTo(-0.5f);
    assertThat(value(f, 0, 1)).isCloseTo(-2 / 12f, within(1e-7f));
    assertThat(value(f, 0, 2)).isEqualTo(200);
    assertThat(f.with(f).names()).hasSize(10);
  }

  private static float value(Columns columns, int row, int column) {
    return columns.values()[row * columns.count() + column];
  }

  /** Fifteen books in which the best bid's size grows from 1 by 1 a row. */
  private static BookBatch session() {
    BookBatch book = new BookBatch(15, 2);
    book.rows = 15;
    for (int i = 0; i < 15; i++) {
      book.seq[i] = i + 1L;
      book.tsEvent[i] = i;
      for (int level = 0; level < 2; level++) {
        book.bidPrice[level][i] = 99 - level;
        book.bidSize[level][i] = level == 0 ? 1 + i : 4;
        book.askPrice[level][i] = 101 + level;
        book.askSize[level][i] = level == 0 ? 3 : 4;
      }
    }
    return book;
  }
}
