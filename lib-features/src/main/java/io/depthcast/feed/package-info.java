/**
 * What all source formats share: how a consumer reads them, and rows that were left out.
 *
 * <p>Belongs here: the contract between a format and its consumer. Does not: one format's rules,
 * which have a package of their own below; opening files ({@code jobs}).
 */
package io.depthcast.feed;
