package io.depthcast.jobs.capture;

import java.time.Instant;

/** The machine's clock in nanoseconds UTC; the step is the system's, a microsecond or less. */
final class ReceiveTime {

  private ReceiveTime() {}

  static long wallNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
