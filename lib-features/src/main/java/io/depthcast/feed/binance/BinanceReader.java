package io.depthcast.feed.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.EventType;
import io.depthcast.book.L2Book;
import io.depthcast.book.Side;
import io.depthcast.feed.FeedClock;
import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.FeedReader;
import io.depthcast.feed.LineReader;
import io.depthcast.feed.RejectedRow;
import io.depthcast.feed.RejectionLog;
import io.depthcast.feed.RowWriter;
import io.depthcast.feed.SuspectLog;
import io.depthcast.feed.TextSource;
import io.depthcast.feed.binance.DepthSync.Step;
import io.depthcast.feed.binance.Message.Kind;
import io.depthcast.quality.DataContractException;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * Reads the captured messages of one Binance instrument into rows. What each message gives, and
 * when the book is trusted, is said in the package's description.
 */
public final class BinanceReader implements FeedReader {

  private static final long DAY_NANOS = 86_400_000_000_000L;

  /** Whose rows have no levels. */
  private static final L2Book NO_BOOK = new L2Book();

  private final String subject;
  private final BinanceDepth depth;
  private final FeedLimits limits;

  private final LineReader lines;
  private final CaptureLine line;
  private final MessageParser parser;
  private final FeedClock clock;
  private final L2Book book = new L2Book();
  private final DepthSync sync;
  private final SuspectLog suspects = new SuspectLog();
  private final RejectionLog rejections = new RejectionLog();
  private final RowWriter rows = new RowWriter();
  private final Counts counts = new Counts();
  private final TradeIds trades;
  private final TickerCheck tickers;

  private Message message = new Message();

  /** The message waits for its row. */
  private boolean pending;

  private boolean ended;
  private LocalDate day;
  private long nextDay = Long.MIN_VALUE;

  // What the next row is to be flagged with, null where there is nothing.
  private String silence;
  private String rejection;
  private String negativeSize;

  /**
   * @param sources the session in order; closed with the reader
   * @param market where the instrument trades
   * @param symbol as the venue writes it, {@code BTCUSDT}
   * @param depth what the books are made of
   * @param limits what is put up with
   */
  public BinanceReader(
      List<TextSource> sources,
      BinanceMarket market,
      String symbol,
      BinanceDepth depth,
      FeedLimits limits) {
    this.subject = "binance " + market.column() + " " + symbol;
    this.depth = depth;
    this.limits = limits;
    // Names of fields come from outside; interned, hostile ones would stay in memory for good.
    JsonFactory json =
        new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
    lines = new LineReader(sources);
    line = new CaptureLine(json);
    parser = new MessageParser(json, market, depth, symbol);
    clock = new FeedClock(limits);
    sync = new DepthSync(market.isFutures(), clock, book, counts);
    trades = new TradeIds(clock, counts);
    tickers = new TickerCheck(book, counts);
  }

  @Override
  public boolean next(BookBatch book, EventBatch events) throws IOException {
    rows.into(book, events);
    while (book.rows < book.capacity && (pending || read())) {
      pending = true;
      long latest = clock.latest(stamp());
      if (latest >= nextDay) {
        if (book.rows > 0) {
          return true;
        }
        beginDay(latest);
        if (sync.isStanding()) {
          addSnapshot(latest, message.tsRecv);
          continue;
        }
      }
      pending = false;
      take();
    }
    if (book.rows == 0 && !ended) {
      end();
    }
    return book.rows > 0;
  }

  /** Goes to the next message that may give a row. */
  private boolean read() throws IOException {
    while (lines.next()) {
      counts.add(BinanceCount.LINES);
      try {
        if (readLine()) {
          return true;
        }
      } catch (MessageFault fault) {
        reject(fault);
      }
    }
    return false;
  }

  private boolean readLine() throws MessageFault {
    parser.reset(message);
    if (!line.read(lines)) {
      return ignored(BinanceCount.OTHER_MESSAGES);
    }
    noteSilence();
    parser.parse(line);
    if (message.tsEvent != BookBatch.NO_TIME
        && !clock.isPlausible(message.tsEvent, message.tsRecv)) {
      throw new MessageFault(
          "E is "
              + FeedClock.seconds(Math.abs(message.tsEvent - message.tsRecv))
              + " away from the receive time; is the receiver's clock set? else raise maxSkewMs");
    }
    return switch (message.kind) {
      case UPDATE -> isNewUpdate();
      case FRAME -> isNewFrame();
      case SNAPSHOT -> isBridged();
      case TRADE -> trades.isNew(message);
      case TICKER -> {
        tickers.take(message);
        tickers.compare(sync);
        yield false;
      }
      case OTHER_SYMBOL -> ignored(BinanceCount.OTHER_SYMBOLS);
      case OTHER -> ignored(BinanceCount.OTHER_MESSAGES);
    };
  }

