package io.depthcast.jobs.report;

import io.depthcast.jobs.report.ReportData.Backtest;
import io.depthcast.jobs.report.ReportData.BacktestResult;
import io.depthcast.jobs.report.ReportData.BookSummary;
import io.depthcast.jobs.report.ReportData.ClassCounts;
import io.depthcast.jobs.report.ReportData.Confusion;
import io.depthcast.jobs.report.ReportData.Correlation;
import io.depthcast.jobs.report.ReportData.Costs;
import io.depthcast.jobs.report.ReportData.EquityCurve;
import io.depthcast.jobs.report.ReportData.EquityPoint;
import io.depthcast.jobs.report.ReportData.Estimate;
import io.depthcast.jobs.report.ReportData.EventCount;
import io.depthcast.jobs.report.ReportData.Forecasts;
import io.depthcast.jobs.report.ReportData.Header;
import io.depthcast.jobs.report.ReportData.Loss;
import io.depthcast.jobs.report.ReportData.Metric;
import io.depthcast.jobs.report.ReportData.NumberGroup;
import io.depthcast.jobs.report.ReportData.Origin;
import io.depthcast.jobs.report.ReportData.Receipt;
import io.depthcast.jobs.report.ReportData.Risk;
import io.depthcast.jobs.report.ReportData.SliceId;
import io.depthcast.jobs.report.ReportData.SlicePnl;
import io.depthcast.jobs.report.ReportData.SliceSummary;
import io.depthcast.jobs.report.ReportData.SuspectShare;
import io.depthcast.jobs.report.ReportData.TimeSpan;
import io.depthcast.jobs.report.ReportData.Trading;
import io.depthcast.jobs.report.ReportData.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Invented report data of the size of a real run: 2 symbols, 3 days, 40 features, 4 models. */
final class SampleReport {
  static final List<String> MODELS = List.of("logistic", "majority", "persistence", "xgboost");
  static final List<String> LABELS = List.of("100e", "20e", "50e");
  static final String CONFIG_HASH =
      "5a11c0de7700e2f1a4b39c8d6e5f70819a2b3c4d5e6f708192a3b4c5d6e7f809";
  private static final double NONE = Double.NaN;

  private SampleReport() {}

  static ReportData data() {
    return new ReportData(
        new Header(
            "Nightly report: demo",
            "Six symbol-days of the synthetic exchange, order flow and imbalance features, four models,"
                + " walk-forward by day, a taker on the best forecast.",
            "run-20261122-0005",
            Instant.parse("2026-11-22T17:00:00Z")),
        slices(),
        Optional.of(correlation(40)),
        Optional.of(forecasts()),
        Optional.of(backtest()),
        Optional.of(new ReportData.Audit(54, List.of())),
        receipts());
  }

