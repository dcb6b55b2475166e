package io.depthcast.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.book.BookBatch;
import io.depthcast.book.BookText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureSetTest {

  private static final double NAN = Double.NaN;

  private final FeatureSet set =
      new FeatureSet(List.of(new MidReturn(Window.events(2)), new QueueImbalance(3), new Spread()));

  @Test
  void joinsTheColumnsOfItsFamilies() {
    assertThat(set.columns())
        .extracting(Feature::name)
        .containsExactly(
            "mid_return_2e",
            "queue_imbalance_1",
            "queue_imbalance_2",
            "queue_imbalance_3",
            "spread",
            "spread_bps");
    assertThat(set.levels()).isEqualTo(3);
    assertThat(set.warmupEvents()).isEqualTo(2);
  }

  @Test
  void blanksEachFamilyByItsOwnLookBack() {
    BookBatch book =
        BookText.book(
            1,
            """
              99 1 | 101 1
              99 1 | 101 1
              99 1 | 101 1
            ! 99 1 | 101 1
              99 1 | 101 1
              99 1 | 101 1
              99 1 | 101 1
            """);
    // Rows 5 and 6 look back at row 4 over two rows; row 7 looks at row 5.
    assertThat(FeatureRuns.run(new MidReturn(Window.events(2)), book)[0])
        .containsExactly(NAN, NAN, 0, NAN, NAN, NAN, 0);
    assertThat(FeatureRuns.run(new MidReturn(Window.events(1)), book)[0])
        .containsExactly(NAN, 0, 0, NAN, NAN, 0, 0);
    assertThat(FeatureRuns.run(new Mid(), book)[0])
        .containsExactly(100, 100, 100, NAN, 100, 100, 100);
  }

  @Test
  void blanksAFamilyUntilItsTimeHasPassedSinceASuspectRow() {
    BookBatch book =
        BookText.book(
            1,
            """
              99 1 | 101 1
              99 1 | 101 1
              99 1 | 101 1
            ! 99 1 | 101 1
              99 1 | 101 1
              99 1 | 101 1
              99 1 | 101 1
            """);
    long[] microseconds = {0, 999, 1000, 1100, 1200, 2199, 2200};
    for (int i = 0; i < book.rows; i++) {
      book.tsEvent[i] = microseconds[i] * 1000;
    }
    // The first clean rows are at 0 and 1200 us; 1 ms later the look-back is whole.
    assertThat(FeatureRuns.run(new MidReturn(Window.milliseconds(1)), book)[0])
        .containsExactly(NAN, NAN, 0, NAN, NAN, NAN, 0);
  }

  @Test
  void isNamedByItsFamiliesAndTheirParametersInOrder() throws Exception {
    String text = "OrderFlowImbalance(levels=10,window=50e)\nQueueImbalance(levels=5)\nMid()\n";
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    assertThat(
            new FeatureSet(
                    List.of(
                        new OrderFlowImbalance(10, Window.events(50)),
                        new QueueImbalance(5),
                        new Mid()))
                .id())
        .isEqualTo(HexFormat.of().formatHex(digest).substring(0, 16));
  }

  @Test
  void differsInNameFromASetInAnotherOrderOrWithOtherParameters() {
    assertThat(
            List.of(
                new FeatureSet(List.of(new Mid(), new MidReturn(Window.events(1)))).id(),
                new FeatureSet(List.of(new MidReturn(Window.events(1)), new Mid())).id(),
                new FeatureSet(List.of(new Mid(), new MidReturn(Window.events(2)))).id()))
        .doesNotHaveDuplicates();
  }

  @Test
  void staysTheSameWhenSentToAnotherProcess() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(set);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(set);
    }
  }

  @Test
  void refusesToBeEmpty() {
    assertThatThrownBy(() -> new FeatureSet(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid families: none (must be at least one)");
  }

  @Test
  void refusesAColumnProducedTwice() {
    assertThatThrownBy(() -> new FeatureSet(List.of(new QueueImbalance(1), new QueueImbalance(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid families: column queue_imbalance_1 is produced twice");
  }

  @Test
  void refusesABatchThatDoesNotFit() {
    BookBatch book = BookText.book(3, "99 1 | 101 1");
    assertThatThrownBy(
            () -> set.start().compute(BookText.book(2, "99 1 | 101 1"), new double[6][1]))
        .hasMessage("Invalid batch: 2 levels (the features need 3)");
    assertThatThrownBy(() -> set.start().compute(book, new double[5][1]))
        .hasMessage("Invalid out: 5 columns (the features have 6)");
  }

  @Test
  void refusesABatchThatDoesNotFollow() {
    FeatureSet.Run run = set.start();
    BookBatch book = BookText.book(3, "99 1 | 101 1\n 99 1 | 101 1");
    run.compute(book, new double[6][2]);
    assertThatThrownBy(() -> run.compute(book, new double[6][2]))
        .hasMessage("Invalid batch: begins with seq 1 (must be 3)");
  }

  @Test
  void passesOverAnEmptyBatch() {
    FeatureSet.Run run = set.start();
    BookBatch book = BookText.book(3, "99 1 | 101 3");
    double[][] out = new double[6][1];
    book.rows = 0;
    run.compute(book, out);
    book.rows = 1;
    run.compute(book, out);
    // (1-3)/4
    assertThat(out[1][0]).isEqualTo(-0.5);
  }
}
