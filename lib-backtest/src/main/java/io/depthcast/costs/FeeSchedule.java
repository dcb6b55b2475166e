package io.depthcast.costs;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/**
 * The dated fees of one venue. Each holds from its {@link Fee#validFrom()}, inclusive, until the
 * next one begins.
 *
 * @param venue name of the venue, as in the tables
 * @param source where the numbers are from, for the receipt in a report
 * @param fees at least one, by ascending date
 */
public record FeeSchedule(String venue, String source, List<Fee> fees) implements Serializable {

  public FeeSchedule {
    if (venue == null || venue.isBlank()) {
      throw new IllegalArgumentException("Missing venue of a fee schedule");
    }
    if (source == null || source.isBlank()) {
      throw new IllegalArgumentException("Missing source of the fees of " + venue);
    }
    if (fees == null || fees.isEmpty()) {
      throw new IllegalArgumentException("No fees for " + venue + " (at least one is needed)");
    }
    fees = List.copyOf(fees);
    for (int i = 1; i < fees.size(); i++) {
      if (!fees.get(i).validFrom().isAfter(fees.get(i - 1).validFrom())) {
        throw new IllegalArgumentException(
            "Fees of %s must be in ascending order of date: %s follows %s"
                .formatted(venue, fees.get(i).validFrom(), fees.get(i - 1).validFrom()));
      }
    }
  }

  /**
   * The fee on a trade date.
   *
   * @throws IllegalArgumentException if the date is before the first fee
   */
  public Fee at(LocalDate tradeDate) {
    for (int i = fees.size() - 1; i >= 0; i--) {
      if (!fees.get(i).validFrom().isAfter(tradeDate)) {
        return fees.get(i);
      }
    }
    throw new IllegalArgumentException(
        "No fee of %s on %s: the schedule begins on %s"
            .formatted(venue, tradeDate, fees.get(0).validFrom()));
  }
}
