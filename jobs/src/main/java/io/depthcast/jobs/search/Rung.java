package io.depthcast.jobs.search;

import io.depthcast.jobs.train.Rehearsal;
import io.depthcast.jobs.train.Rehearsal.Part;
import io.depthcast.jobs.train.Rehearsal.Scored;
import io.depthcast.jobs.train.Rehearsal.Stage;
import io.depthcast.training.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Fits of one rung, each in tasks of its own, as many at once as there are cores. */
final class Rung {

  /** Driver threads, which only wait. */
  private static final int MOST_THREADS = 64;

  private final Rehearsal rehearsal;
  private final List<Trainer> candidates;
  private final Kept kept;
  private final Pace pace;
  private final int cores;

  Rung(Rehearsal rehearsal, List<Trainer> candidates, Kept kept, Pace pace, int cores) {
    this.rehearsal = rehearsal;
    this.candidates = candidates;
    this.kept = kept;
    this.pace = pace;
    this.cores = cores;
  }

  /**
   * Scores in the order of the trials.
   *
   * @param every every how many of the training rows trains
   */
  Map<Trial, Scored> scores(List<Trial> trials, int every) {
    Map<Part, Stage> stages = new LinkedHashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(MOST_THREADS, cores)));
    try {
      List<Future<Scored>> running = new ArrayList<>();
      for (Trial trial : trials) {
        Optional<Scored> before = kept.of(trial);
        before.ifPresent(scored -> pace.kept(every));
        Stage stage =
            before.isPresent()
                ? null
                : stages.computeIfAbsent(
                    trial.part(),
                    part -> rehearsal.stage(part, every, candidates.get(0).history()));
        running.add(pool.submit(() -> before.orElseGet(() -> fit(trial, stage, every))));
      }
      Map<Trial, Scored> scores = new LinkedHashMap<>();
      for (int i = 0; i < running.size(); i++) {
        scores.put(trials.get(i), running.get(i).get());
      }
      return scores;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The search was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
      stages.values().forEach(Stage::close);
    }
  }

  private Scored fit(Trial trial, Stage stage, int every) {
    Scored scored = stage.score(candidates.get(trial.candidate()));
    kept.keep(trial, scored);
    pace.fitted(trial, scored, every);
    return scored;
  }
}
