/**
 * Ensembles of a plan's models: forecasts made of out-of-fold forecasts, beside the models' own.
 *
 * <p>Belongs here: which rows and folds an ensemble may learn from, its forecasts and its gain as
 * rows of tables. Does not: the mathematics ({@code io.depthcast.ensembles}), how the models are
 * fitted ({@code train}).
 */
package io.depthcast.jobs.ensemble;
