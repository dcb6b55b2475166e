package io.depthcast.jobs.report;

import io.depthcast.jobs.page.Palette;
import java.util.Comparator;
import java.util.List;

/** Models and baselines: the order and the colours in which they are shown. */
final class Models {
  private static final List<String> BASELINES = List.of("majority", "persistence");
  private static final List<String> BASELINE_COLORS = List.of("#bcc4cd", "#77838f");

  /** Baselines first, then by name. */
  static final Comparator<String> ORDER =
      Comparator.<String>comparingInt(
              model -> BASELINES.contains(model) ? BASELINES.indexOf(model) : BASELINES.size())
          .thenComparing(Comparator.naturalOrder());

  private Models() {}

  static boolean isBaseline(String model) {
    return BASELINES.contains(model);
  }

  /** Colour of a model, as {@code #rrggbb}, among all that are shown. */
  static String color(String model, List<String> shown) {
    int baseline = BASELINES.indexOf(model);
    if (baseline >= 0) {
      return BASELINE_COLORS.get(baseline);
    }
    List<String> trained =
        shown.stream().filter(name -> !BASELINES.contains(name)).sorted().toList();
    return Palette.color(Math.max(0, trained.indexOf(model)));
  }
}
