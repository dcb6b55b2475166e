package io.depthcast.feed.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenLabelTest {

  private static final SnapshotSource TWO_ROWS =
      SnapshotTable.source(1, new GivenLabel("label_2", 2, 0, 1, 2));

  /** Row t, its direction, and seconds from row t to the label's end. */
  private record Label(long seq, int direction, long seconds) {}

  private static List<Label> labels(Iterator<SnapshotRow> rows, int capacity) {
    List<Label> labels = new ArrayList<>();
    GivenLabelSink sink =
        (label, seq, ts, direction, end) ->
            labels.add(new Label(seq, direction, (end - ts) / 1_000_000_000));
    SnapshotReader reader = new SnapshotReader(TWO_ROWS, rows, sink);
    BookBatch book = new BookBatch(capacity, 1);
    EventBatch events = new EventBatch(1);
    while (reader.next(book, events)) {
      assertThat(book.rows).isPositive();
    }
    return labels;
  }

  private static List<Label> labels(String... lines) {
    return labels(SnapshotTable.rows(TWO_ROWS, "t.csv", lines), 8);
  }

  @Test
  void endsTwoRowsLaterAndTheLastTwoRowsHaveNone() {
    assertThat(
            labels(
                "0 09:40:00 0.01 5 0.02 7 0",
                "0 09:40:03 0.01 5 0.02 7 2",
                "0 09:40:07 0.01 5 0.02 7 1",
                "0 09:40:09 0.01 5 0.02 7 1",
                "0 09:40:12 0.01 5 0.02 7 1"))
        .containsExactly(new Label(1, -1, 7), new Label(2, 1, 6), new Label(3, 0, 5));
  }

  @Test
  void aMissingNumberIsNoLabel() {
    assertThat(
            labels(
                "0 09:40:00 0.01 5 0.02 7 -",
                "0 09:40:03 0.01 5 0.02 7 1",
                "0 09:40:06 0.01 5 0.02 7 1",
                "0 09:40:09 0.01 5 0.02 7 1"))
        .containsExactly(new Label(2, 0, 6));
  }

  @Test
  void noLabelReachesOverAFile() {
    List<Iterator<SnapshotRow>> files =
        List.of(
            SnapshotTable.rows(
                TWO_ROWS, "a.csv", "0 09:40:00 0.01 5 0.02 7 0", "0 09:40:03 0.01 5 0.02 7 0"),
            SnapshotTable.rows(
                TWO_ROWS,
                "b.csv",
                "0 09:40:06 0.01 5 0.02 7 2",
                "0 09:40:09 0.01 5 0.02 7 2",
                "0 09:40:12 0.01 5 0.02 7 2"));
    assertThat(labels(SnapshotTable.joined(files), 8)).containsExactly(new Label(3, 1, 6));
  }

  @Test
  void noLabelReachesOverADayOrABreak() {
    assertThat(
            labels(
                "0 11:29:57 0.01 5 0.02 7 0",
                "0 11:30:00 0.01 5 0.02 7 0",
                "0 13:00:00 0.01 5 0.02 7 2",
                "0 13:00:03 0.01 5 0.02 7 2",
                "1 09:40:00 0.01 5 0.02 7 1",
                "1 09:40:03 0.01 5 0.02 7 1",
                "1 09:40:06 0.01 5 0.02 7 1"))
        .containsExactly(new Label(1, 0, 6));
  }

  @Test
  void noLabelTouchesASuspectRow() {
    // Row 3 is crossed: labels of rows 1 and 2 reach it, row 3 has none itself.
    assertThat(
            labels(
                "0 09:40:00 0.01 5 0.02 7 2",
                "0 09:40:03 0.01 5 0.02 7 2",
                "0 09:40:06 0.03 5 0.02 7 2",
                "0 09:40:09 0.01 5 0.02 7 0",
                "0 09:40:12 0.01 5 0.02 7 0",
                "0 09:40:15 0.01 5 0.02 7 0"))
        .containsExactly(new Label(4, -1, 6));
  }

  @Test
  void aRejectedRowCountsAsARowOfTheFile() {
    // Line 3 is rejected, so that line 4 (seq 3) is suspect: the first label is that of line 5.
    assertThat(
            labels(
                "0 09:40:00 0.01 5 0.02 7 2",
                "0 09:40:03 0.01 5 0.02 7 2",
                "0 09:40:06 0.01 5 0.02 7 3",
                "0 09:40:09 0.01 5 0.02 7 0",
                "0 09:40:12 0.01 5 0.02 7 0",
                "0 09:40:15 0.01 5 0.02 7 0",
                "0 09:40:18 0.01 5 0.02 7 0"))
        .containsExactly(new Label(4, -1, 6));
  }

  @Test
  void labelsAreTheSameInBatchesOfAnySize() {
    String[] lines = {
      "0 09:40:00 0.01 5 0.02 7 0",
      "0 09:40:03 0.01 5 0.02 7 2",
      "0 09:40:06 0.01 5 0.02 7 1",
      "0 09:40:09 0.01 5 0.02 7 1"
    };
    List<Label> whole = labels(lines);
    assertThat(whole).hasSize(2);
    assertThat(labels(SnapshotTable.rows(TWO_ROWS, "t.csv", lines), 1)).isEqualTo(whole);
  }

  @Test
  void refusesClassesThatCannotBeToldApart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GivenLabel("label_2", 2, 0, 1, 1))
        .withMessage("Invalid classes: 0.0, 1.0, 1.0 (must be different)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GivenLabel("label_2", 0, 0, 1, 2))
        .withMessage("Invalid horizonRows: 0 (must be 1 to 1000000)");
  }
}
