package io.depthcast.fitted;

import io.depthcast.features.Feature;
import io.depthcast.training.Range;
import java.util.Arrays;
import java.util.List;

/**
 * Stoikov's micro-price, how far from the mid: the mid that is expected after a number of its
 * moves, given imbalance and spread. Book states are a Markov chain, estimated on the training
 * rows; of the transitions from state x to state y in one row
 *
 * <pre>
 *   Q(x, y)  share of those from x that go to y and leave the mid as it is
 *   R(x, y)  share of those from x that go to y and move the mid
 *   r(x)     mean move of the mid over all from x, ticks
 *
 *   G1 = (I - Q)^-1 r,   B = (I - Q)^-1 R,   G = G1 + B G1 + ... + B^(moves-1) G1
 *
 *   stoikov_microprice_deviation_bps  =  G(state) tickSize / mid 10^4
 * </pre>
 *
 * <p>A state is a bucket of the imbalance I = qb / (qb + qa) of the best queues, {@code
 * imbalanceBuckets} of equal width, and a class of the spread in whole ticks: 1, 2, 3 to 4, 5 to 8,
 * 9 to 16 and so on, of which the last takes all that is wider (in the paper each number of ticks
 * is a class). Each transition counts a second time with bid and ask exchanged, so that G is 0
 * where both queues are equal and the sum converges; that asks for an odd number of buckets, whose
 * middle one is balanced. G is 0 in states from which no move was seen. How often the book changes
 * without leaving its state does not change G. The numbers fitted are G by bucket from the least
 * imbalance up, of the first class of the spread, of the second, and so on.
 *
 * @param tickSize smallest step of the price, quote currency, positive
 * @param imbalanceBuckets 2 to 51
 * @param spreadClasses 1 to 10
 * @param moves moves of the mid that are looked ahead, 1 to 100; the paper's sum has about
 *     converged after 6
 */
public record StoikovMicroprice(double tickSize, int imbalanceBuckets, int spreadClasses, int moves)
    implements FittedFamily {

  private static final int MID = 0;
  private static final int SPREAD = 1;
  private static final int IMBALANCE = 2;

  public StoikovMicroprice {
    if (!(tickSize > 0 && tickSize < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid tickSize: " + tickSize + " (must be a number > 0)");
    }
    Range.check("imbalanceBuckets", imbalanceBuckets, 2, 51);
    Range.check("spreadClasses", spreadClasses, 1, 10);
    Range.check("moves", moves, 1, 100);
  }

  @Override
  public List<String> requires() {
    return List.of("mid", "spread", "queue_imbalance_1");
  }

  @Override
  public Feature produces() {
    return new Feature(
        "stoikov_microprice_deviation_bps",
        "bps",
        "(E[mid after "
            + moves
            + (moves == 1 ? " move" : " moves")
            + " | imbalance, spread] - mid) / mid * 1e4, by a Markov chain of the training rows");
  }

  @Override
  public String reference() {
    return "Stoikov 2018, The Micro-Price: a High-Frequency Estimator of Future Prices, G* as the"
        + " sum of B^i G1";
  }

  @Override
  public FeatureFit start() {
    return new Fit(this);
  }

  @Override
  public FittedFeature restore(double[] numbers) {
    if (numbers.length != states() || !Arrays.stream(numbers).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "Invalid deviations: "
              + Arrays.toString(numbers)
              + " (must be "
              + states()
              + " finite numbers)");
    }
    return new Adjusted(this, numbers.clone());
  }

  private int states() {
    return imbalanceBuckets * spreadClasses;
  }

  private int state(double[] values) {
    int bucket = (int) ((1 + values[IMBALANCE]) / 2 * imbalanceBuckets);
    double spread = Math.rint(values[SPREAD] / tickSize);
    int spreadClass = 0;
    for (int widest = 1; spread > widest && spreadClass < spreadClasses - 1; widest *= 2) {
      spreadClass++;
    }
    return spreadClass * imbalanceBuckets + Math.min(bucket, imbalanceBuckets - 1);
  }

  /** The state with bid and ask exchanged. */
  private int mirror(int state) {
    int bucket = state % imbalanceBuckets;
    return state - bucket + imbalanceBuckets - 1 - bucket;
  }

  /** Rounded to a millionth of a tick, so that a mid that stands is one. */
  private double ticks(double move) {
    return Math.rint(move / tickSize * 1e6) / 1e6;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Adjusted(StoikovMicroprice family, double[] deviations) implements FittedFeature {
    private static final long serialVersionUID = 1L;

    @Override
    public double value(double[] values) {
      return deviations[family.state(values)] * family.tickSize() / values[MID] * 1e4;
    }

    @Override
    public double[] numbers() {
      return deviations.clone();
    }
  }

  private static final class Fit implements FeatureFit {
    private final StoikovMicroprice family;
    private final PriceChain chain;
    private int state;
    private double mid;

    Fit(StoikovMicroprice family) {
      this.family = family;
      chain = new PriceChain(family.states());
    }

    @Override
    public void add(double[] values, boolean follows) {
      int next = family.state(values);
      if (follows) {
        chain.add(state, next, family.ticks(values[MID] - mid));
      }
      state = next;
      mid = values[MID];
    }

    @Override
    public FittedFeature finish() {
      double[] expected = chain.symmetric(family::mirror).expectedMove(family.moves);
      double[] deviations = new double[expected.length];
      // Equal and opposite but for rounding, and then to the last bit.
      Arrays.setAll(deviations, s -> (expected[s] - expected[family.mirror(s)]) / 2);
      return new Adjusted(family, deviations);
    }
  }
}
