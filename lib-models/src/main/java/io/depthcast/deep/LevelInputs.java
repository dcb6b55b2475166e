package io.depthcast.deep;

import io.depthcast.features.BookLevels;
import io.depthcast.features.Feature;
import java.util.List;

/** The inputs of networks whose layers know levels and sides of the book. */
final class LevelInputs {

  /** Price and size of both sides. */
  static final int COLUMNS = 4;

  private LevelInputs() {}

  /** Refuses inputs that are not the levels of the book, in their order. */
  static void check(String network, List<String> inputs) {
    int levels = inputs.size() / COLUMNS;
    if (levels < 1 || levels > 10 || !inputs.equals(names(levels))) {
      throw new IllegalArgumentException(
          "%s needs the columns of bookLevels as its only inputs, level by level (%s, ...), not %s;"
                  .formatted(network, String.join(", ", names(1)), inputs)
              + " use the set of configs/features-levels.yaml, or exclude the other columns");
    }
  }

  private static List<String> names(int levels) {
    return new BookLevels(levels).produces().stream().map(Feature::name).toList();
  }
}
