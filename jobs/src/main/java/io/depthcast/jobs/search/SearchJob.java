package io.depthcast.jobs.search;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Tables;
import io.depthcast.jobs.train.Rehearsal;
import io.depthcast.jobs.train.Rehearsal.Part;
import io.depthcast.jobs.train.Rehearsal.Scored;
import io.depthcast.scores.ForecastScore;
import io.depthcast.search.SuccessiveHalving;
import io.depthcast.training.Trainer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Looks for hyper-parameters on the rows before a training's first test. */
public final class SearchJob {

  public static final Job<SearchConfig> JOB =
      new Job<>(
          "search",
          "Look for hyper-parameters of a model on the rows before a training's first test.",
          "gold.features_<set>, gold.labels",
          "gold.search, ops.trials",
          Job.Input.TABLES,
          SearchConfig.class,
          SearchJob::run);

  private final Lake lake;
  private final SearchConfig config;
  private final SuccessiveHalving halving;
  private final Provenance provenance;
  private final String searchId;
  private final List<Trainer> candidates;

  private SearchJob(Lake lake, SearchConfig config, Provenance provenance, String searchId) {
    this.lake = lake;
    this.config = config;
    this.halving = config.halving();
    this.provenance = provenance;
    this.searchId = searchId;
    candidates = config.candidates();
  }

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, SearchConfig config, Provenance provenance) {
    try (Rehearsal rehearsal =
        Rehearsal.of(lake, arguments, config.train(), config.walkForward())) {
      config.candidates().forEach(rehearsal::checkInputs);
      String searchId =
          ConfigFile.hash(List.of(config, rehearsal.fingerprint(), provenance.codeVersion()));
      return new SearchJob(lake, config, provenance, searchId).on(rehearsal);
    }
  }

  private String on(Rehearsal rehearsal) {
    List<Part> parts = rehearsal.parts();
    Kept kept = new Kept(lake, searchId);
    Pace pace = new Pace(halving, parts.size());
    Rung rung =
        new Rung(
            rehearsal, candidates, kept, pace, lake.spark().sparkContext().defaultParallelism());
    List<Row> rows = new ArrayList<>();
    List<Integer> in = halving.first();
    Map<Trial, Scored> scores = Map.of();
    for (int r = 0; r < halving.rungs(); r++) {
      scores = rung.scores(trials(r, in, parts), halving.every(r));
      scores.forEach((trial, scored) -> rows.add(row(trial, scored)));
      lake.append(
          Tables.TRIALS,
          lake.spark()
              .createDataFrame(
                  scores.keySet().stream().map(this::counted).toList(), Tables.TRIALS.schema()));
      say(r, scores);
      if (r < halving.rungs() - 1) {
        in = halving.next(r, losses(scores));
      }
    }
    lake.replaceWhere(
        Tables.SEARCH,
        "search_id = '" + searchId + "'",
        lake.spark().createDataFrame(rows, Tables.SEARCH.schema()));
    kept.delete();
    int best = SuccessiveHalving.best(losses(scores));
    Console.print(Candidates.yaml(candidates.get(best)));
    return summary(best, scores, rows.size());
  }

  private static List<Trial> trials(int rung, List<Integer> candidates, List<Part> parts) {
    return candidates.stream()
        .flatMap(candidate -> parts.stream().map(part -> new Trial(rung, candidate, part)))
        .toList();
  }

  /** By candidate, what decides, less is better. */
  private Map<Integer, Double> losses(Map<Trial, Scored> scores) {
    Map<Integer, Double> losses = new TreeMap<>();
    for (int candidate : scores.keySet().stream().map(Trial::candidate).distinct().toList()) {
      double mean = mean(scores, candidate);
      losses.put(candidate, config.score() == ForecastScore.LOG_LOSS ? mean : -mean);
    }
    return losses;
  }

  /** The score that decides, mean of folds and labels. */
  private double mean(Map<Trial, Scored> scores, int candidate) {
    Collection<Scored> its = its(scores, candidate);
    double sum = 0;
    for (Scored scored : its) {
      sum += config.score() == ForecastScore.LOG_LOSS ? scored.logLoss() : scored.macroF1();
    }
    return sum / its.size();
  }

  private static List<Scored> its(Map<Trial, Scored> scores, int candidate) {
    return scores.entrySet().stream()
        .filter(e -> e.getKey().candidate() == candidate)
        .map(Map.Entry::getValue)
        .toList();
  }

  private void say(int rung, Map<Trial, Scored> scores) {
    int best = SuccessiveHalving.best(losses(scores));
    Console.progress(
        String.format(
            Locale.ROOT,
            "search    rung %d of %d done, 1 of %d training rows: of %d candidates and the model as"
                + " given %d is best, %s %.4f; the model as given %.4f",
            rung + 1,
            halving.rungs(),
            halving.every(rung),
            halving.drawn(rung),
            best,
            config.score().metric(),
            mean(scores, best),
            mean(scores, SuccessiveHalving.BASE)));
  }

  private String summary(int best, Map<Trial, Scored> scores, int fits) {
    return String.format(
        Locale.ROOT,
        "search %s: %s, %s %.4f, the model as given %.4f, on %d rows before the first test; best of"
            + " %d by %d fits, so it looks better than it is",
        searchId,
        best == SuccessiveHalving.BASE ? "no candidate is better" : "candidate " + best,
        config.score().metric(),
        mean(scores, best),
        mean(scores, SuccessiveHalving.BASE),
        its(scores, best).stream().mapToLong(Scored::scoredRows).sum(),
        candidates.size(),
        fits);
  }

  private Row row(Trial trial, Scored scored) {
    Trainer candidate = candidates.get(trial.candidate());
    return RowFactory.create(
        searchId,
        trial.candidate(),
        candidate.name(),
        Candidates.json(candidate),
        trial.part().label(),
        trial.rung(),
        trial.part().fold().id(),
        scored.trainRows(),
        scored.scoredRows(),
        trial.part().fold().testFrom(),
        trial.part().fold().testTo(),
        scored.logLoss(),
        scored.macroF1());
  }

  private Row counted(Trial trial) {
    String model = candidates.get(trial.candidate()).name();
    return RowFactory.create(
        ConfigFile.hash(
            List.of(
                "search",
                searchId,
                trial.candidate(),
                trial.rung(),
                trial.part().fold().id(),
                trial.part().label())),
        "search",
        searchId,
        model,
        trial.part().fold().id(),
        trial.part().label(),
        provenance.configHash(),
        provenance.runId());
  }
}
