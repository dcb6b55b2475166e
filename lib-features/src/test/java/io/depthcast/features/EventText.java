package io.depthcast.features;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import java.util.Locale;

/**
 * Rows typed as text in tests: the event, a bar, and the book after it as {@link BookText} has it.
 * An event is a type, then where it has them side, size, price, order id, each may be left out at
 * the end; or, for events without a side, the type alone.
 *
 * <pre>
 *   add bid 3 99 17 | 100.00 5   99 3 | 100.02 3
 *   update          | 100.00 5   99 3 | 100.02 7
 * </pre>
 */
final class EventText {

  private EventText() {}

  /** The rows as one batch with seq 1, 2, 3 ... and times 1000, 2000, 3000 ... */
  static BookBatch book(int levels, String text) {
    String[] lines = text.strip().split("\\R", -1);
    BookBatch book = BookText.book(levels, text.strip().replaceAll("(?m)^[^|]*\\|", ""));
    for (int i = 0; i < lines.length; i++) {
      String[] words = lines[i].substring(0, lines[i].indexOf('|')).strip().split("\\s+", -1);
      book.eventType[i] = (byte) EventType.valueOf(upper(words[0])).ordinal();
      book.side[i] =
          words.length > 1 ? (byte) Side.valueOf(upper(words[1])).ordinal() : BookBatch.NO_SIDE;
      book.size[i] = words.length > 2 ? Double.parseDouble(words[2]) : Double.NaN;
      book.price[i] = words.length > 3 ? Double.parseDouble(words[3]) : Double.NaN;
      book.orderId[i] = words.length > 4 ? Long.parseLong(words[4]) : BookBatch.NO_ORDER;
    }
    return book;
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
