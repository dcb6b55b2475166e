package io.depthcast.jobs.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What a venue says of one symbol.
 *
 * @param symbol upper case
 * @param snapshot depth from which the messages go on
 * @param messages in the envelope of combined streams
 */
record VenueText(String symbol, String snapshot, List<String> messages) {

  private static final Pattern SNAPSHOT = Pattern.compile("\\{\"lastUpdateId\":(\\d+).*");

  /** Random updates of one to three levels and trades of the spot market, none missing. */
  static VenueText madeUp(int count, long seed) {
    return madeUp(count, seed, false);
  }

  /** The same of futures: ids between two updates are another book's, and each names the last. */
  static VenueText madeUpFutures(int count, long seed) {
    return madeUp(count, seed, true);
  }

  private static VenueText madeUp(int count, long seed, boolean futures) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> messages = new ArrayList<>();
    long id = 100;
    for (int i = 0; i < count; i++) {
      if (futures && random.nextInt(4) == 0) {
        messages.add(
            "{\"stream\":\"abc@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":0,\"s\":\"ABC\",\"a\":1,"
                + "\"p\":\"100.5\",\"q\":\"1\",\"f\":"
                + i
                + ",\"l\":"
                + i
                + ",\"T\":0,\"m\":true}}");
        continue;
      }
      if (!futures && random.nextInt(4) == 0) {
        messages.add(
            "{\"stream\":\"abc@trade\",\"data\":{\"e\":\"trade\",\"E\":0,\"s\":\"ABC\",\"t\":"
                + i
                + ",\"p\":\"100.5\",\"q\":\"1\",\"T\":0,\"m\":true,\"M\":true}}");
        continue;
      }
      long previous = id;
      id += futures ? random.nextInt(5) : 0;
      long first = id + 1;
      StringBuilder bids = new StringBuilder();
      StringBuilder asks = new StringBuilder();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        id++;
        boolean bid = random.nextBoolean();
        int price = bid ? 90 + random.nextInt(11) : 101 + random.nextInt(11);
        // The outermost levels stay, so that no side is ever empty.
        boolean gone = price != 90 && price != 111 && random.nextInt(3) == 0;
        StringBuilder side = bid ? bids : asks;
        side.append(side.isEmpty() ? "" : ",").append("[\"").append(price).append("\",\"");
        side.append(gone ? 0 : 1 + random.nextInt(9)).append("\"]");
      }
      messages.add(
          "{\"stream\":\"abc@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":0,\"s\":\"ABC\","
              + "\"U\":"
              + first
              + ",\"u\":"
              + id
              + (futures ? ",\"T\":0,\"pu\":" + previous : "")
              + ",\"b\":["
              + bids
              + "],\"a\":["
              + asks
              + "]}}");
    }
    String snapshot =
        "{\"lastUpdateId\":100,"
            + (futures ? TrueBook.FUTURES_TIMES : "")
            + "\"bids\":[[\"100\",\"1\"],[\"90\",\"5\"]],"
            + "\"asks\":[[\"101\",\"1\"],[\"111\",\"5\"]]}";
    return new VenueText("ABC", snapshot, messages);
  }

  /** The captured session of BTCUSDT on the spot market, from its snapshot on. */
  static VenueText captured(Path file, int count) throws IOException {
    String snapshot = null;
    List<String> messages = new ArrayList<>();
    long snapshotId = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null && messages.size() < count) {
        String text = line.substring(line.indexOf(' ') + 1);
        Matcher found = SNAPSHOT.matcher(text);
        if (found.matches()) {
          snapshot = text;
          snapshotId = Long.parseLong(found.group(1));
        } else {
          messages.add(text);
        }
      }
    }
    long covered = snapshotId;
    // What the snapshot holds already was sent before it.
    Stream<String> after =
        messages.stream().filter(m -> !m.contains("depthUpdate") || lastId(m) > covered);
    return new VenueText("BTCUSDT", snapshot, after.toList());
  }

  static Path capturedFile() {
    return Path.of(
        System.getProperty("depthcast.root"), "../shared/data/binance/spot_btcusdt_20240808.gz");
  }

  private static final Pattern LAST_ID = Pattern.compile("\"u\":(\\d+)");

  /** The id of the last change in a depth update. */
  static long lastId(String message) {
    Matcher found = LAST_ID.matcher(message);
    if (!found.find()) {
      throw new IllegalArgumentException(message);
    }
    return Long.parseLong(found.group(1));
  }

  private static final Pattern TRADE_ID = Pattern.compile("\"t\":(\\d+)");

  /** The id of a trade of the spot market. */
  static long tradeId(String message) {
    Matcher found = TRADE_ID.matcher(message);
    if (!found.find()) {
      throw new IllegalArgumentException(message);
    }
    return Long.parseLong(found.group(1));
  }

  static boolean isUpdate(String message) {
    return message.contains("\"depthUpdate\"");
  }
}
