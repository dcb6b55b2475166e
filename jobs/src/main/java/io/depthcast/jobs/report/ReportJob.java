package io.depthcast.jobs.report;

import static org.apache.spark.sql.functions.col;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.report.ReportData.Audit;
import io.depthcast.jobs.report.ReportData.Header;
import io.depthcast.jobs.report.ReportData.SliceSummary;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.LakeFile;
import io.depthcast.jobs.table.Trials;
import io.depthcast.jobs.table.Trials.Tried;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Writes what the tables hold as one HTML page with pictures beside it. */
public final class ReportJob {

  public static final Job<ReportConfig> JOB =
      new Job<>(
          "report",
          "Write an HTML page about the data, the forecasts and the backtest.",
          "silver.events, silver.book, silver.suspect_windows, silver.rejected,"
              + " gold.features_<set>, gold.metrics, gold.audit, gold.fills, gold.positions,"
              + " ops.runs, ops.trials",
          "<lake>/reports/<id>/report.html and pictures",
          Job.Input.TABLES,
          ReportConfig.class,
          ReportJob::run);

  private ReportJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, ReportConfig config, Provenance provenance) {
    Trials trials = Trials.of(lake);
    Optional<Tried> fit = fit(trials, config.planId());
    Optional<Tried> backtest = fit.flatMap(f -> backtest(trials, f.planId(), config.backtestId()));
    ReportData data = data(lake, arguments, config, provenance, trials, fit, backtest);
    String folder = "reports/" + id(data.slices(), fit, backtest) + "/";
    ReportPictures.draw(data).forEach((name, png) -> LakeFile.write(lake, folder + name, png));
    String page = folder + "report.html";
    LakeFile.write(lake, page, ReportPage.html(data).getBytes(StandardCharsets.UTF_8));
    return "report at " + lake.path(page);
  }

  private static Optional<Tried> fit(Trials trials, String planId) {
    if (planId.equals(ReportConfig.NEWEST)) {
      return trials.newestFit();
    }
    return Optional.of(
        trials
            .newestFit(planId)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "planId: no plan '"
                            + planId
                            + "' in ops.trials; give newest or a plan_id")));
  }

  private static Optional<Tried> backtest(Trials trials, String planId, String backtestId) {
    if (backtestId.equals(ReportConfig.NEWEST)) {
      return trials.newestBacktest(planId);
    }
    return Optional.of(
        trials
            .backtest(backtestId)
            .filter(tried -> tried.planId().equals(planId))
            .orElseThrow(
                () ->
                    new ConfigException(
                        "backtestId: no backtest '"
                            + backtestId
                            + "' of plan "
                            + planId
                            + " in ops.trials; give newest or a backtest_id of that plan")));
  }

  private static ReportData data(
      Lake lake,
      Arguments arguments,
      ReportConfig config,
      Provenance provenance,
      Trials trials,
      Optional<Tried> fit,
      Optional<Tried> backtest) {
    List<SliceSummary> slices = SliceTables.read(lake, arguments);
    List<MetricRow> metrics = fit.map(f -> MetricRow.read(lake, f.planId())).orElse(List.of());
    Receipts receipts = Receipts.read(lake, config.featureTable(), trials, fit, backtest);
    return new ReportData(
        new Header(
            config.title(), description(slices, config), provenance.runId(), receipts.newest()),
        slices,
        FeatureCorrelation.read(
            lake,
            arguments,
            config.featureTable(),
            slices.stream().mapToLong(slice -> slice.book().rows()).sum(),
            config.correlationSampleRows()),
        fit.flatMap(f -> ForecastTables.of(f.planId(), metrics)),
        backtest.flatMap(
            b -> BacktestTables.read(lake, arguments, b.subject(), config.currency(), metrics)),
        fit.flatMap(f -> audit(lake, f.planId())),
        receipts.rows());
  }

  private static Optional<Audit> audit(Lake lake, String planId) {
    if (!lake.has("gold.audit")) {
      return Optional.empty();
    }
    List<Row> findings =
        lake.read("gold.audit")
            .where(col("plan_id").equalTo(planId))
            .orderBy("check", "label_id", "fold_id", "subject")
            .select("passed", "detail")
            .collectAsList();
    return findings.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Audit(
                findings.size(),
                findings.stream().filter(f -> !f.getBoolean(0)).map(f -> f.getString(1)).toList()));
  }

  private static String description(List<SliceSummary> slices, ReportConfig config) {
    String symbols =
        slices.stream()
            .map(slice -> slice.id().symbol())
            .distinct()
            .collect(Collectors.joining(", "));
    List<String> days =
        slices.stream().map(slice -> slice.id().date().toString()).distinct().sorted().toList();
    String span = days.size() == 1 ? days.get(0) : days.get(0) + " to " + days.get(days.size() - 1);
    return symbols + ", " + span + ", feature set " + config.set() + ".";
  }

  private static String id(
      List<SliceSummary> slices, Optional<Tried> fit, Optional<Tried> backtest) {
    return ConfigFile.hash(
        List.of(
            fit.map(Tried::planId).orElse("no plan"),
            backtest.map(Tried::subject).orElse("no backtest"),
            slices.stream().map(slice -> slice.id().venue() + " " + slice.id()).toList()));
  }
}
