package io.depthcast.jobs.capture;

import io.depthcast.jobs.capture.DepthSequence.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One connection to Binance's combined streams; its address says what is sent. Each book is asked
 * for by REST once its updates have begun, again where one is missing or the snapshot is older than
 * the updates, and every so often.
 */
final class BinanceConversation implements Conversation {

  private static final class Book {
    final DepthSequence sequence;
    final Backoff backoff;
    boolean asked;
    boolean any;
    long notBefore;
    long renewAt;

    Book(DepthSequence sequence, Backoff backoff) {
      this.sequence = sequence;
      this.backoff = backoff;
    }

    boolean isDue(long now) {
      return !asked
          && (!any || now - notBefore >= 0)
          && (sequence.needsSnapshot() || (sequence.isBridged() && now - renewAt >= 0));
    }
  }

  private final Map<String, Book> books = new LinkedHashMap<>();
  private final BinanceGlance glance = new BinanceGlance();
  private final DepthSnapshots snapshots;
  private final CaptureCounts counts;
  private final long renewNanos;
  private boolean heard;
  private volatile boolean closed;

  /**
   * @param symbols whose depth updates the connection brings, upper case
   */
  BinanceConversation(
      List<String> symbols, boolean futures, DepthSnapshots snapshots, CaptureContext context) {
    this.snapshots = snapshots;
    counts = context.counts();
    renewNanos = context.timing().snapshotEveryMs() * Timing.NANOS;
    for (String symbol : symbols) {
      books.put(symbol, new Book(new DepthSequence(futures), context.backoff()));
    }
  }

  @Override
  public List<String> opening() {
    return List.of();
  }

  @Override
  public synchronized void received(byte[] message, long wallNanos, long now) {
    heard = true;
    glance.look(message);
    if (glance.malformed) {
      counts.malformed.increment();
    } else if (glance.eventTime != BinanceGlance.NONE) {
      counts.lag(wallNanos - glance.eventNanos());
    }
    Book book = glance.isDepthUpdate() ? books.get(glance.symbol) : null;
    if (book != null) {
      follow(book);
      askIfDue(glance.symbol, book, now);
    }
  }

  private void follow(Book book) {
    boolean readable =
        !glance.malformed
            && glance.firstId != BinanceGlance.NONE
            && glance.lastId != BinanceGlance.NONE;
    if (!readable) {
      // Readers reject such an update, and with it the book; the one after it will be a gap.
      book.sequence.lose();
    } else if (book.sequence.add(glance.firstId, glance.lastId, glance.previousId)) {
      counts.gaps.increment();
    }
  }

  private void askIfDue(String symbol, Book book, long now) {
    if (book.isDue(now)) {
      book.asked = true;
      snapshots.want(new DepthSnapshots.Wish(symbol, this));
    }
  }

  /** Whether a snapshot is still of use. */
  boolean isOpen() {
    return !closed;
  }

  /** A snapshot has been stored. */
  synchronized void took(String symbol, long lastUpdateId, long now) {
    Book book = answered(symbol);
    if (book.sequence.take(lastUpdateId) == Step.STALE) {
      counts.staleSnapshots.increment();
      book.notBefore = now + book.backoff.next();
    } else {
      book.backoff.reset();
      book.notBefore = now;
      book.renewAt = now + renewNanos;
    }
  }

  /** There was no snapshot; the next may be asked for after a while. */
  synchronized void missed(String symbol, long now, long leastNanos) {
    Book book = answered(symbol);
    book.notBefore = now + Math.max(leastNanos, book.backoff.next());
    book.renewAt = book.notBefore;
  }

  private Book answered(String symbol) {
    Book book = books.get(symbol);
    book.asked = false;
    book.any = true;
    return book;
  }

  @Override
  public synchronized boolean isReady() {
    return heard && books.values().stream().allMatch(book -> book.sequence.isBridged());
  }

  @Override
  public synchronized void tick(long now) {
    if (!closed) {
      books.forEach((symbol, book) -> askIfDue(symbol, book, now));
      snapshots.tick(now);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
