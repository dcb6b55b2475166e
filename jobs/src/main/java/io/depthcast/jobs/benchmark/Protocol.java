package io.depthcast.jobs.benchmark;

import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** A protocol that scores of public implementations are known for. */
enum Protocol {
  /** P-A: five A-shares, 40 days, snapshots every 3 seconds. */
  ASHARE,

  /** P-B: GOOG on 2012-06-21, ten levels, a row an event. */
  LOBSTER;

  /** Its name on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Rows ahead. */
  List<Integer> horizons() {
    return this == ASHARE ? List.of(5, 20, 60) : List.of(10, 50, 100);
  }

  /**
   * Reads the files.
   *
   * @throws io.depthcast.jobs.ConfigException if they are not there
   * @throws io.depthcast.quality.DataContractException if they are not those of the protocol
   */
  BenchmarkRows read(Configuration hadoop, String input) {
    return switch (this) {
      case ASHARE -> new AshareRows(hadoop, input, AshareRows.FEATURES).read();
      case LOBSTER -> LobsterRows.read(hadoop, input);
    };
  }
}
