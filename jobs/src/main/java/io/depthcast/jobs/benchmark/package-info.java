/**
 * Fixed protocols on public data: rows, labels and splits to the last row as the measurement of
 * public implementations took them, our models on them, and the scores of both side by side.
 *
 * <p>Belongs here: the protocols, the models that are compared, the table. Does not: models ({@code
 * lib-models}), features ({@code lib-features}), walk-forward training on tables ({@code train}).
 *
 * <p>A protocol's files are read straight into arrays, not through a lake: its labels, its reset at
 * each half session and its rows with one empty side are what the tables rightly leave out, and
 * nobody reads these rows again. Trees and linear models are fitted by the trainers that {@code
 * train} uses.
 */
package io.depthcast.jobs.benchmark;
