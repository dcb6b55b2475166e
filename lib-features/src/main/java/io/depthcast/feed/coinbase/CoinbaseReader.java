package io.depthcast.feed.coinbase;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.book.L2Book;
import io.depthcast.feed.CaptureLine;
import io.depthcast.feed.FeedClock;
import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.FeedReader;
import io.depthcast.feed.LevelSession;
import io.depthcast.feed.LineReader;
import io.depthcast.feed.MessageFault;
import io.depthcast.feed.RejectedRow;
import io.depthcast.feed.RowMark;
import io.depthcast.feed.TextSource;
import io.depthcast.feed.coinbase.Message.Part;
import io.depthcast.quality.DataContractException;
import io.depthcast.quality.SuspectWindow;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the captured messages of one Coinbase product into rows. What each message gives, and when
 * the book is trusted, is said in the package's description.
 */
public final class CoinbaseReader implements FeedReader {

  /** Whoever connects has to subscribe within this time. */
  private static final long SUBSCRIBE_NANOS = 5_000_000_000L;

  /** Whoever was heard within this time has not ended; heartbeats come each second. */
  private static final long ALIVE_NANOS = 1_000_000_000L;

  // Bounds of the memory; no real session comes near.
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int MOST_SUBSCRIPTIONS = 1_000;
  private static final int MOST_SUBSCRIPTION_BYTES = 10_000;

  /** Names of connections begin so that give no rows: only their books are looked at. */
  public static final String WITNESS = "witness";

  private final String product;
  private final LineReader lines;
  private final CaptureLine line;
  private final MessageParser parser;
  private final LevelSession session;
  private final long[] counts = new long[CoinbaseCount.values().length];

  private final Message message = new Message();

  /** Whether the message is no later than what was had about the book before. */
  private boolean old;

  /** The part of the message that is next. */
  private int part;

  private boolean ended;

  private final Map<String, Connection> connections = new HashMap<>();
  private final Set<String> subscriptions = new HashSet<>();
  private final RepeatedUpdates repeated = new RepeatedUpdates();
  private final RecentRows recent = new RecentRows();
  private final BookCheck check = new BookCheck();
  private final Witness witness;

  /** Numbers of what one connection gave in one source, by both. */
  private final Map<String, Integer> streams = new HashMap<>();

  private String streamConnection;
  private int streamSource;
  private int stream;

  /** The connection that the last snapshot came from, null before the first. */
  private String bookConnection;

  /** The source that it was last heard in. */
  private int bookSource;

  private final Successor successor = new Successor();

  /** When the connection that the book is of was last heard. */
  private long bookHeard = Long.MIN_VALUE / 2;

  /** When the venue sent the last message about the book that was numbered. */
  private long bookTime = Message.NONE;

  // A snapshot that has no row yet: it bears no time, or an earlier one than what was had already.
  private boolean waiting;
  private long waitingRecv;
  private long waitingSeq;
  private long waitingTime;

  /** The time of its row, once known. */
  private long waitingStamp = BookBatch.NO_TIME;

  private long snapshotStamp;

  private long lastTrade = Message.NONE;

  /**
   * @param sources the session in order; closed with the reader
   * @param product as the venue writes it, {@code BTC-USD}
   * @param limits what is put up with
   */
  public CoinbaseReader(List<TextSource> sources, String product, FeedLimits limits) {
    this.product = product;
    // Names of fields come from outside; interned, hostile ones would stay in memory for good.
    JsonFactory json =
        new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
    lines = new LineReader(sources);
    line = new CaptureLine(json);
    parser = new MessageParser(json, product);
    session = new LevelSession(lines, limits, "no snapshot yet");
    witness = new Witness(session, check);
  }

  @Override
  public boolean next(BookBatch book, EventBatch events) throws IOException {
    session.into(book, events);
    while (toRow()) {
      boolean snapshot = waitingStamp != BookBatch.NO_TIME;
      long stamp = snapshot ? waitingStamp : message.stamp(part);
      if (!session.isReady(stamp, message.tsRecv)) {
        return true;
      }
      if (snapshot) {
        showSnapshot();
      } else {
        takePart();
        part++;
      }
    }
    if (book.rows == 0 && !ended) {
      end();
    }
    return book.rows > 0;
  }

  /** Goes to what gives the next row: a snapshot whose time is known, or a part of the message. */
  private boolean toRow() throws IOException {
    while (waitingStamp == BookBatch.NO_TIME) {
      if (part == message.parts) {
        part = 0;
        if (!readMessage()) {
          return false;
        }
      } else if (!givesRow()) {
        part++;
      } else if (waiting) {
        waitingStamp = message.stamp(part);
      } else {
        return true;
      }
    }
    return true;
  }

