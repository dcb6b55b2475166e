package io.depthcast.execution;

import java.io.Serializable;

/**
 * Position and money at one time: after each fill, at the last row of each minute that has rows,
 * and at the end of the slice.
 *
 * @param seq the row whose book gives the mid, or the last row of the minute
 * @param ts nanoseconds UTC
 * @param position base units, negative if short
 * @param cash quote currency received less paid, fees included, since the slice began
 * @param mid the last mid of a book that is neither suspect, one-sided nor crossed; NaN before the
 *     first
 * @param equity {@code cash + position * mid}; {@code cash} where the position is 0
 */
public record PositionMark(
    long seq, long ts, double position, double cash, double mid, double equity)
    implements Serializable {}
