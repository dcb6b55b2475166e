package io.depthcast.feed;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.quality.SuspectWindow;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/**
 * One instrument's messages of one session, read in order into rows of slices.
 *
 * <p>A slice is a trading day (UTC for venues that never close). A session that passes midnight
 * gives two: {@code seq} begins again at 1, and the first row of the second is a snapshot of the
 * book that stands, so that each slice can be understood alone. Not safe for threads.
 */
public interface FeedReader extends AutoCloseable {

  /**
   * Fills both batches with the next rows, all of one trading day.
   *
   * @param book a row for each message that is kept: the message and the book after it
   * @param events the changes of the same messages, at least one for each row of {@code book}
   * @return false, with no rows in the batches, at the end
   * @throws io.depthcast.quality.DataContractException if the source breaks a promise that no
   *     single row can be blamed for, or rejects more rows than allowed
   */
  boolean next(BookBatch book, EventBatch events) throws IOException;

  /** Trading day of the rows that the last call of {@link #next} gave. */
  LocalDate tradeDate();

  /** Rows left out so far, of all days; each day's are complete when the next day begins. */
  List<Dated<RejectedRow>> rejected();

  /** Suspect windows that have ended so far, of all days; no window spans two days. */
  List<Dated<SuspectWindow>> suspectWindows();

  /**
   * Whether a window was begun before rows that had been given as sound: what was wrong with them
   * showed only later. The windows are right at the end of the session, the flags of those rows are
   * not.
   */
  boolean isLate();

  @Override
  void close() throws IOException;

  /** Something that belongs to a trading day. */
  record Dated<T>(LocalDate tradeDate, T value) {}
}
