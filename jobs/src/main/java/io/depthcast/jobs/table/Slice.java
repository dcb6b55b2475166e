package io.depthcast.jobs.table;

import io.depthcast.jobs.columns.ArrayVector;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

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

  /** Columns of the slice's rows: venue, symbol and trade date, then the given ones. */
  public ArrayVector[] columns(ArrayVector... rest) {
    ArrayVector[] all = new ArrayVector[3 + rest.length];
    all[0] = ArrayVector.constant(venue);
    all[1] = ArrayVector.constant(symbol);
    all[2] = ArrayVector.constantDate((int) tradeDate.toEpochDay());
    System.arraycopy(rest, 0, all, 3, rest.length);
    return all;
  }

  /** The slice of partition values as Delta's log holds them. */
  static Slice of(Map<String, String> partition) {
    return new Slice(
        partition.get("venue"),
        partition.get("symbol"),
        LocalDate.parse(partition.get("trade_date")));
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

  /** Partition values by column, as Delta's log holds them. */
  Map<String, String> partition() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("venue", venue);
    values.put("symbol", symbol);
    values.put("trade_date", tradeDate.toString());
    return values;
  }

  /**
   * Folder of the slice below a table's, {@code venue=nasdaq/symbol=GOOG/trade_date=2012-06-21}.
   */
  String folder() {
    return partition().entrySet().stream()
        .map(e -> ExternalCatalogUtils.getPartitionPathString(e.getKey(), e.getValue()))
        .collect(Collectors.joining("/"));
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
