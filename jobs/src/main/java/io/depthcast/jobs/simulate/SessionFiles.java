package io.depthcast.jobs.simulate;

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
    try (SessionFiles files = new SessionFiles(folder)) {
      BinanceRecorder binance =
          new BinanceRecorder(
              instrument,
              formats.binanceDepthMs(),
              config.faults(),
              files.open(capture("binance", session)));
      long events =
          session.run(
              List.of(
                  new LobsterRecorder(
                      session,
                      formats.levels(),
                      files.open("lobster/" + lobster.message().fileName()),
                      files.open("lobster/" + lobster.orderbook().fileName())),
                  binance,
                  new CoinbaseRecorder(
                      instrument,
                      instrument.symbol() + "-USD",
                      formats.coinbaseDepthMs(),
                      files.open(capture("coinbase", session))),
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
      Writer faults = files.open("truth/" + name + "_faults.csv");
      faults.append(InjectedFault.CSV_HEADER).append('\n');
      for (InjectedFault fault : binance.faults()) {
        faults.append(fault.csv()).append('\n');
      }
      return events;
    }
  }

  /** A folder is a session to the jobs that read captures: ids begin anew in each. */
  private static String capture(String venue, ExchangeSession session) {
    return venue
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
