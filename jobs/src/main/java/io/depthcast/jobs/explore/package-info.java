/**
 * What the columns of a feature set look like and what they say of the labels, on all rows of the
 * lake.
 *
 * <p>Belongs here: distributions, correlations, predictive power by horizon and its stability, the
 * job and its page. Does not: choosing features for a model (that is fitting, on training rows
 * only), drawing that other pages use as well ({@code jobs.page}).
 */
package io.depthcast.jobs.explore;
