/**
 * Gradient-boosted trees by XGBoost: the trainer runs in a Spark task, the model scores through the
 * native booster alone.
 *
 * <p>Belongs here: everything that touches XGBoost. Does not: other algorithms, scores, how class
 * weights are chosen ({@code training}).
 */
package io.depthcast.trees;
