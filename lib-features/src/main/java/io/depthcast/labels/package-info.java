/**
 * What a forecast is scored against: values that look ahead, each with the time at which it is
 * known.
 *
 * <p>Belongs here: one record per label and the rules that turn a move into a class. Does not:
 * anything a model may see as an input ({@code features}), the choice of training rows.
 */
package io.depthcast.labels;
