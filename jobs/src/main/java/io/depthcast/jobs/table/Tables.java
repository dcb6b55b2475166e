package io.depthcast.jobs.table;

import io.depthcast.features.Feature;
import io.depthcast.features.FeatureSet;
import io.depthcast.jobs.table.TableSpec.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataTypes;

/** The tables of the lake. */
public final class Tables {

  private static final String NS = "ns since 1970-01-01 UTC";
  private static final String QUOTE = "quote currency";
  private static final String BASE = "base units";

  public static final TableSpec EVENTS =
      Columns.keyed()
          .integer("part", "1, 2, 3 ... of the changes of one message, which share a seq")
          .stamp("ts_event", false, NS + ", at the venue")
          .optionalCount("ts_recv", NS + ", at the receiver; null where the source has none")
          .optionalCount("venue_seq", "the venue's own sequence number; null where it has none")
          .text("event_type", "snapshot, add, cancel, delete, trade, hidden_trade, cross or halt")
          .optionalText("side", "bid or ask: side of the resting order")
          .optionalNumber("price", QUOTE)
          .optionalNumber(
              "size", BASE + "; where the venue has levels, of the level after the event")
          .stamp("order_id", true, "the venue's order id; null where it has none")
          .check(
              "event_type_known",
              "event_type IN ('snapshot','add','cancel','delete','trade','hidden_trade','cross','halt')")
          .check("price_positive", "price > 0")
          .check("size_not_negative", "size >= 0")
          .sliced("silver.events");

  public static final TableSpec TRADES =
      Columns.keyed()
          .stamp("ts_event", false, NS + ", at the venue")
          .optionalCount("ts_recv", NS + ", at the receiver; null where the source has none")
          .number("price", QUOTE)
          .number("size", BASE)
          .optionalText("aggressor", "buy or sell: opposite of the resting order; null for a cross")
          .check("price_positive", "price > 0")
          .check("size_positive", "size > 0")
          .sliced("silver.trades");

  public static final TableSpec SUSPECT_WINDOWS =
      Columns.slice()
          .count("seq_first", "first suspect row, inclusive")
          .count("seq_last", "last suspect row, inclusive")
          .count("ts_first", NS)
          .count("ts_last", NS)
          .text("cause", "halt, rejected_rows, sequence_gap, missing_snapshot, crossed_book, ...")
          .text("detail", "what was seen")
          .check("window_order", "seq_first <= seq_last AND ts_first <= ts_last")
          .sliced("silver.suspect_windows");

  public static final TableSpec REJECTED =
      Columns.slice()
          .text("source_file", "file name")
          .count("line_no", "line in the file, from 1")
          .text("reason", "what is wrong with the row")
          .text("payload", "the row as received")
          .sliced("silver.rejected");

  public static final TableSpec GIVEN_LABELS =
      Columns.keyed()
          .stamp("ts_event", false, NS + ", at the venue")
          .text("label_id", "the source's name of the label")
          .count("horizon", "rows ahead")
          .integer("direction", "-1 down, 0 flat, 1 up, as the source says")
          .stamp("ts_label_end", false, NS + ": time of the last row the label looks at")
          .check("direction_known", "direction IN (-1, 0, 1)")
          .sliced("silver.given_labels");

  public static final TableSpec LABELS =
      Columns.keyed()
          .stamp("ts_event", false, NS + ", at the venue")
          .text("label_id", "name and horizon of the label")
          .count("horizon", "events ahead, or ms ahead: label_id says which")
          .continuous("move_bps", true, "bps; null where the label is undefined or no move")
          .continuous(
              "imbalance", true, "-1 to 1; null where the label is undefined or no imbalance")
          .add(
              "direction",
              DataTypes.IntegerType,
              true,
              "-1, 0, 1: sign of move_bps, or side of the imbalance; a class threshold is fitted per"
                  + " fold")
          .stamp("seq_label_end", true, "the last row the label looks at; null beyond the slice")
          .stamp("ts_label_end", true, NS + ": time of that row")
          .check("direction_known", "direction IN (-1, 0, 1)")
          .sliced("gold.labels");

