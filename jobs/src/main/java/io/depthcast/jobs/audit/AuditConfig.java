package io.depthcast.jobs.audit;

import io.depthcast.jobs.JobMain;
import io.depthcast.training.Trainer;
import java.util.List;

/**
 * {@code configs/audit.yaml}.
 *
 * @param planId plan that is audited; {@code newest} is that of the last train run
 * @param refit models that are fitted again without the test span; may be none
 * @param rows rows of a fold that the audit's own fits learn from, at most, and as many that they
 *     are tried on: every n-th of them; 1000 to 1000000
 * @param model algorithm of the audit's own fits, one that needs the row only
 * @param mostFeaturePower of one feature alone, {@code |2 AUC - 1|} of up against down, above 0 and
 *     below 1; the best of the past published are queue imbalances of large-tick stocks, near 0.6
 * @param mostOfLed share of the Matthews correlation of a fit on features from the label's end that
 *     one on the row's own features may reach, 0 to 1
 * @param mostSharedRows share of the test rows that may stand among the training rows, 0 to 1
 * @param mostMcc Matthews correlation of a forecast, 0 to 1
 * @param seed of the shuffles and fits
 */
public record AuditConfig(
    String planId,
    List<String> refit,
    int rows,
    Trainer model,
    double mostFeaturePower,
    double mostOfLed,
    double mostSharedRows,
    double mostMcc,
    long seed)
    implements JobMain.Seeded {

  public AuditConfig {
    refit = List.copyOf(refit);
    if (rows < 1000 || rows > 1_000_000) {
      throw new IllegalArgumentException("Invalid rows: " + rows + " (must be 1000 to 1000000)");
    }
    if (model.history() > 0) {
      throw new IllegalArgumentException(
          "Invalid model: " + model.name() + " (must be one that needs the row only)");
    }
    checkShare("mostFeaturePower", mostFeaturePower);
    checkShare("mostOfLed", mostOfLed);
    checkShare("mostSharedRows", mostSharedRows);
    checkShare("mostMcc", mostMcc);
  }

  private static void checkShare(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("Invalid " + key + ": " + value + " (must be 0 to 1)");
    }
  }
}
