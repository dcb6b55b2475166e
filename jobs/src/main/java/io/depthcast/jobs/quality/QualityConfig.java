package io.depthcast.jobs.quality;

/**
 * {@code configs/quality.yaml}.
 *
 * @param title heading of the page
 * @param curvePoints equal spans, 10 to 2000, that the time of a slice is cut into, for the curves
 *     and for the line through least latencies
 * @param figureSlices slices, 1 to 100, that figures show, the first ones; the table has all
 */
public record QualityConfig(String title, int curvePoints, int figureSlices) {

  public QualityConfig {
    if (title.isBlank()) {
      throw new IllegalArgumentException("Invalid title: '" + title + "' (must not be blank)");
    }
    requireRange("curvePoints", curvePoints, 10, 2000);
    requireRange("figureSlices", figureSlices, 1, 100);
  }

  private static void requireRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value + " (must be " + least + " to " + most + ")");
    }
  }
}
