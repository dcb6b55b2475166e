package io.depthcast.bench;

import io.depthcast.book.EventBatch;
import io.depthcast.book.L2Book;
import io.depthcast.book.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The levels of a snapshot and the updates after it, in the order of the feed. */
final class LevelStream {

  private static final Side[] SIDES = Side.values();

  /** The begin of a side, or a level: {@code "bids":}, {@code "a":}, {@code ["buy","9.1","2"}. */
  private static final Pattern SIDE_OR_LEVEL =
      Pattern.compile("\"(bids|asks|b|a)\":|\\[(?:\"(buy|sell)\",)?\"([0-9.]+)\",\"([0-9.]+)\"");

  private final EventBatch rows = new EventBatch(1 << 17);
  private final int snapshotRows;

  /** Snapshot and updates out of a captured Coinbase or Binance feed, a message a line. */
  LevelStream(String file, int updates) throws IOException {
    Path path = Path.of(System.getProperty("depthcast.root", ""), "../shared/data", file);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.US_ASCII))) {
      String line = lines.readLine();
      while (!line.contains("lastUpdateId") && !line.contains("snapshot")) {
        line = lines.readLine();
      }
      add(line);
      snapshotRows = rows.rows;
      while (rows.rows < snapshotRows + updates) {
        add(lines.readLine());
      }
    }
  }

  /** Updates around a mid that stands, at distances with mean 300 ticks, as on a busy day. */
  LevelStream(long seed, int updates) {
    Random random = new Random(seed);
    snapshotRows = 2_000;
    while (rows.rows < snapshotRows + updates) {
      Side side = SIDES[random.nextInt(2)];
      double ticks = 1 + Math.floor(-300 * Math.log(1 - random.nextDouble()));
      boolean gone = rows.rows >= snapshotRows && random.nextDouble() < 0.4;
      add(
          side,
          (1_000_000 + (side == Side.BID ? -ticks : ticks)) / 100,
          gone ? 0 : 1 + random.nextInt(100_000) / 1000.0);
    }
  }

  private void add(String line) {
    Matcher matcher = SIDE_OR_LEVEL.matcher(line);
    Side side = Side.BID;
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        side = matcher.group(1).startsWith("b") ? Side.BID : Side.ASK;
      } else {
        if (matcher.group(2) != null) {
          side = matcher.group(2).equals("buy") ? Side.BID : Side.ASK;
        }
        add(side, Double.parseDouble(matcher.group(3)), Double.parseDouble(matcher.group(4)));
      }
    }
  }

  private void add(Side side, double price, double size) {
    int row = rows.add();
    rows.side[row] = (byte) side.ordinal();
    rows.price[row] = price;
    rows.size[row] = size;
  }

  void applySnapshot(L2Book book) {
    for (int row = 0; row < snapshotRows; row++) {
      apply(book, row);
    }
  }

  void applyUpdate(L2Book book, int update) {
    apply(book, snapshotRows + update);
  }

  private void apply(L2Book book, int row) {
    book.set(SIDES[rows.side[row]], rows.price[row], rows.size[row]);
  }
}
