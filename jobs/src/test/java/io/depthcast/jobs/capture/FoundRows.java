package io.depthcast.jobs.capture;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.feed.FeedReader.Dated;
import io.depthcast.feed.binance.BinanceDepth;
import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.feed.binance.BinanceReader;
import io.depthcast.jobs.capture.TrueBook.Best;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a captured session of the spot market, one after the other.
 *
 * @param rows what each is of: {@code update 104}, {@code trade 7}, {@code snapshot 104}
 * @param suspect rows that are suspect, in order
 * @param spans the suspect windows
 * @param wrongBooks rows of updates and snapshots that are not suspect and whose best prices were
 *     not the venue's
 */
record FoundRows(List<String> rows, List<String> suspect, List<Span> spans, long wrongBooks) {

  /** A suspect window, with its first and last row. */
  record Span(Cause cause, String first, String last) {}

  static FoundRows of(Path folder, String symbol, TrueBook truth) throws IOException {
    List<String> rows = new ArrayList<>();
    List<String> suspect = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    long wrong = 0;
    try (BinanceReader reader =
        new BinanceReader(
            ReadBack.sources(folder),
            BinanceMarket.SPOT,
            symbol,
            BinanceDepth.UPDATES,
            ReadBack.NUMBERS_ONLY)) {
      BookBatch book = new BookBatch(256, 1);
      EventBatch events = new EventBatch(256);
      while (reader.next(book, events)) {
        for (int row = 0; row < book.rows; row++) {
          EventType type = EventType.values()[book.eventType[row]];
          String name = type.column() + " " + book.venueSeq[row];
          rows.add(name);
          if (book.suspect[row]) {
            suspect.add(name);
          } else if (type != EventType.TRADE) {
            Best best = new Best(book.bidPrice[0][row], book.askPrice[0][row]);
            wrong += best.equals(truth.best(book.venueSeq[row])) ? 0 : 1;
          }
        }
      }
      for (Dated<SuspectWindow> window : reader.suspectWindows()) {
        spans.add(
            new Span(
                window.value().cause(),
                rows.get((int) window.value().seqFirst() - 1),
                rows.get((int) window.value().seqLast() - 1)));
      }
    }
    return new FoundRows(rows, suspect, spans, wrong);
  }
}
