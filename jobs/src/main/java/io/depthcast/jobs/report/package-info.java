/**
 * The report of a run: one offline HTML page and the pictures beside it.
 *
 * <p>Belongs here: the job that reads the tables, the records a report is made of, the page and the
 * pictures drawn from them; page and pictures know the records only. Does not belong here: a metric
 * of forecasts or money, which the job that owns it writes to a table. What is computed here is
 * what describes the data (counts, spread, correlation) and what a reader could compute from the
 * page: sums, shares, drawdown, and the thinning of long curves.
 */
package io.depthcast.jobs.report;
