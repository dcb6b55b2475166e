/**
 * What makes a stretch of market data untrustworthy.
 *
 * <p>Belongs here: suspect windows and the checks that open them. Does not: rules of one venue's
 * sequence numbers ({@code feed}).
 */
package io.depthcast.quality;
