package io.depthcast.jobs;

import java.time.LocalDate;
import java.util.List;

/**
 * What a job is run on, beside its configuration.
 *
 * @param input file, folder or glob of source files; empty for jobs that read tables
 * @param symbols only these symbols; all when empty
 * @param from first trade date, inclusive; null for no bound
 * @param to last trade date, inclusive; null for no bound
 */
public record Arguments(String input, List<String> symbols, LocalDate from, LocalDate to) {

  public Arguments {
    symbols = List.copyOf(symbols);
    if (from != null && to != null && to.isBefore(from)) {
      throw new ConfigException("--to " + to + " is before --from " + from);
    }
  }

  /** Every slice. */
  public static Arguments all() {
    return new Arguments("", List.of(), null, null);
  }
}
