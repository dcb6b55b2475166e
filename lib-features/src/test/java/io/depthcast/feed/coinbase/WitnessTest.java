package io.depthcast.feed.coinbase;

import static io.depthcast.feed.coinbase.CoinbaseText.l2;
import static io.depthcast.feed.coinbase.CoinbaseText.l2update;
import static io.depthcast.feed.coinbase.CoinbaseText.match;
import static io.depthcast.feed.coinbase.CoinbaseText.nanos;
import static io.depthcast.feed.coinbase.CoinbaseText.read;
import static io.depthcast.feed.coinbase.CoinbaseText.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.ReadSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions with a second connection that gives no rows. */
class WitnessTest {

  private static final String BOOK = snapshot("b 99x1 98x2 a 101x1");

  /** Lines of both connections, each received five milliseconds after the one before. */
  private static final class Lines {
    private final List<String> lines = new ArrayList<>();

    Lines ws(String... messages) {
      return add("ws-1", messages);
    }

    Lines witness(String... messages) {
      return add("witness-1", messages);
    }

    Lines both(String... messages) {
      for (String message : messages) {
        ws(message).witness(message);
      }
      return this;
    }

    Lines add(String connection, String... messages) {
      for (String message : messages) {
        long recv = nanos(5L * lines.size());
        lines.add(recv + " " + recv + " " + connection + " " + lines.size() + " " + message);
      }
      return this;
    }

    ReadSession session() {
      return read(lines.toArray(String[]::new));
    }
  }

