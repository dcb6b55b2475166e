package io.depthcast.jobs.table;

import java.io.Serializable;

/**
 * The work of one task: rows of one or more slices out of one input.
 *
 * @param <I> what it reads
 * @param <T> what the driver wants to know about it
 */
@FunctionalInterface
public interface SliceTask<I, T> extends Serializable {

  /** Writes the rows; for each slice {@link SliceFiles#begin} first. */
  T write(I input, SliceFiles out) throws Exception;
}
