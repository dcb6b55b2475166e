package io.depthcast.jobs.ingest;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.feed.FeedReader;
import io.depthcast.feed.RejectedRow;
import io.depthcast.quality.SuspectWindow;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;

/** Gives the rows of chosen days; the others are read for the book that those begin with. */
record ChosenDays(FeedReader feed, Predicate<LocalDate> chosen) implements FeedReader {

  @Override
  public boolean next(BookBatch book, EventBatch events) throws IOException {
    boolean more;
    do {
      more = feed.next(book, events);
    } while (more && !chosen.test(feed.tradeDate()));
    return more;
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
  public List<Dated<SuspectWindow>> suspectWindows() {
    return feed.suspectWindows().stream().filter(w -> chosen.test(w.tradeDate())).toList();
  }

  @Override
  public void close() throws IOException {
    feed.close();
  }
}