  @Test
  void aWitnessThatTellsTheSameChangesNothing() {
    ReadSession session =
        new Lines()
            .both(BOOK, l2update(0, "b 99x3"), match(5, 7, "buy", "99", "1"))
            .both(l2update(10, "b 99x2"), l2update(20, "a 101x5"))
            .session();
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot - | 99x1 98x2 | 101x1
            2 update - | 99x3 98x2 | 101x1
            3 trade 7 bid 99x1 | 99x3 98x2 | 101x1
            4 update - | 99x2 98x2 | 101x1
            5 update - | 99x2 98x2 | 101x5
            """);
    assertThat(session.windows()).isEmpty();
  }

  /** Rows 4 and 5 follow what was lost; row 6 is the step to the book of the witness. */
  @Test
  void anUpdateThatOnlyTheWitnessHasIsAGapUntilItsBookIsTakenOver() {
    ReadSession session =
        new Lines()
            .both(BOOK, l2update(0, "b 99x3"), l2update(10, "b 99x2"))
            .witness(l2update(20, "b 98x7"))
            .ws(match(25, 7, "buy", "99", "1"))
            .both(l2update(30, "a 101x5"), l2update(40, "a 101x6"))
            .session();
    assertThat(session.rowText())
        .isEqualTo(
            """
            2024-08-08
            1 snapshot - | 99x1 98x2 | 101x1
            2 update - | 99x3 98x2 | 101x1
            3 update - | 99x2 98x2 | 101x1
            ! 4 trade 7 bid 99x1 | 99x2 98x2 | 101x1
            ! 5 update - | 99x2 98x2 | 101x5
            ! 6 snapshot - | 99x2 98x7 | 101x5
            7 update - | 99x2 98x7 | 101x6
            """);
    assertThat(session.windowText())
        .isEqualTo(
            "sequence_gap 4-6: capture.gz line 10: an update came on the witness connection only\n");
  }

  /**
   * The level that was lost is set again before the witness is heard: the book is right by then.
   */
  @Test
  void aLostUpdateIsAGapThoughTheBookIsRightAgain() {
    ReadSession session =
        new Lines()
            .both(BOOK, l2update(0, "b 99x3"), l2update(10, "b 99x2"))
            .witness(l2update(20, "b 98x7"))
            .both(l2update(30, "b 98x8"), l2update(40, "a 101x6"))
            .session();
    assertThat(session.windowText())
        .isEqualTo(
            "sequence_gap 4-4: capture.gz line 9: an update came on the witness connection only\n");
    assertThat(session.rowText()).endsWith("5 update - | 99x2 98x8 | 101x6\n");
  }

  /** The witness is two updates behind, so two more rows are given before the gap shows. */
  @Test
  void aWitnessThatIsBehindTellsLater() {
    String[] later = {l2update(30, "a 101x5"), l2update(40, "a 101x6"), l2update(50, "a 101x7")};
    ReadSession session =
        new Lines()
            .both(BOOK, l2update(0, "b 99x3"), l2update(10, "b 99x2"))
            .ws(later)
            .witness(l2update(20, "b 98x7"))
            .witness(later)
            .both(l2update(60, "a 101x8"))
            .session();
    assertThat(session.windowText()).startsWith("sequence_gap 4-7: capture.gz line 11:");
    assertThat(session.rowText())
        .contains("! 6 update - | 99x2 98x2 | 101x7\n! 7 snapshot - | 99x2 98x7 | 101x7\n")
        .endsWith("8 update - | 99x2 98x7 | 101x8\n");
  }

  /** The witness is ahead, so its book is not taken over; then it loses a message of its own. */
  @Test
  void aWitnessThatHasLostItsBookDoesNotTakeOver() {
    String snapshot = l2(0, 0, "snapshot", "b 99x1 98x2 a 101x1");
    ReadSession session =
        new Lines()
            .both(snapshot, l2(1, 10, "update", "b 99x3"), l2(2, 20, "update", "b 99x2"))
            .witness(l2(3, 30, "update", "b 98x7"))
            .witness(l2(4, 40, "update", "a 101x5"), l2(5, 50, "update", "a 101x6"))
            // Numbered anew, as if nothing were missing: only the witness can tell.
            .ws(l2(3, 40, "update", "a 101x5"))
            .witness(l2(9, 90, "update", "a 101x9"))
            .ws(l2(4, 50, "update", "a 101x6"))
            .session();
    assertThat(session.rowText()).doesNotContain("snapshot - | 99x2 98x7");
    assertThat(session.windowText()).startsWith("sequence_gap 4-5:");
  }

  /** As before, but another witness comes: compared once, its book takes over. */
  @Test
  void aWitnessMadeAnewTakesOverOnceItIsCompared() {
    ReadSession session =
        new Lines()
            .both(BOOK, l2update(0, "b 99x3"), l2update(10, "b 99x2"))
            .witness(l2update(20, "b 98x7"), l2update(30, "a 101x5"), l2update(35, "a 101x6"))
            .ws(l2update(30, "a 101x5"))
            .add("witness-2", snapshot("b 99x2 98x7 a 101x6"))
            .ws(l2update(35, "a 101x6"), l2update(40, "a 101x7"))
            .add("witness-2", l2update(40, "a 101x7"))
            .ws(l2update(50, "a 101x8"))
            .add("witness-2", l2update(50, "a 101x8"))
            .ws(l2update(60, "a 101x9"))
            .session();
    assertThat(session.rowText())
        .endsWith(
            """
            ! 4 update - | 99x2 98x2 | 101x5
            ! 5 update - | 99x2 98x2 | 101x6
            ! 6 update - | 99x2 98x2 | 101x7
            ! 7 update - | 99x2 98x2 | 101x8
            ! 8 snapshot - | 99x2 98x7 | 101x8
            9 update - | 99x2 98x7 | 101x9
            """);
  }

  @Test
  void anUpdateThatTheWitnessLostLeavesTheRowsSound() {
    ReadSession session =
        new Lines()
            .both(BOOK, l2update(0, "b 99x3"), l2update(10, "b 99x2"))
            .ws(l2update(20, "b 98x7"))
            .both(l2update(30, "a 101x5"), l2update(40, "a 101x6"))
            .session();
    assertThat(session.windows()).isEmpty();
    assertThat(session.rowText()).endsWith("6 update - | 99x2 98x7 | 101x6\n");
  }

  /** The second connection's snapshot lacks 98x7 of the time between. */
  @Test
  void aStaleSnapshotShowsWithTheSecondUpdateAfterIt() {
    ReadSession session =
        new Lines()
            .both(BOOK, l2update(0, "b 99x3"), l2update(10, "b 98x7"), l2update(20, "b 99x2"))
            .add("ws-1", "{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"chan")
            .witness(l2update(30, "a 101x2"))
            .add("ws-2", snapshot("b 99x3 98x2 a 101x1"))
            .add("ws-2", l2update(40, "b 99x4"))
            .witness(l2update(40, "b 99x4"))
            .add("ws-2", l2update(50, "b 99x5"))
            .witness(l2update(50, "b 99x5"))
            .add("ws-2", l2update(60, "b 99x6"))
            .session();
    assertThat(session.rowText())
        .endsWith(
            """
            ! 5 snapshot - | 99x3 98x2 | 101x1
            ! 6 update - | 99x4 98x2 | 101x1
            ! 7 update - | 99x5 98x2 | 101x1
            ! 8 snapshot - | 99x5 98x7 | 101x2
            9 update - | 99x6 98x7 | 101x2
            """);
    assertThat(session.windowText())
        .contains("book_check 5-8: capture.gz line 15: the book is not that of the witness");
  }

  /** A witness that never agreed is not believed against a book that did. */
  @Test
  void aStaleSnapshotOfTheWitnessLeavesTheRowsSound() {
    ReadSession session =
        new Lines()
            .both(BOOK, l2update(0, "b 99x3"), l2update(10, "b 98x7"), l2update(20, "b 99x2"))
            .add("witness-2", BOOK)
            .ws(l2update(30, "b 99x4"), l2update(40, "b 99x5"))
            .add("witness-2", l2update(30, "b 99x4"), l2update(40, "b 99x5"))
            .ws(l2update(50, "b 99x6"))
            .session();
    assertThat(session.windows()).isEmpty();
  }

  /** Neither has agreed with the other: nobody knows which is right, until they do agree. */
  @Test
  void whereNeitherBookIsKnownToBeRightRowsAreSuspectUntilBothAgree() {
    ReadSession session =
        new Lines()
            .ws(BOOK)
            .witness(snapshot("b 99x1 98x7 a 101x1"))
            .both(l2update(0, "b 99x3"), l2update(10, "b 99x2"))
            .both(l2update(20, "b 98x5"), l2update(30, "b 98x6"))
            .session();
    assertThat(session.windowText()).startsWith("book_check 1-4:");
    assertThat(session.rowText()).endsWith("5 update - | 99x2 98x6 | 101x1\n");
  }

  /** On Advanced Trade the numbers of the witness's own connection tell that it lost a message. */
  @Test
  void aWitnessWithAGapOfItsOwnSaysNothingMore() {
    String first = l2(0, 0, "snapshot", "b 99x1 98x2 a 101x1");
    ReadSession session =
        new Lines()
            .both(first, l2(1, 10, "update", "b 99x3"), l2(2, 20, "update", "b 99x2"))
            .ws(l2(3, 30, "update", "b 98x7"))
            .both(l2(4, 40, "update", "b 99x4"), l2(5, 50, "update", "b 99x5"))
            .session();
    assertThat(session.windows()).isEmpty();
    assertThat(session.rowText()).endsWith("6 update 5 | 99x5 98x7 | 101x1\n");
  }

  @Test
  void aLineOfTheWitnessThatCannotBeReadIsNoConcernOfTheRows() {
    ReadSession session =
        new Lines()
            .both(BOOK, l2update(0, "b 99x3"), l2update(10, "b 99x2"))
            .witness("{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"chan")
            .ws(l2update(20, "b 98x7"))
            .both(l2update(30, "a 101x5"), l2update(40, "a 101x6"))
            .session();
    assertThat(session.windows()).isEmpty();
    assertThat(session.rejected()).isEmpty();
  }
}
