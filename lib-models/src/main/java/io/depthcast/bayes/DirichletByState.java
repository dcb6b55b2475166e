package io.depthcast.bayes;

/**
 * Classes by state: each state has class probabilities of its own under a {@link Dirichlet} prior.
 * A row is one value, its state, a whole number from 0. Each outcome, of whichever state, makes all
 * states forget, so that memory is a number of outcomes, not of visits to a state.
 */
public final class DirichletByState implements OnlineClassifier {
  public static final String ALGORITHM = "dirichlet_by_state";

  private final int states;
  private final Dirichlet prior;
  private final Forgetting forgetting;
  private final double[] counts;

  /**
   * @param states how many, 1 or more
   * @param forgetting the model's own from here on
   */
  public DirichletByState(int states, Dirichlet prior, Forgetting forgetting) {
    this(states, prior, forgetting, new double[Settings.slots(states, prior)]);
  }

  private DirichletByState(int states, Dirichlet prior, Forgetting forgetting, double[] counts) {
    this.states = states;
    this.prior = prior;
    this.forgetting = forgetting;
    this.counts = counts;
  }

  /** The model that {@link #state()} describes. */
  public static DirichletByState restore(byte[] state) {
    StateReader in = new StateReader(ALGORITHM, state);
    int states = in.count(1);
    if (!(Conjugate.read(in) instanceof Dirichlet prior)) {
      throw in.damaged();
    }
    Forgetting forgetting = Forgetting.read(in);
    double[] counts = in.next((long) states * prior.statistics());
    in.end();
    return new DirichletByState(states, prior, forgetting, counts);
  }

  @Override
  public String algorithm() {
    return ALGORITHM;
  }

  @Override
  public int classes() {
    return prior.classes();
  }

  @Override
  public double observations() {
    double sum = 0;
    for (double count : counts) {
      sum += count;
    }
    return sum;
  }

  @Override
  public void probabilities(double[] row, double[] out) {
    Settings.requireOut(out, classes());
    prior.probabilities(counts, Settings.stateOf(row, states) * classes(), out);
  }

  @Override
  public void learn(double[] row, int label) {
    int state = Settings.stateOf(row, states);
    prior.check(label);
    double retention = forgetting.retention(label, observations());
    for (int s = 0; s < states; s++) {
      prior.retain(counts, s * classes(), retention);
    }
    prior.add(counts, state * classes(), label);
  }

  @Override
  public byte[] state() {
    StateWriter out = new StateWriter(ALGORITHM);
    out.put(states);
    prior.write(out);
    forgetting.write(out);
    out.put(counts);
    return out.bytes();
  }
}