  private boolean ignored(BinanceCount count) {
    counts.add(count);
    return false;
  }

  private void noteSilence() {
    long nanos = clock.silenceBefore(line.tsRecv);
    if (nanos > 0) {
      silence = place() + "nothing was received for " + FeedClock.seconds(nanos);
    }
  }

  private boolean isNewUpdate() {
    if (depth == BinanceDepth.FRAMES) {
      return ignored(BinanceCount.OTHER_MESSAGES);
    }
    counts.add(BinanceCount.UPDATES);
    return isNew();
  }

  private boolean isNewFrame() {
    if (depth == BinanceDepth.UPDATES) {
      return ignored(BinanceCount.OTHER_MESSAGES);
    }
    counts.add(BinanceCount.FRAMES);
    return isNew();
  }

  private boolean isNew() {
    return !sync.isOld(message.lastId, stamp()) || ignored(BinanceCount.OLD_UPDATES);
  }

  private boolean isBridged() {
    if (depth == BinanceDepth.FRAMES) {
      message.kind = Kind.FRAME;
      return isNewFrame();
    }
    counts.add(BinanceCount.SNAPSHOTS);
    Step step = sync.judge(message);
    if (step == Step.AHEAD) {
      message = sync.keep(message);
    }
    return step == Step.BRIDGED;
  }

  private void reject(MessageFault fault) {
    rejections.add(lines, fault.getMessage());
    String detail = place() + "rejected, " + fault.getMessage();
    if (fault.isNegativeSize()) {
      negativeSize = detail;
    } else {
      rejection = detail;
    }
    if (depth == BinanceDepth.UPDATES && parser.wasUpdate()) {
      sync.lose(place() + "the depth update is rejected, " + fault.getMessage());
    }
  }

  private String place() {
    return lines.name() + " line " + lines.lineNo() + ": ";
  }

  /** The venue's time of the message, or what it must have been. */
  private long stamp() {
    return message.tsEvent == BookBatch.NO_TIME ? clock.estimate(message.tsRecv) : message.tsEvent;
  }

  private void beginDay(long tsEvent) {
    long epochDay = Math.floorDiv(tsEvent, DAY_NANOS);
    day = LocalDate.ofEpochDay(epochDay);
    nextDay = (epochDay + 1) * DAY_NANOS;
    rows.beginSlice();
    suspects.beginDay(day);
    rejections.beginDay(day);
  }

  private void take() {
    switch (message.kind) {
      case UPDATE -> takeUpdate();
      case TRADE -> takeTrade();
      case SNAPSHOT -> {
        sync.bridge(message);
        takeWholeBook(message.tsRecv);
      }
      case FRAME -> {
        sync.replace(message, stamp());
        takeWholeBook(message.tsRecv);
      }
      default -> throw new IllegalStateException("No row of a message " + message.kind);
    }
  }

  private void takeWholeBook(long tsRecv) {
    long stamp = stamp();
    noteClock();
    addSnapshot(stamp, tsRecv);
    tickers.compare(sync);
  }

  private void takeUpdate() {
    if (sync.isGap(message)) {
      counts.add(BinanceCount.GAPS);
      sync.lose(place() + sync.gap(message));
    }
    Step step = sync.add(message);
    if (step == Step.BRIDGED) {
      takeWholeBook(Math.max(message.tsRecv, sync.snapshotTsRecv()));
    } else if (message.hasLevels()) {
      noteClock();
      rows.begin(message.tsEvent, message.tsRecv, message.lastId);
      change(Side.BID, step == Step.FOLLOWS);
      change(Side.ASK, step == Step.FOLLOWS);
      rows.end(EventType.UPDATE, shown(), clock.latest(), noteRow(clock.latest()));
      tickers.compare(sync);
    }
  }

