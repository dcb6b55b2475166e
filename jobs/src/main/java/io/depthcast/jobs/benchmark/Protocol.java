package io.depthcast.jobs.benchmark;

import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** A protocol that scores of public implementations are known for. */
enum Protocol {
  /** P-A: five A-shares, 40 days, snapshots every 3 seconds. */
  ASHARE,

  /** P-B: GOOG on 2012-06-21, ten levels, a row an event. */
  LOBSTER,

  /** FI-2010, setup 2: five stocks of Helsinki, fitted on seven days, tested on the three after. */
  FI2010;

  /** Its name on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Rows ahead; of FI-2010 the events that its labels are named by. */
  List<Integer> horizons() {
    return switch (this) {
      case ASHARE -> List.of(5, 20, 60);
      case LOBSTER -> List.of(10, 50, 100);
      case FI2010 -> List.of(10, 20, 30, 50, 100);
    };
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
      case FI2010 -> Fi2010Rows.setup2(hadoop, input);
    };
  }
}
