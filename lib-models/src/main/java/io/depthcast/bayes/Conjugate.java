package io.depthcast.bayes;

/**
 * A conjugate prior: what was learned is a sum of statistics, so that many models of one prior are
 * slots of one array. All statistics 0 is the prior itself.
 *
 * <p>Forgetting multiplies the weight of what was learned: with retention {@code l} the posterior
 * becomes {@code posterior^l * prior^(1 - l)}, normalised, which moves its natural parameters to
 * {@code l * posterior + (1 - l) * prior}. This is exponential forgetting with the prior as the
 * alternative: Kulhavy, Zarrop 1993, On a general concept of forgetting.
 */
public sealed interface Conjugate permits Dirichlet, NormalInverseGamma {
  /** What the state of a prior begins with. */
  int DIRICHLET = 0;

  int NORMAL = 1;

  /** Length of a slot. */
  int statistics();

  /** Refuses an outcome that the model cannot have. */
  void check(double outcome);

  /** Logarithm of the predictive density, or probability, of an outcome. */
  double logPredictive(double[] slots, int at, double outcome);

  /** Learns an outcome. */
  void add(double[] slots, int at, double outcome);

  /** Forgets. */
  void retain(double[] slots, int at, double retention);

  void write(StateWriter out);

  static Conjugate read(StateReader in) {
    return switch (in.count(DIRICHLET)) {
      case DIRICHLET -> Dirichlet.read(in);
      case NORMAL -> NormalInverseGamma.read(in);
      default -> throw in.damaged();
    };
  }
}
