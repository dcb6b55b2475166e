package io.depthcast.exchange;

import io.depthcast.book.EventType;
import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.FeedReader;
import io.depthcast.feed.ReadSession;
import io.depthcast.feed.TextSource;
import io.depthcast.feed.binance.BinanceDepth;
import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.feed.binance.BinanceReader;
import io.depthcast.feed.coinbase.CoinbaseReader;
import io.depthcast.quality.SuspectWindow.Cause;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A session captured with faults and read again, compared with the truth.
 *
 * @param begun what was done
 * @param faults what a reader has to find of it
 * @param read what the reader gave
 * @param truth all that happened
 * @param clean place of each row in the capture without faults, by what it tells
 */
record FaultyCapture(
    Feed feed,
    ExchangeSession session,
    List<PlannedFault> begun,
    List<InjectedFault> faults,
    ReadSession read,
    TrueSession truth,
    Map<String, Integer> clean) {

  static final int LEVELS = 8;

  private static final long LATENCY = 2_000_000;
  private static final double UNITS = 1000;

  /** The captured feeds. */
  enum Feed {
    BINANCE(100),
    ADVANCED_TRADE(50),
    /** With a second connection, as it is captured. */
    COINBASE_EXCHANGE(50),
    /** Without one, which is another capture only where updates are lost without a sign. */
    LONE_EXCHANGE(50);

    private final int depthMs;

    Feed(int depthMs) {
      this.depthMs = depthMs;
    }

    CaptureRecorder recorder(Instrument instrument, List<PlannedFault> plan, Appendable capture) {
      String product = instrument.symbol() + "-USD";
      return switch (this) {
        case BINANCE -> new BinanceRecorder(instrument, depthMs, plan, capture);
        case ADVANCED_TRADE ->
            new AdvancedTradeRecorder(instrument, product, depthMs, plan, capture);
        case COINBASE_EXCHANGE, LONE_EXCHANGE ->
            new CoinbaseRecorder(
                instrument, product, depthMs, plan, this == COINBASE_EXCHANGE, capture);
      };
    }

    FeedReader reader(Instrument instrument, CharSequence capture) {
      byte[] bytes = capture.toString().getBytes(StandardCharsets.US_ASCII);
      var sources = List.of(new TextSource("capture", new ByteArrayInputStream(bytes)));
      // The default limits, but that any share of the lines may be bad, and a grid.
      FeedLimits limits = new FeedLimits(0.01, 1_000, 5_000, 3_600_000, 30_000, 1);
      return this == BINANCE
          ? new BinanceReader(
              sources, BinanceMarket.SPOT, instrument.symbol(), BinanceDepth.UPDATES, limits)
          : new CoinbaseReader(sources, instrument.symbol() + "-USD", limits);
    }

    /** What goes wrong with it: a snapshot that is not asked for cannot be a stale answer. */
    List<CaptureFault> faults() {
      if (this == LONE_EXCHANGE) {
        return List.of(CaptureFault.DROPPED);
      }
      List<CaptureFault> faults = new ArrayList<>(List.of(CaptureFault.values()));
      if (this != BINANCE) {
        faults.remove(CaptureFault.STALE_SNAPSHOT);
      }
      return faults;
    }
  }

  /** A cause and the receive times of the first and the last suspect row. */
  record Span(Cause cause, long recvFirst, long recvLast) {
    boolean contains(Span other) {
      return recvFirst <= other.recvFirst && other.recvLast <= recvLast;
    }
  }

  /** A session told to a feed without faults, and what its readers are held to. */
  record Known(Feed feed, ExchangeSession session, TrueSession truth, Map<String, Integer> rows) {

    static Known of(Feed feed, ExchangeSession session) {
      TrueSession truth = new TrueSession(LEVELS);
      StringBuilder capture = new StringBuilder();
      TrueSession.run(session, truth, feed.recorder(session.instrument(), List.of(), capture));
      ReadSession read = ReadSession.read(feed.reader(session.instrument(), capture), 1000, LEVELS);
      if (!read.windows().isEmpty()) {
        throw new AssertionError(read.windowText());
      }
      Map<String, Integer> places = new HashMap<>();
      for (ReadSession.Row row : read.rows()) {
        places.put(name(feed, session, row), places.size());
      }
      return new Known(feed, session, truth, places);
    }

    /** Depth updates in it. */
    int updates() {
      return (int) rows.keySet().stream().filter(name -> name.startsWith("update")).count();
    }

    FaultyCapture with(List<PlannedFault> plan) {
      StringBuilder capture = new StringBuilder();
      CaptureRecorder recorder = feed.recorder(session.instrument(), plan, capture);
      TrueSession.run(session, recorder);
      ReadSession read = ReadSession.read(feed.reader(session.instrument(), capture), 1000, LEVELS);
      return new FaultyCapture(
          feed, session, recorder.begun(), recorder.faults(), read, truth, rows);
    }
  }

  /** The same for an update and for a snapshot that is sent at its time; a trade by its id. */
  private static String name(Feed feed, ExchangeSession session, ReadSession.Row row) {
    if (row.type() == EventType.TRADE) {
      return "trade " + row.venueSeq();
    }
    long batch = feed.depthMs * 1_000_000L;
    return "update " + (row.tsRecv() - LATENCY - session.openNanos()) / batch;
  }

  private int place(ReadSession.Row row) {
    return clean.getOrDefault(name(feed, session, row), -1);
  }

  /** What a reader has to find. */
  List<Span> expected() {
    return faults.stream()
        .filter(fault -> fault.cause() != null)
        .map(fault -> new Span(fault.cause(), fault.recvFirst(), fault.recvLast()))
        .toList();
  }

  /** What it found. */
  List<Span> found() {
    return read.windows().stream()
        .map(FeedReader.Dated::value)
        .map(window -> new Span(window.cause(), recv(window.seqFirst()), recv(window.seqLast())))
        .toList();
  }

  private long recv(long seq) {
    return read.rows().get((int) seq - 1).tsRecv();
  }

  /** Windows that are expected and were found. */
  List<Span> rightlyFound() {
    List<Span> left = new ArrayList<>(expected());
    return found().stream().filter(left::remove).toList();
  }

  /**
   * Windows that no fault asks for, but for those where the book is wrong without a sign, and those
   * within a gap: a book that lacks an update may be crossed or locked.
   */
  List<Span> wronglyFlagged() {
    List<Span> left = new ArrayList<>(found());
    expected().forEach(left::remove);
    expected().stream()
        .filter(gap -> gap.cause() == Cause.SEQUENCE_GAP)
        .forEach(gap -> left.removeIf(gap::contains));
    left.removeIf(span -> isHidden(span.recvFirst()) && isHidden(span.recvLast()));
    return left;
  }

  /** Whether the book may be wrong at a time, and no reader can tell. */
  private boolean isHidden(long recv) {
    return faults.stream()
        .filter(fault -> fault.cause() == null && fault.fault() != CaptureFault.DUPLICATED)
        .anyMatch(fault -> fault.recvFirst() <= recv && recv <= fault.recvLast());
  }

  /** Rows that are not suspect and whose book is another than the true one. */
  List<ReadSession.Row> wrong(boolean hidden) {
    return read.rows().stream()
        .filter(row -> !row.suspect())
        .filter(row -> isHidden(row.tsRecv()) == hidden)
        .filter(row -> !isTrue(row))
        .toList();
  }

  private boolean isTrue(ReadSession.Row row) {
    // A batch holds the events before its end; a trade comes with the book of the batch before.
    long batch = feed.depthMs * 1_000_000L;
    long sent = row.tsRecv() - LATENCY;
    long end = sent - (sent - session.openNanos()) % batch;
    TrueSession.Event event = truth.before(end);
    return row.bids().equals(TrueSession.scaled(event.bids(), session.instrument(), UNITS))
        && row.asks().equals(TrueSession.scaled(event.asks(), session.instrument(), UNITS));
  }

  /** Rows, suspect ones left out, that come twice or not in their order. */
  long doubled() {
    Set<Integer> seen = new HashSet<>();
    int last = -1;
    long doubled = 0;
    for (ReadSession.Row row : read.rows()) {
      if (!row.suspect()) {
        int at = place(row);
        doubled += seen.add(at) && at > last ? 0 : 1;
        last = at;
      }
    }
    return doubled;
  }

  /** Rows of the clean capture between two that follow each other, neither suspect nor hidden. */
  long lost() {
    int last = -1;
    boolean isSound = false;
    long lost = 0;
    for (ReadSession.Row row : read.rows()) {
      boolean wasSound = isSound;
      isSound = !row.suspect() && !isHidden(row.tsRecv());
      int at = place(row);
      if (isSound && wasSound) {
        lost += Math.max(0, at - last - 1);
      }
      last = at;
    }
    return lost;
  }

  /** Whether the last row is that of the clean capture. */
  boolean isToTheEnd() {
    return place(read.rows().get(read.rows().size() - 1)) == clean.size() - 1;
  }
}