  private boolean givesRow() {
    return switch (message.part[part]) {
      case SNAPSHOT -> {
        takeSnapshot();
        yield false;
      }
      case UPDATE -> message.begin(part) < message.partEnd[part] && !isRepeated();
      case TRADE -> isNewTrade();
    };
  }

  /** Goes to the next message that has parts. */
  private boolean readMessage() throws IOException {
    while (lines.next()) {
      count(CoinbaseCount.LINES, 1);
      parser.reset(message);
      try {
        if (readLine()) {
          return true;
        }
      } catch (MessageFault fault) {
        if (isOfWitness()) {
          witness.lose(line.connection);
        } else {
          reject(fault);
        }
      }
      message.parts = 0;
    }
    message.parts = 0;
    return false;
  }

  private boolean readLine() throws MessageFault {
    CaptureLine.Kind kind = line.read(lines);
    if (kind == CaptureLine.Kind.CONNECT) {
      connect();
    }
    if (kind != CaptureLine.Kind.MESSAGE) {
      return ignored(CoinbaseCount.OTHER_MESSAGES);
    }
    parser.parse(line);
    if (isOfWitness()) {
      witness.read(line.connection, message);
      compareBooks();
      return ignored(CoinbaseCount.WITNESS_MESSAGES);
    }
    requirePlausible(message.time);
    for (int i = 0; i < message.parts; i++) {
      requirePlausible(message.stamp(i));
    }
    hear(message.tsRecv == BookBatch.NO_TIME ? message.time : message.tsRecv);
    if (message.sequence != Message.NONE && !follows()) {
      return ignored(CoinbaseCount.REPEATED_MESSAGES);
    }
    old =
        message.sequence == Message.NONE
            ? repeated.isOld(stream(), message.time)
            : message.time <= bookTime;
    noteOverlap();
    return switch (message.kind) {
      case OURS -> {
        noteEarlierTrade();
        noteLateUpdate();
        yield message.parts > 0;
      }
      case HEARTBEAT -> {
        noteHeartbeat();
        yield ignored(CoinbaseCount.HEARTBEATS);
      }
      case SUBSCRIPTIONS -> {
        noteSubscriptions();
        yield ignored(CoinbaseCount.OTHER_MESSAGES);
      }
      case OTHER_PRODUCT -> ignored(CoinbaseCount.OTHER_PRODUCTS);
      case OTHER -> ignored(CoinbaseCount.OTHER_MESSAGES);
    };
  }

  /**
   * A message of the successor that was had, or while the other connection is alive, or one of the
   * other as late as the successor's snapshot.
   */
  private void noteOverlap() {
    boolean overlaps;
    if (isOfSuccessor()) {
      boolean bookIsAlive =
          !line.connection.isEmpty()
              && message.tsRecv != BookBatch.NO_TIME
              && message.tsRecv - bookHeard <= ALIVE_NANOS;
      overlaps = bookIsAlive || (old && message.time != Message.NONE);
    } else {
      overlaps = isOfBook() && message.time >= successor.time();
      bookHeard = isOfBook() && message.tsRecv != BookBatch.NO_TIME ? message.tsRecv : bookHeard;
    }
    if (overlaps) {
      successor.overlap();
    }
  }

  private boolean isOfWitness() {
    return line.connection.startsWith(WITNESS);
  }

  private void doubt(Cause cause, String detail, Optional<RowMark> from) {
    from.ifPresent(row -> session.doubt(cause, session.place() + detail, row));
  }

  /** Rows that were given as sound are suspect where the witness tells that their book is wrong. */
  private void compareBooks() {
    for (BookCheck.Finding found = check.compare(); found != null; found = check.compare()) {
      count(CoinbaseCount.BOOK_DIFFERENCES, 1);
      doubt(found.cause(), found.detail(), recent.from(found.since()));
    }
    if (check.canTakeOver() && session.isStanding() && !waiting) {
      takeWitness(check.wrong());
    }
  }

  /** The step to the book of the witness is in a row of its own. */
  private void takeWitness(BookCheck.Finding wrong) {
    session.book().copy(witness.book());
    loseTo(
        wrong.cause(),
        session.place() + wrong.detail(),
        line.tsRecv,
        BookBatch.NO_SEQ,
        Message.NONE);
  }

  private boolean ignored(CoinbaseCount count) {
    count(count, 1);
    return false;
  }

  private void hear(long time) {
    if (time != BookBatch.NO_TIME) {
      session.hear(time);
    }
  }

