package io.depthcast.jobs.capture;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import io.depthcast.feed.FeedReader;
import io.depthcast.feed.FeedReader.Dated;
import io.depthcast.feed.binance.BinanceDepth;
import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.feed.binance.BinanceReader;
import io.depthcast.feed.coinbase.CoinbaseReader;
import io.depthcast.jobs.capture.TrueBook.Best;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a captured session, one after the other.
 *
 * @param rows what each is of: {@code update 104}, {@code trade 7}, {@code snapshot 104}
 * @param suspect rows that are suspect, in order
 * @param spans the suspect windows
 * @param wrongBooks rows that are not suspect and whose book was not the venue's
 */
record FoundRows(
    List<String> rows, List<String> suspect, List<Span> spans, List<String> wrongBooks) {

  /** All levels of {@link CoinbaseText}, with the one of the mark. */
  private static final int LEVELS = 11;

  /** A suspect window, with its first and last row. */
  record Span(Cause cause, String first, String last) {}

  /** A row, its changes and what is known of the truth. */
  private interface Truth {
    String name(BookBatch book, int row, EventBatch events, int firstEvent);

    boolean isRight(String name, BookBatch book, int row);
  }

  /** Of the spot market of Binance; updates and snapshots are held to the best prices. */
  static FoundRows ofBinance(Path folder, String symbol, TrueBook truth) throws IOException {
    try (BinanceReader reader =
        new BinanceReader(
            ReadBack.sources(folder),
            BinanceMarket.SPOT,
            symbol,
            BinanceDepth.UPDATES,
            ReadBack.NUMBERS_ONLY)) {
      return of(
          reader,
          new Truth() {
            @Override
            public String name(BookBatch book, int row, EventBatch events, int firstEvent) {
              return type(book, row).column() + " " + book.venueSeq[row];
            }

            @Override
            public boolean isRight(String name, BookBatch book, int row) {
              return type(book, row) == EventType.TRADE
                  || new Best(book.bidPrice[0][row], book.askPrice[0][row])
                      .equals(truth.best(book.venueSeq[row]));
            }
          });
    }
  }

  /** Of Coinbase; all rows are held to all levels. */
  static FoundRows ofCoinbase(Path folder, CoinbaseText truth) throws IOException {
    try (CoinbaseReader reader =
        new CoinbaseReader(ReadBack.sources(folder), "BTC-USD", ReadBack.NUMBERS_ONLY)) {
      return of(
          reader,
          new Truth() {
            @Override
            public String name(BookBatch book, int row, EventBatch events, int firstEvent) {
              EventType type = type(book, row);
              long number = type == EventType.TRADE ? book.venueSeq[row] : mark(events, firstEvent);
              return type.column() + " " + number;
            }

            @Override
            public boolean isRight(String name, BookBatch book, int row) {
              return levels(book, row).equals(truth.bookAt(name));
            }
          });
    }
  }

  private static EventType type(BookBatch book, int row) {
    return EventType.values()[book.eventType[row]];
  }

  /** The size that an update or a snapshot has at the price of the mark. */
  private static long mark(EventBatch events, int firstEvent) {
    for (int i = firstEvent; i < events.rows && events.seq[i] == events.seq[firstEvent]; i++) {
      if (events.side[i] == Side.BID.ordinal()
          && events.price[i] == CoinbaseText.MARK.doubleValue()) {
        return (long) events.size[i];
      }
    }
    throw new AssertionError("a row without the mark");
  }

  private static String levels(BookBatch book, int row) {
    StringBuilder text = new StringBuilder();
    append(text, book.bidPrice, book.bidSize, row);
    append(text.append('|'), book.askPrice, book.askSize, row);
    return text.toString();
  }

  private static void append(StringBuilder text, double[][] price, double[][] size, int row) {
    for (int level = 0; level < price.length && !Double.isNaN(price[level][row]); level++) {
      text.append(price[level][row]).append('x').append(size[level][row]).append(' ');
    }
  }

  private static FoundRows of(FeedReader reader, Truth truth) throws IOException {
    List<String> rows = new ArrayList<>();
    List<Boolean> right = new ArrayList<>();
    BookBatch book = new BookBatch(256, LEVELS);
    EventBatch events = new EventBatch(256);
    while (reader.next(book, events)) {
      int event = 0;
      for (int row = 0; row < book.rows; row++) {
        while (events.seq[event] < book.seq[row]) {
          event++;
        }
        String name = truth.name(book, row, events, event);
        rows.add(name);
        right.add(book.suspect[row] || truth.isRight(name, book, row));
      }
    }
    List<Span> spans = new ArrayList<>();
    boolean[] isSuspect = new boolean[rows.size()];
    for (Dated<SuspectWindow> window : reader.suspectWindows()) {
      int first = (int) window.value().seqFirst() - 1;
      int last = (int) window.value().seqLast() - 1;
      spans.add(new Span(window.value().cause(), rows.get(first), rows.get(last)));
      Arrays.fill(isSuspect, first, last + 1, true);
    }
    List<String> suspect = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < isSuspect.length; i++) {
      if (isSuspect[i]) {
        suspect.add(rows.get(i));
      } else if (!right.get(i)) {
        wrong.add(rows.get(i));
      }
    }
    return new FoundRows(rows, suspect, spans, wrong);
  }
}
