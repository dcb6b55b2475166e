/**
 * Several models' forecasts made one.
 *
 * <p>Belongs here: how forecasts are combined, which past rows may weigh them, how a gain over one
 * model is judged. Does not: the models that are combined, how a stacker is fitted ({@code
 * training}), reading and writing forecasts (a job's affair).
 *
 * <p>Forecasts of one row stand in one array, model by model, each as {@link
 * io.depthcast.models.MoveClass} numbers them: {@code [3 * models]}.
 */
package io.depthcast.ensembles;
