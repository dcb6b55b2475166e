package io.depthcast.feed.snapshot;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of the columns that hold the instrument and its book. In those of the book, <code>{level}
 * </code> stands for the number of the level, 1 for the best.
 *
 * @param symbol the instrument; a table of several is parted by it before it is read
 * @param levels levels a side, 1 to 1000
 */
public record SnapshotColumns(
    String symbol, int levels, String bidPrice, String bidSize, String askPrice, String askSize)
    implements Serializable {

  private static final String LEVEL = "{level}";

  public SnapshotColumns {
    if (levels < 1 || levels > 1000) {
      throw new IllegalArgumentException("Invalid levels: " + levels + " (must be 1 to 1000)");
    }
    for (String pattern : List.of(bidPrice, bidSize, askPrice, askSize)) {
      if (!pattern.contains(LEVEL)) {
        throw new IllegalArgumentException(
            "Invalid column: '" + pattern + "' (must have " + LEVEL + " in its name)");
      }
    }
  }

  /** Price and size of each bid, then of each ask, from the best on. */
  List<String> book() {
    List<String> names = new ArrayList<>();
    addSide(names, bidPrice, bidSize);
    addSide(names, askPrice, askSize);
    return names;
  }

  private void addSide(List<String> names, String price, String size) {
    for (int level = 1; level <= levels; level++) {
      names.add(price.replace(LEVEL, Integer.toString(level)));
      names.add(size.replace(LEVEL, Integer.toString(level)));
    }
  }
}
