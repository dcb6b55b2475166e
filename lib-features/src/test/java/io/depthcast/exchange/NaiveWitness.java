package io.depthcast.exchange;

import io.depthcast.quality.SuspectWindow.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the second connection of a capture tells of updates that the first has lost, by maps of all
 * levels that are compared whole. The second has each message right after the first.
 */
final class NaiveWitness {

  private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"");
  private static final Pattern BIDS = Pattern.compile("\"bids\":(\\[.*]),\"asks\"");
  private static final Pattern ASKS = Pattern.compile("\"asks\":(\\[.*])");
  private static final Pattern PAIR = Pattern.compile("\\[\"([^\"]+)\",\"([^\"]+)\"]");
  private static final Pattern CHANGE =
      Pattern.compile("\\[\"(buy|sell)\",\"([^\"]+)\",\"([^\"]+)\"]");

  private Map<String, Double> first = new HashMap<>();
  private final Map<String, Double> second = new HashMap<>();

  /** Time of the last update of the first connection. */
  private Instant time = Instant.MIN;

  /** Time of the first update after the snapshot; from then on both tell the same. */
  private Instant comparable = Instant.MAX;

  /** The first connection is known to have lost its book. */
  private boolean isLostBook;

  /** Receive time of its first row since both books were one, null for none, and of its last. */
  private Long since;

  private long last;

  /** The second connection has had an update that the first has not. */
  private boolean isLost;

  /** When the second connection told the book that has its row to come, null for none. */
  private Long taken;

  private final List<InjectedFault> gaps = new ArrayList<>();

  private NaiveWitness() {}

  static List<InjectedFault> gaps(CharSequence capture) {
    NaiveWitness naive = new NaiveWitness();
    capture.toString().lines().forEach(naive::read);
    if (naive.taken != null) {
      naive.endGap(naive.last);
    }
    return naive.gaps;
  }

  private void read(String line) {
    String[] columns = line.split(" ", 5);
    long recv = Long.parseLong(columns[0]);
    String json = columns[4];
    if (columns[2].equals("witness")) {
      readSecond(recv, json);
    } else {
      readFirst(recv, json);
    }
  }

  private void readFirst(long recv, String json) {
    if (taken != null) {
      endGap(taken);
    }
    if (!json.endsWith("}") || (isUpdate(json) && time(json).isBefore(time))) {
      comparable = Instant.MAX;
      isLostBook = true;
      return;
    }
    if (json.contains("\"snapshot\"")) {
      comparable = Instant.MAX;
      isLostBook = false;
      isLost = false;
      since = null;
    }
    if (isUpdate(json)) {
      time = time(json);
      comparable = isLostBook || comparable.isBefore(time) ? comparable : time;
    }
    last = recv;
    since = since == null ? Long.valueOf(recv) : since;
    apply(first, json);
  }

  private void readSecond(long recv, String json) {
    apply(second, json);
    if (!isUpdate(json) || !time(json).isAfter(comparable)) {
      return;
    }
    if (!time(json).equals(time)) {
      isLost = true;
      return;
    }
    boolean isSame = first.equals(second);
    if (!isSame && !isLost) {
      throw new AssertionError("the books differ, and nothing was lost: " + json);
    }
    if (!isSame) {
      taken = recv;
      first = new HashMap<>(second);
    } else if (isLost) {
      endGap(last);
    } else {
      since = null;
    }
  }

  private void endGap(long recvLast) {
    gaps.add(new InjectedFault(CaptureFault.DROPPED, Cause.SEQUENCE_GAP, since, recvLast));
    isLost = false;
    since = null;
    taken = null;
  }

  private static boolean isUpdate(String json) {
    return json.contains("\"l2update\"");
  }

  private static Instant time(String json) {
    Matcher time = TIME.matcher(json);
    if (!time.find()) {
      throw new AssertionError(json);
    }
    return Instant.parse(time.group(1));
  }

  private static void apply(Map<String, Double> book, String json) {
    if (json.contains("\"snapshot\"")) {
      book.clear();
      fill(book, "buy", BIDS.matcher(json));
      fill(book, "sell", ASKS.matcher(json));
    }
    Matcher change = CHANGE.matcher(json);
    while (change.find()) {
      set(book, change.group(1), change.group(2), change.group(3));
    }
  }

  private static void fill(Map<String, Double> book, String side, Matcher levels) {
    if (levels.find()) {
      Matcher pair = PAIR.matcher(levels.group(1));
      while (pair.find()) {
        set(book, side, pair.group(1), pair.group(2));
      }
    }
  }

  private static void set(Map<String, Double> book, String side, String price, String size) {
    if (Double.parseDouble(size) == 0) {
      book.remove(side + price);
    } else {
      book.put(side + price, Double.parseDouble(size));
    }
  }
}
