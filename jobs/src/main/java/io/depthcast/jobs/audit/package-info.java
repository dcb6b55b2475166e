/**
 * The leakage auditor: checks of a train run that can fail it.
 *
 * <p>Belongs here: the checks and their bounds. Does not: training, statistics of arrays ({@code
 * io.depthcast.audit}).
 */
package io.depthcast.jobs.audit;
