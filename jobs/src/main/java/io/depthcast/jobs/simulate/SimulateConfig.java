package io.depthcast.jobs.simulate;

import io.depthcast.exchange.CaptureFault;
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
 * @param faults what goes wrong with the captures
 */
record SimulateConfig(
    long seed,
    int seconds,
    PlantedSignal signal,
    List<Day> days,
    List<Instrument> instruments,
    Formats formats,
    Faults faults) {

  SimulateConfig {
    days = List.copyOf(days);
    instruments = List.copyOf(instruments);
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

  /**
   * What goes wrong with the captures of each session, in the order of their depth updates.
   *
   * @param binance in captures of Binance
   * @param coinbase in captures of Coinbase's Exchange feed
   * @param coinbaseAdvanced in captures of Coinbase's Advanced Trade
   */
  record Faults(
      List<PlannedFault> binance,
      List<PlannedFault> coinbase,
      List<PlannedFault> coinbaseAdvanced) {
    Faults {
      binance = List.copyOf(binance);
      coinbase = List.copyOf(coinbase);
      coinbaseAdvanced = List.copyOf(coinbaseAdvanced);
      requireOrder("binance", binance);
      requireOrder("coinbase", coinbase);
      requireOrder("coinbaseAdvanced", coinbaseAdvanced);
      requireNoAnswers("coinbase", coinbase);
      requireNoAnswers("coinbaseAdvanced", coinbaseAdvanced);
    }

    private static void requireOrder(String capture, List<PlannedFault> plan) {
      for (int i = 1; i < plan.size(); i++) {
        if (plan.get(i).atUpdate() <= plan.get(i - 1).atUpdate()) {
          throw new IllegalArgumentException(
              "Invalid "
                  + capture
                  + ": atUpdate "
                  + plan.get(i).atUpdate()
                  + " after "
                  + plan.get(i - 1).atUpdate()
                  + " (must grow)");
        }
      }
    }

    private static void requireNoAnswers(String capture, List<PlannedFault> plan) {
      if (plan.stream().anyMatch(planned -> planned.fault() == CaptureFault.STALE_SNAPSHOT)) {
        throw new IllegalArgumentException(
            "Invalid "
                + capture
                + ": stale_snapshot (Coinbase answers no request for a snapshot; leave it out)");
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
