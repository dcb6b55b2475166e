package io.depthcast.jobs.benchmark;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * One horizon of a protocol: what is to be forecast, and which rows have which part in it.
 *
 * @param horizon rows ahead
 * @param flatBps absolute moves up to this are flat, in bps; NaN where the labels are given
 * @param labels by row: 0 down, 1 flat, 2 up, {@link #NO_LABEL}
 * @param train rows that models are fitted on
 * @param validation rows that decide when a fit stops and how probabilities become a class
 * @param test rows that are scored
 * @param block by row: stretch of the bootstrap that a test row belongs to, from 0
 * @param blocks number of stretches
 */
@SuppressWarnings("ArrayRecordComponent") // a view on large arrays, never compared
record Problem(
    int horizon,
    double flatBps,
    byte[] labels,
    int[] train,
    int[] validation,
    int[] test,
    int[] block,
    int blocks) {

  static final byte NO_LABEL = -1;

  /** The labels of some rows. */
  byte[] labels(int[] rows) {
    byte[] some = new byte[rows.length];
    for (int i = 0; i < rows.length; i++) {
      some[i] = labels[rows[i]];
    }
    return some;
  }

  /** Fitted on the rows that are chosen, tested on those that are not. */
  Problem transfer(IntPredicate chosen) {
    return new Problem(
        horizon,
        flatBps,
        labels,
        Arrays.stream(train).filter(chosen).toArray(),
        Arrays.stream(validation).filter(chosen).toArray(),
        Arrays.stream(test).filter(chosen.negate()).toArray(),
        block,
        blocks);
  }
}
