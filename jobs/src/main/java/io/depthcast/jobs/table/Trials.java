package io.depthcast.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.max;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code ops.trials} has counted.
 *
 * @param tried one for each kind, plan and subject; empty where nothing has been tried
 */
public record Trials(List<Tried> tried) {

  private static final String FIT = "fit";
  private static final String SEARCH = "search";
  private static final String BACKTEST = "backtest";

  /** Kind of an ensemble of a plan's models, on one fold and label. */
  public static final String ENSEMBLE = "ensemble";

  /**
   * Trials of one subject.
   *
   * @param kind fit, search, ensemble or backtest
   * @param planId plan of the forecasts, or search_id
   * @param subject model_id or backtest_id
   * @param runId the newest run that tried it
   * @param count different trials
   */
  public record Tried(String kind, String planId, String subject, String runId, long count) {}

  public Trials {
    tried = List.copyOf(tried);
  }

  /** The ledger of a lake. */
  public static Trials of(Lake lake) {
    if (!lake.has(Tables.TRIALS.name())) {
      return new Trials(List.of());
    }
    return new Trials(
        lake
            .read(Tables.TRIALS.name())
            .groupBy("kind", "plan_id", "subject")
            .agg(max(col("run_id")), count_distinct(col("trial_id")))
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Tried(
                        row.getString(0),
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4)))
            .toList());
  }

  /** The fit of the last train run. */
  public Optional<Tried> newestFit() {
    return newest(kind(FIT));
  }

  /** The fit of the last train run of a plan. */
  public Optional<Tried> newestFit(String planId) {
    return newest(kind(FIT).filter(t -> t.planId().equals(planId)));
  }

  /** The last ensembles of a plan, if the plan was not trained again since. */
  public Optional<Tried> newestEnsemble(String planId) {
    return newest(kind(ENSEMBLE).filter(t -> t.planId().equals(planId)))
        .filter(e -> newestFit(planId).filter(f -> begun(f).compareTo(begun(e)) > 0).isEmpty());
  }

  /** The last backtest of a plan. */
  public Optional<Tried> newestBacktest(String planId) {
    return newest(kind(BACKTEST).filter(t -> t.planId().equals(planId)));
  }

  /** The last run of a backtest. */
  public Optional<Tried> backtest(String backtestId) {
    return newest(kind(BACKTEST).filter(t -> t.subject().equals(backtestId)));
  }

  /** The models that a plan fitted, by name. */
  public List<String> models(String planId) {
    return subjects(FIT, planId);
  }

  /** The ensembles that were made of a plan's models, by name. */
  public List<String> ensembles(String planId) {
    return subjects(ENSEMBLE, planId);
  }

  private List<String> subjects(String kind, String planId) {
    return kind(kind).filter(t -> t.planId().equals(planId)).map(Tried::subject).sorted().toList();
  }

  /** Fits counted, of all plans and searches, with those of ensembles. */
  public long fits() {
    return Stream.of(FIT, SEARCH, ENSEMBLE).flatMap(this::kind).mapToLong(Tried::count).sum();
  }

  /** Backtests counted, of all plans. */
  public long backtests() {
    return kind(BACKTEST).mapToLong(Tried::count).sum();
  }

  /** The run's time and what follows it in its id. */
  private static String begun(Tried tried) {
    return tried.runId().substring(tried.runId().indexOf('-') + 1);
  }

  private Stream<Tried> kind(String kind) {
    return tried.stream().filter(t -> t.kind().equals(kind));
  }

  /** Run ids of a job sort by time. */
  private static Optional<Tried> newest(Stream<Tried> tried) {
    return tried.max(Comparator.comparing(Tried::runId).thenComparing(Tried::subject));
  }
}
