package io.depthcast.jobs.table;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** The unit of reading, writing and retrying: one symbol of one venue on one trading day. */
public record Slice(String venue, String symbol, LocalDate tradeDate)
    implements Comparable<Slice>, Serializable {

  private static final Comparator<Slice> ORDER =
      Comparator.comparing(Slice::venue)
          .thenComparing(Slice::symbol)
          .thenComparing(Slice::tradeDate);

  /** The slice of a row whose first three columns are venue, symbol and trade date. */
  public static Slice of(Row row) {
    return new Slice(row.getString(0), row.getString(1), row.getDate(2).toLocalDate());
  }

  /** SQL condition that holds for the rows of these slices only; {@code false} for none. */
  public static String predicate(Collection<Slice> slices) {
    if (slices.isEmpty()) {
      return "false";
    }
    return slices.stream().sorted().map(Slice::predicate).collect(Collectors.joining(" OR "));
  }

  private String predicate() {
    return "(venue = "
        + literal(venue)
        + " AND symbol = "
        + literal(symbol)
        + " AND trade_date = DATE'"
        + tradeDate
        + "')";
  }

  /** SQL literal of a text. */
  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  @Override
  public int compareTo(Slice other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return venue + " " + symbol + " " + tradeDate;
  }
}