  public static final TableSpec PREDICTIONS =
      Columns.keyed()
          .stamp("ts_event", false, NS + ", at the venue")
          .text("label_id", "the label forecast, as in gold.labels")
          .text("plan_id", "hash of the training configuration, feature set and slices")
          .integer("fold_id", "fold of the plan, from 0")
          .text("model_id", "algorithm of the plan, or ensemble of its models")
          .continuous("p_down", false, "probability, 0 to 1")
          .continuous("p_flat", false, "probability, 0 to 1")
          .continuous("p_up", false, "probability, 0 to 1")
          .check("probabilities", "abs(p_down + p_flat + p_up - 1) < 0.000001")
          .sliced("gold.predictions");

  public static final TableSpec FILLS =
      Columns.keyed()
          .text("backtest_id", "hash of backtest configuration, plan and model")
          .text("side", "buy or sell")
          .number("size", BASE)
          .number("price", QUOTE + ": average over the levels walked")
          .number("decision_mid", QUOTE + ": mid when decided")
          .count("ts_decision", NS)
          .count("ts_fill", NS)
          .optionalNumber("queue_ahead", BASE + "; null for a taker")
          .number("fee", QUOTE + "; negative is a rebate")
          .number("spread_cost", QUOTE + ": half spread at the fill")
          .number("slippage", QUOTE + ": move of the mid during latency")
          .number("impact", QUOTE + ": levels walked beyond the best")
          .number("pnl", QUOTE + ": net result booked with this fill; sums to the net PnL")
          .check("side_known", "side IN ('buy','sell')")
          .check("size_positive", "size > 0")
          .sliced("gold.fills");

  public static final TableSpec POSITIONS =
      Columns.keyed()
          .text("backtest_id", "hash of backtest configuration, plan and model")
          .count("ts_event", NS)
          .number("position", BASE + ", signed")
          .number("cash", QUOTE)
          .number("mid", QUOTE)
          .number("equity", QUOTE + ": cash plus position at mid, net of costs")
          .number("gross_equity", QUOTE + ": the same fills at decision mids without cost")
          .sliced("gold.positions");

  public static final TableSpec MODELS =
      new Columns()
          .text("model_id", "algorithm of the plan, or ensemble of its models")
          .text("plan_id", "hash of the training configuration, feature set and slices")
          .integer("fold_id", "fold of the plan, from 0")
          .text("label_id", "the label forecast, as in gold.labels")
          .text("hyper_parameters", "YAML")
          .text("feature_set_id", "hash of families and parameters")
          .text("inputs", "input columns, comma separated, in the model's order")
          .text(
              "class_thresholds_bps", "bps, or imbalance, by symbol, JSON; fitted on training rows")
          .text("fitted_inputs", "inputs fitted with the model, YAML as in the configuration")
          .text("fitted_numbers", "what was fitted, by input and symbol, JSON; of training rows")
          .count("train_rows", "rows")
          .count("validation_rows", "rows")
          .count("train_from", NS)
          .count("train_to", NS + ", exclusive; labels end before it, less the embargo")
          .count("test_from", NS)
          .count("test_to", NS + ", exclusive")
          .text(
              "data_fingerprint",
              "rows and hash of the training table; its versions are in ops.runs")
          .text("config_hash", "hash of the configuration")
          .count("seed", "random seed")
          .text("code_version", "version and commit")
          .text("environment", "JSON")
          .text("artifact_path", "path below the lake")
          .text("artifact_sha256", "hex")
          .table("gold.models");

  public static final TableSpec SEARCH =
      new Columns()
          .text("search_id", "hash of the configuration, the rows and the code version")
          .integer("candidate", "0 the model as given; 1, 2, 3 ... those drawn")
          .text("model_id", "algorithm")
          .text("hyper_parameters", "JSON")
          .text("label_id", "the label forecast, as in gold.labels")
          .integer("rung", "from 0; in the last one all rows train")
          .integer("fold_id", "fold of the rows before the first test of the training, from 0")
          .count("train_rows", "rows")
          .count("scored_rows", "rows")
          .count("scored_from", NS)
          .count("scored_to", NS + ", exclusive")
          .number("log_loss", "nats, of the scored rows; less is better")
          .number("macro_f1", "of the scored rows, 0 to 1")
          .table("gold.search");

