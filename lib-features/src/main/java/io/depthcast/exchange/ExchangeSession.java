package io.depthcast.exchange;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * One instrument's trading on one day, from 9:30 in New York. The same record gives the same events
 * everywhere.
 *
 * @param instrument what is traded and how
 * @param date trading day
 * @param seconds how long, 1 to 23400 (to 16:00)
 * @param seed of all randomness; each symbol and day draws its own numbers from it
 * @param signal what the flow says about the next move
 * @param halts in the order of time, each after the end of the one before
 */
public record ExchangeSession(
    Instrument instrument,
    LocalDate date,
    int seconds,
    long seed,
    PlantedSignal signal,
    List<Halt> halts) {

  static final int OPEN_SECONDS = 34_200;
  static final long SECOND = 1_000_000_000;

  private static final int MOST_SECONDS = 23_400;
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  public ExchangeSession {
    halts = List.copyOf(halts);
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException(
          "Invalid seconds: " + seconds + " (must be 1 to " + MOST_SECONDS + ")");
    }
    int free = 0;
    for (Halt halt : halts) {
      int end = halt.atSecond() + halt.seconds();
      if (halt.atSecond() <= free || end >= seconds) {
        throw new IllegalArgumentException(
            "Invalid halt at second "
                + halt.atSecond()
                + " (must begin after the one before and end within the session)");
      }
      free = end;
    }
  }

  /** Begin, nanoseconds UTC. */
  public long openNanos() {
    return date.atTime(9, 30).atZone(NEW_YORK).toEpochSecond() * SECOND;
  }

  /** End, nanoseconds UTC. */
  public long closeNanos() {
    return openNanos() + seconds * SECOND;
  }

  /**
   * Plays the session to all sinks, in their order.
   *
   * @return events in it
   */
  public long run(List<SessionSink> sinks) throws IOException {
    return new SessionRun(this, sinks).run();
  }
}
