package io.depthcast.book;

import java.util.Random;

/**
 * Random books for property tests: prices that move by ticks, sizes with a fraction, events of
 * every type near the best prices, orders that come back, bursts of rows at one time, three suspect
 * stretches and, if asked for, levels and whole sides that stand empty for a while. A millisecond
 * has about 100 rows. Events are not those that lead from one book to the next.
 */
public final class RandomBook {

  private static final double TICK = 0.01;
  private static final EventType[] EVENTS = EventType.values();

  private final Random random;
  private final int levels;
  private final int[] bidTicks;
  private final int[] askTicks;
  private final double[] bidSizes;
  private final double[] askSizes;

  private RandomBook(long seed, int levels) {
    this.levels = levels;
    random = new Random(seed);
    bidTicks = new int[levels];
    askTicks = new int[levels];
    bidSizes = new double[levels];
    askSizes = new double[levels];
    for (int level = 0; level < levels; level++) {
      bidTicks[level] = 10_000 - 2 * level;
      askTicks[level] = 10_003 + 2 * level;
      bidSizes[level] = size();
      askSizes[level] = size();
    }
  }

  /** Rows with empty levels and suspect stretches. */
  public static BookBatch withHoles(long seed, int rows, int levels) {
    return new RandomBook(seed, levels).make(rows, true);
  }

  /** Rows with all levels on both sides, and suspect stretches. */
  public static BookBatch full(long seed, int rows, int levels) {
    return new RandomBook(seed, levels).make(rows, false);
  }

  /** Rows {@code from .. to - 1} of a book, put into a batch that may hold others. */
  public static void copy(BookBatch book, int from, int to, BookBatch into) {
    int rows = to - from;
    into.rows = rows;
    into.known = book.known;
    System.arraycopy(book.seq, from, into.seq, 0, rows);
    System.arraycopy(book.tsEvent, from, into.tsEvent, 0, rows);
    System.arraycopy(book.suspect, from, into.suspect, 0, rows);
    System.arraycopy(book.eventType, from, into.eventType, 0, rows);
    System.arraycopy(book.side, from, into.side, 0, rows);
    System.arraycopy(book.price, from, into.price, 0, rows);
    System.arraycopy(book.size, from, into.size, 0, rows);
    System.arraycopy(book.orderId, from, into.orderId, 0, rows);
    for (int level = 0; level < book.levels; level++) {
      System.arraycopy(book.bidPrice[level], from, into.bidPrice[level], 0, rows);
      System.arraycopy(book.bidSize[level], from, into.bidSize[level], 0, rows);
      System.arraycopy(book.askPrice[level], from, into.askPrice[level], 0, rows);
      System.arraycopy(book.askSize[level], from, into.askSize[level], 0, rows);
    }
  }

  private BookBatch make(int rows, boolean holes) {
    BookBatch book = new BookBatch(rows, levels);
    book.rows = rows;
    long time = 1_700_000_000_000_000_000L;
    int suspectLeft = 0;
    int holeLeft = 0;
    int bidDepth = levels;
    int askDepth = levels;
    for (int i = 0; i < rows; i++) {
      if (random.nextInt(rows) < 3) {
        suspectLeft = 1 + random.nextInt(20);
      }
      if (holes && holeLeft == 0 && random.nextInt(200) == 0) {
        holeLeft = 1 + random.nextInt(10);
        bidDepth = random.nextInt(levels + 1);
        askDepth = random.nextBoolean() ? levels : random.nextInt(levels + 1);
      } else if (holeLeft == 0) {
        bidDepth = levels;
        askDepth = levels;
      }
      change();
      time += random.nextInt(3) * 10_000L;
      book.seq[i] = i + 1L;
      book.tsEvent[i] = time;
      book.suspect[i] = suspectLeft > 0;
      for (int level = 0; level < levels; level++) {
        boolean bid = level < bidDepth;
        boolean ask = level < askDepth;
        book.bidPrice[level][i] = bid ? bidTicks[level] * TICK : Double.NaN;
        book.bidSize[level][i] = bid ? bidSizes[level] : Double.NaN;
        book.askPrice[level][i] = ask ? askTicks[level] * TICK : Double.NaN;
        book.askSize[level][i] = ask ? askSizes[level] : Double.NaN;
      }
      event(book, i);
      suspectLeft = Math.max(0, suspectLeft - 1);
      holeLeft = Math.max(0, holeLeft - 1);
    }
    return book;
  }

  /** One level's size changes, or one side moves by a tick, or nothing happens. */
  private void change() {
    int what = random.nextInt(10);
    int[] ticks = random.nextBoolean() ? bidTicks : askTicks;
    double[] sizes = ticks == bidTicks ? bidSizes : askSizes;
    if (what < 6) {
      sizes[random.nextInt(levels)] = size();
    } else if (what < 9) {
      int step = random.nextBoolean() ? 1 : -1;
      boolean crosses =
          ticks == bidTicks ? bidTicks[0] + step >= askTicks[0] : askTicks[0] + step <= bidTicks[0];
      for (int level = 0; level < levels && !crosses; level++) {
        ticks[level] += step;
      }
    }
  }

  private void event(BookBatch book, int row) {
    EventType type = EVENTS[random.nextInt(EVENTS.length)];
    book.eventType[row] = (byte) type.ordinal();
    boolean isOrder = type != EventType.SNAPSHOT && type != EventType.UPDATE;
    boolean hasSide = isOrder && type != EventType.HALT && type != EventType.CROSS;
    boolean bid = random.nextBoolean();
    book.side[row] = hasSide ? (byte) (bid ? Side.BID : Side.ASK).ordinal() : BookBatch.NO_SIDE;
    int away = random.nextInt(6) - 1;
    int ticks = bid ? bidTicks[0] - away : askTicks[0] + away;
    book.price[row] = isOrder && type != EventType.HALT ? ticks * TICK : Double.NaN;
    book.size[row] = isOrder && type != EventType.HALT ? size() : Double.NaN;
    book.orderId[row] = hasSide ? random.nextInt(40) : BookBatch.NO_ORDER;
  }

  private double size() {
    return (1 + random.nextInt(100_000)) / 1000.0;
  }
}
