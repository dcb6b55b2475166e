package io.depthcast.execution;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AccountTest {

  private static final BookWalk FIVE_AT_TEN = new BookWalk(5, 50, 10, 10);

  @Test
  void balancesWhenFlat() {
    Account account = new Account(Traded.FREE);
    account.fill(new Order(5, 9.99, 0, 0), FIVE_AT_TEN, 1, 0, 9.99, false);
    account.fill(new Order(0, 9.99, 0, 0), FIVE_AT_TEN, 2, 0, 9.99, true);
    assertThatCode(account::requireBalance).doesNotThrowAnyException();
  }

  @Test
  void failsOnAnOpenPosition() {
    Account account = new Account(Traded.FREE);
    account.fill(new Order(5, 10, 0, 0), FIVE_AT_TEN, 1, 0, 10, false);
    assertThatThrownBy(account::requireBalance)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("position 5.0 (must be 0)");
  }

  @Test
  void failsOnACentThatTheCostsDoNotExplain() {
    Account account = new Account(Traded.FREE);
    account.fill(new Order(5, 10, 0, 0), FIVE_AT_TEN, 1, 0, 10, false);
    // 50.01 received for 5 at a price of 10
    BookWalk wrong = new BookWalk(5, 50.01, 10, 10);
    account.fill(new Order(0, 10, 0, 0), wrong, 2, 0, 10, true);
    assertThatThrownBy(account::requireBalance)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Accounting does not balance: cash 0.0")
        .hasMessageContaining("gross 0.0");
  }
}
