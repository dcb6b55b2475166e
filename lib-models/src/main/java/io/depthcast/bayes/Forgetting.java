package io.depthcast.bayes;

/**
 * How much of what a model learned it keeps when it learns the next outcome. It may hold a running
 * state: one model owns it.
 */
public sealed interface Forgetting permits ConstantForgetting, ChangeForgetting {
  /** What the state of a forgetting begins with. */
  int CONSTANT = 0;

  int CHANGE = 1;

  /**
   * Takes note of an outcome, before the model learns it.
   *
   * @param observations of the model so far
   * @return the retention, from 0 (back to the prior) to 1 (nothing is forgotten)
   */
  double retention(double outcome, double observations);

  void write(StateWriter out);

  static Forgetting read(StateReader in) {
    return switch (in.count(CONSTANT)) {
      case CONSTANT -> ConstantForgetting.read(in);
      case CHANGE -> ChangeForgetting.read(in);
      default -> throw in.damaged();
    };
  }
}
