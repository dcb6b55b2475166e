package io.depthcast.scores;

/**
 * A range that holds the true value of a score with 95 % confidence.
 *
 * @param low lower end, inclusive
 * @param high upper end, inclusive
 */
public record Interval(double low, double high) {}
