/**
 * How a span of time is cut into folds that are trained on the past and tested on the future.
 *
 * <p>Belongs here: fold plans and the role of a row in a fold. Does not: models, and anything that
 * reads a price.
 */
package io.depthcast.walkforward;
