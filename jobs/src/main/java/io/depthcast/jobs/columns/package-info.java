/**
 * Columns as plain arrays: what Spark reads of them, and Parquet files written out of them and read
 * into them.
 *
 * <p>Belongs here: the encoding and decoding of columns. Does not: which columns a table has, and
 * commits ({@code table}).
 */
package io.depthcast.jobs.columns;
