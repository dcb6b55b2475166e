package io.depthcast.feed.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.L2Book;
import io.depthcast.book.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateBufferTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 30_000})
  void keepsTheLatestUpdatesInBoundedSpace(int levels) {
    UpdateBuffer buffer = new UpdateBuffer();
    Message update = new Message();
    int updates = levels > 20 ? 20 : 40_000;
    for (int i = 1; i <= updates; i++) {
      update.firstId = 10L * i;
      update.lastId = 10L * i + 5;
      update.bids.count = 0;
      update.asks.count = 0;
      for (int level = 0; level < levels; level++) {
        (level % 2 == 0 ? update.bids : update.asks).add(1 + level, i);
      }
      buffer.add(update);
      assertThat(buffer.count()).isBetween(1, 16_384);
      assertThat((long) buffer.count() * levels).isLessThanOrEqualTo(131_072);
    }
    // The last half of what fits is always there.
    int kept = levels == 0 ? 8_192 : Math.min(8_192, 131_072 / levels / 2);
    assertThat(buffer.count()).isGreaterThanOrEqualTo(kept);
    int last = buffer.count() - 1;
    for (int i = 0; i < kept; i++) {
      assertThat(buffer.firstEndingAt(10L * (updates - i) + 5)).isEqualTo(last - i);
      assertThat(buffer.firstId(last - i)).isEqualTo(10L * (updates - i));
    }
    L2Book book = new L2Book();
    buffer.apply(last, book);
    assertThat(book.depth(Side.BID)).isEqualTo((levels + 1) / 2);
    assertThat(book.depth(Side.ASK)).isEqualTo(levels / 2);
    assertThat(book.sizeAt(Side.BID, 1)).isEqualTo(levels == 0 ? 0 : updates);
  }

  @Test
  void findsTheUpdateThatReachesAnId() {
    UpdateBuffer buffer = new UpdateBuffer();
    Message update = new Message();
    for (long id : new long[] {10, 20, 30}) {
      update.firstId = id - 3;
      update.lastId = id;
      buffer.add(update);
    }
    assertThat(buffer.firstEndingAt(9)).isZero();
    assertThat(buffer.firstEndingAt(10)).isZero();
    assertThat(buffer.firstEndingAt(11)).isEqualTo(1);
    assertThat(buffer.firstEndingAt(30)).isEqualTo(2);
    assertThat(buffer.firstEndingAt(31)).isEqualTo(buffer.count());
    buffer.clear();
    assertThat(buffer.firstEndingAt(9)).isEqualTo(buffer.count()).isZero();
  }
}
