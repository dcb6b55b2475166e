package io.depthcast.jobs.ingest;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.feed.FeedReader;
import io.depthcast.feed.RejectedRow;
import io.depthcast.quality.SuspectWindow;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Gives the rows of chosen days; the others are read for the book that those begin with. */
final class ChosenDays implements FeedReader {

  private final FeedReader feed;
  private final Predicate<LocalDate> chosen;
  private final Runnable onLeftOut;
  private final TreeSet<LocalDate> leftOut = new TreeSet<>();

  ChosenDays(FeedReader feed, Predicate<LocalDate> chosen) {
    this(feed, chosen, () -> {});
  }

  /**
   * @param onLeftOut called after each batch of rows that is left out
   */
  ChosenDays(FeedReader feed, Predicate<LocalDate> chosen, Runnable onLeftOut) {
    this.feed = feed;
    this.chosen = chosen;
    this.onLeftOut = onLeftOut;
  }

  @Override
  public boolean next(BookBatch book, EventBatch events) throws IOException {
    while (feed.next(book, events)) {
      if (chosen.test(feed.tradeDate())) {
        return true;
      }
      leftOut.add(feed.tradeDate());
      onLeftOut.run();
    }
    return false;
  }

  /** The days that were left out so far, in order. */
  List<LocalDate> leftOut() {
    return new ArrayList<>(leftOut);
  }

  @Override
  public LocalDate tradeDate() {
    return feed.tradeDate();
  }

  @Override
  public List<Dated<RejectedRow>> rejected() {
    return feed.rejected().stream().filter(row -> chosen.test(row.tradeDate())).toList();
  }

  @Override
  public boolean isLate() {
    return feed.isLate();
  }

  @Override
  public List<Dated<SuspectWindow>> suspectWindows() {
    return feed.suspectWindows().stream().filter(w -> chosen.test(w.tradeDate())).toList();
  }

  @Override
  public void close() throws IOException {
    feed.close();
  }
}
