package io.depthcast.jobs.audit;

import java.util.Locale;

/** What the auditor looks at. */
enum Check {
  /** Labels of training and validation end before the test begins, less the embargo. */
  PURGE,
  /** The cards say what the tables say: spans, numbers of rows, class thresholds. */
  CARDS,
  /** A fit that never saw the test span gives the same bytes. */
  BLIND_REFIT,
  /** A fit on labels in random order forecasts nothing. */
  SHUFFLED_LABELS,
  /** A feature made of the label's own move is noticed: the next check can see. */
  PLANTED_FUTURE,
  /** No feature alone parts rises from falls better than anything of the past can. */
  FUTURE_FEATURE,
  /** A fit on features from the label's end forecasts far better than one on the row's own. */
  TIME_SHIFT,
  /** Rows of the test do not stand among those of the training. */
  SHARED_ROWS,
  /** No forecast is too good to be true. */
  TOO_GOOD;

  /** The name in tables. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
