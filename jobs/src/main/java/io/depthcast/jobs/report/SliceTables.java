package io.depthcast.jobs.report;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.depthcast.book.EventType;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.report.ReportData.BookSummary;
import io.depthcast.jobs.report.ReportData.EventCount;
import io.depthcast.jobs.report.ReportData.Loss;
import io.depthcast.jobs.report.ReportData.SliceId;
import io.depthcast.jobs.report.ReportData.SliceSummary;
import io.depthcast.jobs.report.ReportData.SuspectShare;
import io.depthcast.jobs.report.ReportData.TimeSpan;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Summaries of the slices, from the silver tables. */
final class SliceTables {

  private static final Column[] SLICE = {col("venue"), col("symbol"), col("trade_date")};

  /**
   * Mids closer than this, relative, are equal: (585.01 + 585.03) / 2 and (585 + 585.04) / 2 need
   * not be the same double.
   */
  private static final double SAME_MID = 1e-12;

  private SliceTables() {}

  private record Book(BookSummary summary, TimeSpan span) {}

  /** Rows {@code first} to {@code last}, both inclusive. */
  private record SuspectRows(long first, long last, String cause) {}

  /** Summaries in the order of venue, symbol and date. */
  static List<SliceSummary> read(Lake lake, Arguments arguments) {
    Map<Slice, Book> books = books(lake, arguments);
    if (books.isEmpty()) {
      throw new ConfigException(
          "Table silver.book has no slice for " + arguments + "; check --symbol, --from and --to");
    }
    Map<Slice, List<EventCount>> events = events(lake, arguments);
    Map<Slice, Long> rejected = rejected(lake, arguments);
    Map<Slice, List<SuspectRows>> suspect = suspect(lake, arguments);
    List<SliceSummary> summaries = new ArrayList<>();
    books.forEach(
        (slice, book) ->
            summaries.add(
                new SliceSummary(
                    id(slice),
                    book.span(),
                    events.getOrDefault(slice, List.of()),
                    book.summary(),
                    new Loss(
                        rejected.getOrDefault(slice, 0L),
                        shares(suspect.getOrDefault(slice, List.of()), book.summary().rows())))));
    return summaries;
  }

  static SliceId id(Slice slice) {
    return new SliceId(slice.venue(), slice.symbol(), slice.tradeDate());
  }

  private static Map<Slice, Book> books(Lake lake, Arguments arguments) {
    Column mid = col("bid_price_1").plus(col("ask_price_1")).divide(2);
    Column before = lag("mid", 1).over(Window.partitionBy(SLICE).orderBy("seq"));
    Column changed = abs(col("mid").minus(col("before"))).gt(col("mid").multiply(SAME_MID));
    Map<Slice, Book> books = new TreeMap<>();
    lake.read("silver.book", arguments)
        .select(
            col("venue"),
            col("symbol"),
            col("trade_date"),
            col("seq"),
            col("ts_event"),
            mid.as("mid"),
            col("ask_price_1").minus(col("bid_price_1")).as("spread"))
        .withColumn("before", before)
        .groupBy(SLICE)
        .agg(
            count(lit(1)), count(when(changed, 1)), avg("spread"), min("ts_event"), max("ts_event"))
        .collectAsList()
        .forEach(
            row ->
                books.put(
                    Slice.of(row),
                    new Book(
                        new BookSummary(
                            row.getLong(3),
                            row.getLong(4),
                            row.isNullAt(5) ? Double.NaN : row.getDouble(5)),
                        new TimeSpan(row.getLong(6), row.getLong(7)))));
    return books;
  }

  private static Map<Slice, List<EventCount>> events(Lake lake, Arguments arguments) {
    Map<Slice, List<EventCount>> events = new TreeMap<>();
    lake.read("silver.events", arguments)
        .groupBy(col("venue"), col("symbol"), col("trade_date"), col("event_type"))
        .count()
        .collectAsList()
        .forEach(
            row ->
                events
                    .computeIfAbsent(Slice.of(row), key -> new ArrayList<>())
                    .add(new EventCount(row.getString(3), row.getLong(4))));
    List<String> order = Arrays.stream(EventType.values()).map(EventType::column).toList();
    events.values().forEach(e -> e.sort(Comparator.comparingInt(t -> order.indexOf(t.type()))));
    return events;
  }

  private static Map<Slice, Long> rejected(Lake lake, Arguments arguments) {
    Map<Slice, Long> rejected = new TreeMap<>();
    lake.read("silver.rejected", arguments)
        .groupBy(SLICE)
        .count()
        .collectAsList()
        .forEach(row -> rejected.put(Slice.of(row), row.getLong(3)));
    return rejected;
  }

  private static Map<Slice, List<SuspectRows>> suspect(Lake lake, Arguments arguments) {
    Dataset<Row> windows =
        lake.read("silver.suspect_windows", arguments)
            .select("venue", "symbol", "trade_date", "seq_first", "seq_last", "cause");
    Map<Slice, List<SuspectRows>> suspect = new TreeMap<>();
    windows
        .collectAsList()
        .forEach(
            row ->
                suspect
                    .computeIfAbsent(Slice.of(row), key -> new ArrayList<>())
                    .add(new SuspectRows(row.getLong(3), row.getLong(4), row.getString(5))));
    return suspect;
  }

  /**
   * Share of the rows by cause; a row in several windows counts for the one that starts first, and
   * of equals for the cause that comes first in the alphabet.
   */
  private static List<SuspectShare> shares(List<SuspectRows> windows, long rows) {
    Map<String, Long> byCause = new TreeMap<>();
    long counted = 0;
    List<SuspectRows> inOrder =
        windows.stream()
            .sorted(Comparator.comparingLong(SuspectRows::first).thenComparing(SuspectRows::cause))
            .toList();
    for (SuspectRows window : inOrder) {
      long own = Math.max(0, window.last() - Math.max(counted, window.first() - 1));
      byCause.merge(window.cause(), own, Long::sum);
      counted = Math.max(counted, window.last());
    }
    return byCause.entrySet().stream()
        .map(e -> new SuspectShare(e.getKey(), e.getValue() / (double) rows))
        .toList();
  }
}
