package io.depthcast.jobs.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that one report shows. Times are nanoseconds since 1970-01-01 UTC, money is in quote
 * currency, shares are fractions from 0 to 1, and NaN is a value that is not known.
 *
 * @param header what was run
 * @param slices one row per symbol-day, in the order in which they are shown
 * @param correlation correlation of the features, empty before the features job has run
 * @param forecasts forecast quality, empty before the train job has run
 * @param backtest money, empty before the backtest job has run
 * @param audit what the auditor says of the forecasts, empty before the audit job has run
 * @param receipts where each group of numbers comes from
 */
public record ReportData(
    Header header,
    List<SliceSummary> slices,
    Optional<Correlation> correlation,
    Optional<Forecasts> forecasts,
    Optional<Backtest> backtest,
    Optional<Audit> audit,
    List<Receipt> receipts) {

  /** The fold or the symbol of a metric that is pooled over all of them. */
  public static final String ALL = "all";

  /** Copies the lists. */
  public ReportData {
    slices = List.copyOf(slices);
    receipts = List.copyOf(receipts);
  }

  /**
   * The verdict of the leakage auditor.
   *
   * @param checks how many checks were made
   * @param leaks what those that failed found, in words; empty where nothing leaks
   */
  public record Audit(long checks, List<String> leaks) {
    /** Copies the list. */
    public Audit {
      requireCount("checks", checks);
      leaks = List.copyOf(leaks);
    }
  }

  /**
   * What was run.
   *
   * @param title heading of the page
   * @param description one or two sentences: input, configuration, purpose
   * @param runId run of the report job in {@code ops.runs}
   * @param asOf start of the newest run whose numbers are shown
   */
  public record Header(String title, String description, String runId, Instant asOf) {}

  /**
   * One symbol-day.
   *
   * @param venue trading venue
   * @param symbol instrument
   * @param date trade date
   */
  public record SliceId(String venue, String symbol, LocalDate date) {
    @Override
    public String toString() {
      return symbol + " " + date;
    }
  }

  /**
   * What was read for one symbol-day, from {@code silver.events}, {@code silver.book}, {@code
   * silver.suspect_windows} and {@code silver.rejected}.
   *
   * @param id which symbol-day
   * @param span first and last event
   * @param events events by type, in the order in which they are shown
   * @param book summary of the book rows
   * @param loss rows that cannot be used
   */
  public record SliceSummary(
      SliceId id, TimeSpan span, List<EventCount> events, BookSummary book, Loss loss) {
    /** Copies the list. */
    public SliceSummary {
      events = List.copyOf(events);
    }
  }

  /**
   * First and last event, both inclusive.
   *
   * @param firstNs nanoseconds UTC
   * @param lastNs nanoseconds UTC, not before {@code firstNs}
   */
  public record TimeSpan(long firstNs, long lastNs) {
    /** Refuses a span that ends before it starts. */
    public TimeSpan {
      if (lastNs < firstNs) {
        throw new IllegalArgumentException(
            "Invalid lastNs: " + lastNs + " (must be at least firstNs " + firstNs + ")");
      }
    }
  }

  /**
   * Number of events of one type.
   *
   * @param type event type as in {@code silver.events}
   * @param count number of events
   */
  public record EventCount(String type, long count) {
    /** Refuses a negative count. */
    public EventCount {
      requireCount("count", count);
    }
  }

  /**
   * Summary of the book of one symbol-day.
   *
   * @param rows rows in {@code silver.book}
   * @param midChanges rows whose mid differs from the row before
   * @param meanSpread mean of best ask minus best bid over rows, quote currency
   */
  public record BookSummary(long rows, long midChanges, double meanSpread) {
    /** Refuses a negative count. */
    public BookSummary {
      requireCount("rows", rows);
      requireCount("midChanges", midChanges);
    }
  }

  /**
   * Rows of one symbol-day that cannot be used.
   *
   * @param rejectedRows input lines in {@code silver.rejected}
   * @param suspect rows in suspect windows by cause, each row under one cause, so that the shares
   *     add up; empty if there are none
   */
  public record Loss(long rejectedRows, List<SuspectShare> suspect) {
    /** Copies the list and refuses a negative count. */
    public Loss {
      requireCount("rejectedRows", rejectedRows);
      suspect = List.copyOf(suspect);
    }
  }

  /**
   * Rows lost to one cause.
   *
   * @param cause cause as in {@code silver.suspect_windows}
   * @param share share of the rows of the symbol-day, 0 to 1
   */
  public record SuspectShare(String cause, double share) {
    /** Refuses a share outside 0 to 1. */
    public SuspectShare {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("Invalid share: " + share + " (must be 0 to 1)");
      }
    }
  }

  /**
   * Correlation of features over all rows in which both are present.
   *
   * @param names feature names, n of them
   * @param matrix n x n, values -1 to 1 or NaN
   * @param everyRows one row in this many was used, 1 for all
   */
  public record Correlation(List<String> names, List<List<Double>> matrix, long everyRows) {
    /** Copies, and refuses a matrix that is not square or holds a value outside -1 to 1. */
    public Correlation {
      if (everyRows < 1) {
        throw new IllegalArgumentException(
            "Invalid everyRows: " + everyRows + " (must be at least 1)");
      }
      names = List.copyOf(names);
      matrix = matrix.stream().map(List::copyOf).toList();
      if (matrix.size() != names.size()) {
        throw new IllegalArgumentException(
            "Invalid matrix: " + matrix.size() + " rows (must be " + names.size() + ")");
      }
      for (List<Double> row : matrix) {
        if (row.size() != names.size()) {
          throw new IllegalArgumentException(
              "Invalid matrix: a row of " + row.size() + " (must be " + names.size() + ")");
        }
        for (double value : row) {
          if (Math.abs(value) > 1 + 1e-9) {
            throw new IllegalArgumentException("Invalid matrix: " + value + " (must be -1 to 1)");
          }
        }
      }
    }
  }

  /**
   * Quality of the out-of-fold forecasts of one plan.
   *
   * @param planId walk-forward plan
   * @param classes rows by class, one per label
   * @param metrics rows of {@code gold.metrics}; those pooled over folds and symbols say {@link
   *     #ALL}
   * @param confusions one per model and label
   * @param verdicts one per label
   */
  public record Forecasts(
      String planId,
      List<ClassCounts> classes,
      List<Metric> metrics,
      List<Confusion> confusions,
      List<Verdict> verdicts) {
    /** Copies the lists. */
    public Forecasts {
      classes = List.copyOf(classes);
      metrics = List.copyOf(metrics);
      confusions = List.copyOf(confusions);
      verdicts = List.copyOf(verdicts);
    }
  }

  /**
   * Test rows by true class.
   *
   * @param label such as {@code smoothed_mid_move_50e}
   * @param down rows with direction -1
   * @param flat rows with direction 0
   * @param up rows with direction 1
   */
  public record ClassCounts(String label, long down, long flat, long up) {
    /** Refuses negative counts. */
    public ClassCounts {
      requireCount("down", down);
      requireCount("flat", flat);
      requireCount("up", up);
    }

    /** Of all classes. */
    public long rows() {
      return down + flat + up;
    }
  }

  /**
   * One row of {@code gold.metrics}.
   *
   * @param model model or baseline
   * @param label such as {@code smoothed_mid_move_50e}
   * @param fold fold, or {@link #ALL}
   * @param symbol symbol, or {@link #ALL}
   * @param metric name of the metric, such as {@code macro_f1}
   * @param estimate its value
   */
  public record Metric(
      String model, String label, String fold, String symbol, String metric, Estimate estimate) {}

  /**
   * A value with its 95% confidence interval.
   *
   * @param value NaN if not known
   * @param ciLow lower end, NaN if not known
   * @param ciHigh upper end, NaN if not known
   * @param n rows the value was computed from
   */
  public record Estimate(double value, double ciLow, double ciHigh, long n) {
    /** Refuses an interval that is upside down or infinite values. */
    public Estimate {
      if (Double.isInfinite(value) || Double.isInfinite(ciLow) || Double.isInfinite(ciHigh)) {
        throw new IllegalArgumentException(
            "Invalid estimate: " + value + " [" + ciLow + ", " + ciHigh + "] (must be finite)");
      }
      if (ciLow > ciHigh) {
        throw new IllegalArgumentException(
            "Invalid ciLow: " + ciLow + " (must be at most ciHigh " + ciHigh + ")");
      }
      requireCount("n", n);
    }

    /** Whether both ends of the interval are known. */
    public boolean hasInterval() {
      return !Double.isNaN(ciLow) && !Double.isNaN(ciHigh);
    }
  }

  /**
   * Confusion matrix of one model and label, over all test rows.
   *
   * @param model model or baseline
   * @param label such as {@code smoothed_mid_move_50e}
   * @param counts 3 x 3 rows: a list per true class with one count per forecast class; classes in
   *     the order down, flat, up
   */
  public record Confusion(String model, String label, List<List<Long>> counts) {
    /** Copies, and refuses a matrix that is not 3 x 3 or holds a negative count. */
    public Confusion {
      counts = counts.stream().map(List::copyOf).toList();
      if (counts.size() != 3 || counts.stream().anyMatch(row -> row.size() != 3)) {
        throw new IllegalArgumentException("Invalid counts: " + counts + " (must be 3 x 3)");
      }
      counts.forEach(row -> row.forEach(count -> requireCount("counts", count)));
    }
  }

  /**
   * Whether the best model beats the baselines in forecasts of one label.
   *
   * @param label such as {@code smoothed_mid_move_50e}
   * @param bestModel the model, baselines excluded, with the highest macro-F1
   * @param macroF1 its macro-F1
   * @param overPersistence its macro-F1 minus that of persistence, on the same rows
   * @param overMajority its macro-F1 minus that of majority, on the same rows
   */
  public record Verdict(
      String label,
      String bestModel,
      Estimate macroF1,
      Estimate overPersistence,
      Estimate overMajority) {}

  /**
   * Result of one backtest, from {@code gold.fills}, {@code gold.positions} and {@code
   * gold.metrics}.
   *
   * @param backtestId which backtest
   * @param currency quote currency, such as {@code USD}
   * @param result totals
   * @param slices totals per symbol-day
   * @param curves equity per symbol-day
   */
  public record Backtest(
      String backtestId,
      String currency,
      BacktestResult result,
      List<SlicePnl> slices,
      List<EquityCurve> curves) {
    /** Copies the lists. */
    public Backtest {
      slices = List.copyOf(slices);
      curves = List.copyOf(curves);
    }
  }

  /**
   * Totals of a backtest.
   *
   * @param gross PnL before costs, quote currency
   * @param net PnL after costs, quote currency
   * @param costs what lies between
   * @param trading how much was traded
   * @param risk drawdown and Sharpe ratio
   */
  public record BacktestResult(double gross, double net, Costs costs, Trading trading, Risk risk) {

    /** Gross less costs less net, quote currency: 0 when the account balances. */
    public double imbalance() {
      return gross - costs.total() - net;
    }
  }

  /**
   * Costs in quote currency; positive is paid.
   *
   * @param spread cost of crossing the spread
   * @param slippage cost of the move between decision and fill
   * @param impact cost of walking the book
   * @param fees exchange fees
   */
  public record Costs(double spread, double slippage, double impact, double fees) {
    /** Sum of the four, quote currency. */
    public double total() {
      return spread + slippage + impact + fees;
    }
  }

  /**
   * Trading activity.
   *
   * @param fills number of fills
   * @param turnover sum of price times size over fills, quote currency
   * @param winRate share of closed trades with positive net PnL, 0 to 1, NaN without a trade
   * @param profitFactor net gains over net losses, NaN without a loss
   */
  public record Trading(long fills, double turnover, double winRate, double profitFactor) {
    /** Refuses a negative count. */
    public Trading {
      requireCount("fills", fills);
    }
  }

  /**
   * Risk.
   *
   * @param maxDrawdown largest fall of net equity from its running maximum, quote currency, at
   *     least 0
   * @param days trading days
   * @param sharpe annualised Sharpe ratio of daily net PnL, NaN when there are too few days
   */
  public record Risk(double maxDrawdown, int days, double sharpe) {
    /** Refuses a negative drawdown or number of days. */
    public Risk {
      if (maxDrawdown < 0) {
        throw new IllegalArgumentException(
            "Invalid maxDrawdown: " + maxDrawdown + " (must be at least 0)");
      }
      requireCount("days", days);
    }
  }

  /**
   * Money of one symbol-day.
   *
   * @param id which symbol-day
   * @param fills number of fills
   * @param gross PnL before costs, quote currency
   * @param costs quote currency
   * @param net PnL after costs, quote currency
   */
  public record SlicePnl(SliceId id, long fills, double gross, double costs, double net) {
    /** Refuses a negative count. */
    public SlicePnl {
      requireCount("fills", fills);
    }
  }

  /**
   * Equity of one symbol-day. It starts from 0 each day.
   *
   * @param id which symbol-day
   * @param points points in time order, which may share a time
   */
  public record EquityCurve(SliceId id, List<EquityPoint> points) {
    /** Copies the list and refuses times that fall. */
    public EquityCurve {
      points = List.copyOf(points);
      for (int i = 1; i < points.size(); i++) {
        if (points.get(i).tsNs() < points.get(i - 1).tsNs()) {
          throw new IllegalArgumentException(
              "Invalid tsNs of %s: %d follows %d (must not fall)"
                  .formatted(id, points.get(i).tsNs(), points.get(i - 1).tsNs()));
        }
      }
    }
  }

  /**
   * Equity at one time.
   *
   * @param tsNs nanoseconds UTC
   * @param gross PnL before costs since the start, quote currency
   * @param net PnL after costs since the start, quote currency
   */
  public record EquityPoint(long tsNs, double gross, double net) {}

  /** The groups of numbers on a page; each section shows one. */
  public enum NumberGroup {
    /** Data and quality. */
    DATA("Data and quality"),
    /** Features and their correlation. */
    FEATURES("Feature correlation"),
    /** Forecasts, confusion matrices and verdicts. */
    FORECASTS("Forecasts"),
    /** Backtest. */
    BACKTEST("Backtest");

    private final String title;

    NumberGroup(String title) {
      this.title = title;
    }

    /** Heading of the section. */
    public String title() {
      return title;
    }
  }

  /**
   * Where a group of numbers comes from, as {@code ops.runs} and {@code ops.trials} have it.
   *
   * @param group which numbers
   * @param runId run that wrote them
   * @param job job that ran
   * @param inputs table versions read, such as {@code silver.book@3}
   * @param origin code and configuration
   * @param trials fits or backtests counted in {@code ops.trials} up to this run
   */
  public record Receipt(
      NumberGroup group,
      String runId,
      String job,
      List<String> inputs,
      Origin origin,
      long trials) {
    /** Copies the list and refuses a negative count. */
    public Receipt {
      inputs = List.copyOf(inputs);
      requireCount("trials", trials);
    }
  }

  /**
   * Code and configuration of a run.
   *
   * @param codeVersion version of the code, with its commit
   * @param configHash hash of the configuration
   * @param seed random seed, empty if the job uses none
   */
  public record Origin(String codeVersion, String configHash, OptionalLong seed) {}

  private static void requireCount(String name, long count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + count + " (must be at least 0)");
    }
  }
}