  /** A report before features, train and backtest have run. */
  static ReportData empty() {
    return new ReportData(
        data().header(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  static ReportData with(ReportData data, Backtest backtest) {
    return new ReportData(
        data.header(),
        data.slices(),
        data.correlation(),
        data.forecasts(),
        Optional.of(backtest),
        data.audit(),
        data.receipts());
  }

  static List<SliceId> ids() {
    List<SliceId> ids = new ArrayList<>();
    for (String symbol : List.of("ALFA", "BETA")) {
      for (int day = 1; day <= 3; day++) {
        ids.add(new SliceId("SYNTH", symbol, LocalDate.of(2024, 6, 2).plusDays(day)));
      }
    }
    return ids;
  }

  private static long openNs(LocalDate date) {
    return date.atTime(13, 30).toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L;
  }

  private static List<SliceSummary> slices() {
    List<SliceSummary> slices = new ArrayList<>();
    for (SliceId id : ids()) {
      long open = openNs(id.date());
      boolean halted = slices.size() == 4;
      slices.add(
          new SliceSummary(
              id,
              new TimeSpan(open + 4_241_176L, open + 23_399_912_000_000L),
              List.of(
                  new EventCount("add", 14_258 + slices.size() * 311L),
                  new EventCount("cancel", 319),
                  new EventCount("delete", 12_961),
                  new EventCount("trade", 2_765 - slices.size() * 40L),
                  new EventCount("hidden_trade", 613)),
              new BookSummary(30_916 + slices.size() * 271L, 4_084, 0.0296),
              new Loss(
                  halted ? 17 : 0,
                  halted
                      ? List.of(
                          new SuspectShare("halt", 0.0123), new SuspectShare("crossed", 0.0004))
                      : List.of())));
    }
    return slices;
  }

  static Correlation correlation(int n) {
    List<String> names = new ArrayList<>();
    String[] families = {"ofi", "queue_imbalance", "depth_imbalance", "mid_return"};
    for (int i = 0; i < n; i++) {
      names.add(families[i / 10 % 4] + "_" + (i % 10 + 1) + (i / 10 == 0 ? "_50e" : ""));
    }
    List<List<Double>> matrix = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<Double> row = new ArrayList<>();
      for (int j = 0; j < n; j++) {
        double within = Math.exp(-Math.abs(i % 10 - j % 10) / 3.0);
        boolean missing = Math.abs(i - j) == n - 1;
        row.add(missing ? NONE : i == j ? 1 : within * Math.cos((i / 10 - j / 10) * 1.3));
      }
      matrix.add(row);
    }
    return new Correlation(names, matrix, 3);
  }

  static Forecasts forecasts() {
    List<Metric> metrics = new ArrayList<>();
    List<Confusion> confusions = new ArrayList<>();
    List<ClassCounts> classes = new ArrayList<>();
    for (int h = 0; h < LABELS.size(); h++) {
      String label = LABELS.get(h);
      classes.add(new ClassCounts(label, 12_345 + h, 30_210, 12_120));
      for (int m = 0; m < MODELS.size(); m++) {
        String model = MODELS.get(m);
        double score = new double[] {0.43, 0.24, 0.36, 0.49}[m] - 0.02 * h;
        for (String fold : List.of(ReportData.ALL, "day-2", "day-3")) {
          double shift = fold.equals("day-3") ? 0.01 : 0;
          boolean pooled = fold.equals(ReportData.ALL);
          String symbol = pooled ? ReportData.ALL : "ALFA";
          metrics.add(metric(model, label, fold, symbol, "macro_f1", score + shift, 0.012));
          metrics.add(metric(model, label, fold, symbol, "weighted_f1", score + 0.08, 0.011));
          metrics.add(metric(model, label, fold, symbol, "accuracy", score + 0.11, 0.009));
          metrics.add(metric(model, label, fold, symbol, "mcc", score - 0.24, NONE));
          metrics.add(
              metric(model, label, fold, symbol, "roc_auc", m == 1 ? NONE : score + 0.2, NONE));
          metrics.add(metric(model, label, fold, symbol, "log_loss", 1.3 - score, NONE));
        }
        confusions.add(
            new Confusion(
                model,
                label,
                m == 1
                    ? List.of(
                        List.of(0L, 12_345L, 0L),
                        List.of(0L, 30_210L, 0L),
                        List.of(0L, 12_120L, 0L))
                    : List.of(
                        List.of(5_120L + 100L * m, 5_825L, 1_400L),
                        List.of(5_031L, 19_990L, 5_189L),
                        List.of(1_377L, 5_702L, 5_041L + 100L * m))));
      }
    }
    List<Verdict> verdicts =
        List.of(
            new Verdict(
                "20e",
                "xgboost",
                new Estimate(0.47, 0.458, 0.482, 54_675),
                new Estimate(0.13, 0.112, 0.148, 54_675),
                new Estimate(0.25, 0.23, 0.27, 54_675)),
            new Verdict(
                "50e",
                "xgboost",
                new Estimate(0.45, 0.438, 0.462, 54_675),
                new Estimate(-0.004, -0.012, 0.003, 54_675),
                new Estimate(0.25, 0.23, 0.27, 54_675)),
            new Verdict(
                "100e",
                "logistic",
                new Estimate(0.21, 0.20, 0.22, 54_675),
                new Estimate(-0.15, -0.17, -0.13, 54_675),
                new Estimate(-0.03, -0.05, -0.01, 54_675)));
    return new Forecasts("walk-forward-3-days", classes, metrics, confusions, verdicts);
  }

  static Metric metric(
      String model, String label, String fold, String symbol, String name, double x, double half) {
    return new Metric(
        model, label, fold, symbol, name, new Estimate(x, x - half, x + half, 54_675));
  }

  /** A random walk with costs paid at each of 1500 fills a day. */
  static Backtest backtest() {
    Random random = new Random(7);
    List<EquityCurve> curves = new ArrayList<>();
    List<SlicePnl> slices = new ArrayList<>();
    double grossTotal = 0;
    double costTotal = 0;
    for (SliceId id : ids()) {
      int n = 1500;
      List<EquityPoint> points = new ArrayList<>();
      double pnl = 0;
      for (int i = 0; i < n; i++) {
        long ts = openNs(id.date()) + i * 15_500_000_000L + random.nextInt(1_000_000_000);
        pnl += random.nextGaussian() * 0.9 + 0.05;
        points.add(new EquityPoint(ts, pnl, pnl - 0.08 * (i + 1)));
      }
      curves.add(new EquityCurve(id, points));
      slices.add(new SlicePnl(id, n, pnl, 0.08 * n, pnl - 0.08 * n));
      grossTotal += pnl;
      costTotal += 0.08 * n;
    }
    double maxDrawdown = -Arrays.stream(PortfolioEquity.of(curves).drawdown()).min().orElseThrow();
    Costs costs = new Costs(costTotal * 0.55, costTotal * 0.1, costTotal * 0.05, costTotal * 0.3);
    return new Backtest(
        "taker-50e-xgboost",
        "USD",
        new BacktestResult(
            grossTotal,
            grossTotal - costTotal,
            costs,
            new Trading(9_000, 5_243_890.25, 0.4812, 0.93),
            new Risk(maxDrawdown, 3, -1.7)),
        slices,
        curves);
  }

  static List<Receipt> receipts() {
    Origin origin =
        new Origin("0.1.0 (eba2d39)", "9f2c41d07b55e0a1c3f2b4d6978810ab", OptionalLong.empty());
    Origin seeded = new Origin("0.1.0 (eba2d39)", CONFIG_HASH, OptionalLong.of(20_240_603L));
    return List.of(
        new Receipt(NumberGroup.DATA, "run-20261122-0001", "ingest lobster", List.of(), origin, 0),
        new Receipt(
            NumberGroup.FEATURES,
            "run-20261122-0002",
            "features",
            List.of("silver.book@1", "silver.suspect_windows@1"),
            origin,
            0),
        new Receipt(
            NumberGroup.FORECASTS,
            "run-20261122-0003",
            "train",
            List.of("gold.features_base@1", "gold.labels@1"),
            seeded,
            36),
        new Receipt(
            NumberGroup.BACKTEST,
            "run-20261122-0004",
            "backtest",
            List.of("gold.predictions@1", "silver.book@1"),
            seeded,
            1));
  }
}
