/**
 * A synthetic exchange: deterministic market data in the raw formats, with a known planted signal.
 *
 * <p>Belongs here: order flow that is made up, and the writing of it. Does not: reading the formats
 * ({@code feed}).
 */
package io.depthcast.exchange;
