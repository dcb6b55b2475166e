/**
 * Features whose formula holds numbers fitted on training rows: one record per family, its fit, and
 * the fitted feature, which is applied row by row.
 *
 * <p>Belongs here: what reads columns of {@code gold.features_<set>} and needs a fit before it has
 * values. Does not: features that need none ({@code features}), what a model fits for itself, such
 * as its standardisation, folds, tables.
 */
package io.depthcast.fitted;
