package io.depthcast.jobs.bench;

import io.depthcast.features.DepthImbalance;
import io.depthcast.features.EventDuration;
import io.depthcast.features.FeatureFamily;
import io.depthcast.features.Microprice;
import io.depthcast.features.Mid;
import io.depthcast.features.MidReturn;
import io.depthcast.features.OrderFlowBySide;
import io.depthcast.features.OrderFlowImbalance;
import io.depthcast.features.QueueImbalance;
import io.depthcast.features.RangeVolatility;
import io.depthcast.features.RealizedVolatility;
import io.depthcast.features.Spread;
import io.depthcast.features.TradeFlow;
import io.depthcast.features.UpdatesPerPriceChange;
import io.depthcast.features.Window;
import io.depthcast.labels.Label;
import io.depthcast.labels.SmoothedMidMove;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One window's features and label as families and as SQL over {@code silver.book}.
 *
 * <p>The SQL takes for granted that no level is empty, and so leaves out of the work that Depthcast
 * does: suspect rows, and values that are missing because a row of the window is.
 *
 * @param rows of the window
 * @param order what is between {@code OVER (} and a frame: nothing where rows are in order, else
 *     the partition and its order
 * @param sums how sums over windows are made
 */
record WindowSql(int rows, String order, Sums sums) {

  enum Sums {
    /** Each in a frame of its own, as one writes it at first. */
    FRAMES,
    /** Differences of running sums; a maximum still needs its frame. */
    RUNNING
  }

  private static final int LEVELS = 10;

  static List<FeatureFamily> families(int rows) {
    Window window = Window.events(rows);
    return List.of(
        new OrderFlowImbalance(LEVELS, window),
        new OrderFlowBySide(LEVELS, window),
        new QueueImbalance(LEVELS),
        new DepthImbalance(LEVELS),
        new Mid(),
        new Spread(),
        new Microprice(),
        new MidReturn(window),
        new TradeFlow(window),
        new EventDuration(window),
        new UpdatesPerPriceChange(window),
        new RealizedVolatility(window, Window.events(1)),
        new RangeVolatility(window));
  }

  static Label label(int rows) {
    return new SmoothedMidMove(Window.events(rows));
  }

  /** Columns of the families. */
  String features(String book) {
    String before =
        levels(
            "lag(bid_price_%1$d) OVER (@) AS pb_%1$d, lag(bid_size_%1$d) OVER (@) AS qb_%1$d,"
                + " lag(ask_price_%1$d) OVER (@) AS pa_%1$d, lag(ask_size_%1$d) OVER (@) AS"
                + " qa_%1$d");
    String flows =
        levels(
            "CASE WHEN bid_price_%1$d > pb_%1$d THEN bid_size_%1$d"
                + " WHEN bid_price_%1$d = pb_%1$d THEN bid_size_%1$d - qb_%1$d"
                + " WHEN bid_price_%1$d < pb_%1$d THEN -qb_%1$d END AS fb_%1$d,"
                + " CASE WHEN ask_price_%1$d < pa_%1$d THEN ask_size_%1$d"
                + " WHEN ask_price_%1$d = pa_%1$d THEN ask_size_%1$d - qa_%1$d"
                + " WHEN ask_price_%1$d > pa_%1$d THEN -qa_%1$d END AS fa_%1$d");
    String prices =
        "SELECT *, (bid_price_1 + ask_price_1) / 2 AS mid, (ask_price_1 * bid_size_1 + bid_price_1"
            + " * ask_size_1) / (bid_size_1 + ask_size_1) AS micro FROM "
            + book;
    String moves =
        "SELECT *, lag(mid) OVER (@) AS mid0, lag(mid, #n) OVER (@) AS mid_open,"
            + " lag(ts_event, #n) OVER (@) AS ts_open, "
            + before
            + " FROM prices";
    String depths =
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
    String steps =
        "SELECT *, "
            + flows
            + ", "
            + depths
            + ", ln(mid / mid0) * 1e4 AS r,"
            + " CASE WHEN mid <> mid0 THEN 1 WHEN mid = mid0 THEN 0 END AS changed,"
            + " CASE WHEN event_type = 'trade' AND side = 'ask' THEN size ELSE 0 END AS buy,"
            + " CASE WHEN event_type = 'trade' AND side = 'bid' THEN size ELSE 0 END AS sell,"
            + " CASE WHEN event_type = 'trade' THEN 1 ELSE 0 END AS traded FROM moves";
    String products = "SELECT *, r * r AS rr, abs(r) * lag(abs(r)) OVER (@) AS bp FROM steps";
    String query =
        "WITH prices AS ("
            + prices
            + "), moves AS ("
            + moves
            + "), steps AS ("
            + steps
            + "), products AS ("
            + products
            + "), running AS ("
            + running()
            + "), windows AS (SELECT *, "
            + windows()
            + " FROM running) SELECT seq, ts_event, '' AS feature_set_id, "
            + columns()
            + " FROM windows";
    return filled(query);
  }

  private String running() {
    if (sums == Sums.FRAMES) {
      return "SELECT * FROM products";
    }
    return "SELECT *, "
        + levels("%s AS cb_%%1$d, %s AS ca_%%1$d".formatted(total("fb_%1$d"), total("fa_%1$d")))
        + ", "
        + total("rr")
        + " AS c_rr, "
        + total("bp")
        + " AS c_bp, "
        + total("changed")
        + " AS c_changed, "
        + total("buy")
        + " AS c_buy, "
        + total("sell")
        + " AS c_sell, "
        + total("traded")
        + " AS c_traded FROM products";
  }

  private static String total(String column) {
    return "sum(coalesce(" + column + ", 0)) OVER (@ ROWS UNBOUNDED PRECEDING)";
  }

  private String windows() {
    String extremes =
        "max(mid) OVER (@ ROWS BETWEEN #n PRECEDING AND CURRENT ROW) AS high,"
            + " min(mid) OVER (@ ROWS BETWEEN #n PRECEDING AND CURRENT ROW) AS low";
    return levels(
            "%s AS wb_%%1$d, %s AS wa_%%1$d"
                .formatted(window("fb_%1$d", "cb_%1$d", rows), window("fa_%1$d", "ca_%1$d", rows)))
        + ", "
        + window("rr", "c_rr", rows)
        + " AS w_rr, "
        + window("bp", "c_bp", rows - 1)
        + " AS w_bp, "
        + window("changed", "c_changed", rows)
        + " AS w_changed, "
        + window("buy", "c_buy", rows)
        + " AS w_buy, "
        + window("sell", "c_sell", rows)
        + " AS w_sell, "
        + window("traded", "c_traded", rows)
        + " AS w_traded, "
        + extremes;
  }

  private String window(String column, String running, int length) {
    return sums == Sums.FRAMES
        ? "sum(%s) OVER (@ ROWS BETWEEN %d PRECEDING AND CURRENT ROW)".formatted(column, length - 1)
        : "%s - coalesce(lag(%s, %d) OVER (@), 0)".formatted(running, running, length);
  }

  private String columns() {
    String flow =
        levels("CASE WHEN seq > #n THEN wb_%1$d - wa_%1$d END AS ofi_%1$d#e")
            + ", "
            + levels("CASE WHEN seq > #n THEN wb_%1$d END AS bid_order_flow_%1$d#e")
            + ", "
            + levels("CASE WHEN seq > #n THEN wa_%1$d END AS ask_order_flow_%1$d#e");
    String imbalances =
        levels(
                "(bid_size_%1$d - ask_size_%1$d) / (bid_size_%1$d + ask_size_%1$d) AS"
                    + " queue_imbalance_%1$d")
            + ", "
            + IntStream.rangeClosed(2, LEVELS)
                .mapToObj(
                    n ->
                        "(db_%1$d - da_%1$d) / (db_%1$d + da_%1$d) AS depth_imbalance_%1$d"
                            .formatted(n))
                .collect(Collectors.joining(", "));
    String prices =
        "mid, ask_price_1 - bid_price_1 AS spread, (ask_price_1 - bid_price_1) / mid * 1e4 AS"
            + " spread_bps, micro AS microprice, (micro - mid) / mid * 1e4 AS"
            + " microprice_deviation_bps, (mid - mid_open) / mid_open * 1e4 AS mid_return#e";
    String trades =
        "CASE WHEN seq >= #n THEN w_buy - w_sell END AS signed_volume#e,"
            + " CASE WHEN seq >= #n THEN (w_buy - w_sell) / nullif(w_buy + w_sell, 0) END AS"
            + " trade_imbalance#e, CASE WHEN seq >= #n THEN w_traded END AS trades#e";
    String context =
        "(ts_event - ts_open) / (1e9 * #n) AS event_duration#e,"
            + " CASE WHEN seq > #n THEN #n / nullif(w_changed, 0) END AS"
            + " updates_per_price_change#e";
    String volatility =
        "CASE WHEN seq > #n THEN w_rr END AS realized_variance#e,"
            + " CASE WHEN seq > #n THEN sqrt(greatest(w_rr, 0)) END AS realized_volatility#e,"
            + " CASE WHEN seq > #n THEN w_bp * pi() / 2 * #n / (#n - 1) END AS"
            + " bipower_variation#e, CASE WHEN seq > #n THEN power(ln(high / low) * 1e4, 2) / (4 *"
            + " ln(2)) END AS parkinson_variance#e, CASE WHEN seq > #n THEN power(ln(high / low) *"
            + " 1e4, 2) / 2 - (2 * ln(2) - 1) * power(ln(mid / mid_open) * 1e4, 2) END AS"
            + " garman_klass_variance#e";
    return String.join(", ", flow, imbalances, prices, trades, context, volatility)
        .replace("#e", "_#ne");
  }

  /** Columns of {@code gold.labels}. */
  String labels(String book) {
    String ahead =
        sums == Sums.FRAMES
            ? "sum(mid) OVER (@ ROWS BETWEEN 1 FOLLOWING AND #n FOLLOWING)"
            : "(lead(c, #n) OVER (@) - c) / 20000";
    String query =
        "WITH m AS (SELECT *, (bid_price_1 + ask_price_1) / 2 AS mid FROM "
            + book
            + "), c AS (SELECT *"
            + (sums == Sums.RUNNING
                ? ", sum(round(mid * 20000)) OVER (@ ROWS UNBOUNDED PRECEDING) AS c"
                : "")
            + " FROM m), a AS (SELECT seq, ts_event, "
            + ahead
            + " / #n / mid - 1 AS move, lead(seq, #n) OVER (@) AS end_seq, lead(ts_event, #n) OVER"
            + " (@) AS end_ts FROM c) SELECT seq, ts_event, 'smoothed_mid_move_#ne' AS label_id,"
            + " CAST(#n AS BIGINT) AS horizon, CASE WHEN end_seq IS NULL THEN NULL WHEN abs(move) <"
            + " 1e-10 THEN 0 ELSE move * 1e4 END AS move_bps, CAST(NULL AS DOUBLE) AS imbalance,"
            + " CAST(CASE WHEN end_seq IS NULL THEN NULL WHEN abs(move) < 1e-10 THEN 0 ELSE"
            + " sign(move) END AS INTEGER) AS direction, end_seq AS seq_label_end, end_ts AS"
            + " ts_label_end FROM a";
    return filled(query);
  }

  private String filled(String query) {
    return query.replace("#n", Integer.toString(rows)).replace("@", order);
  }

  private static String cumulated(String side, int levels) {
    return IntStream.rangeClosed(1, levels)
        .mapToObj(level -> side + "_size_" + level)
        .collect(Collectors.joining(" + "));
  }

  private static String levels(String template) {
    return IntStream.rangeClosed(1, LEVELS)
        .mapToObj(template::formatted)
        .collect(Collectors.joining(", "));
  }
}
