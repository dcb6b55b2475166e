/**
 * What a backtest earned, from its fills and its curve of equity, in quote currency.
 *
 * <p>Belongs here: money and its statistics. Does not: scores of forecasts ({@code scores} in
 * lib-models), the simulation itself ({@code execution}). A metric that is not defined on its input
 * is NaN or an empty Optional, never 0.
 */
package io.depthcast.metrics;
