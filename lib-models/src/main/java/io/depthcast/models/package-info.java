/**
 * What a fitted forecaster is: rows in, probabilities of down, flat and up out, and bytes to keep.
 *
 * <p>Belongs here: the contract that every scoring job and every room of models shares, free of
 * Spark. Does not: fitting ({@code training}), the models themselves ({@code linear}, {@code
 * trees}), measures of how good a forecast is ({@code scores}).
 */
package io.depthcast.models;
