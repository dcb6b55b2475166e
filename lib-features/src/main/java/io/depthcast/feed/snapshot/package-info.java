/**
 * Tables of depth snapshots: one row a moment, the best levels of both sides in columns.
 *
 * <p>{@link io.depthcast.feed.snapshot.SnapshotSource} says how a table is to be read: which column
 * is what, how its numbers become prices and sizes, how an empty level and a time are written, when
 * trading rests, and which columns are labels that come with the table. A row of {@code
 * configs/sources/ashare.yaml} and what it becomes:
 *
 * <pre>
 * date,time,...,n_bid1,n_bsize1,...,n_ask1,n_asize1,...,label_5
 * 24,13:32:18,...,0.09854,0.00293,...,0.0,0.0,...,1.0
 * bid_price_1 1.09854, bid_size_1 0.00293, no ask; label_5 flat
 * </pre>
 *
 * <p>Nothing is known of what happened between two rows: order flow computed from them is that of
 * the rows, not of the orders. Belongs here: the description of a table and its rules for a row.
 * Does not: CSV, Parquet and files ({@code jobs}), one table's description ({@code configs}).
 */
package io.depthcast.feed.snapshot;