  public static final TableSpec SHAP =
      Columns.keyed()
          .text("plan_id", "plan of the model")
          .text("label_id", "the label forecast, as in gold.labels")
          .integer("fold_id", "fold whose test the row is of, from 0")
          .text("model_id", "algorithm of the plan")
          .text("move_class", "down, flat or up")
          .text("feature", "input of the model; bias for the mean margin of the training rows")
          .optionalNumber("feature_value", "as the model reads it; null for the bias")
          .continuous(
              "contribution",
              false,
              "to the margin of the class; of a row and class they sum to it")
          .check("move_class_known", "move_class IN ('down','flat','up')")
          .sliced("gold.shap");

  public static final TableSpec AUDIT =
      new Columns()
          .text("plan_id", "plan that was audited")
          .text("check", "purge, cards, blind_refit, shuffled_labels, planted_future, ...")
          .text("label_id", "the label forecast, as in gold.labels")
          .integer("fold_id", "fold, or -1 for all folds together")
          .text("subject", "model or feature, or *")
          .optionalNumber("value", "in the check's unit; null where there is none")
          .optionalNumber("bound", "what the value was held against")
          .add("passed", DataTypes.BooleanType, false, "whether nothing leaks by this check")
          .text("detail", "in words")
          .table("gold.audit");

  public static final TableSpec METRICS =
      new Columns()
          .text("subject", "model_id or backtest_id")
          .text("plan_id", "plan of the forecasts")
          .integer("fold_id", "fold, or -1 for all folds together")
          .text("symbol", "symbol, or * for all together")
          .text("label_id", "label forecast, or traded on; none where there is none")
          .text("metric", "name")
          .optionalNumber("value", "in the metric's unit; null where undefined")
          .optionalNumber("ci_low", "lower end of the 95 % interval")
          .optionalNumber("ci_high", "upper end of the 95 % interval")
          .count("n", "observations")
          .table("gold.metrics");

  public static final TableSpec FEATURE_DISTRIBUTIONS =
      explored()
          .text("column_name", "feature, or label_id of a label")
          .text("kind", "feature or label")
          .count("rows", "rows, suspect ones as well")
          .count("values", "rows with a value")
          .optionalNumber("null_share", "share of the rows without a value, 0 to 1")
          .optionalNumber("mean", "in the column's unit")
          .optionalNumber("sd", "in the column's unit; null below two values")
          .optionalNumber("skewness", "1; null where all values are one")
          .optionalNumber("excess_kurtosis", "1, 0 for a normal one; null where all values are one")
          .optionalNumber("min", "in the column's unit")
          .optionalNumber("q01", "quantile of 1 % of the sample; null for labels")
          .optionalNumber("q05", "quantile of 5 %")
          .optionalNumber("q25", "quantile of 25 %")
          .optionalNumber("q50", "quantile of 50 %")
          .optionalNumber("q75", "quantile of 75 %")
          .optionalNumber("q95", "quantile of 95 %")
          .optionalNumber("q99", "quantile of 99 %")
          .optionalNumber("max", "in the column's unit")
          .table("gold.feature_distributions");

  public static final TableSpec FEATURE_CORRELATIONS =
      explored()
          .text("column_a", "feature; each pair of features comes once")
          .text("column_b", "feature")
          .optionalNumber("spearman", "-1 to 1; null where one has one value only")
          .count("n", "sampled rows that have both")
          .table("gold.feature_correlations");

  public static final TableSpec FEATURE_POWER =
      explored()
          .text("column_name", "feature")
          .text("label_id", "name and horizon of the label")
          .count("horizon", "events ahead, or ms ahead: label_id says which")
          .text("part", "* for all slices together, else a slice or a part of one")
          .text("metric", "rank_ic or mutual_information (bits)")
          .optionalNumber("value", "in the metric's unit; null where undefined")
          .optionalNumber("ci_low", "of rank_ic: lower end of the 95 % interval")
          .optionalNumber("ci_high", "of rank_ic: upper end of the 95 % interval")
          .optionalNumber("null_level", "of mutual_information: 5 % of shuffled labels exceed it")
          .optionalNumber("p", "of rank_ic: p-value, two-sided")
          .optionalNumber("q", "of rank_ic: q-value over all columns and labels")
          .count("n", "sampled rows that have both; 0 for a part")
          .table("gold.feature_power");

