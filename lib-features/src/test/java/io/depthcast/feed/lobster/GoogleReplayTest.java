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

import io.depthcast.book.BookBatch;
import io.depthcast.feed.lobster.ReplayReport.Levels;
import io.depthcast.feed.lobster.ReplayReport.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * Replays of LOBSTER's sample day of GOOG, 2012-06-21. The counts were made apart from this code by
 * a Python script that keeps each level as a list of orders. No row may mismatch and no message be
 * at fault. The first row, an execution, starts the book and is not counted.
 */
class GoogleReplayTest {

  /**
   * Some executions pass an order of the same price whose message came before; no rule is given.
   */
  private static final long OUT_OF_TURN = 5;

  @Test
  void theMessagesExplainAllTenLevels() throws IOException {
    ReplayReport report = replay(10);
    assertThat(report.rows()).isEqualTo(new Rows(147_915, 0, 1));
    assertThat(report.levels()).isEqualTo(new Levels(2_913_849, 44_451, 45_108));
    assertThat(report.references())
        .isEqualTo(
            Map.of(
                ADD, Map.of(NEW, 71_258L),
                CANCEL, Map.of(LIVE, 18L, UNSEEN, 1L),
                DELETE, Map.of(LIVE, 58_657L, UNSEEN, 2_830L, LEFT_VIEW, 3_474L),
                TRADE, Map.of(LIVE, 6_949L, UNSEEN, 531L, LEFT_VIEW, 284L)));
    assertThat(report.executionsOutOfTurn()).isEqualTo(OUT_OF_TURN);
  }

  @Test
  void theMessagesExplainAllFiveLevels() throws IOException {
    ReplayReport report = replay(5);
    assertThat(report.rows()).isEqualTo(new Rows(112_672, 0, 1));
    assertThat(report.levels()).isEqualTo(new Levels(1_094_817, 31_903, 34_089));
    assertThat(report.references())
        .isEqualTo(
            Map.of(
                ADD, Map.of(NEW, 54_907L),
                CANCEL, Map.of(LIVE, 15L, UNSEEN, 1L),
                DELETE, Map.of(LIVE, 38_745L, UNSEEN, 4_139L, LEFT_VIEW, 3_188L),
                TRADE, Map.of(LIVE, 6_445L, UNSEEN, 810L, LEFT_VIEW, 509L)));
    assertThat(report.executionsOutOfTurn()).isEqualTo(OUT_OF_TURN);
  }

  @Test
  void theMessagesExplainTheBestLevel() throws IOException {
    ReplayReport report = replay(1);
    assertThat(report.rows()).isEqualTo(new Rows(49_481, 0, 1));
    assertThat(report.levels()).isEqualTo(new Levels(87_755, 11_207, 12_877));
    assertThat(report.references())
        .isEqualTo(
            Map.of(
                ADD, Map.of(NEW, 24_368L),
                CANCEL, Map.of(LIVE, 6L, UNSEEN, 1L),
                DELETE, Map.of(LIVE, 10_335L, UNSEEN, 2_166L, LEFT_VIEW, 928L),
                TRADE, Map.of(LIVE, 4_193L, UNSEEN, 2_308L, LEFT_VIEW, 1_263L)));
    assertThat(report.executionsOutOfTurn()).isEqualTo(OUT_OF_TURN);
  }

  private static ReplayReport replay(int levels) throws IOException {
    Path file =
        Path.of(
            System.getProperty("depthcast.root"),
            "../shared/data/lobster/LOBSTER_SampleFile_GOOG_2012-06-21_" + levels + ".zip");
    assumeThat(Files.exists(file)).as("%s absent", file).isTrue();
    LobsterPair pair = LobsterText.pair(levels);
    LobsterReplay replay = new LobsterReplay(levels);
    try (ZipFile zip = new ZipFile(file.toFile());
        LobsterReader reader =
            new LobsterReader(
                pair,
                zip.getInputStream(zip.getEntry(pair.message().fileName())),
                zip.getInputStream(zip.getEntry(pair.orderbook().fileName())),
                0)) {
      BookBatch batch = new BookBatch(4096, levels);
      while (reader.next(batch)) {
        replay.follow(batch);
      }
    }
    return replay.report();
  }
}
