package io.depthcast.walkforward;

/** What a row is used for in a {@link Fold}. */
public enum Role {
  /** Fits parameters. */
  TRAIN,
  /** Chooses when to stop, thresholds and calibration. */
  VALIDATION,
  /** Is forecast and scored; fits nothing. */
  TEST,
  /** Not used: outside the fold, or purged because its label reaches too far. */
  NONE
}
