/**
 * Probabilities that mean what they say: fitted on forecasts of validation rows, applied to
 * forecasts of later ones.
 *
 * <p>Belongs here: what is fitted from true classes and probabilities alone. Does not: models,
 * measures of how good a forecast is ({@code scores}).
 */
package io.depthcast.calibration;
