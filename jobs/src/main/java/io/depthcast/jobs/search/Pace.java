package io.depthcast.jobs.search;

import io.depthcast.jobs.Console;
import io.depthcast.jobs.train.Rehearsal.Scored;
import io.depthcast.search.SuccessiveHalving;
import java.time.Duration;
import java.util.Locale;

/**
 * Says now and then how far a search is. A fit on every n-th row counts as an n-th of one on all.
 */
final class Pace {

  private static final Duration LINES_APART = Duration.ofSeconds(10);

  private final SuccessiveHalving halving;
  private final int fits;
  private final long begun = System.nanoTime();
  private long said = begun;
  private double work;
  private double left;
  private int done;

  /**
   * @param parts folds and labels
   */
  Pace(SuccessiveHalving halving, int parts) {
    this.halving = halving;
    fits = halving.fits(parts);
    for (int rung = 0; rung < halving.rungs(); rung++) {
      left += (double) parts * (halving.drawn(rung) + 1) / halving.every(rung);
    }
  }

  /** Takes a fit that a run before this one did. */
  synchronized void kept(int every) {
    done++;
    left -= 1.0 / every;
  }

  synchronized void fitted(Trial trial, Scored scored, int every) {
    done++;
    work += 1.0 / every;
    left -= 1.0 / every;
    long now = System.nanoTime();
    if (now - said >= LINES_APART.toNanos()) {
      said = now;
      Console.progress(
          String.format(
              Locale.ROOT,
              "search    %d of %d fits, rung %d of %d, candidate %d, fold %d, %s: log loss %.4f,"
                  + " macro-F1 %.4f; about %.0f s left",
              done,
              fits,
              trial.rung() + 1,
              halving.rungs(),
              trial.candidate(),
              trial.part().fold().id(),
              trial.part().label(),
              scored.logLoss(),
              scored.macroF1(),
              (now - begun) / 1e9 / work * Math.max(0, left)));
    }
  }
}
