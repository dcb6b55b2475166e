package io.depthcast.jobs.capture;

import com.github.luben.zstd.ZstdInputStream;
import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.TextSource;
import io.depthcast.feed.binance.BinanceCount;
import io.depthcast.feed.binance.BinanceDepth;
import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.feed.binance.BinanceReader;
import io.depthcast.jobs.capture.TrueBook.Best;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the reader makes of the segments of a Binance capture.
 *
 * @param updates ids of the depth updates that have a row
 * @param trades ids of the trades that have a row
 * @param snapshots ids of the updates that the rows of snapshots end with
 * @param repeated rows of updates or trades that had one before
 * @param suspect rows that are suspect
 * @param trusted rows with a book that are not
 * @param wrongBooks rows among those whose best prices were not the venue's
 */
record ReadBack(
    Set<Long> updates,
    Set<Long> trades,
    Set<Long> snapshots,
    int repeated,
    int suspect,
    int trusted,
    long gaps,
    long rejected,
    int wrongBooks) {

  /** The venue replays faster than the clock; only its numbers matter here. */
  static final FeedLimits NUMBERS_ONLY =
      new FeedLimits(0, 3_600_000, 3_600_000, 86_400_000, 86_400_000, 1);

  static ReadBack of(Path folder, BinanceMarket market, String symbol, TrueBook truth)
      throws IOException {
    List<TextSource> sources = sources(folder);
    Set<Long> updates = new HashSet<>();
    Set<Long> trades = new HashSet<>();
    Set<Long> snapshots = new HashSet<>();
    int repeated = 0;
    int suspect = 0;
    int trusted = 0;
    int wrong = 0;
    try (BinanceReader reader =
        new BinanceReader(sources, market, symbol, BinanceDepth.UPDATES, NUMBERS_ONLY)) {
      BookBatch book = new BookBatch(256, 1);
      EventBatch events = new EventBatch(256);
      while (reader.next(book, events)) {
        for (int row = 0; row < book.rows; row++) {
          EventType type = EventType.values()[book.eventType[row]];
          if (type == EventType.SNAPSHOT) {
            snapshots.add(book.venueSeq[row]);
          } else {
            Set<Long> had = type == EventType.TRADE ? trades : updates;
            repeated += had.add(book.venueSeq[row]) ? 0 : 1;
          }
          if (book.suspect[row]) {
            suspect++;
          } else if (type != EventType.TRADE) {
            trusted++;
            Best best = truth.best(book.venueSeq[row]);
            boolean same =
                best != null
                    && best.bid() == book.bidPrice[0][row]
                    && best.ask() == book.askPrice[0][row];
            wrong += same ? 0 : 1;
          }
        }
      }
      return new ReadBack(
          updates,
          trades,
          snapshots,
          repeated,
          suspect,
          trusted,
          reader.count(BinanceCount.GAPS),
          reader.rejected().size(),
          wrong);
    }
  }

  static List<TextSource> sources(Path folder) throws IOException {
    List<TextSource> sources = new ArrayList<>();
    for (Path segment : CapturedLines.segments(folder)) {
      sources.add(
          new TextSource(
              segment.getFileName().toString(),
              new ZstdInputStream(Files.newInputStream(segment))));
    }
    return sources;
  }

  /**
   * Updates that have no row. One that came before a snapshot that ends with it is in the
   * snapshot's row: the snapshot was taken between the update and the next, or the update waited
   * for a connection that had ended.
   */
  Set<Long> missing(Set<Long> stored) {
    Set<Long> missing = new HashSet<>(stored);
    missing.removeAll(updates);
    missing.removeAll(snapshots);
    return missing;
  }
}
