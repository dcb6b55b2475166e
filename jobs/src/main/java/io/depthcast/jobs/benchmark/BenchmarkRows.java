package io.depthcast.jobs.benchmark;

import java.util.List;

/**
 * All rows of a protocol, in the order of their sessions.
 *
 * @param symbols instruments
 * @param symbol by row: index of its instrument
 * @param sessionFirst by row: the first row of its session, which no window and no feature crosses
 * @param inputs the book as the protocol normalises it
 * @param features ours, of {@code lib-features}, or those that the files bring; NaN where missing
 * @param featuresF names of those that are the protocol's features F
 * @param problems one for each horizon
 * @param notes sentences that are to be read with the scores, may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // a view on large arrays, never compared
record BenchmarkRows(
    List<String> symbols,
    byte[] symbol,
    int[] sessionFirst,
    Columns inputs,
    Columns features,
    List<String> featuresF,
    List<Problem> problems,
    List<String> notes) {

  int rows() {
    return symbol.length;
  }

  Problem problem(int horizon) {
    return problems.stream().filter(p -> p.horizon() == horizon).findFirst().orElseThrow();
  }
}
