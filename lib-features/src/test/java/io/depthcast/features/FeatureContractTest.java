package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.BookBatch;
import io.depthcast.book.RandomBook;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureContractTest {

  static Stream<FeatureFamily> families() {
    return FamilyExamples.all().stream();
  }

  @Test
  void everyFamilyIsHeldToTheContract() {
    assertThat(families().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(FeatureFamily.class.getPermittedSubclasses());
  }

  @Test
  void everyFamilyIsHeldToTheContractWithValuesInEachColumn() {
    assertThat(
            families()
                .filter(family -> FeatureContract.of(family).fewestValues() > 100)
                .map(Object::getClass)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(FeatureFamily.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("families")
  void neverLooksAhead(FeatureFamily family) {
    FeatureContract.of(family).isCausal();
  }

  @ParameterizedTest
  @MethodSource("families")
  void givesTheSameBitsHoweverTheRowsAreCutIntoBatches(FeatureFamily family) {
    FeatureContract.of(family).isBatchSplitInvariant();
  }

  @ParameterizedTest
  @MethodSource("families")
  void keepsSlicesApart(FeatureFamily family) {
    FeatureContract.of(family).isIsolatedBySlice();
  }

  @ParameterizedTest
  @MethodSource("families")
  void isMissingInWarmupAndInSuspectRowsAndAfterThem(FeatureFamily family) {
    FeatureContract.of(family).isMissingExactlyInWarmupAndAroundSuspectRows();
  }

  @ParameterizedTest
  @MethodSource("families")
  void isUnmovedBySuspectRowsOutOfItsLookBack(FeatureFamily family) {
    FeatureContract.of(family).isUnmovedBySuspectRowsOutOfTheLookBack();
  }

  @ParameterizedTest
  @MethodSource("families")
  void isFiniteOrMissing(FeatureFamily family) {
    FeatureContract.of(family).isFiniteOrMissing();
  }

  @ParameterizedTest
  @MethodSource("families")
  void givesTheSameBitsWhenASliceIsCutIntoBlocks(FeatureFamily family) {
    FeatureContract.of(family).canBeCutIntoBlocks();
  }

  static List<FeatureFamily> familiesButQueueRates() {
    return FamilyExamples.all().stream().filter(f -> !(f instanceof QueueRates)).toList();
  }

  /** Rates at the last level that is known depend on its being the last: {@link QueueRatesTest}. */
  @ParameterizedTest
  @MethodSource("familiesButQueueRates")
  void isMissingOrTheSameWhereTheSourceHasFewerLevels(FeatureFamily family) {
    int levels = new FeatureSet(List.of(family)).levels();
    FeatureContract.of(family).isMissingOrTheSameWhereLevelsAreUnknown(levels);
  }

  @ParameterizedTest
  @MethodSource("families")
  void declaresItsColumns(FeatureFamily family) {
    List<Feature> columns = family.produces();
    assertThat(columns).extracting(Feature::name).allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
    assertThat(columns).extracting(Feature::unit).allMatch(unit -> !unit.isBlank());
    assertThat(columns).extracting(Feature::formula).allMatch(formula -> !formula.isBlank());
    assertThat(family.reference()).isNotBlank();
  }

  /** The end of every window moved to the next row, where the batch already has it. */
  @Test
  void windowsThatEndOneRowLateAreCaught() {
    Set<Class<?>> caught = new HashSet<>();
    for (FeatureFamily family : FamilyExamples.all()) {
      FeatureContract contract = FeatureContract.of(family);
      FeatureContract mutant = contract.endingOneRowLate();
      if (mutant.hasTheValuesOf(contract)) {
        // Values that no row of the test's books changes: those of a size beyond the book, say.
        continue;
      }
      assertThatCode(mutant::isBatchSplitInvariant)
          .as("%s", family)
          .isInstanceOf(AssertionError.class);
      caught.add(family.getClass());
    }
    assertThat(caught).containsExactlyInAnyOrder(FeatureFamily.class.getPermittedSubclasses());
  }

  @Test
  void catchesAPlantedLookAhead() {
    // The mid of the next row, where the batch already has it.
    FeatureKernel nextMid =
        (batch, out) -> {
          for (int i = 0; i < batch.rows; i++) {
            out[0][i] = batch.mid(Math.min(i + 1, batch.rows - 1));
          }
        };
    FeatureContract contract = new FeatureContract(() -> nextMid, 1, 0, 0, false);
    assertThatThrownBy(contract::isCausal).isInstanceOf(AssertionError.class);
    assertThatThrownBy(contract::isBatchSplitInvariant).isInstanceOf(AssertionError.class);
  }

  @Test
  void catchesARunningSumThatDriftsWithItsStart() {
    FeatureContract contract =
        new FeatureContract(RunningMidSum::new, 1, RunningMidSum.WINDOW - 1, 0, false);
    contract.isCausal();
    contract.isBatchSplitInvariant();
    assertThatThrownBy(contract::canBeCutIntoBlocks).isInstanceOf(AssertionError.class);
  }

  @Test
  void catchesAStateSharedBySlices() {
    RunningMidSum shared = new RunningMidSum();
    FeatureContract contract =
        new FeatureContract(() -> shared, 1, RunningMidSum.WINDOW - 1, 0, false);
    assertThatThrownBy(contract::isIsolatedBySlice).isInstanceOf(AssertionError.class);
  }

  /** Adds the new mid and subtracts the oldest, so that rounding stays in the sum. */
  private static final class RunningMidSum implements FeatureKernel {

    static final int WINDOW = 10;

    private final double[] last = new double[WINDOW];
    private double sum;

    @Override
    public void compute(BookBatch batch, double[][] out) {
      for (int i = 0; i < batch.rows; i++) {
        int at = (int) (batch.seq[i] % WINDOW);
        double mid = Double.isNaN(batch.mid(i)) ? 0 : batch.mid(i);
        sum += mid - last[at];
        last[at] = mid;
        out[0][i] = sum;
      }
    }
  }

  @Test
  void aSetGivesWhatItsFamiliesGiveAlone() {
    List<FeatureFamily> families =
        List.of(
            new OrderFlowImbalance(10, Window.events(10)),
            new QueueImbalance(3),
            new MidReturn(Window.events(50)),
            new Microprice(),
            new OrderFlowImbalance(2, Window.milliseconds(2)));
    FeatureSet set = new FeatureSet(families);
    BookBatch book = RandomBook.withHoles(12, 2000, 10);
    double[][] together =
        FeatureRuns.run(() -> set.start()::compute, set.columns().size(), book, 0, 2000, () -> 300);
    double[][] alone =
        families.stream()
            .flatMap(family -> Arrays.stream(FeatureRuns.run(family, book)))
            .toArray(double[][]::new);
    FeatureContract.assertSameBits("set", together, alone);
  }
}
