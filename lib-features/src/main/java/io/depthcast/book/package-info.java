/**
 * The order book itself: sides, events, rows of events with the book after them, and the books of
 * levels and of orders that follow the events.
 *
 * <p>Belongs here: what every venue and every consumer shares. Does not: file formats ({@code
 * feed}), values computed from the book ({@code features}, {@code labels}).
 */
package io.depthcast.book;
