/**
 * Baselines that every learner has to beat: majority, persistence, logistic regression.
 *
 * <p>Belongs here: their trainers (which use Spark) and their models (which do not). Does not:
 * trees, networks, anything with more than a line of arithmetic a class.
 */
package io.depthcast.linear;
