package io.depthcast.jobs.report;

import java.util.Comparator;
import java.util.List;

/** Models and baselines: the order and the colours in which they are shown. */
final class Models {
  private static final List<String> BASELINES = List.of("majority", "persistence");
  private static final List<String> BASELINE_COLORS = List.of("#bcc4cd", "#77838f");
  private static final List<String> COLORS =
      List.of("#0b5cad", "#d9731a", "#2a9d6f", "#8e5bbf", "#c2405f", "#9a7b1c", "#2796b8");

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
    return COLORS.get(Math.max(0, trained.indexOf(model)) % COLORS.size());
  }

  /** Colour of the n-th of several lines or bars that are not models. */
  static String color(int n) {
    return COLORS.get(n % COLORS.size());
  }
}
