package io.depthcast.exchange;

import java.util.List;

/**
 * A fault of a capture.
 *
 * @param fault what happens
 * @param atUpdate which depth update it befalls first, those that are lost counted, 2 or more
 */
public record PlannedFault(CaptureFault fault, int atUpdate) {

  /** Depth updates after which a fault and what is done about it are over. */
  private static final int UPDATES = 16;

  public PlannedFault {
    if (atUpdate < 2) {
      throw new IllegalArgumentException("Invalid atUpdate: " + atUpdate + " (must be 2 or more)");
    }
  }

  /**
   * Refuses faults that would befall a capture together. A silence is over later than any other, as
   * many updates as are made in its forty seconds; that one follows too soon is found out only
   * while the session runs.
   */
  static void requireApart(List<PlannedFault> faults) {
    for (int i = 1; i < faults.size(); i++) {
      int earliest = faults.get(i - 1).atUpdate() + UPDATES;
      if (faults.get(i).atUpdate() < earliest) {
        throw new IllegalArgumentException(
            "Invalid atUpdate: "
                + faults.get(i).atUpdate()
                + " (must be "
                + earliest
                + " or more after the fault before)");
      }
    }
  }
}
