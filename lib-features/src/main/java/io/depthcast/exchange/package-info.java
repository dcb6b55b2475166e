/**
 * A synthetic exchange: deterministic market data in the raw formats, with a known planted signal.
 *
 * <p>{@link io.depthcast.exchange.ExchangeSession} plays a queue-reactive order flow on a matching
 * book and tells each event to {@link io.depthcast.exchange.SessionSink}s, which write the formats
 * and the truth: the same session in all of them.
 *
 * <p>Belongs here: order flow that is made up, and the writing of it. Does not: reading the formats
 * ({@code feed}).
 */
package io.depthcast.exchange;
