package io.depthcast.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeeScheduleTest {

  private static final Fee OLD = new Fee(LocalDate.of(2020, 1, 1), 0, 0, -0.002, 0.003);
  private static final Fee NEW = new Fee(LocalDate.of(2021, 6, 1), 2, 5, 0, 0);
  private static final FeeSchedule SCHEDULE =
      new FeeSchedule("venue", "its price list", List.of(OLD, NEW));

  @Test
  void holdsFromItsDateUntilTheNext() {
    assertThat(SCHEDULE.at(LocalDate.of(2020, 1, 1))).isEqualTo(OLD);
    assertThat(SCHEDULE.at(LocalDate.of(2021, 5, 31))).isEqualTo(OLD);
    assertThat(SCHEDULE.at(LocalDate.of(2021, 6, 1))).isEqualTo(NEW);
    assertThat(SCHEDULE.at(LocalDate.of(2030, 1, 1))).isEqualTo(NEW);
  }

  @Test
  void refusesDatesBeforeTheFirstFee() {
    assertThatThrownBy(() -> SCHEDULE.at(LocalDate.of(2019, 12, 31)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No fee of venue on 2019-12-31: the schedule begins on 2020-01-01");
  }

  @Test
  void chargesPerUnitAndPerNotional() {
    // 100 shares: taker 100 * 0.003 = 0.30, maker 100 * -0.002 = -0.20
    assertThat(OLD.taker(100, 585.25)).isCloseTo(0.30, within(1e-12));
    assertThat(OLD.maker(100, 585.25)).isCloseTo(-0.20, within(1e-12));
    // 0.5 coins at 60000: notional 30000; 5 bps = 15.00, 2 bps = 6.00
    assertThat(NEW.taker(0.5, 60_000)).isCloseTo(15.0, within(1e-9));
    assertThat(NEW.maker(0.5, 60_000)).isCloseTo(6.0, within(1e-9));
    // both: 10 * 20 = 200 notional at 1 bps = 0.02, plus 10 * 0.01 = 0.10
    Fee both = new Fee(LocalDate.of(2020, 1, 1), 0, 1, 0, 0.01);
    assertThat(both.taker(10, 20)).isCloseTo(0.12, within(1e-12));
  }

  @Test
  void refusesDatesOutOfOrder() {
    assertThatThrownBy(() -> new FeeSchedule("venue", "s", List.of(NEW, OLD)))
        .hasMessage(
            "Fees of venue must be in ascending order of date: 2020-01-01 follows 2021-06-01");
    assertThatThrownBy(() -> new FeeSchedule("venue", "s", List.of(OLD, OLD)))
        .hasMessageContaining("2020-01-01 follows 2020-01-01");
  }

  @Test
  void refusesWhatIsMissingOrOutOfRange() {
    LocalDate date = LocalDate.of(2020, 1, 1);
    assertThatThrownBy(() -> new FeeSchedule("venue", "s", List.of()))
        .hasMessage("No fees for venue (at least one is needed)");
    assertThatThrownBy(() -> new FeeSchedule(" ", "s", List.of(OLD)))
        .hasMessage("Missing venue of a fee schedule");
    assertThatThrownBy(() -> new FeeSchedule("venue", null, List.of(OLD)))
        .hasMessage("Missing source of the fees of venue");
    assertThatThrownBy(() -> new Fee(null, 0, 0, 0, 0)).hasMessage("Missing validFrom of a fee");
    assertThatThrownBy(() -> new Fee(date, 0, 1001, 0, 0))
        .hasMessage("Invalid takerBps: 1001.0 (must be -1000 to 1000)");
    assertThatThrownBy(() -> new Fee(date, Double.NaN, 0, 0, 0))
        .hasMessage("Invalid makerBps: NaN (must be -1000 to 1000)");
    assertThatThrownBy(() -> new Fee(date, 0, 0, 0, Double.POSITIVE_INFINITY))
        .hasMessage("Invalid takerPerUnit: Infinity (must be finite)");
  }
}