  private void requirePlausible(long stamp) throws MessageFault {
    if (stamp != BookBatch.NO_TIME && !session.clock().isPlausible(stamp, message.tsRecv)) {
      throw new MessageFault(
          message.tsRecv == BookBatch.NO_TIME
              ? "time is more than a day after the rows before"
              : "time is "
                  + FeedClock.seconds(Math.abs(stamp - message.tsRecv))
                  + " away from the receive time; is the receiver's clock set? else raise maxSkewMs");
    }
  }

  /** Takes note of the number of a message; false if the message was had already. */
  private boolean follows() {
    Connection connection = connection();
    Connection.Order order = connection.order(message);
    switch (order) {
      case NEXT -> {}
      case REPEATED -> {
        if (!hasSnapshot()) {
          return false;
        }
        // Another connection that overlaps with the one before, or the same from its begin.
        connection.restart();
      }
      case GAP -> {
        count(CoinbaseCount.GAPS, 1);
        lose(Cause.SEQUENCE_GAP, gap(connection.sequence()));
      }
      case ANEW -> {
        reconnect("message " + message.sequence + " after " + connection.sequence());
        connection.restart();
      }
    }
    connection.add(message);
    return true;
  }

  private Connection connection() {
    if (connections.size() == MOST_CONNECTIONS) {
      connections.clear();
    }
    return connections.computeIfAbsent(line.connection, name -> new Connection());
  }

  private boolean hasSnapshot() {
    for (int i = 0; i < message.parts; i++) {
      if (message.part[i] == Part.SNAPSHOT) {
        return true;
      }
    }
    return false;
  }

  private String gap(long last) {
    long missing = message.sequence - last - 1;
    return "message "
        + message.sequence
        + " follows "
        + last
        + (missing == 1 ? ", 1 message is missing" : ", " + missing + " messages are missing");
  }

  private void reconnect(String sign) {
    if (isOfBook() && (session.isStanding() || waiting)) {
      count(CoinbaseCount.RECONNECTS, 1);
      lose(Cause.RECONNECT, sign + ": the connection was made anew");
    }
  }

  /**
   * Gives the book up if it comes from the present connection. The next row is suspect even if it
   * is the snapshot that ends this: the step to it hides changes.
   */
  private void lose(Cause cause, String detail) {
    if (isOfSuccessor()) {
      // Only a new connection can follow it.
      bookConnection = line.connection;
      successor.end();
    } else if (isOfBook() && successor.isThere()) {
      loseToSuccessor(cause, detail);
      return;
    }
    if (isOfBook()) {
      waiting = false;
      check.endRows();
      if (session.isStanding()) {
        session.lose(cause, session.place() + detail);
        session.flagNext(cause, session.place() + detail);
      }
    }
  }

  /** The successor takes over: without a step, or as a snapshot that has its row to come. */
  private void loseToSuccessor(Cause cause, String detail) {
    boolean isSame = successor.isSame(session.book());
    takeOver();
    if (!isSame) {
      loseTo(cause, session.place() + detail, successor.tsRecv(), successor.number(), Message.NONE);
    }
  }

  /** Another book has been put in place of the one that stands; its row is to come. */
  private void loseTo(Cause cause, String detail, long tsRecv, long number, long time) {
    check.endRows();
    session.lose(cause, detail);
    session.flagNext(cause, detail);
    waiting = true;
    waitingRecv = tsRecv;
    waitingSeq = number;
    waitingTime = time;
  }

  private void takeOver() {
    session.book().copy(successor.book());
    bookConnection = successor.connection();
    successor.end();
    count(CoinbaseCount.RECONNECTS, 1);
  }

  /** Whether the present line may be about the book: no other connection is known to give it. */
  private boolean isOfBook() {
    return !isOfSuccessor() && (bookConnection == null || bookConnection.equals(line.connection));
  }

  private boolean isOfSuccessor() {
    return successor.isOf(line.connection, lines.source());
  }

  /** What the present line's connection gives in its source. */
  private int stream() {
    if (!line.connection.equals(streamConnection) || lines.source() != streamSource) {
      streamConnection = line.connection;
      streamSource = lines.source();
      if (streams.size() == MOST_CONNECTIONS) {
        streams.clear();
      }
      stream =
          streams.computeIfAbsent(streamSource + " " + streamConnection, name -> streams.size());
    }
    return stream;
  }

  private void connect() {
    reconnect("connect");
    connections.remove(line.connection);
  }

