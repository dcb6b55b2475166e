package io.depthcast.jobs.ingest;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.feed.FeedReader;
import io.depthcast.feed.FeedReader.Dated;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.SliceFiles;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Writes the silver rows of all days that a reader gives. */
final class SilverSlices {

  private static final int BATCH_ROWS = 4096;

  private SilverSlices() {}

  /** What else is written of each batch of rows. */
  @FunctionalInterface
  interface Beside {
    void write(Slice slice) throws IOException;
  }

  static SilverCounts write(
      FeedReader feed, String venue, String symbol, int levels, SliceFiles out) throws IOException {
    return write(feed, venue, symbol, levels, out, slice -> {});
  }

  static SilverCounts write(
      FeedReader feed, String venue, String symbol, int levels, SliceFiles out, Beside beside)
      throws IOException {
    BookBatch book = new BookBatch(BATCH_ROWS, levels);
    EventBatch events = new EventBatch(BATCH_ROWS);
    SilverSlice silver = null;
    Slice slice = null;
    long rows = 0;
    List<Slice> slices = new ArrayList<>();
    while (feed.next(book, events)) {
      if (slice == null || !feed.tradeDate().equals(slice.tradeDate())) {
        end(silver, slice, feed);
        slice = new Slice(venue, symbol, feed.tradeDate());
        silver = new SilverSlice(out, slice, book, events, levels);
        slices.add(slice);
      }
      silver.writeRows();
      beside.write(slice);
      rows += book.rows;
    }
    end(silver, slice, feed);
    if (feed.isLate()) {
      for (Slice each : slices) {
        SilverSlice.amend(out, each, levels, of(each.tradeDate(), feed.suspectWindows()));
      }
    }
    return new SilverCounts(
        rows, slices.size(), feed.suspectWindows().size(), feed.rejected().size());
  }

  private static void end(SilverSlice silver, Slice slice, FeedReader feed) throws IOException {
    if (silver != null) {
      silver.writeSuspectWindows(of(slice.tradeDate(), feed.suspectWindows()));
      silver.writeRejected(of(slice.tradeDate(), feed.rejected()));
    }
  }

  private static <T> List<T> of(LocalDate day, List<Dated<T>> all) {
    return all.stream().filter(d -> d.tradeDate().equals(day)).map(Dated::value).toList();
  }
}
