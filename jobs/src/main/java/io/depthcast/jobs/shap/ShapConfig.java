package io.depthcast.jobs.shap;

import io.depthcast.jobs.JobMain;

/**
 * {@code configs/shap.yaml}.
 *
 * @param planId plan of the models; {@code newest} is that of the last train run
 * @param model XGBoost model of the plan, or one of them calibrated
 * @param rows test rows of a fold and label, at most, drawn by the seed; 1 to 100000
 * @param seed of the draw
 */
public record ShapConfig(String planId, String model, int rows, long seed)
    implements JobMain.Seeded {

  public ShapConfig {
    if (rows < 1 || rows > 100_000) {
      throw new IllegalArgumentException("Invalid rows: " + rows + " (must be 1 to 100000)");
    }
  }
}
