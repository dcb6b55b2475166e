package io.depthcast.jobs.pipeline;

import io.depthcast.exchange.SyntheticExchange;
import io.depthcast.feed.lobster.LobsterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;

/** LOBSTER files of a synthetic exchange: two symbols, three days, one halt, a planted signal. */
final class DemoData {

  private static final List<String> SYMBOLS = List.of("DEMOA", "DEMOB");
  private static final List<LocalDate> DAYS =
      List.of(LocalDate.of(2024, 3, 6), LocalDate.of(2024, 3, 7), LocalDate.of(2024, 3, 8));
  private static final int LEVELS = 10;
  private static final int EVENTS = 10_000;
  private static final double SIGNAL = 0.8;

  private DemoData() {}

  /** Writes the files that are not there yet; the same bytes each time. */
  static void write(Path folder) {
    try {
      Files.createDirectories(folder);
      for (int s = 0; s < SYMBOLS.size(); s++) {
        for (int d = 0; d < DAYS.size(); d++) {
          boolean halt = s == 0 && d == 1;
          long seed = 100L * s + d;
          write(
              folder,
              new SyntheticExchange(
                  SYMBOLS.get(s), DAYS.get(d), LEVELS, EVENTS, seed, SIGNAL, halt));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path folder, SyntheticExchange exchange) throws IOException {
    LobsterName message = exchange.files().message();
    LobsterName orderbook = exchange.files().orderbook();
    if (Files.exists(folder.resolve(message.fileName()))
        && Files.exists(folder.resolve(orderbook.fileName()))) {
      return;
    }
    Path messagePart = folder.resolve("." + message.fileName() + ".part");
    Path orderbookPart = folder.resolve("." + orderbook.fileName() + ".part");
    try (Writer messages = Files.newBufferedWriter(messagePart);
        Writer books = Files.newBufferedWriter(orderbookPart)) {
      exchange.write(messages, books);
    }
    Files.move(
        messagePart, folder.resolve(message.fileName()), StandardCopyOption.REPLACE_EXISTING);
    Files.move(
        orderbookPart, folder.resolve(orderbook.fileName()), StandardCopyOption.REPLACE_EXISTING);
  }
}
