package io.depthcast.jobs.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ingest and features in DuckDB's SQL: LOBSTER pairs to Parquet tables, then features and labels by
 * window functions.
 *
 * <p>Each symbol-day is a task of its own, and there are as many connections as threads. A day's
 * rows pass its windows in the order of the file, so that DuckDB streams them without a sort.
 *
 * <p>What it leaves out of the work of Depthcast's jobs: the check of every row, suspect windows,
 * checksums, constraints, transactions.
 */
final class DuckDbSpine implements AutoCloseable {

  private static final int LEVELS = 10;
  private static final int[] FLOW_WINDOWS = {10, 50};
  private static final int[] RETURN_WINDOWS = {1, 2, 5, 10, 20, 50};
  private static final int[] HORIZONS = {10, 50, 100};
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  /** One symbol-day's two files. */
  record Day(String symbol, LocalDate date, Path message, Path orderbook) {}

  private final DuckDb database;

  DuckDbSpine(int threads) throws SQLException {
    database = new DuckDb(threads);
  }

  DuckDb database() {
    return database;
  }

  /** Writes {@code events}, {@code book} and {@code trades} below a folder. */
  void ingest(List<Day> days, Path out) throws Exception {
    database.forEach(days, (statement, day) -> ingest(statement, day, out));
  }

  /** Writes {@code features} and {@code labels} from the book below the same folder. */
  void features(List<Day> days, Path out) throws Exception {
    database.forEach(days, (statement, day) -> features(statement, day, out));
  }

  private static void ingest(Statement statement, Day day, Path out) throws Exception {
    long midnight = day.date().atTime(LocalTime.NOON).atZone(NEW_YORK).toEpochSecond() - 12L * 3600;
    statement.execute(
        "CREATE OR REPLACE TEMP TABLE day AS SELECT row_number() OVER () AS seq, "
            + midnight
            + "000000000 + round(time * 1e9)::BIGINT AS ts_event, NULL::BIGINT AS ts_recv,"
            + " NULL::BIGINT AS venue_seq, CASE type WHEN 1 THEN 'add' WHEN 2 THEN 'cancel'"
            + " WHEN 3 THEN 'delete' WHEN 4 THEN 'trade' WHEN 5 THEN 'hidden_trade'"
            + " WHEN 6 THEN 'cross' ELSE 'halt' END AS event_type,"
            + " CASE WHEN type > 5 THEN NULL WHEN direction = 1 THEN 'bid' ELSE 'ask' END AS side,"
            + " CASE WHEN price > 0 AND type < 7 THEN price / 10000.0 END AS price,"
            + " CASE WHEN type < 7 THEN size::DOUBLE END AS size,"
            + " CASE WHEN order_id > 0 AND type < 7 THEN order_id END AS order_id, "
            + levels("nullif(bp_%1$d, -9999999999) / 10000.0 AS bid_price_%1$d")
            + ", "
            + levels("CASE WHEN bp_%1$d > 0 THEN bs_%1$d::DOUBLE END AS bid_size_%1$d")
            + ", "
            + levels("nullif(ap_%1$d, 9999999999) / 10000.0 AS ask_price_%1$d")
            + ", "
            + levels("CASE WHEN ap_%1$d < 9999999999 THEN as_%1$d::DOUBLE END AS ask_size_%1$d")
            + ", false AS suspect FROM "
            + csv(
                day.message(),
                "'time': 'DOUBLE', 'type': 'TINYINT', 'order_id': 'BIGINT', 'size': 'BIGINT',"
                    + " 'price': 'BIGINT', 'direction': 'TINYINT'")
            + " AS message POSITIONAL JOIN "
            + csv(
                day.orderbook(),
                levels(
                    "'ap_%1$d': 'BIGINT', 'as_%1$d': 'BIGINT',"
                        + " 'bp_%1$d': 'BIGINT', 'bs_%1$d': 'BIGINT'"))
            + " AS orderbook");
    DuckDb.copy(
        statement,
        "SELECT seq, 1 AS part, ts_event, ts_recv, venue_seq, event_type, side, price, size,"
            + " order_id FROM day",
        file(out, "events", day));
    DuckDb.copy(statement, "SELECT * EXCLUDE (venue_seq) FROM day", file(out, "book", day));
    DuckDb.copy(
        statement,
        "SELECT seq, ts_event, ts_recv, price, size,"
            + " CASE side WHEN 'bid' THEN 'sell' WHEN 'ask' THEN 'buy' END AS aggressor FROM day"
            + " WHERE event_type IN ('trade', 'hidden_trade', 'cross') AND price > 0 AND size > 0",
        file(out, "trades", day));
  }

  private static String csv(Path file, String columns) {
    return "read_csv('"
        + file
        + "', auto_detect = false, header = false, delim = ',', columns = {"
        + columns
        + "})";
  }

