package io.depthcast.networks;

import io.depthcast.training.Range;
import java.io.Serializable;

/**
 * How long and how fast a network learns.
 *
 * @param rate of Adam at the start, above 0 and at most 1
 * @param decay how the rate goes down
 * @param batch windows of a step, 1 to 65536
 * @param epochs most passes over the windows, 1 to 10000
 * @param evaluateEvery windows after which the validation windows are scored, 1 or more
 * @param patience evaluations without a better macro-F1 after which the fit stops, 1 to 10000
 */
public record Schedule(
    double rate, RateDecay decay, int batch, int epochs, int evaluateEvery, int patience)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public Schedule {
    Range.checkShare("rate", rate);
    Range.check("batch", batch, 1, 1 << 16);
    Range.check("epochs", epochs, 1, 10_000);
    Range.check("evaluateEvery", evaluateEvery, 1, Integer.MAX_VALUE);
    Range.check("patience", patience, 1, 10_000);
  }
}
