package io.depthcast.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class HistoryRowsTest {

  private final List<InternalRow> rows = new ArrayList<>();

  /** The row's number stands in for its last class, to tell it by. */
  private void add(String symbol, int date, int seq, double label) {
    rows.add(
        new GenericInternalRow(
            new Object[] {
              UTF8String.fromString("V"),
              UTF8String.fromString(symbol),
              date,
              (long) seq,
              null,
              label,
              seq
            }));
  }

  /** Each row as number and stretch. */
  private List<String> out(int history) {
    List<String> out = new ArrayList<>();
    new HistoryRows(rows.iterator(), history)
        .forEachRemaining(row -> out.add(row.getInt(2) + "/" + row.getInt(3)));
    return out;
  }

  @Test
  void givesEachLabelledRowThoseBeforeItAndNoRowTwice() {
    for (int seq = 1; seq <= 9; seq++) {
      add("A", 1, seq, seq == 4 || seq == 5 || seq == 9 ? 1 : -1);
    }
    // 4 needs 2 and 3, 5 has them, 9 needs 7 and 8: 6 is left out, so a new stretch begins
    assertThat(out(2)).containsExactly("2/0", "3/0", "4/0", "5/0", "7/1", "8/1", "9/1");
    assertThat(out(0)).containsExactly("4/0", "5/0", "9/1");
    assertThat(out(4))
        .containsExactly("1/0", "2/0", "3/0", "4/0", "5/0", "6/0", "7/0", "8/0", "9/0");
  }

  @Test
  void aStretchEndsWithTheSliceAndAtAGap() {
    add("A", 1, 1, -1);
    add("A", 1, 2, 0);
    add("A", 2, 3, 0);
    add("B", 2, 4, 0);
    add("B", 2, 6, 0);
    add("B", 2, 7, 0);
    assertThat(out(3)).containsExactly("1/0", "2/0", "3/1", "4/2", "6/3", "7/3");
  }

  @Test
  void leavesOutWhatNoLabelFollows() {
    add("A", 1, 1, 0);
    add("A", 1, 2, -1);
    assertThat(out(3)).containsExactly("1/0");
  }
}