  /** A connection's list of subscriptions grows; it comes again with another connection only. */
  private void noteSubscriptions() {
    int length = Math.min(line.to - line.from, MOST_SUBSCRIPTION_BYTES);
    String list = new String(line.bytes, line.from, length, StandardCharsets.UTF_8);
    boolean isNew = subscriptions.size() == MOST_SUBSCRIPTIONS || subscriptions.add(list);
    if (!isNew && session.clock().latest() - snapshotStamp > SUBSCRIBE_NANOS) {
      reconnect("the same subscriptions again");
    }
  }

  private void noteHeartbeat() {
    if (message.heartbeat != Message.NONE) {
      long before = connection().heartbeatBefore(message.heartbeat);
      if (message.heartbeat != before + 1) {
        session.flagNext(
            Cause.SILENCE,
            session.place() + "heartbeat " + message.heartbeat + " follows " + before);
      }
    }
  }

  private void noteEarlierTrade() {
    if (message.earlierTrade > lastTrade) {
      missTrades(message.earlierTrade + 1);
      lastTrade = message.earlierTrade;
    }
  }

  /**
   * An update without a number that comes after one sent later: levels that both change are wrong
   * until the next snapshot.
   */
  private void noteLateUpdate() {
    long before = repeated.lastTime(stream());
    boolean isUpdate = message.parts > 0 && message.part[0] == Part.UPDATE;
    if (message.sequence == Message.NONE
        && isUpdate
        && isOfBook()
        && before != Message.NONE
        && session.clock().isOvertaken(message.time, before)) {
      String detail =
          "an update comes after one that was sent "
              + FeedClock.seconds(before - message.time)
              + " later";
      doubt(Cause.SEQUENCE_GAP, detail, recent.after(message.time));
      lose(Cause.SEQUENCE_GAP, detail);
    }
  }

  /** Counts the trades between the last and one with the id. */
  private void missTrades(long id) {
    if (lastTrade != Message.NONE) {
      count(CoinbaseCount.MISSED_TRADES, id - lastTrade - 1);
    }
  }

  private void reject(MessageFault fault) {
    boolean repeated =
        message.sequence >= 0 && message.time != BookBatch.NO_TIME && !followsRejected();
    hear(message.tsRecv);
    session.reject(fault);
    if (!repeated && parser.mayBeOfBook()) {
      lose(Cause.SEQUENCE_GAP, "a message about the book is rejected, " + fault.getMessage());
    }
  }

  /** Without its parts, which may be of any kind. */
  private boolean followsRejected() {
    message.parts = 0;
    return follows();
  }

  private boolean isRepeated() {
    if (isOfSuccessor()) {
      return !takesOver();
    }
    boolean repeatedUpdate =
        !isOfBook()
            || (waiting && old)
            || (message.sequence == Message.NONE
                && (repeated.isRepeated(stream(), message.time)
                    || repeated.isCopy(message.time, line)));
    if (repeatedUpdate) {
      count(CoinbaseCount.REPEATED_MESSAGES, 1);
      if (waiting && isOfBook()) {
        for (int i = message.begin(part); i < message.partEnd[part]; i++) {
          session.set(message.side[i], message.price[i], message.size[i]);
        }
      }
    }
    return repeatedUpdate;
  }

  /**
   * Takes an update of the successor: one of what was had changes it alone, without a row. With one
   * that is later it takes over, without a step if both books are one before or after it.
   *
   * @return whether the update has a row
   */
  private boolean takesOver() {
    boolean isLater = !old;
    if (isLater && successor.isSame(session.book())) {
      takeOver();
      return true;
    }
    successor.beginChange();
    for (int i = message.begin(part); i < message.partEnd[part]; i++) {
      session.set(successor.changed(), message.side[i], message.price[i], message.size[i]);
    }
    boolean isSame = successor.isSameOnceChanged(session.book());
    if (isLater && !isSame) {
      stepToSuccessor();
      return true;
    }
    successor.keepChange();
    count(CoinbaseCount.REPEATED_MESSAGES, 1);
    if (isSame && message.time >= lastHad()) {
      takeOver();
      session.numberBook(number());
    }
    return false;
  }

  /** The venue's time of what was had last. */
  private long lastHad() {
    return message.sequence == Message.NONE ? repeated.lastTime() : bookTime;
  }

  /** The step hides changes: the row of the successor's book is suspect. */
  private void stepToSuccessor() {
    takeOver();
    loseTo(
        Cause.RECONNECT, successor.detail(), successor.tsRecv(), successor.number(), message.time);
  }

