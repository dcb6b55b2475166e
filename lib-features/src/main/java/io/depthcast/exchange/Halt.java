package io.depthcast.exchange;

/**
 * Trading stands still: no order comes or goes.
 *
 * @param atSecond seconds after the session's begin, 1 or more
 * @param seconds how long, 1 to 3600
 */
public record Halt(int atSecond, int seconds) {

  public Halt {
    if (atSecond < 1) {
      throw new IllegalArgumentException("Invalid atSecond: " + atSecond + " (must be 1 or more)");
    }
    if (seconds < 1 || seconds > 3600) {
      throw new IllegalArgumentException("Invalid seconds: " + seconds + " (must be 1 to 3600)");
    }
  }
}
