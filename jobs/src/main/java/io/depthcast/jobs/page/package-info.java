/**
 * What pages are made of: the page that loads nothing, its tables, figures and numbers, and
 * drawings in SVG, which documents use as well.
 *
 * <p>Belongs here: the look, and how HTML and the script of figures are written. Does not belong
 * here: what a page says, which the job that writes it knows, and reading tables of the lake.
 */
package io.depthcast.jobs.page;
