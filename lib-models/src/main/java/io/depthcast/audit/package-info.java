/**
 * Checks that forecasts know nothing of the future.
 *
 * <p>Belongs here: what can be said of rows and classes in memory. Does not: reading tables,
 * deciding what fails a run (the audit job).
 */
package io.depthcast.audit;
