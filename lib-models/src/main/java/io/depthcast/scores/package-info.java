/**
 * How good forecasts are: scores of three-class forecasts and their uncertainty.
 *
 * <p>Belongs here: measures from true classes and probabilities alone, in plain Java. Does not:
 * models, Spark, money ({@code lib-backtest}).
 */
package io.depthcast.scores;
