package io.depthcast.feed.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.Side;
import io.depthcast.feed.CaptureLine;
import io.depthcast.feed.FeedClock;
import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.FeedReader;
import io.depthcast.feed.LevelSession;
import io.depthcast.feed.LineReader;
import io.depthcast.feed.MessageFault;
import io.depthcast.feed.RejectedRow;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the captured messages of one Binance instrument into rows. What each message gives, and
 * when the book is trusted, is said in the package's description.
 */
public final class BinanceReader implements FeedReader {

  private static final Pattern DEPTH_SYMBOL =
      Pattern.compile("/depth\\?(?:[^ ]*&)?symbol=([^&]{1,40})");

  private final String subject;
  private final BinanceDepth depth;

  private final LineReader lines;
  private final CaptureLine line;
  private final MessageParser parser;
  private final LevelSession session;
  private final DepthSync sync;
  private final Counts counts = new Counts();
  private final TradeIds trades;
  private final TickerCheck tickers;
  private final Connections connections = new Connections();
  private final Overlap updatesAhead = new Overlap(connections, Connections.DEPTH);
  private final Overlap tradesAhead = new Overlap(connections, Connections.TRADES);

  private Message message = new Message();

  /** The message waits for its row. */
  private boolean pending;

  private boolean ended;

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
    // Names of fields come from outside; interned, hostile ones would stay in memory for good.
    JsonFactory json =
        new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
    lines = new LineReader(sources);
    line = new CaptureLine(json);
    parser = new MessageParser(json, market, depth, symbol);
    session = new LevelSession(lines, limits, "no snapshot yet that the updates bridge");
    sync = new DepthSync(market.isFutures(), session, counts);
    trades = new TradeIds(session.clock(), counts);
    tickers = new TickerCheck(session, counts);
  }

  @Override
  public boolean next(BookBatch book, EventBatch events) throws IOException {
    session.into(book, events);
    while (pending || read()) {
      pending = true;
      if (!session.isReady(stamp(), message.tsRecv)) {
        return true;
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
    if (isReleased(false)) {
      return true;
    }
    while (lines.next()) {
      counts.add(BinanceCount.LINES);
      try {
        if (readLine()) {
          return true;
        }
      } catch (MessageFault fault) {
        reject(fault);
      }
      if (isReleased(false)) {
        return true;
      }
    }
    return isReleased(true);
  }

  /** Goes to a message that was held and need not wait any more. */
  private boolean isReleased(boolean all) {
    Message first;
    while ((first = updatesAhead.first()) != null
        && (all || !sync.isAhead(first) || !updatesAhead.isToWait(first))) {
      message = updatesAhead.release(message);
      if (isNew()) {
        return true;
      }
    }
    while ((first = tradesAhead.first()) != null
        && (all || !trades.isAhead(first) || !tradesAhead.isToWait(first))) {
      message = tradesAhead.release(message);
      if (trades.isNew(message)) {
        return true;
      }
    }
    return false;
  }

  private boolean readLine() throws MessageFault {
    parser.reset(message);
    CaptureLine.Kind kind = line.read(lines);
    Matcher asked = DEPTH_SYMBOL.matcher(line.url);
    boolean snapshot = kind == CaptureLine.Kind.ANSWER && asked.find();
    if (kind != CaptureLine.Kind.MESSAGE && !snapshot) {
      return ignored(BinanceCount.OTHER_MESSAGES);
    }
    if (line.tsRecv == BookBatch.NO_TIME) {
      throw new MessageFault("line has no receive time");
    }
    session.hear(line.tsRecv);
    connections.hear(line.connection, line.tsRecv);
    message.connection = connections.present();
    parser.parse(line, snapshot ? asked.group(1) : null);
    if (message.tsEvent != BookBatch.NO_TIME
        && !session.clock().isPlausible(message.tsEvent, message.tsRecv)) {
      throw new MessageFault(
          "E is "
              + FeedClock.seconds(Math.abs(message.tsEvent - message.tsRecv))
              + " away from the receive time; is the receiver's clock set? else raise maxSkewMs");
    }
    return switch (message.kind) {
      case UPDATE -> isNewUpdate();
      case FRAME -> isNewFrame();
      case SNAPSHOT -> isBridged();
      case TRADE -> isNewTrade();
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

  private boolean isNewUpdate() {
    if (depth == BinanceDepth.FRAMES) {
      return ignored(BinanceCount.OTHER_MESSAGES);
    }
    counts.add(BinanceCount.UPDATES);
    connections.note(Connections.DEPTH, message.lastId);
    if (sync.isAhead(message) && updatesAhead.isToHold(message)) {
      message = updatesAhead.hold(message);
      return false;
    }
    return isNew();
  }

  private boolean isNewTrade() {
    connections.note(Connections.TRADES, message.lastId);
    if (trades.isAhead(message) && tradesAhead.isToHold(message)) {
      message = tradesAhead.hold(message);
      return false;
    }
    return trades.isNew(message);
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
    session.reject(fault);
    if (depth == BinanceDepth.UPDATES && parser.wasUpdate()) {
      sync.lose(session.place() + "the depth update is rejected, " + fault.getMessage());
    }
  }

  /** The venue's time of the message, or what it must have been. */
  private long stamp() {
    return message.tsEvent == BookBatch.NO_TIME
        ? session.clock().estimate(message.tsRecv)
        : message.tsEvent;
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
    if (message.tsEvent != BookBatch.NO_TIME) {
      session.noteStamp(message.tsEvent, message.tsRecv);
    }
    session.addSnapshot(stamp, tsRecv, sync.lastId());
    tickers.compare(sync);
  }

  private void takeUpdate() {
    if (sync.isGap(message)) {
      counts.add(BinanceCount.GAPS);
      String gap = session.place() + sync.gap(message);
      // What is missing may have come before trades that were given with the book of before.
      session.doubt(Cause.SEQUENCE_GAP, gap, session.sinceUpdate());
      sync.lose(gap);
    }
    Step step = sync.add(message);
    if (step == Step.BRIDGED) {
      takeWholeBook(Math.max(message.tsRecv, sync.snapshotTsRecv()));
    } else if (message.hasLevels()) {
      session.beginUpdate(message.tsEvent, message.tsRecv, message.lastId);
      change(Side.BID);
      change(Side.ASK);
      session.endUpdate();
      tickers.compare(sync);
    } else {
      session.numberBook(message.lastId);
    }
  }

  private void change(Side side) {
    LevelList levels = message.levels(side);
    for (int i = 0; i < levels.count; i++) {
      session.change(message.tsEvent, side, levels.price[i], levels.size[i]);
    }
  }

  private void takeTrade() {
    session.addTrade(
        message.tsEvent,
        message.tsRecv,
        message.lastId,
        message.restingSide,
        message.price,
        message.size);
  }

  private void end() {
    ended = true;
    session.end(count(BinanceCount.LINES));
    if (session.day() == null) {
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
    return session.day();
  }

  @Override
  public List<Dated<RejectedRow>> rejected() {
    return session.rejected();
  }

  @Override
  public boolean isLate() {
    return session.isLate();
  }

  @Override
  public List<Dated<SuspectWindow>> suspectWindows() {
    return session.suspectWindows();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
