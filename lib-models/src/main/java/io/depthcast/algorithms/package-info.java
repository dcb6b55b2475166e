/**
 * The table of algorithms: name to trainer, name to model.
 *
 * <p>Belongs here: what has to know every room of models. Does not: any algorithm.
 */
package io.depthcast.algorithms;
