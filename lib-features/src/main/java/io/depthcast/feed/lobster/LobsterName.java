package io.depthcast.feed.lobster;

import io.depthcast.quality.DataContractException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a LOBSTER file name says: {@code SYMBOL_YYYY-MM-DD_STARTms_ENDms_message_LEVELS.csv}, with
 * {@code orderbook} in the place of {@code message}, with {@code .gz} at the end, or with a free
 * suffix between the level count and {@code .csv}, as in {@code ..._message_10.first998.csv.gz}.
 *
 * @param fileName the name itself, without folders
 * @param symbol ticker, dots and dashes included
 * @param date trading day in New York
 * @param startMs theoretical begin, milliseconds after midnight in New York
 * @param endMs theoretical end, milliseconds after midnight in New York
 * @param kind which of the two files of a pair
 * @param levels levels a side, 1 to 1000
 */
public record LobsterName(
    String fileName, String symbol, LocalDate date, long startMs, long endMs, Kind kind, int levels)
    implements Serializable {

  private static final long DAY_MS = 86_400_000;
  private static final int MOST_LEVELS = 1000;
  private static final Pattern NAME =
      Pattern.compile(
          "([A-Za-z0-9.\\-]+)_(\\d{4})-(\\d{2})-(\\d{2})_(\\d{1,8})_(\\d{1,8})"
              + "_(message|orderbook)_(\\d{1,4})(\\.[^/]+)?\\.csv(\\.gz)?");

  /** The two files of a pair. */
  public enum Kind {
    MESSAGE,
    ORDERBOOK;

    /** The word in the file name. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    Kind other() {
      return this == MESSAGE ? ORDERBOOK : MESSAGE;
    }
  }

  public LobsterName {
    if (startMs >= endMs || endMs > DAY_MS) {
      throw new DataContractException(
          fileName
              + ": times "
              + startMs
              + " to "
              + endMs
              + " ms are not a stretch of one day (0 to 86400000, start before end); rename the"
              + " file");
    }
    if (levels < 1 || levels > MOST_LEVELS) {
      throw new DataContractException(
          fileName + ": " + levels + " levels (must be 1 to " + MOST_LEVELS + "); rename the file");
    }
  }

  /**
   * Reads a file name.
   *
   * @throws DataContractException if it does not follow the pattern, names a date that does not
   *     exist, an empty stretch of the day, or no levels
   */
  public static LobsterName parse(String fileName) {
    Matcher matcher = NAME.matcher(fileName);
    if (!matcher.matches()) {
      throw new DataContractException(
          fileName
              + ": not a LOBSTER file name; expected"
              + " SYMBOL_YYYY-MM-DD_STARTms_ENDms_message_LEVELS.csv or ..._orderbook_LEVELS.csv,"
              + " .gz allowed; rename the file or move it elsewhere");
    }
    return new LobsterName(
        fileName,
        matcher.group(1),
        date(fileName, matcher),
        Long.parseLong(matcher.group(5)),
        Long.parseLong(matcher.group(6)),
        Kind.valueOf(matcher.group(7).toUpperCase(Locale.ROOT)),
        Integer.parseInt(matcher.group(8)));
  }

  private static LocalDate date(String fileName, Matcher matcher) {
    int year = Integer.parseInt(matcher.group(2));
    int month = Integer.parseInt(matcher.group(3));
    int day = Integer.parseInt(matcher.group(4));
    try {
      return LocalDate.of(year, month, day);
    } catch (DateTimeException e) {
      throw new DataContractException(
          String.format(
              Locale.ROOT,
              "%s: date %04d-%02d-%02d does not exist; rename the file",
              fileName,
              year,
              month,
              day),
          e);
    }
  }

  /**
   * Whether a file in a folder of LOBSTER data must follow the pattern: every {@code .csv} and
   * {@code .csv.gz} that is not hidden. A readme is left alone; a misnamed data file is not.
   */
  public static boolean isExpectedToParse(String fileName) {
    return !fileName.startsWith(".")
        && !fileName.startsWith("_")
        && (fileName.endsWith(".csv") || fileName.endsWith(".csv.gz"));
  }

  /** The plain name of the other file of the pair. */
  public String counterpart() {
    return plain(symbol, date, startMs, endMs, kind.other(), levels);
  }

  /** The name as LOBSTER writes it. */
  static String plain(
      String symbol, LocalDate date, long startMs, long endMs, Kind kind, int levels) {
    return symbol
        + "_"
        + date
        + "_"
        + startMs
        + "_"
        + endMs
        + "_"
        + kind.word()
        + "_"
        + levels
        + ".csv";
  }
}
