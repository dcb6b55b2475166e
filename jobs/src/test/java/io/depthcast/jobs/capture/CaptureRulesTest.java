package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.capture.DepthSequence.Step;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * The rules that need no connection: waits, budgets, update ids. Seconds and minutes in the text.
 */
class CaptureRulesTest {

  private static final long SECOND = 1_000_000_000L;

  /** Always the same, so that waits can be written down. */
  private static RandomGenerator constant(double value) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public double nextDouble() {
        return value;
      }
    };
  }

  @Test
  void waitsDoubleUpToTheMostAndBeginAnewAfterSuccess() {
    Backoff backoff = new Backoff(1_000, 5_000, constant(0.5));
    // Half of the ceiling and half of the other half: 0.75 of 1000, 2000, 4000, 5000, 5000.
    assertThat(
            new long[] {
              backoff.next(), backoff.next(), backoff.next(), backoff.next(), backoff.next()
            })
        .containsExactly(750, 1_500, 3_000, 3_750, 3_750);
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(750);
  }

  @Test
  void waitsLieBetweenHalfTheCeilingAndTheCeiling() {
    assertThat(new Backoff(1_000, 1_000, constant(0)).next()).isEqualTo(500);
    assertThat(new Backoff(1_000, 1_000, constant(1)).next()).isEqualTo(1_000);
    Backoff one = new Backoff(1_000, 8_000, new Random(7));
    Backoff other = new Backoff(1_000, 8_000, new Random(7));
    for (int i = 0; i < 10; i++) {
      assertThat(one.next()).isEqualTo(other.next());
    }
  }

  @Test
  void aMinuteHoldsSoMuchWeight() {
    RequestBudget budget = new RequestBudget(600);
    long now = -5 * SECOND; // such clocks may be negative
    assertThat(budget.take(250, now)).isTrue();
    assertThat(budget.take(250, now)).isTrue();
    assertThat(budget.take(250, now + 59 * SECOND)).isFalse();
    assertThat(budget.take(250, now + 60 * SECOND)).isTrue();
  }

  @Test
  void whatOthersUsedCountsAsWell() {
    RequestBudget budget = new RequestBudget(600);
    assertThat(budget.take(250, 0)).isTrue();
    budget.used(400);
    assertThat(budget.take(250, SECOND)).isFalse();
  }

  @Test
  void aPauseLastsAsLongAsTheVenueSays() {
    RequestBudget budget = new RequestBudget(600);
    budget.pause(120 * SECOND, 0);
    budget.pause(10 * SECOND, SECOND); // a shorter one does not end it
    assertThat(budget.take(1, 119 * SECOND)).isFalse();
    assertThat(budget.take(1, 120 * SECOND)).isTrue();
  }

  @Test
  void retryAfterIsANumberOfSeconds() {
    assertThat(RetryAfter.nanos(" 7 ")).contains(7 * SECOND);
    assertThat(RetryAfter.nanos("999999999")).contains(31L * 86_400 * SECOND);
    assertThat(RetryAfter.nanos("Wed, 21 Oct 2015 07:28:00 GMT")).isEmpty();
    assertThat(RetryAfter.nanos("-1")).isEmpty();
  }

  @Test
  void aSpotUpdateFollowsIfItBeginsAtOrBeforeTheNextId() {
    DepthSequence book = new DepthSequence(false);
    assertThat(book.needsSnapshot()).isFalse();
    assertThat(book.add(10, 12, 0)).isFalse();
    assertThat(book.needsSnapshot()).isTrue();
    assertThat(book.add(13, 15, 0)).isFalse();
    assertThat(book.add(13, 15, 0)).as("repeated").isFalse();
    assertThat(book.add(14, 16, 0)).as("overlapping").isFalse();
    assertThat(book.take(12)).isEqualTo(Step.BRIDGED);
    assertThat(book.isBridged()).isTrue();
    assertThat(book.add(18, 18, 0)).as("17 is missing").isTrue();
    assertThat(book.isBridged()).isFalse();
    assertThat(book.needsSnapshot()).isTrue();
    assertThat(book.add(17, 17, 0)).as("late").isFalse();
  }

  @Test
  void aSpotSnapshotMayEndJustBeforeTheFirstUpdate() {
    DepthSequence book = new DepthSequence(false);
    book.add(10, 12, 0);
    assertThat(book.take(8)).isEqualTo(Step.STALE);
    assertThat(book.needsSnapshot()).isTrue();
    assertThat(book.take(9)).isEqualTo(Step.BRIDGED);
  }

  @Test
  void aSnapshotAheadWaitsForItsUpdate() {
    DepthSequence book = new DepthSequence(false);
    book.add(10, 12, 0);
    assertThat(book.take(20)).isEqualTo(Step.AHEAD);
    assertThat(book.needsSnapshot()).isFalse();
    book.add(13, 19, 0);
    assertThat(book.isBridged()).isFalse();
    book.add(20, 22, 0);
    assertThat(book.isBridged()).isTrue();
  }

  @Test
  void aSnapshotThatWaitsIsLostWithTheUpdateItWaitsFor() {
    DepthSequence book = new DepthSequence(false);
    book.add(10, 12, 0);
    book.take(20);
    assertThat(book.add(25, 26, 0)).isTrue();
    assertThat(book.needsSnapshot()).isTrue();
  }

  @Test
  void aFuturesUpdateFollowsThePreviousIdThatItNames() {
    DepthSequence book = new DepthSequence(true);
    assertThat(book.add(100, 110, 90)).isFalse();
    assertThat(book.add(150, 160, 110)).as("ids in between are another book's").isFalse();
    assertThat(book.take(130)).as("no update holds it").isEqualTo(Step.STALE);
    assertThat(book.take(155)).isEqualTo(Step.BRIDGED);
    assertThat(book.add(161, 170, 165)).isTrue();
  }

  @Test
  void updatesThatWaitLongForASnapshotAreForgottenFromTheOldest() {
    DepthSequence book = new DepthSequence(false);
    for (int id = 1; id <= 20_000; id++) {
      book.add(id, id, 0);
    }
    // 16384 are kept; with the one after, the older half goes: from 8193 on.
    assertThat(book.take(8_191)).isEqualTo(Step.STALE);
    assertThat(book.take(8_192)).isEqualTo(Step.BRIDGED);
  }

  @Test
  void aGlanceSeesTheIdsOfAnUpdateAndNothingOfItsLevels() {
    BinanceGlance glance =
        look(
            "{\"stream\":\"abc@depth\",\"data\":{\"e\":\"depthUpdate\",\"E\":1723118400001,\"s\":\"ABC\","
                + "\"U\":5,\"u\":7,\"pu\":3,\"b\":[[\"1\",\"2\"]],\"a\":[]}}");
    assertThat(glance.malformed).isFalse();
    assertThat(glance.isDepthUpdate()).isTrue();
    assertThat(glance.symbol).isEqualTo("ABC");
    assertThat(glance.firstId).isEqualTo(5);
    assertThat(glance.lastId).isEqualTo(7);
    assertThat(glance.previousId).isEqualTo(3);
    assertThat(glance.eventNanos()).isEqualTo(1_723_118_400_001_000_000L);
    assertThat(look("{\"E\":1723118400001002}").eventNanos()).isEqualTo(1_723_118_400_001_002_000L);
  }

  @Test
  void aGlanceKnowsWhoseUpdateWasCutOff() {
    BinanceGlance glance =
        look("{\"data\":{\"e\":\"depthUpdate\",\"s\":\"ABC\",\"U\":5,\"u\":7,\"b\":[[\"1\"");
    assertThat(glance.malformed).isTrue();
    assertThat(glance.isDepthUpdate()).isTrue();
    assertThat(look("[]").malformed).isTrue();
    assertThat(look("").malformed).isTrue();
    assertThat(look("{} x").malformed).isTrue();
    assertThat(look("{\"u\":99999999999999999999}").malformed).isTrue();
  }

  private static BinanceGlance look(String text) {
    BinanceGlance glance = new BinanceGlance();
    glance.look(text.getBytes(StandardCharsets.UTF_8));
    return glance;
  }
}
