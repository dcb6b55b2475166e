package io.depthcast.bayes;

/**
 * Numbers by state: in each state the outcome is normal with a mean and a variance of its own under
 * a {@link NormalInverseGamma} prior. A row is one value, its state, a whole number from 0. Each
 * outcome, of whichever state, makes all states forget, so that memory is a number of outcomes, not
 * of visits to a state.
 *
 * <p>An outcome with bounds, such as an imbalance from -1 to 1, may have an interval that passes
 * them.
 */
public final class NormalByState implements OnlineRegression {
  public static final String ALGORITHM = "normal_by_state";

  private final int states;
  private final NormalInverseGamma prior;
  private final Forgetting forgetting;
  private final double[] statistics;

  /**
   * @param states how many, 1 or more
   * @param forgetting the model's own from here on
   */
  public NormalByState(int states, NormalInverseGamma prior, Forgetting forgetting) {
    this(states, prior, forgetting, new double[Settings.slots(states, prior)]);
  }

  private NormalByState(
      int states, NormalInverseGamma prior, Forgetting forgetting, double[] statistics) {
    this.states = states;
    this.prior = prior;
    this.forgetting = forgetting;
    this.statistics = statistics;
  }

  /** The model that {@link #state()} describes. */
  public static NormalByState restore(byte[] state) {
    StateReader in = new StateReader(ALGORITHM, state);
    int states = in.count(1);
    if (!(Conjugate.read(in) instanceof NormalInverseGamma prior)) {
      throw in.damaged();
    }
    Forgetting forgetting = Forgetting.read(in);
    double[] statistics = in.next((long) states * prior.statistics());
    in.end();
    return new NormalByState(states, prior, forgetting, statistics);
  }

  @Override
  public String algorithm() {
    return ALGORITHM;
  }

  @Override
  public double observations() {
    double sum = 0;
    for (int s = 0; s < states; s++) {
      sum += statistics[s * prior.statistics()];
    }
    return sum;
  }

  @Override
  public StudentT predict(double[] row) {
    return prior.predictive(statistics, Settings.stateOf(row, states) * prior.statistics());
  }

  @Override
  public void learn(double[] row, double value) {
    int state = Settings.stateOf(row, states);
    prior.check(value);
    double retention = forgetting.retention(value, observations());
    for (int s = 0; s < states; s++) {
      prior.retain(statistics, s * prior.statistics(), retention);
    }
    prior.add(statistics, state * prior.statistics(), value);
  }

  @Override
  public byte[] state() {
    StateWriter out = new StateWriter(ALGORITHM);
    out.put(states);
    prior.write(out);
    forgetting.write(out);
    out.put(statistics);
    return out.bytes();
  }
}
