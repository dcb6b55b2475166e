package io.depthcast.jobs.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.jobs.explore.SliceFacts.PairFacts;
import io.depthcast.jobs.table.Slice;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SliceExplorationTest {

  private static final int ROWS = 3000;
  private static final Slice SLICE = new Slice("v", "S", LocalDate.of(2024, 1, 2));
  private static final SampleGrid GRID = SampleGrid.of(ROWS, 1000);

  /** A long slice comes in several files, in whatever order. */
  @Test
  void ofTheFilesOfASliceIsThatOfTheWhole() {
    SliceFacts whole = explore(7, List.of(rows(1, ROWS)));
    SliceFacts cut = explore(7, List.of(rows(1201, ROWS), rows(1, 1200)));
    PairFacts expected = whole.pairs()[0][0];
    assertThat(cut.pairs()[0][0]).usingRecursiveComparison().isEqualTo(expected);
    assertThat(cut.correlations()).isEqualTo(whole.correlations());
    assertThat(cut.columns().get(0).points()).isEqualTo(whole.columns().get(0).points());
    assertThat(cut.columns().get(0).moments().count()).isEqualTo(2700);
    assertThat(cut.columns().get(0).moments().mean())
        .isCloseTo(whole.columns().get(0).moments().mean(), within(1e-12));
    // Every third row is sampled, every tenth row has no value of x: 900 of the 1000 are left.
    assertThat(expected.n()).isEqualTo(900);
    // Reach 20 rows: 7 of the sample, blocks of 5 of it.
    assertThat(cut.labels().get(0).reach()).isEqualTo(20);
    assertThat(cut.labels().get(0).blockRows()).isEqualTo(35);
  }

  @Test
  void theSeedDecidesTheShufflesAndNothingElse() {
    PairFacts seven = explore(7, List.of(rows(1, ROWS))).pairs()[0][0];
    PairFacts eight = explore(8, List.of(rows(1, ROWS))).pairs()[0][0];
    assertThat(eight.nullBits()).isNotEqualTo(seven.nullBits());
    assertThat(eight)
        .usingRecursiveComparison()
        .ignoringFields("nullBits", "nullDeviation")
        .isEqualTo(seven);
  }

  @Test
  void sampledRowsAreThoseWhoseSeqIsAMultiple() {
    // 3001 rows, 1000 at most: every fourth, 750 of them; the last is 3000, at place 749.
    SampleGrid grid = SampleGrid.of(3001, 1000);
    assertThat(grid.every()).isEqualTo(4);
    assertThat(grid.size()).isEqualTo(750);
    assertThat(grid.has(3000)).isTrue();
    assertThat(grid.place(3000)).isEqualTo(749);
    assertThat(grid.has(3001)).isFalse();
    // 10 rows hold 2.5 steps: three sampled rows.
    assertThat(grid.sampled(10)).isEqualTo(3);
  }

  private static SliceFacts explore(long seed, List<SlicePartSample> files) {
    ExploreConfig config = new ExploreConfig("core", List.of(), 1000, 8, 10, 5, 4, seed);
    return new SliceExploration(config, List.of("x", "z"), List.of("y"), 32, 4)
        .of(SLICE, GRID, files);
  }

  /** Rows of a slice that is the same each time: x without a value in each tenth row. */
  private static SlicePartSample rows(int first, int last) {
    SlicePartSample part = new SlicePartSample(SLICE, first);
    SampledColumn x = new SampledColumn();
    SampledColumn z = new SampledColumn();
    SampledColumn y = new SampledColumn();
    part.columns().put("x", x);
    part.columns().put("z", z);
    part.columns().put("y", y);
    part.reaches().put("y", 20L);
    Random random = new Random(5);
    for (int seq = 1; seq <= ROWS; seq++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      if (seq >= first && seq <= last) {
        add(x, seq % 10 == 0 ? Double.NaN : a, seq);
        add(z, a - b, seq);
        add(y, a + 3 * b, seq);
      }
    }
    return part;
  }

  private static void add(SampledColumn column, double value, int seq) {
    if (GRID.has(seq)) {
      column.add(value, GRID.place(seq));
    } else {
      column.add(value);
    }
  }
}
