package io.depthcast.networks;

import io.depthcast.training.Range;
import java.io.Serializable;

/** How the rate of learning goes down in the course of a fit. */
public sealed interface RateDecay extends Serializable {

  /**
   * The rate after an evaluation.
   *
   * @param rate before it
   * @param worse evaluations in a row, this one included, without a better macro-F1
   */
  double after(double rate, int worse);

  /** It stays as it is. */
  record None() implements RateDecay {

    @Override
    public double after(double rate, int worse) {
      return rate;
    }
  }

  /**
   * It is multiplied by a factor each time that so many evaluations in a row had no better macro-F1
   * on the validation windows.
   *
   * @param factor above 0 and at most 1
   * @param patience evaluations, 1 to 10000; less than that of the {@link Schedule}, or the fit
   *     ends first
   */
  record Plateau(double factor, int patience) implements RateDecay {

    public Plateau {
      Range.checkShare("factor", factor);
      Range.check("patience", patience, 1, 10_000);
    }

    @Override
    public double after(double rate, int worse) {
      return worse > 0 && worse % patience == 0 ? rate * factor : rate;
    }
  }
}
