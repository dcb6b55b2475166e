package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.Side;
import io.depthcast.feed.FeedReader.Dated;
import io.depthcast.quality.SuspectWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All that a reader gives of a session, copied, and held to what {@link FeedReader} promises. */
public record ReadSession(
    List<Row> rows,
    List<Change> changes,
    List<Dated<SuspectWindow>> windows,
    List<Dated<RejectedRow>> rejected) {

  /**
   * A row of the book; the side is null where there is none. Levels: price, size, from the best.
   */
  public record Row(
      LocalDate day,
      long seq,
      long tsEvent,
      long tsRecv,
      long venueSeq,
      EventType type,
      Side side,
      double price,
      double size,
      List<Double> bids,
      List<Double> asks,
      boolean suspect) {

    /** The same row, suspect or not. */
    public Row suspect(boolean is) {
      return new Row(day, seq, tsEvent, tsRecv, venueSeq, type, side, price, size, bids, asks, is);
    }

    /** As {@code ! 3 trade 17 bid 99.5x2 | 99.5x1 99x4 | 100x1}, empty levels left out. */
    @Override
    public String toString() {
      String event = side == null ? "" : " " + side.column() + " " + level(price, size);
      return (suspect ? "! " : "")
          + seq
          + " "
          + type.column()
          + " "
          + (venueSeq == BookBatch.NO_SEQ ? "-" : venueSeq)
          + event
          + " |"
          + levels(bids)
          + " |"
          + levels(asks);
    }

    private static String levels(List<Double> levels) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < levels.size() && !Double.isNaN(levels.get(i)); i += 2) {
        text.append(' ').append(level(levels.get(i), levels.get(i + 1)));
      }
      return text.toString();
    }
  }

  /** A change of a message. */
  public record Change(
      LocalDate day,
      long seq,
      int part,
      long tsEvent,
      long tsRecv,
      long venueSeq,
      EventType type,
      Side side,
      double price,
      double size) {

    /** As {@code 3.1 cancel bid 99.5x1}. */
    @Override
    public String toString() {
      return seq
          + "."
          + part
          + " "
          + type.column()
          + " "
          + side.column()
          + " "
          + level(price, size);
    }
  }

  private static String level(double price, double size) {
    return number(price) + "x" + number(size);
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** Reads to the end, in batches of a capacity, and closes the reader. */
  public static ReadSession read(FeedReader reader, int capacity, int levels) {
    BookBatch book = new BookBatch(capacity, levels);
    EventBatch events = new EventBatch(1);
    List<Row> rows = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    try (reader) {
      while (reader.next(book, events)) {
        assertThat(book.rows).isPositive();
        for (int i = 0; i < book.rows; i++) {
          rows.add(row(reader.tradeDate(), book, i));
        }
        for (int i = 0; i < events.rows; i++) {
          changes.add(change(reader.tradeDate(), events, i));
        }
      }
      assertThat(book.rows + events.rows).isZero();
      assertThat(reader.next(book, events)).isFalse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ReadSession session =
        new ReadSession(rows, changes, reader.suspectWindows(), reader.rejected());
    return reader.isLate() ? session.flagged() : session.requirePromises();
  }

  private static Row row(LocalDate day, BookBatch book, int i) {
    List<Double> bids = new ArrayList<>();
    List<Double> asks = new ArrayList<>();
    for (int level = 0; level < book.levels; level++) {
      bids.add(book.bidPrice[level][i]);
      bids.add(book.bidSize[level][i]);
      asks.add(book.askPrice[level][i]);
      asks.add(book.askSize[level][i]);
    }
    assertThat(book.orderId[i]).isEqualTo(BookBatch.NO_ORDER);
    return new Row(
        day,
        book.seq[i],
        book.tsEvent[i],
        book.tsRecv[i],
        book.venueSeq[i],
        EventType.values()[book.eventType[i]],
        book.side[i] == BookBatch.NO_SIDE ? null : Side.values()[book.side[i]],
        book.price[i],
        book.size[i],
        bids,
        asks,
        book.suspect[i]);
  }

  private static Change change(LocalDate day, EventBatch events, int i) {
    assertThat(events.orderId[i]).isEqualTo(BookBatch.NO_ORDER);
    return new Change(
        day,
        events.seq[i],
        events.part[i],
        events.tsEvent[i],
        events.tsRecv[i],
        events.venueSeq[i],
        EventType.values()[events.eventType[i]],
        Side.values()[events.side[i]],
        events.price[i],
        events.size[i]);
  }

  /** With the flags that a second reading gives. */
  private ReadSession flagged() {
    List<Row> flagged = rows.stream().map(row -> row.suspect(isInWindow(row))).toList();
    for (int i = 0; i < rows.size(); i++) {
      require(!rows.get(i).suspect() || flagged.get(i).suspect(), rows.get(i), "in no window");
    }
    return new ReadSession(flagged, changes, windows, rejected).requirePromises();
  }

  private ReadSession requirePromises() {
    Row above = null;
    int change = 0;
    for (Row row : rows) {
      boolean first = above == null || !above.day().equals(row.day());
      require(row.seq() == (first ? 1 : above.seq() + 1), row, "seq");
      require(above == null || row.tsEvent() >= above.tsEvent(), row, "time steps back");
      require(row.day().equals(day(row.tsEvent())), row, "day");
      require(row.suspect() == isInWindow(row), row, "suspect, but in no window or the reverse");
      require(row.type() != EventType.UPDATE || row.side() == null, row, "side of an update");
      int part = 0;
      while (change < changes.size() && belongs(changes.get(change), row)) {
        require(changes.get(change++).part() == ++part, row, "part");
      }
      require(part > 0, row, "no change");
      above = row;
    }
    assertThat(change).as("changes that belong to rows").isEqualTo(changes.size());
    for (Dated<SuspectWindow> window : windows) {
      requireTimes(window);
    }
    return this;
  }

  private static void require(boolean promise, Row row, String fault) {
    if (!promise) {
      throw new AssertionError(row.day() + " " + row + ": " + fault);
    }
  }

  private static LocalDate day(long tsEvent) {
    return Instant.ofEpochSecond(0, tsEvent).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private boolean isInWindow(Row row) {
    for (Dated<SuspectWindow> window : windows) {
      if (window.tradeDate().equals(row.day())
          && window.value().seqFirst() <= row.seq()
          && row.seq() <= window.value().seqLast()) {
        return true;
      }
    }
    return false;
  }

  private static boolean belongs(Change change, Row row) {
    return change.seq() == row.seq()
        && change.day().equals(row.day())
        && change.venueSeq() == row.venueSeq()
        && change.tsRecv() == row.tsRecv()
        && change.type() != EventType.UPDATE;
  }

  private void requireTimes(Dated<SuspectWindow> window) {
    List<Row> inside =
        rows.stream()
            .filter(row -> row.day().equals(window.tradeDate()))
            .filter(
                row ->
                    row.seq() == window.value().seqFirst() || row.seq() == window.value().seqLast())
            .toList();
    assertThat(inside.get(0).tsEvent()).isEqualTo(window.value().tsFirst());
    assertThat(inside.get(inside.size() - 1).tsEvent()).isEqualTo(window.value().tsLast());
  }

  /** The rows as text, a line each, with the day where it begins. */
  public String rowText() {
    StringBuilder text = new StringBuilder();
    LocalDate day = null;
    for (Row row : rows) {
      if (!row.day().equals(day)) {
        day = row.day();
        text.append(day).append('\n');
      }
      text.append(row).append('\n');
    }
    return text.toString();
  }

  /** The changes as text, a line each. */
  public String changeText() {
    return changes.stream().map(change -> change + "\n").collect(Collectors.joining());
  }

  /** The windows as text, a line each: {@code sequence_gap 3-5: detail}. */
  public String windowText() {
    return windows.stream()
        .map(Dated::value)
        .map(
            window ->
                String.format(
                    Locale.ROOT,
                    "%s %d-%d: %s%n",
                    window.cause().column(),
                    window.seqFirst(),
                    window.seqLast(),
                    window.detail()))
        .collect(Collectors.joining());
  }
}
