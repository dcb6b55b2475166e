package io.depthcast.ensembles;

/** A way to make one forecast of several models', valid by construction. */
public sealed interface Ensemble permits Average, Stack, Hedge {

  /** What its forecasts are called in tables, beside the models. */
  String name();

  /** Whether it needs the folds before the one that it forecasts, and so has none of the first. */
  boolean needsEarlierFolds();
}
