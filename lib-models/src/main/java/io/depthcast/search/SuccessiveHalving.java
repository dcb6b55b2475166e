package io.depthcast.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Successive halving: all candidates are tried on few training rows, the best of them on more, and
 * so on up to the last rung, which has all rows. One rung is a plain random search. Source: K.
 * Jamieson and A. Talwalkar, Non-stochastic Best Arm Identification and Hyperparameter
 * Optimization, AISTATS 2016.
 *
 * @param candidates how many are drawn, 1 to 10000
 * @param rungs 1 to 10
 * @param keepOneIn one in how many goes on to the next rung, which has as many times the rows, 2 to
 *     10; the last rung must be left with one candidate or more
 */
public record SuccessiveHalving(int candidates, int rungs, int keepOneIn) {

  /** The candidate that is no draw and is in every rung, for the others to be compared with. */
  public static final int BASE = 0;

  public SuccessiveHalving {
    check("candidates", candidates, 1, 10_000);
    check("rungs", rungs, 1, 10);
    check("keepOneIn", keepOneIn, 2, 10);
    double least = Math.pow(keepOneIn, rungs - 1.0);
    if (candidates < least) {
      throw new IllegalArgumentException(
          "Invalid candidates: %d (must be %.0f or more for %d rungs that keep one in %d)"
              .formatted(candidates, least, rungs, keepOneIn));
    }
  }

  private static void check(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " (must be " + low + " to " + high + ")");
    }
  }

  /** Every how many of the training rows train in a rung, 1 in the last. */
  public int every(int rung) {
    return (int) Math.pow(keepOneIn, rungs - 1.0 - rung);
  }

  /** The candidates of the first rung, {@link #BASE} and those drawn, 1, 2, 3 ... */
  public List<Integer> first() {
    return IntStream.rangeClosed(BASE, candidates).boxed().toList();
  }

  /** How many are in a rung, {@link #BASE} not counted. */
  public int drawn(int rung) {
    int left = candidates;
    for (int r = 0; r < rung; r++) {
      left /= keepOneIn;
    }
    return left;
  }

  /**
   * Fits of all rungs.
   *
   * @param parts fits of a candidate in a rung, 1 or more
   */
  public int fits(int parts) {
    return IntStream.range(0, rungs).map(rung -> parts * (drawn(rung) + 1)).sum();
  }

  /**
   * Who is in the next rung, ascending: {@link #BASE} and the best of those drawn.
   *
   * @param rung from 0
   * @param losses of the rung's candidates, less is better; of equal ones the lower number is
   */
  public List<Integer> next(int rung, Map<Integer, Double> losses) {
    List<Integer> drawn = new ArrayList<>(losses.keySet());
    drawn.remove((Integer) BASE);
    drawn.sort(byLoss(losses));
    List<Integer> next = new ArrayList<>(drawn.subList(0, drawn(rung + 1)));
    next.add(BASE);
    next.sort(Comparator.naturalOrder());
    return next;
  }

  /** The candidate with the least loss; of equal ones the lower number. */
  public static int best(Map<Integer, Double> losses) {
    return losses.keySet().stream().min(byLoss(losses)).orElseThrow();
  }

  private static Comparator<Integer> byLoss(Map<Integer, Double> losses) {
    return Comparator.<Integer, Double>comparing(losses::get)
        .thenComparing(Comparator.naturalOrder());
  }
}
