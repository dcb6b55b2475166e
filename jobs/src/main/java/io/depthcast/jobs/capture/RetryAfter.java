package io.depthcast.jobs.capture;

import java.util.Optional;

/** The header {@code Retry-After} in seconds, the form that the venues use. */
final class RetryAfter {

  private static final long MOST_SECONDS = 31 * 86_400L;

  private RetryAfter() {}

  /** Nanoseconds to wait; nothing if the text is no number of seconds. */
  static Optional<Long> nanos(String text) {
    String seconds = text.strip();
    if (!seconds.matches("\\d{1,9}")) {
      return Optional.empty();
    }
    return Optional.of(Math.min(MOST_SECONDS, Long.parseLong(seconds)) * 1_000_000_000L);
  }
}
