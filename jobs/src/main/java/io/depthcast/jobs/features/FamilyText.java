package io.depthcast.jobs.features;

import io.depthcast.features.FeatureFamily;
import io.depthcast.fitted.FittedFamily;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A family in words: a record, of features or of fitted ones. */
public final class FamilyText {

  private static final int MOST_LISTED = 4;

  private FamilyText() {}

  /** The name of the family in a configuration. */
  static String name(Object family) {
    String name = family.getClass().getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** The family as in a configuration, {@code orderFlowImbalance: {levels: 10, window: 50e}}. */
  public static String yaml(Object family) {
    List<String> parameters = new ArrayList<>();
    for (RecordComponent component : family.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(family);
        String text =
            value instanceof Enum<?> choice ? choice.name().toLowerCase(Locale.ROOT) : "" + value;
        parameters.add(component.getName() + ": " + text);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Record accessors are public and do not throw", e);
      }
    }
    return name(family) + ": {" + String.join(", ", parameters) + "}";
  }

  /** How much of the slice must have passed before there is a value. */
  public static String warmUp(FeatureFamily family) {
    List<String> parts = new ArrayList<>();
    if (family.warmupEvents() > 0) {
      parts.add(family.warmupEvents() + (family.warmupEvents() == 1 ? " row" : " rows"));
    }
    if (family.warmupNanos() > 0) {
      parts.add(TimeUnit.NANOSECONDS.toMillis(family.warmupNanos()) + " ms");
    }
    return parts.isEmpty() ? "none" : String.join(" and ", parts);
  }

  /** On what the family is fitted, and which columns it reads. */
  public static String fitted(FittedFamily family) {
    List<String> read = family.requires();
    return "on the training rows of each fold, by symbol; reads "
        + (read.size() > MOST_LISTED
            ? read.get(0) + " to " + read.get(read.size() - 1)
            : String.join(", ", read));
  }
}
