package io.depthcast.feed.lobster;

import static io.depthcast.book.EventType.ADD;
import static io.depthcast.book.EventType.CANCEL;
import static io.depthcast.book.EventType.DELETE;
import static io.depthcast.book.EventType.TRADE;
import static io.depthcast.feed.lobster.ReplayReport.Reference.LEFT_VIEW;
import static io.depthcast.feed.lobster.ReplayReport.Reference.LIVE;
import static io.depthcast.feed.lobster.ReplayReport.Reference.NEW;
import static io.depthcast.feed.lobster.ReplayReport.Reference.UNSEEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.depthcast.feed.lobster.ReplayReport.Levels;
import io.depthcast.feed.lobster.ReplayReport.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays of LOBSTER's sample day of GOOG. The counts were made apart from this code by a Python
 * script that keeps each level as a list of orders. No row may mismatch and no message be at fault.
 * The first row, an execution, starts the book and is not counted.
 *
 * <p>Five executions pass an order of the same price whose message came before: rows 69773, 131725
 * to 131727 and 145471 of the file with ten levels. LOBSTER does not say why.
 */
class GoogleReplayTest {

  private static Stream<Arguments> days() {
    return Stream.of(
        arguments(
            10,
            new ReplayReport(
                new Rows(147_915, 0, 1),
                new Levels(2_913_849, 44_451, 45_108),
                Map.of(
                    ADD, Map.of(NEW, 71_258L),
                    CANCEL, Map.of(LIVE, 18L, UNSEEN, 1L),
                    DELETE, Map.of(LIVE, 58_657L, UNSEEN, 2_830L, LEFT_VIEW, 3_474L),
                    TRADE, Map.of(LIVE, 6_949L, UNSEEN, 531L, LEFT_VIEW, 284L)),
                5)),
        arguments(
            5,
            new ReplayReport(
                new Rows(112_672, 0, 1),
                new Levels(1_094_817, 31_903, 34_089),
                Map.of(
                    ADD, Map.of(NEW, 54_907L),
                    CANCEL, Map.of(LIVE, 15L, UNSEEN, 1L),
                    DELETE, Map.of(LIVE, 38_745L, UNSEEN, 4_139L, LEFT_VIEW, 3_188L),
                    TRADE, Map.of(LIVE, 6_445L, UNSEEN, 810L, LEFT_VIEW, 509L)),
                5)),
        arguments(
            1,
            new ReplayReport(
                new Rows(49_481, 0, 1),
                new Levels(87_755, 11_207, 12_877),
                Map.of(
                    ADD, Map.of(NEW, 24_368L),
                    CANCEL, Map.of(LIVE, 6L, UNSEEN, 1L),
                    DELETE, Map.of(LIVE, 10_335L, UNSEEN, 2_166L, LEFT_VIEW, 928L),
                    TRADE, Map.of(LIVE, 4_193L, UNSEEN, 2_308L, LEFT_VIEW, 1_263L)),
                5)));
  }

  @ParameterizedTest
  @MethodSource("days")
  void theMessagesExplainTheBooks(int levels, ReplayReport expected) throws IOException {
    Path file = GoogleSample.file(levels);
    assumeThat(Files.exists(file)).as("%s absent", file).isTrue();
    LobsterReplay replay = new LobsterReplay(levels);
    GoogleSample.read(levels, replay::follow);
    assertThat(replay.report()).isEqualTo(expected);
    assertThat(replay.report().faults()).isZero();
  }
}