  public static final TableSpec RUNS =
      new Columns()
          .text("run_id", "job, UTC time, config hash")
          .text("job", "name")
          .text("started_at", "UTC, ISO 8601")
          .number("duration_s", "s")
          .text("status", "done or failed")
          .integer("exit_code", "0 done, 1 bug, 2 configuration, 3 data")
          .text("message", "what was done, or what is wrong")
          .text("code_version", "version and commit")
          .text("config_hash", "hash of the configuration")
          .text("config", "YAML")
          .text("arguments", "JSON")
          .text("input_versions", "version of each table read, JSON")
          .text("output_versions", "version of each table written, JSON")
          .text("inputs", "files read with size and checksum, JSON")
          .count("seed", "random seed")
          .text("environment", "JSON")
          .table("ops.runs");

  public static final TableSpec TRIALS =
      new Columns()
          .text("trial_id", "hash of everything below")
          .text("kind", "fit, search, ensemble or backtest")
          .text("plan_id", "plan of the forecasts, or search_id")
          .text("subject", "model_id or backtest_id")
          .integer("fold_id", "fold, or -1")
          .text("label_id", "label forecast, or traded on")
          .text("config_hash", "hash of the configuration")
          .text("run_id", "the run that tried it first")
          .table("ops.trials");

  private static final List<TableSpec> FIXED =
      List.of(
          EVENTS,
          TRADES,
          SUSPECT_WINDOWS,
          REJECTED,
          GIVEN_LABELS,
          LABELS,
          PREDICTIONS,
          FILLS,
          POSITIONS,
          MODELS,
          SEARCH,
          SHAP,
          AUDIT,
          METRICS,
          FEATURE_DISTRIBUTIONS,
          FEATURE_CORRELATIONS,
          FEATURE_POWER,
          RUNS,
          TRIALS);

  private Tables() {}

  /** Starts with what an exploration was of. */
  private static Columns explored() {
    return new Columns()
        .text("explore_id", "hash of configuration, feature set and slices")
        .text("feature_set_id", "hash of families and parameters");
  }

  /**
   * {@code silver.book} with its levels a side.
   *
   * @param levels 1 to 1000
   */
  public static TableSpec book(int levels) {
    Columns columns =
        Columns.keyed()
            .stamp("ts_event", false, NS + ", at the venue")
            .optionalCount("ts_recv", NS + ", at the receiver; null where the source has none")
            .text("event_type", "type of the row's event; update if it changes several levels")
            .optionalText("side", "bid or ask: side of the resting order")
            .optionalNumber("price", QUOTE + ": price of the event")
            .optionalNumber("size", BASE + ": size of the event")
            .stamp("order_id", true, "the event's order; null where the venue has none");
    bookColumns(levels)
        .forEach(name -> columns.optionalNumber(name, name.contains("price") ? QUOTE : BASE));
    return columns
        .add("suspect", DataTypes.BooleanType, false, "true inside a suspect window")
        .check("not_crossed", "suspect OR bid_price_1 < ask_price_1")
        .sliced("silver.book");
  }

  /** {@code bid_price_1..L, bid_size_1..L, ask_price_1..L, ask_size_1..L}. */
  public static List<String> bookColumns(int levels) {
    return List.of("bid_price_", "bid_size_", "ask_price_", "ask_size_").stream()
        .flatMap(prefix -> IntStream.rangeClosed(1, levels).mapToObj(level -> prefix + level))
        .collect(Collectors.toList());
  }

  /** Levels a side of a {@code silver.book} with these columns; 0 if they are not those of one. */
  static int bookLevels(String... columns) {
    int levels = (int) Arrays.stream(columns).filter(name -> name.startsWith("bid_price_")).count();
    return levels > 0 && Arrays.equals(columns, book(levels).columnNames()) ? levels : 0;
  }

  /** {@code gold.features_<set>} of a feature set. */
  public static TableSpec features(String set, FeatureSet features) {
    Columns columns =
        Columns.keyed()
            .stamp("ts_event", false, NS + ", at the venue")
            .text("feature_set_id", "hash of families and parameters");
    for (Feature feature : features.columns()) {
      columns.continuous(feature.name(), true, feature.unit() + "; " + feature.formula());
    }
    return columns.sliced("gold.features_" + set);
  }

  /** Tables whose columns do not depend on a configuration. */
  public static List<TableSpec> fixed() {
    return new ArrayList<>(FIXED);
  }
}