  private boolean isNewTrade() {
    if (message.id[message.begin(part)] <= lastTrade) {
      return ignored(CoinbaseCount.REPEATED_TRADES);
    }
    if (isOfSuccessor() && !successor.overlaps()) {
      // The other connection has ended before this one began.
      stepToSuccessor();
    } else if (isOfSuccessor() && !isBookHeardSince() && !successor.isSame(session.book())) {
      session.flagNext(Cause.RECONNECT, successor.detail());
    }
    return true;
  }

  /** Whether the other connection was heard after the successor's snapshot: it has not ended. */
  private boolean isBookHeardSince() {
    return bookHeard >= successor.tsRecv();
  }

  private void takeSnapshot() {
    count(CoinbaseCount.SNAPSHOTS, 1);
    if (session.isStanding() && isOfAnother()) {
      fill(
          successor.begin(
              line.connection,
              lines.source(),
              message.time != Message.NONE && old,
              session.place() + "a snapshot while the book stands: the connection was made anew"));
      successor.note(message.tsRecv, number(), message.time);
      return;
    }
    successor.end();
    bookConnection = line.connection;
    reconnect("a snapshot while the book stands");
    session.book().clear();
    fill(session.book());
    waiting = true;
    waitingRecv = message.tsRecv;
    waitingSeq = number();
    waitingTime = message.time;
    if (message.time != BookBatch.NO_TIME && !old) {
      long stamp = message.stamp(part);
      waitingStamp = stamp == BookBatch.NO_TIME ? message.time : stamp;
    }
  }

  /** Whether the present line is of another connection than the book is of. */
  private boolean isOfAnother() {
    return isOfSuccessor()
        || !bookConnection.equals(line.connection)
        || (line.connection.isEmpty() && lines.source() != bookSource);
  }

  private void fill(L2Book book) {
    // Snapshots begin with the best level, and a book grows fastest by better ones.
    for (int i = message.partEnd[part] - 1; i >= message.begin(part); i--) {
      session.set(book, message.side[i], message.price[i], message.size[i]);
    }
  }

  private long number() {
    return message.sequence == Message.NONE ? BookBatch.NO_SEQ : message.sequence;
  }

  private void noteRow(long updateTime) {
    recent.add(session.day(), session.lastSeq(), session.clock().latest(), updateTime);
  }

  private void showSnapshot() {
    recent.clear();
    bookSource = lines.source();
    session.stand();
    if (session.addSnapshot(waitingStamp, waitingRecv, waitingSeq)) {
      noteRow(RecentRows.SNAPSHOT);
    }
    check.beginRows();
    snapshotStamp = session.clock().latest();
    bookTime = Math.max(bookTime, waitingTime);
    waiting = false;
    waitingStamp = BookBatch.NO_TIME;
  }

  private void takePart() {
    int first = message.begin(part);
    if (check.wrong() != null) {
      session.flagNext(check.wrong().cause(), session.place() + check.wrong().detail());
    }
    if (message.part[part] == Part.TRADE) {
      missTrades(message.id[first]);
      lastTrade = message.id[first];
      count(CoinbaseCount.TRADES, 1);
      session.addTrade(
          message.stamp[first],
          message.tsRecv,
          message.id[first],
          message.side[first],
          message.price[first],
          message.size[first]);
      noteRow(Message.NONE);
      return;
    }
    count(CoinbaseCount.UPDATES, 1);
    bookSource = lines.source();
    session.beginUpdate(message.stamp(part), message.tsRecv, number());
    for (int i = first; i < message.partEnd[part]; i++) {
      boolean there =
          session.change(message.stamp[i], message.side[i], message.price[i], message.size[i]);
      count(CoinbaseCount.EMPTY_REMOVALS, there ? 0 : 1);
    }
    session.endUpdate();
    noteRow(message.time);
    check.addToRows(message.stamp(part), session.book().fingerprint(), recent.position());
    compareBooks();
    if (message.sequence == Message.NONE) {
      repeated.add(stream(), message.time, line);
    } else {
      bookTime = Math.max(bookTime, message.time);
    }
  }

  private void end() {
    ended = true;
    session.end(count(CoinbaseCount.LINES));
    if (session.day() == null) {
      throw new DataContractException(
          "coinbase "
              + product
              + ": no row in "
              + count(CoinbaseCount.LINES)
              + " lines (of other products: "
              + count(CoinbaseCount.OTHER_PRODUCTS)
              + ", of no use: "
              + count(CoinbaseCount.OTHER_MESSAGES)
              + "); check the product");
    }
  }

  private void count(CoinbaseCount what, long number) {
    counts[what.ordinal()] += number;
  }

  /** What was counted so far. */
  public long count(CoinbaseCount what) {
    return counts[what.ordinal()];
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
