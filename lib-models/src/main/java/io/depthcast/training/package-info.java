/**
 * What fitting is: a record of hyper-parameters takes rows and gives a model.
 *
 * <p>Belongs here: the trainer's contract, the shape of the rows, what every trainer reads from
 * them first. Does not: algorithms ({@code linear}, {@code trees}), how rows are split into folds
 * (a job's and {@code lib-backtest}'s affair), scoring ({@code models}).
 */
package io.depthcast.training;
