/**
 * How a forecast becomes orders and orders become fills: decision, latency, the book met, position
 * and cash.
 *
 * <p>Belongs here: fill rules and the accounting that must balance. Does not: fee tables ({@code
 * costs}), statistics of the outcome ({@code metrics}), models.
 */
package io.depthcast.execution;
