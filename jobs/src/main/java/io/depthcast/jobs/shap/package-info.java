/**
 * What each input adds to the forecasts of stored XGBoost models.
 *
 * <p>Belongs here: the sample and its table. Does not: SHAP values themselves ({@code
 * io.depthcast.trees}).
 */
package io.depthcast.jobs.shap;
