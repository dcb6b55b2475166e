/**
 * The search for hyper-parameters before a training's first test.
 *
 * <p>Belongs here: candidates, rungs as Spark tasks, the table of what was tried. Does not: fits
 * and scores ({@code train}), distributions and the rules of halving ({@code io.depthcast.search}).
 */
package io.depthcast.jobs.search;
