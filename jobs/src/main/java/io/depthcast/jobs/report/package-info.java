/**
 * The report of a run: one offline HTML page and the pictures beside it.
 *
 * <p>Belongs here: the records a report is made of, the page and the pictures drawn from them. Does
 * not belong here: reading tables, Spark, and any computation of a metric; a number on the page was
 * written to a table by the job that owns it. What is computed here is only what a reader could
 * compute from the page: sums, shares, drawdown, and the thinning of long curves.
 */
package io.depthcast.jobs.report;
