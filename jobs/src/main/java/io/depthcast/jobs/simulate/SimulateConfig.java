package io.depthcast.jobs.simulate;

import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.Halt;
import io.depthcast.exchange.Instrument;
import io.depthcast.exchange.PlannedFault;
import io.depthcast.exchange.PlantedSignal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is made up: each instrument trades on each day.
 *
 * @param seed of all randomness
 * @param seconds length of a session
 * @param signal what the flow says about the next move of a price
 * @param days trading days
 * @param instruments what is traded
 * @param formats how it is written
 * @param faults what goes wrong with each Binance capture
 */
record SimulateConfig(
    long seed,
    int seconds,
    PlantedSignal signal,
    List<Day> days,
    List<Instrument> instruments,
    Formats formats,
    List<PlannedFault> faults) {

  SimulateConfig {
    days = List.copyOf(days);
    instruments = List.copyOf(instruments);
    faults = List.copyOf(faults);
    requireOnce("symbol", instruments.stream().map(Instrument::symbol).toList());
    requireOnce("date", days.stream().map(Day::date).toList());
    // A session refuses what does not fit its length.
    for (Day day : days) {
      for (Instrument instrument : instruments) {
        session(instrument, day, seconds, seed, signal);
      }
    }
  }

  /**
   * A trading day.
   *
   * @param halts when all instruments stand still
   */
  record Day(LocalDate date, List<Halt> halts) {
    Day {
      halts = List.copyOf(halts);
    }
  }

  /**
   * How sessions are written.
   *
   * @param levels levels a side of LOBSTER files and snapshots, 1 to 200
   * @param binanceDepthMs milliseconds of a depth update, 0 to 10000; 0 for one a change
   * @param coinbaseDepthMs milliseconds of a level2 update, 0 to 10000; 0 for one a change
   * @param snapshotMs milliseconds from snapshot to snapshot, 1 to 3600000
   */
  record Formats(int levels, int binanceDepthMs, int coinbaseDepthMs, int snapshotMs) {
    Formats {
      requireRange("levels", levels, 1, 200);
      requireRange("binanceDepthMs", binanceDepthMs, 0, 10_000);
      requireRange("coinbaseDepthMs", coinbaseDepthMs, 0, 10_000);
      requireRange("snapshotMs", snapshotMs, 1, 3_600_000);
    }

    private static void requireRange(String name, int value, int least, int most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            "Invalid " + name + ": " + value + " (must be " + least + " to " + most + ")");
      }
    }
  }

  private static void requireOnce(String what, List<?> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("No " + what + " given; name one or more");
    }
    Set<Object> seen = new HashSet<>();
    for (Object value : values) {
      if (!seen.add(value)) {
        throw new IllegalArgumentException("The " + what + " " + value + " comes twice");
      }
    }
  }

  List<ExchangeSession> sessions() {
    return instruments.stream()
        .flatMap(i -> days.stream().map(day -> session(i, day, seconds, seed, signal)))
        .toList();
  }

  private static ExchangeSession session(
      Instrument instrument, Day day, int seconds, long seed, PlantedSignal signal) {
    return new ExchangeSession(instrument, day.date(), seconds, seed, signal, day.halts());
  }
}
