package io.depthcast.jobs;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job is run on, beside its configuration.
 *
 * @param input file, folder or glob of source files; empty for jobs that read tables
 * @param symbols only these symbols; all when empty
 * @param from first trade date, inclusive; null for no bound
 * @param to last trade date, inclusive; null for no bound
 */
public record Arguments(String input, List<String> symbols, LocalDate from, LocalDate to)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public Arguments {
    symbols = List.copyOf(symbols);
    if (from != null && to != null && to.isBefore(from)) {
      throw new ConfigException("--to " + to + " is before --from " + from);
    }
  }

  /** Whether a slice of the symbol and trade date is chosen. */
  public boolean include(String symbol, LocalDate tradeDate) {
    return (symbols.isEmpty() || symbols.contains(symbol))
        && (from == null || !tradeDate.isBefore(from))
        && (to == null || !tradeDate.isAfter(to));
  }

  /** The choice of slices as on the command line; {@code any slice} where there is none. */
  @Override
  public String toString() {
    List<String> options = new ArrayList<>();
    if (!symbols.isEmpty()) {
      options.add("--symbol " + String.join(",", symbols));
    }
    if (from != null) {
      options.add("--from " + from);
    }
    if (to != null) {
      options.add("--to " + to);
    }
    return options.isEmpty() ? "any slice" : String.join(" ", options);
  }

  /** Every slice. */
  public static Arguments all() {
    return new Arguments("", List.of(), null, null);
  }
}
