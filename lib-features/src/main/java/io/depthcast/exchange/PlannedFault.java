package io.depthcast.exchange;

/**
 * A fault of a capture.
 *
 * @param fault what happens
 * @param atUpdate which depth update it befalls first, those that are lost counted, 2 or more
 */
public record PlannedFault(CaptureFault fault, int atUpdate) {

  public PlannedFault {
    if (atUpdate < 2) {
      throw new IllegalArgumentException("Invalid atUpdate: " + atUpdate + " (must be 2 or more)");
    }
  }
}
