package io.depthcast.jobs.simulate;

import io.depthcast.exchange.AdvancedTradeRecorder;
import io.depthcast.exchange.BinanceRecorder;
import io.depthcast.exchange.CoinbaseRecorder;
import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.InjectedFault;
import io.depthcast.exchange.Instrument;
import io.depthcast.exchange.LobsterRecorder;
import io.depthcast.exchange.SnapshotRecorder;
import io.depthcast.exchange.TruthRecorder;
import io.depthcast.feed.lobster.LobsterPair;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The files of one session in all formats, each compressed. */
final class SessionFiles implements Closeable {

  // Folders of the captures.
  private static final String BINANCE = "binance";
  private static final String COINBASE = "coinbase";
  private static final String COINBASE_ADVANCED = "coinbase_advanced";

  private final Path folder;
  private final List<Writer> writers = new ArrayList<>();

  private SessionFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Plays a session and writes it.
   *
   * @return events in it
   */
  static long write(ExchangeSession session, SimulateConfig config, Path folder)
      throws IOException {
    Instrument instrument = session.instrument();
    SimulateConfig.Formats formats = config.formats();
    LobsterPair lobster = LobsterRecorder.files(session, formats.levels());
    String name = instrument.symbol() + "_" + session.date();
    String product = instrument.symbol() + "-USD";
    SimulateConfig.Faults faults = config.faults();
    try (SessionFiles files = new SessionFiles(folder)) {
      BinanceRecorder binance =
          new BinanceRecorder(
              instrument,
              formats.binanceDepthMs(),
              faults.binance(),
              files.open(capture(BINANCE, session)));
      CoinbaseRecorder coinbase =
          new CoinbaseRecorder(
              instrument,
              product,
              formats.coinbaseDepthMs(),
              faults.coinbase(),
              true,
              files.open(capture(COINBASE, session)));
      AdvancedTradeRecorder advanced =
          new AdvancedTradeRecorder(
              instrument,
              product,
              formats.coinbaseDepthMs(),
              faults.coinbaseAdvanced(),
              files.open(capture(COINBASE_ADVANCED, session)));
      long events =
          session.run(
              List.of(
                  new LobsterRecorder(
                      session,
                      formats.levels(),
                      files.open("lobster/" + lobster.message().fileName()),
                      files.open("lobster/" + lobster.orderbook().fileName())),
                  binance,
                  coinbase,
                  advanced,
                  new SnapshotRecorder(
                      instrument,
                      formats.levels(),
                      formats.snapshotMs(),
                      files.open("snapshots/" + name + ".csv")),
                  new TruthRecorder(
                      instrument,
                      files.open("truth/" + name + "_book.csv"),
                      files.open("truth/" + name + "_moves.csv"),
                      files.open("truth/" + name + "_queues.csv"))));
      Writer truth = files.open("truth/" + name + "_faults.csv");
      truth.append("capture,").append(InjectedFault.CSV_HEADER).append('\n');
      append(truth, BINANCE, binance.faults());
      append(truth, COINBASE, coinbase.faults());
      append(truth, COINBASE_ADVANCED, advanced.faults());
      return events;
    }
  }

  private static void append(Writer truth, String capture, List<InjectedFault> faults)
      throws IOException {
    for (InjectedFault fault : faults) {
      truth.append(capture).append(',').append(fault.csv()).append('\n');
    }
  }

  /** A folder is a session to the jobs that read captures: ids begin anew in each. */
  private static String capture(String feed, ExchangeSession session) {
    return feed
        + "/"
        + session.instrument().symbol()
        + "/"
        + session.date()
        + "/"
        + session.instrument().symbol()
        + "_"
        + session.date();
  }

  private Writer open(String name) throws IOException {
    Path file = folder.resolve(name + ".gz");
    Files.createDirectories(file.getParent());
    Writer writer =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.US_ASCII),
            1 << 16);
    writers.add(writer);
    return writer;
  }

  @Override
  public void close() throws IOException {
    IOException fault = null;
    for (Writer writer : writers) {
      try {
        writer.close();
      } catch (IOException e) {
        fault = e;
      }
    }
    if (fault != null) {
      throw fault;
    }
  }
}
