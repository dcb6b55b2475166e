/**
 * Known facts of limit order books, measured on the data at hand.
 *
 * <p>Belongs here: the facts with their published values and bands, how each is measured on a
 * slice, the job and its page. Does not: features (they are computed by {@code io.depthcast
 * .features}), anything a model uses.
 */
package io.depthcast.jobs.replicate;
