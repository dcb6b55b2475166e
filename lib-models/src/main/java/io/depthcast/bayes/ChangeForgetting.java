package io.depthcast.bayes;

/**
 * Forgets what lies before a change, as far as a change is probable. With {@code n} the model's
 * observations, {@code R} the {@linkplain RunLengths#meanLength() mean length} of the current run
 * and {@code S = max(0.001, P(the run is longer than recent))}
 *
 * <pre>
 *   retention = min(1, (R_t - 1) / n_t-1, S_t / S_t-1), not below 0
 * </pre>
 *
 * <p>The first ratio keeps the model from resting on more outcomes than the run has; the second
 * weighs outcomes older than {@code recent} by the probability that they belong to the run, down to
 * one in a thousand, at the price of some outcomes between a change and its discovery. This rule is
 * this project's own. It watches the outcomes of all rows as one series.
 */
public final class ChangeForgetting implements Forgetting {

  /** Older outcomes that weigh no more than this are as good as gone. */
  private static final double LEAST = 1e-3;

  private final RunLengths runs;
  private final int recent;
  private double longer;

  /**
   * @param runs the forgetting's own from here on
   * @param recent outcomes, 1 or more: enough to see a change by
   */
  public ChangeForgetting(RunLengths runs, int recent) {
    if (recent < 1) {
      throw new IllegalArgumentException("Invalid recent: " + recent + " (must be 1 or more)");
    }
    this.runs = runs;
    this.recent = recent;
    longer = longer();
  }

  static ChangeForgetting read(StateReader in) {
    int recent = in.count(1);
    return new ChangeForgetting(RunLengths.read(in), recent);
  }

  private double longer() {
    return Math.max(LEAST, 1 - runs.probabilityWithin(recent));
  }

  @Override
  public double retention(double outcome, double observations) {
    runs.learn(outcome);
    double before = longer;
    longer = longer();
    if (observations == 0) {
      return 1;
    }
    double byLength = Math.max(0, (runs.meanLength() - 1) / observations);
    return Math.min(1, Math.min(byLength, longer / before));
  }

  @Override
  public void write(StateWriter out) {
    out.put(CHANGE, recent);
    runs.write(out);
  }
}
