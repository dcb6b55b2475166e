/**
 * What all source formats share: how a consumer reads them, rows that were left out, and for
 * captured messages the lines, clocks, suspect rows and batches.
 *
 * <p>Belongs here: the contract between a format and its consumer, and what two formats need alike.
 * Does not: one format's rules, which have a package of their own below; opening files ({@code
 * jobs}).
 */
package io.depthcast.feed;
