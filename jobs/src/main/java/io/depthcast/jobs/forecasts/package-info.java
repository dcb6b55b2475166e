/**
 * What every job that forecasts shares: the class of a move under a fold's thresholds, stored
 * models, scores of forecasts as rows of {@code gold.metrics}.
 *
 * <p>Does not belong here: how forecasts are made ({@code train}, {@code ensemble}).
 */
package io.depthcast.jobs.forecasts;
