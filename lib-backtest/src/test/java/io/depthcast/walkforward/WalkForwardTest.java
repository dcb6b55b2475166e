package io.depthcast.walkforward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.walkforward.WalkForward.Scheme;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WalkForwardTest {

  private static final long[] EDGES = {0, 100, 200, 300, 400};

  @Test
  void anchoredTrainsOnAllBlocksBefore() {
    WalkForward plan = new WalkForward(Scheme.ANCHORED, 4, 2, 0, 0);
    assertThat(plan.folds(EDGES, new long[0]))
        .containsExactly(
            new Fold(0, 0, 200, 200, 300, 0), //
            new Fold(1, 0, 300, 300, 400, 0));
  }

  @Test
  void rollingTrainsOnTheLastBlocksBefore() {
    WalkForward plan = new WalkForward(Scheme.ROLLING, 4, 2, 0, 0);
    assertThat(plan.folds(EDGES, new long[0]))
        .containsExactly(
            new Fold(0, 0, 200, 200, 300, 0), //
            new Fold(1, 100, 300, 300, 400, 0));
  }

  @Test
  void validatesOnTheLastRowsAndNotTheLastTime() {
    // Ten rows before the test at 100: eight in the first fifth of the time. The last 30 % are the
    // rows at 19, 50 and 90, so validation begins at 19; by the clock it would begin at 70.
    long[] rows = {0, 1, 2, 3, 5, 8, 13, 19, 50, 90, 100, 110, 150};
    WalkForward plan = new WalkForward(Scheme.ANCHORED, 2, 1, 0.3, 0);
    assertThat(plan.folds(new long[] {0, 100, 200}, rows))
        .containsExactly(new Fold(0, 0, 19, 100, 200, 0));
  }

  @Test
  void countsRowsOfTheTrainingSpanOnly() {
    // rolling: fold 1 trains on [100, 200) with the rows 100, 120, 140, 160; the last half is 140,
    // 160
    long[] rows = {0, 50, 100, 120, 140, 160, 200, 210};
    WalkForward plan = new WalkForward(Scheme.ROLLING, 3, 1, 0.5, 0);
    assertThat(plan.folds(new long[] {0, 100, 200, 300}, rows))
        .containsExactly(
            new Fold(0, 0, 50, 100, 200, 0), //
            new Fold(1, 100, 140, 200, 300, 0));
  }

  @Test
  void turnsTheEmbargoIntoNanoseconds() {
    Fold fold =
        new WalkForward(Scheme.ANCHORED, 2, 1, 0, 3)
            .folds(new long[] {0, 10_000_000, 20_000_000}, new long[0])
            .get(0);
    assertThat(fold.embargoNs()).isEqualTo(3_000_000);
  }

  @Test
  void refusesUnsortedOrDuplicateEdges() {
    WalkForward plan = new WalkForward(Scheme.ANCHORED, 2, 1, 0, 0);
    assertThatThrownBy(() -> plan.folds(new long[] {0, 200, 100}, new long[0]))
        .hasMessage("Edge 2 at 100 is not after edge 1 at 200");
    assertThatThrownBy(() -> plan.folds(new long[] {0, 100, 100}, new long[0]))
        .hasMessage("Edge 2 at 100 is not after edge 1 at 100");
    assertThatThrownBy(() -> plan.folds(new long[] {0, 100}, new long[0]))
        .hasMessage("Expected 3 edges for 2 blocks, got 2");
  }

  @Test
  void refusesUnsortedRowTimesAndTakesDuplicates() {
    WalkForward plan = new WalkForward(Scheme.ANCHORED, 2, 1, 0.5, 0);
    long[] edges = {0, 100, 200};
    assertThatThrownBy(() -> plan.folds(edges, new long[] {10, 30, 20}))
        .hasMessage("Row time 2 at 20 is before row time 1 at 30");
    // Half of four rows are the last two, but three rows share the time 50: all three validate.
    assertThat(plan.folds(edges, new long[] {10, 50, 50, 50}).get(0).validationFrom())
        .isEqualTo(50);
  }

  @Test
  void refusesASplitThatRowsCannotGive() {
    WalkForward plan = new WalkForward(Scheme.ANCHORED, 2, 1, 0.2, 0);
    long[] edges = {0, 100, 200};
    assertThatThrownBy(() -> plan.folds(edges, new long[] {10, 20, 30, 40}))
        .hasMessage(
            "Fold 0 has 4 row times before its test, too few to split off a validation share of"
                + " 0.2");
    assertThatThrownBy(() -> plan.folds(edges, new long[] {0, 0, 0, 0, 0}))
        .hasMessageContaining("too few");
    assertThatThrownBy(() -> plan.folds(edges, new long[0])).hasMessageContaining("0 row times");
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatThrownBy(() -> new WalkForward(null, 4, 2, 0, 0)).hasMessageContaining("scheme");
    assertThatThrownBy(() -> new WalkForward(Scheme.ANCHORED, 1, 1, 0, 0))
        .hasMessage("Invalid blocks: 1 (must be 2 to 1000)");
    assertThatThrownBy(() -> new WalkForward(Scheme.ANCHORED, 1001, 1, 0, 0))
        .hasMessageContaining("Invalid blocks: 1001");
    assertThatThrownBy(() -> new WalkForward(Scheme.ANCHORED, 4, 4, 0, 0))
        .hasMessage("Invalid minTrainBlocks: 4 (must be 1 to 3, blocks - 1)");
    assertThatThrownBy(() -> new WalkForward(Scheme.ANCHORED, 4, 2, 0.51, 0))
        .hasMessage("Invalid validationShare: 0.51 (must be 0 to 0.5)");
    assertThatThrownBy(() -> new WalkForward(Scheme.ANCHORED, 4, 2, Double.NaN, 0))
        .hasMessageContaining("Invalid validationShare: NaN");
    assertThatThrownBy(() -> new WalkForward(Scheme.ANCHORED, 4, 2, 0, -1))
        .hasMessage("Invalid embargoMs: -1 (must be 0 to 31536000000)");
  }

  /** On random plans, rows and labels of any length. */
  @Test
  void neverFitsOnALabelThatReachesTheTest() {
    Random random = new Random(7);
    int fitted = 0;
    for (int round = 0; round < 300; round++) {
      WalkForward plan = randomPlan(random);
      long[] edges = distinctSorted(random, plan.blocks() + 1);
      long[] rows = sortedRows(random, edges);
      for (Fold fold : plan.folds(edges, rows)) {
        for (long ts : rows) {
          long labelEnd = ts + Math.abs(random.nextLong() % 200_000_000_000L);
          Role role = fold.role(ts, labelEnd);
          if (role == Role.TRAIN || role == Role.VALIDATION) {
            fitted++;
            assertThat(overlaps(ts, labelEnd, fold.testFrom() - fold.embargoNs(), fold.testTo()))
                .isFalse();
          }
          if (role == Role.TRAIN) {
            assertThat(
                    overlaps(
                        ts, labelEnd, fold.validationFrom() - fold.embargoNs(), fold.testFrom()))
                .isFalse();
          }
        }
      }
    }
    assertThat(fitted).isGreaterThan(10_000);
  }

  @Test
  void testsEachRowAfterTheFirstBlocksOnce() {
    Random random = new Random(8);
    for (int round = 0; round < 100; round++) {
      WalkForward plan = randomPlan(random);
      long[] edges = distinctSorted(random, plan.blocks() + 1);
      long[] rows = sortedRows(random, edges);
      List<Fold> folds = plan.folds(edges, rows);
      assertThat(folds).hasSize(plan.blocks() - plan.minTrainBlocks());
      for (long ts : rows) {
        long tests = folds.stream().filter(fold -> fold.role(ts, ts) == Role.TEST).count();
        assertThat(tests).isEqualTo(ts >= edges[plan.minTrainBlocks()] ? 1 : 0);
      }
    }
  }

  private static boolean overlaps(long from, long to, long spanFrom, long spanTo) {
    return from < spanTo && to >= spanFrom;
  }

  private static WalkForward randomPlan(Random random) {
    int blocks = 2 + random.nextInt(6);
    return new WalkForward(
        random.nextBoolean() ? Scheme.ANCHORED : Scheme.ROLLING,
        blocks,
        1 + random.nextInt(blocks - 1),
        random.nextInt(3) * 0.2,
        random.nextInt(20_000));
  }

  private static long[] distinctSorted(Random random, int n) {
    return LongStream.generate(() -> Math.abs(random.nextLong() % 1_000_000_000_000L))
        .distinct()
        .limit(n)
        .sorted()
        .toArray();
  }

  private static long[] sortedRows(Random random, long[] edges) {
    // A dense start in each block, so that no block is without rows.
    long[] rows = new long[(edges.length - 1) * 20];
    for (int i = 0; i < rows.length; i++) {
      int block = i / 20;
      double share = Math.pow(random.nextDouble(), 3);
      rows[i] = edges[block] + (long) (share * (edges[block + 1] - edges[block]));
    }
    Arrays.sort(rows);
    return rows;
  }
}
