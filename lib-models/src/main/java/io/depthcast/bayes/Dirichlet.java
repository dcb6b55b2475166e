package io.depthcast.bayes;

/**
 * A Dirichlet prior, the same for each class, over the probabilities of classes; for two classes
 * the Beta prior of a Bernoulli probability. After counts {@code n_c} the predictive is
 *
 * <pre>
 *   p_c = (strength + n_c) / (classes * strength + sum_k n_k)
 * </pre>
 *
 * <p>Statistics of a slot: the counts. Gelman et al. 2013, Bayesian Data Analysis, section 3.4.
 *
 * @param classes 2 or more
 * @param strength in observations of each class, above 0
 */
public record Dirichlet(int classes, double strength) implements Conjugate {

  public Dirichlet {
    if (classes < 2) {
      throw new IllegalArgumentException("Invalid classes: " + classes + " (must be 2 or more)");
    }
    Settings.requirePositive("strength", strength);
  }

  /** What follows its kind. */
  static Dirichlet read(StateReader in) {
    return new Dirichlet(in.count(2), in.next());
  }

  @Override
  public int statistics() {
    return classes;
  }

  @Override
  public void check(double outcome) {
    if (!(outcome >= 0 && outcome < classes && outcome == (int) outcome)) {
      throw new IllegalArgumentException(
          "Invalid class: %s (must be 0 to %d)".formatted(outcome, classes - 1));
    }
  }

  void probabilities(double[] slots, int at, double[] out) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += slots[at + c];
    }
    for (int c = 0; c < classes; c++) {
      out[c] = (strength + slots[at + c]) / (classes * strength + sum);
    }
  }

  @Override
  public double logPredictive(double[] slots, int at, double outcome) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += slots[at + c];
    }
    return StrictMath.log((strength + slots[at + (int) outcome]) / (classes * strength + sum));
  }

  @Override
  public void add(double[] slots, int at, double outcome) {
    slots[at + (int) outcome]++;
  }

  @Override
  public void retain(double[] slots, int at, double retention) {
    for (int c = 0; c < classes; c++) {
      slots[at + c] *= retention;
    }
  }

  @Override
  public void write(StateWriter out) {
    out.put(DIRICHLET, classes, strength);
  }
}