  private void change(Side side, boolean known) {
    LevelList levels = message.levels(side);
    for (int i = 0; i < levels.count; i++) {
      double price = levels.price[i];
      double size = levels.size[i];
      double before = known ? book.sizeAt(side, price) : 0;
      EventType type =
          size == 0 ? EventType.DELETE : size < before ? EventType.CANCEL : EventType.ADD;
      add(type, side, price, size);
      if (known) {
        book.set(side, price, size);
      }
    }
  }

  private void takeTrade() {
    noteClock();
    rows.begin(message.tsEvent, message.tsRecv, message.lastId);
    add(EventType.TRADE, message.restingSide, message.price, message.size);
    rows.endTrade(shown(), clock.latest(), noteRow(clock.latest()));
  }

  /** Adds the book that stands; an empty one cannot be told from none and is left out. */
  private void addSnapshot(long stamp, long tsRecv) {
    if (book.depth(Side.BID) + book.depth(Side.ASK) == 0) {
      return;
    }
    rows.begin(stamp, tsRecv, sync.lastId());
    addLevels(Side.BID);
    addLevels(Side.ASK);
    long latest = clock.latest(stamp);
    rows.end(EventType.SNAPSHOT, book, latest, noteRow(latest));
  }

  private void addLevels(Side side) {
    for (int level = 0; level < book.depth(side); level++) {
      add(EventType.SNAPSHOT, side, book.price(side, level), book.size(side, level));
    }
  }

  private void add(EventType type, Side side, double price, double size) {
    rows.add(type, side, price, size);
    if (!limits.isOnGrid(price)) {
      suspects.flag(
          Cause.OFF_GRID_PRICE,
          () -> place() + "price " + price + " is no multiple of the tick " + limits.tickSize());
    }
  }

  private L2Book shown() {
    return sync.isStanding() ? book : NO_BOOK;
  }

  private void noteClock() {
    if (message.tsEvent == BookBatch.NO_TIME) {
      clock.unstampedRow(stamp());
      return;
    }
    String jump = clock.stampedRow(message.tsEvent, message.tsRecv);
    if (jump != null) {
      suspects.flag(Cause.CLOCK_JUMP, () -> place() + jump);
    }
  }

  /** Takes note of the row that is about to end with all that is wrong with it; is it suspect? */
  private boolean noteRow(long latest) {
    if (!sync.isStanding()) {
      suspects.flag(sync.lostBy(), sync::lostDetail);
    } else if (book.isCrossed()) {
      suspects.flag(Cause.CROSSED_BOOK, () -> place() + best(" above "));
    } else if (book.isLocked()) {
      suspects.flag(Cause.LOCKED_BOOK, () -> place() + best(" equal to "));
    }
    silence = flag(Cause.SILENCE, silence);
    rejection = flag(Cause.REJECTED_ROWS, rejection);
    negativeSize = flag(Cause.NEGATIVE_SIZE, negativeSize);
    return suspects.addRow(rows.seq(), latest);
  }

  private String flag(Cause cause, String detail) {
    if (detail != null) {
      suspects.flag(cause, () -> detail);
    }
    return null;
  }

  private String best(String relation) {
    return "best bid " + book.price(Side.BID, 0) + relation + "best ask " + book.price(Side.ASK, 0);
  }

  private void end() {
    ended = true;
    rejections.requireShare(count(BinanceCount.LINES), limits.maxRejectedShare());
    if (day == null) {
      throw new DataContractException(
          subject
              + ": no row in "
              + count(BinanceCount.LINES)
              + " lines (of other symbols: "
              + count(BinanceCount.OTHER_SYMBOLS)
              + ", of no use with depth "
              + depth.name().toLowerCase(Locale.ROOT)
              + ": "
              + count(BinanceCount.OTHER_MESSAGES)
              + "); check symbol, market and depth");
    }
    suspects.end();
  }

  /** What was counted so far. */
  public long count(BinanceCount what) {
    return counts.get(what);
  }

  /**
   * Whether the books are samples, with what happened between them not known: order flow computed
   * from them is a quantity of lower resolution and must be called so.
   */
  public boolean isSampled() {
    return depth == BinanceDepth.FRAMES;
  }

  @Override
  public LocalDate tradeDate() {
    return day;
  }

  @Override
  public List<Dated<RejectedRow>> rejected() {
    return rejections.rows();
  }

  @Override
  public List<Dated<SuspectWindow>> suspectWindows() {
    return suspects.windows();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
