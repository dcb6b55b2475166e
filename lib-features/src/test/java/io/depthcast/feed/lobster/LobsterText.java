package io.depthcast.feed.lobster;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Rows typed in tests, and the batches that a reader makes of them. */
final class LobsterText {

  /** One row of a batch, copied; the side is null where there is none. */
  record Row(
      long seq,
      long ts,
      EventType type,
      Side side,
      double price,
      double size,
      long orderId,
      boolean suspect,
      List<Double> book) {}

  static final LocalDate DAY = LocalDate.of(2012, 6, 21);

  private LobsterText() {}

  static LobsterPair pair(int levels) {
    return LobsterPair.named("GOOG", DAY, 34_200_000, 57_600_000, levels);
  }

  static LobsterReader reader(String messages, String books, int levels, double share) {
    return new LobsterReader(pair(levels), stream(messages), stream(books), share);
  }

  static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<Row> rows(LobsterReader reader, int capacity, int levels) {
    try {
      BookBatch batch = new BookBatch(capacity, levels);
      List<Row> rows = new ArrayList<>();
      while (reader.next(batch)) {
        for (int i = 0; i < batch.rows; i++) {
          rows.add(row(batch, i));
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(BookBatch batch, int i) {
    List<Double> book = new ArrayList<>();
    for (int level = 0; level < batch.levels; level++) {
      book.add(batch.askPrice[level][i]);
      book.add(batch.askSize[level][i]);
      book.add(batch.bidPrice[level][i]);
      book.add(batch.bidSize[level][i]);
    }
    return new Row(
        batch.seq[i],
        batch.tsEvent[i],
        EventType.values()[batch.eventType[i]],
        batch.side[i] == BookBatch.NO_SIDE ? null : Side.values()[batch.side[i]],
        batch.price[i],
        batch.size[i],
        batch.orderId[i],
        batch.suspect[i],
        book);
  }
}
