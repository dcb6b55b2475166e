package io.depthcast.scores;

import io.depthcast.models.MoveClass;
import java.util.Arrays;

/** The moves that a forecast is surest of. */
public final class SureMoves {

  private SureMoves() {}

  /**
   * Share of right ones among the rows with the highest probability of a move, down or up,
   * whichever is more probable (of equals down). Of rows that tie at the end of the share as many
   * count as belong to it, each with the mean of all that tie, so that their order is no matter.
   *
   * @param truth class by row
   * @param probabilities {@code [3][rows]}
   * @param share of the rows that is looked at, above 0 to 1; one row at least
   * @return 0 to 1, NaN for no rows
   */
  public static double precision(byte[] truth, double[][] probabilities, double share) {
    double[] right = new double[truth.length];
    double[] wrong = new double[truth.length];
    int hits = 0;
    int misses = 0;
    for (int i = 0; i < truth.length; i++) {
      double down = probabilities[MoveClass.DOWN][i];
      double up = probabilities[MoveClass.UP][i];
      if (truth[i] == (up > down ? MoveClass.UP : MoveClass.DOWN)) {
        right[hits++] = Math.max(down, up);
      } else {
        wrong[misses++] = Math.max(down, up);
      }
    }
    int wanted = (int) Math.ceil(share * truth.length);
    return hits(sorted(right, hits), sorted(wrong, misses), wanted) / wanted;
  }

  private static double[] sorted(double[] values, int count) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static double hits(double[] right, double[] wrong, int wanted) {
    double hits = 0;
    int taken = 0;
    int r = right.length;
    int w = wrong.length;
    while (taken < wanted) {
      double value = Math.max(r > 0 ? right[r - 1] : -1, w > 0 ? wrong[w - 1] : -1);
      int rights = r;
      int wrongs = w;
      while (r > 0 && right[r - 1] == value) {
        r--;
      }
      while (w > 0 && wrong[w - 1] == value) {
        w--;
      }
      rights -= r;
      wrongs -= w;
      int counted = Math.min(rights + wrongs, wanted - taken);
      hits += (double) rights * counted / (rights + wrongs);
      taken += counted;
    }
    return hits;
  }
}
