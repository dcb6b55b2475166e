/**
 * Bayesian models that learn row by row: one pass, no retraining, memory that does not grow with
 * the rows.
 *
 * <p>Belongs here: models that forecast a row first and learn its outcome once it is known, what
 * they forget and when, the detection of changes. Does not: the queue of rows whose outcome is not
 * known yet (the caller's), measures of how good a forecast is ({@code scores}).
 *
 * <p>Every model is kept as bytes and goes on from them to the last bit. The same rows and outcomes
 * in the same order give the same bytes.
 */
package io.depthcast.bayes;
