package io.depthcast.feed.lobster;

import io.depthcast.feed.lobster.LobsterName.Kind;
import io.depthcast.quality.DataContractException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The two files of one symbol-day.
 *
 * @param message the file of events
 * @param orderbook the file of books, same symbol, date, times and levels
 */
public record LobsterPair(LobsterName message, LobsterName orderbook) implements Serializable {

  public LobsterPair {
    if (message.kind() != Kind.MESSAGE
        || orderbook.kind() != Kind.ORDERBOOK
        || !key(message).equals(key(orderbook))) {
      throw new IllegalArgumentException(
          "Not a pair: " + message.fileName() + " and " + orderbook.fileName());
    }
  }

  /**
   * The names that LOBSTER gives to a symbol-day.
   *
   * @param startMs begin, milliseconds after midnight in New York
   * @param endMs end, milliseconds after midnight in New York
   */
  public static LobsterPair named(
      String symbol, LocalDate date, long startMs, long endMs, int levels) {
    return new LobsterPair(
        LobsterName.parse(LobsterName.plain(symbol, date, startMs, endMs, Kind.MESSAGE, levels)),
        LobsterName.parse(LobsterName.plain(symbol, date, startMs, endMs, Kind.ORDERBOOK, levels)));
  }

  /**
   * Pairs message and orderbook files; the result is ordered by symbol, then date.
   *
   * @throws DataContractException if a file has no counterpart, or a symbol-day comes twice
   */
  public static List<LobsterPair> pair(Collection<LobsterName> names) {
    Map<String, LobsterName> messages = byKey(names, Kind.MESSAGE);
    Map<String, LobsterName> orderbooks = byKey(names, Kind.ORDERBOOK);
    messages.forEach((key, name) -> requireCounterpart(name, orderbooks.get(key)));
    orderbooks.forEach((key, name) -> requireCounterpart(name, messages.get(key)));

    List<LobsterPair> pairs = new ArrayList<>();
    messages.forEach((key, message) -> pairs.add(new LobsterPair(message, orderbooks.get(key))));
    pairs.sort(Comparator.comparing(LobsterPair::symbol).thenComparing(LobsterPair::date));
    for (int i = 1; i < pairs.size(); i++) {
      requireOtherDay(pairs.get(i - 1), pairs.get(i));
    }
    return List.copyOf(pairs);
  }

  public String symbol() {
    return message.symbol();
  }

  public LocalDate date() {
    return message.date();
  }

  public int levels() {
    return message.levels();
  }

  private static Map<String, LobsterName> byKey(Collection<LobsterName> names, Kind kind) {
    Map<String, LobsterName> byKey = new TreeMap<>();
    for (LobsterName name : names) {
      LobsterName other = name.kind() == kind ? byKey.put(key(name), name) : null;
      if (other != null) {
        throw new DataContractException(twice(name, other));
      }
    }
    return byKey;
  }

  private static String key(LobsterName name) {
    return LobsterName.plain(
        name.symbol(), name.date(), name.startMs(), name.endMs(), Kind.MESSAGE, name.levels());
  }

  private static void requireCounterpart(LobsterName name, LobsterName counterpart) {
    if (counterpart == null) {
      throw new DataContractException(
          name.fileName()
              + ": its "
              + name.kind().other().word()
              + " file is missing; put "
              + name.counterpart()
              + " beside it");
    }
  }

  private static void requireOtherDay(LobsterPair left, LobsterPair right) {
    if (left.symbol().equals(right.symbol()) && left.date().equals(right.date())) {
      throw new DataContractException(twice(left.message, right.message));
    }
  }

  private static String twice(LobsterName left, LobsterName right) {
    List<String> files = new ArrayList<>(List.of(left.fileName(), right.fileName()));
    files.sort(null);
    return left.symbol()
        + " "
        + left.date()
        + " comes twice: "
        + files.get(0)
        + " and "
        + files.get(1)
        + "; keep one of them, or choose one level count";
  }
}
