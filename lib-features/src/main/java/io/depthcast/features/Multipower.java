package io.depthcast.features;

import java.util.Arrays;

/**
 * Sum over the last returns of the product of the sizes of neighbouring ones, the realized
 * multipower variation of Barndorff-Nielsen and Shephard without its constant:
 *
 * <pre>
 *   one:   sum of r_j^2                                   over the last M returns
 *   two:   sum of |r_j| |r_(j-1)|                         over the M - 1 pairs in them
 *   four:  sum of |r_j| |r_(j-1)| |r_(j-2)| |r_(j-3)|     over the M - 3 quadruples in them
 * </pre>
 */
final class Multipower {

  private final int neighbours;
  private final EventWindowSum sum;
  private double[] terms = {};
  private double held = Double.NaN;

  /**
   * @param neighbours 1, 2 or 4
   * @param returns number M of returns, at least that
   */
  Multipower(int neighbours, int returns) {
    this.neighbours = neighbours;
    sum = new EventWindowSum(returns - neighbours + 1);
  }

  /**
   * @param firstIndex number of the first new return on the grid
   * @param returns {@link SampledReturns#BEFORE} returns before the new ones, then those
   * @param count number of new returns
   * @param known by row: how many of them are known in it
   * @param from first row
   * @param to row after the last
   * @param out by row: the variation of the last returns known in it
   */
  void compute(
      long firstIndex, double[] returns, int count, int[] known, int from, int to, double[] out) {
    if (count > 0) {
      if (terms.length < count) {
        terms = new double[returns.length];
      }
      multiply(returns, count);
      sum.slide(firstIndex, terms, count);
    }
    for (int row = from; row < to; row++) {
      out[row] = known[row] == 0 ? held : terms[known[row] - 1];
    }
    if (count > 0) {
      held = terms[count - 1];
    }
  }

  private void multiply(double[] returns, int count) {
    int first = SampledReturns.BEFORE;
    if (neighbours == 1) {
      for (int i = 0; i < count; i++) {
        terms[i] = returns[first + i] * returns[first + i];
      }
      return;
    }
    Arrays.fill(terms, 0, count, 1);
    for (int lag = 0; lag < neighbours; lag++) {
      for (int i = 0; i < count; i++) {
        terms[i] *= Math.abs(returns[first + i - lag]);
      }
    }
  }
}