  /**
   * Sums over windows are differences of running sums, which DuckDB streams; sizes and prices /
   * 0.0001 are whole numbers, so that nothing is lost.
   */
  private static void features(Statement statement, Day day, Path out) throws Exception {
    String book = "read_parquet('" + file(out, "book", day) + "')";
    String before =
        levels(
            "lag(bid_price_%1$d) OVER () AS pb_%1$d, lag(bid_size_%1$d) OVER () AS qb_%1$d,"
                + " lag(ask_price_%1$d) OVER () AS pa_%1$d, lag(ask_size_%1$d) OVER () AS qa_%1$d");
    String flow =
        levels(
            "CASE WHEN bid_price_%1$d > pb_%1$d THEN bid_size_%1$d"
                + " WHEN bid_price_%1$d = pb_%1$d THEN bid_size_%1$d - qb_%1$d"
                + " WHEN bid_price_%1$d < pb_%1$d THEN -qb_%1$d END"
                + " - CASE WHEN ask_price_%1$d < pa_%1$d THEN ask_size_%1$d"
                + " WHEN ask_price_%1$d = pa_%1$d THEN ask_size_%1$d - qa_%1$d"
                + " WHEN ask_price_%1$d > pa_%1$d THEN -qa_%1$d END AS e_%1$d");
    String running = levels("sum(coalesce(e_%1$d, 0)) OVER (ROWS UNBOUNDED PRECEDING) AS c_%1$d");
    String flows =
        each(
            FLOW_WINDOWS,
            w -> levels("c_%1$d - lag(c_%1$d, " + w + ") OVER () AS ofi_%1$d_" + w + "e"));
    String queues =
        levels(
            "(bid_size_%1$d - ask_size_%1$d) / (bid_size_%1$d + ask_size_%1$d)"
                + " AS queue_imbalance_%1$d");
    String depths =
        IntStream.rangeClosed(2, LEVELS)
            .mapToObj(
                n ->
                    "(db_%1$d - da_%1$d) / (db_%1$d + da_%1$d) AS depth_imbalance_%1$d"
                        .formatted(n))
            .collect(Collectors.joining(", "));
    String depth =
        IntStream.rangeClosed(2, LEVELS)
            .mapToObj(
                n ->
                    cumulated("bid", n)
                        + " AS db_"
                        + n
                        + ", "
                        + cumulated("ask", n)
                        + " AS da_"
                        + n)
            .collect(Collectors.joining(", "));
    String returns =
        each(
            RETURN_WINDOWS,
            w ->
                "(mid - lag(mid, %1$d) OVER ()) / lag(mid, %1$d) OVER () * 1e4 AS mid_return_%1$de"
                    .formatted(w));
    DuckDb.copy(
        statement,
        "WITH p AS (SELECT *, (bid_price_1 + ask_price_1) / 2 AS mid, "
            + before
            + " FROM "
            + book
            + "), f AS (SELECT *, "
            + flow
            + ", "
            + depth
            + " FROM p), c AS (SELECT *, "
            + running
            + " FROM f), m AS (SELECT *, (ask_price_1 * bid_size_1 + bid_price_1 * ask_size_1)"
            + " / (bid_size_1 + ask_size_1) AS microprice FROM c)"
            + " SELECT seq, ts_event, 'core' AS feature_set_id, "
            + flows
            + ", "
            + queues
            + ", "
            + depths
            + ", mid, ask_price_1 - bid_price_1 AS spread,"
            + " (ask_price_1 - bid_price_1) / mid * 1e4 AS spread_bps, microprice,"
            + " (microprice - mid) / mid * 1e4 AS microprice_deviation_bps, "
            + returns
            + " FROM m",
        file(out, "features", day));
    labels(statement, day, out, book);
  }

  private static void labels(Statement statement, Day day, Path out, String book) throws Exception {
    String moves =
        each(
            HORIZONS,
            k ->
                ("((lead(c, %1$d) OVER () - c) / (20000 * %1$d) - mid) / mid AS move_%1$d,"
                        + " lead(seq, %1$d) OVER () AS end_seq_%1$d,"
                        + " lead(ts_event, %1$d) OVER () AS end_%1$d")
                    .formatted(k));
    statement.execute(
        "CREATE OR REPLACE TEMP TABLE moves AS WITH m AS (SELECT seq, ts_event,"
            + " (bid_price_1 + ask_price_1) / 2 AS mid FROM "
            + book
            + "), c AS (SELECT *, sum(round(mid * 20000)) OVER (ROWS UNBOUNDED PRECEDING) AS c FROM m)"
            + " SELECT seq, ts_event, "
            + moves
            + " FROM c");
    String all =
        IntStream.of(HORIZONS)
            .mapToObj(
                k ->
                    ("SELECT seq, ts_event, 'smoothed_mid_move_%1$de' AS label_id,"
                            + " %1$d::BIGINT AS horizon,"
                            + " CASE WHEN abs(move_%1$d) < 1e-10 THEN 0 ELSE move_%1$d * 1e4 END"
                            + " AS move_bps, NULL::DOUBLE AS imbalance, CASE WHEN abs(move_%1$d) < 1e-10 THEN 0"
                            + " ELSE sign(move_%1$d) END::INTEGER AS direction,"
                            + " end_seq_%1$d AS seq_label_end,"
                            + " end_%1$d AS ts_label_end FROM moves")
                        .formatted(k))
            .collect(Collectors.joining(" UNION ALL "));
    DuckDb.copy(statement, all, file(out, "labels", day));
  }

  private static String cumulated(String side, int levels) {
    return IntStream.rangeClosed(1, levels)
        .mapToObj(level -> "coalesce(" + side + "_size_" + level + ", 0)")
        .collect(Collectors.joining(" + "));
  }

  private static String levels(String template) {
    return IntStream.rangeClosed(1, LEVELS)
        .mapToObj(template::formatted)
        .collect(Collectors.joining(", "));
  }

  private static String each(int[] values, IntFunction<String> sql) {
    return IntStream.of(values).mapToObj(sql).collect(Collectors.joining(", "));
  }

  private static Path file(Path out, String table, Day day) {
    return out.resolve(table)
        .resolve("venue=nasdaq")
        .resolve("symbol=" + day.symbol())
        .resolve("trade_date=" + day.date())
        .resolve("part.parquet");
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
