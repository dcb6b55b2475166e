package io.depthcast.exchange;

/**
 * A move of the reference price, and what the flow before it said.
 *
 * @param event number of the last event of the move
 * @param nanos time at which it began, nanoseconds UTC
 * @param flow buys less sells among the last market orders before it
 * @param upProbability true probability of a move up
 * @param direction 1 up, -1 down
 * @param reference best ask of a full book after it, ticks: the reference price is half a tick
 *     below
 */
public record PriceMove(
    long event, long nanos, int flow, double upProbability, int direction, int reference) {}
