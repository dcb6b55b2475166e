package io.depthcast.jobs.bench;

import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.Instrument;
import io.depthcast.exchange.LobsterRecorder;
import io.depthcast.exchange.OrderFlow;
import io.depthcast.exchange.PlantedSignal;
import io.depthcast.feed.lobster.LobsterPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** One symbol-day of files, copied under many dates. */
final class BenchmarkInput {

  private static final LocalDate FIRST = LocalDate.of(2012, 6, 1);
  private static final String SYMBOL = "GOOG";
  private static final int LEVELS = 10;

  /** Some 28 events a second: about as many as on the sample day. */
  private static final int MADE_UP_SECONDS = 5300;

  private final String what;
  private final byte[] message;
  private final byte[] orderbook;

  private BenchmarkInput(String what, byte[] message, byte[] orderbook) {
    this.what = what;
    this.message = message;
    this.orderbook = orderbook;
  }

  /** LOBSTER's sample day of Google with 10 levels, or a made-up day where it is absent. */
  static BenchmarkInput find(Path data) throws IOException {
    Path zip = data.resolve("lobster").resolve("LOBSTER_SampleFile_GOOG_2012-06-21_10.zip");
    if (!Files.exists(zip)) {
      return madeUp();
    }
    try (ZipFile files = new ZipFile(zip.toFile())) {
      return new BenchmarkInput(
          "GOOG 2012-06-21", entry(files, "message"), entry(files, "orderbook"));
    }
  }

  private static BenchmarkInput madeUp() throws IOException {
    StringBuilder messages = new StringBuilder();
    StringBuilder orderbook = new StringBuilder();
    ExchangeSession session =
        new ExchangeSession(
            new Instrument(SYMBOL, 100, 10_000, OrderFlow.LARGE_TICK),
            FIRST,
            MADE_UP_SECONDS,
            1,
            new PlantedSignal(0.5, 5),
            List.of());
    session.run(List.of(new LobsterRecorder(session, LEVELS, messages, orderbook)));
    return new BenchmarkInput(
        "made-up day (the sample of LOBSTER is absent)", bytes(messages), bytes(orderbook));
  }

  private static byte[] bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] entry(ZipFile files, String kind) throws IOException {
    var entry =
        files.stream()
            .filter(e -> e.getName().contains("_" + kind + "_"))
            .findFirst()
            .orElseThrow();
    try (var in = files.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /** Name of the day's data. */
  String what() {
    return what;
  }

  /** Rows of a day. */
  long rows() {
    long rows = 0;
    for (byte b : message) {
      rows += b == '\n' ? 1 : 0;
    }
    return rows;
  }

  /** Writes the day under the first weekdays from 2012-06-01 on, into a folder of its own. */
  List<DuckDbSpine.Day> write(Path folder, int days) throws IOException {
    Files.createDirectories(folder);
    List<DuckDbSpine.Day> written = new ArrayList<>();
    for (LocalDate date = FIRST; written.size() < days; date = date.plusDays(1)) {
      if (date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY) {
        continue;
      }
      LobsterPair pair = LobsterPair.named(SYMBOL, date, 34_200_000, 57_600_000, LEVELS);
      Path messages = folder.resolve(pair.message().fileName());
      Path books = folder.resolve(pair.orderbook().fileName());
      Files.write(messages, message);
      Files.write(books, orderbook);
      written.add(new DuckDbSpine.Day(SYMBOL, date, messages, books));
    }
    return written;
  }
}
