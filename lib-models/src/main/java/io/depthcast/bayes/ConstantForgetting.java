package io.depthcast.bayes;

/**
 * The same share is kept at each outcome, so that an outcome {@code k} outcomes ago weighs {@code
 * retention^k} and a model rests on no more than {@code 1 / (1 - retention)} outcomes.
 *
 * @param retention above 0, at most 1; 1 forgets nothing
 */
public record ConstantForgetting(double retention) implements Forgetting {

  public ConstantForgetting {
    if (!(retention > 0 && retention <= 1)) {
      throw new IllegalArgumentException(
          "Invalid retention: " + retention + " (must be above 0, at most 1)");
    }
  }

  static ConstantForgetting read(StateReader in) {
    return new ConstantForgetting(in.next());
  }

  @Override
  public double retention(double outcome, double observations) {
    return retention;
  }

  @Override
  public void write(StateWriter out) {
    out.put(CONSTANT, retention);
  }
}
