package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.capture.CapturedLines.Line;
import io.depthcast.jobs.capture.Manifest.ConnectionSpan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFolderTest {

  private static final Manifest.Source SOURCE =
      new Manifest.Source("binance_spot", List.of("ABC"), "1");
  private static final Instant NOON = Instant.parse("2024-08-08T12:00:00Z");

  @TempDir Path folder;

  private static LineBuffer lines(String connection, int from, int to) {
    LineBuffer lines = new LineBuffer();
    for (int i = from; i <= to; i++) {
      lines.add(1000 + i, i, connection, i, ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static void write(Segment segment, LineBuffer lines) throws IOException {
    segment.write(lines.bytes(), lines.size());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aClosedSegmentHasItsLinesAndAManifest() throws Exception {
    try (SegmentFolder segments = new SegmentFolder(folder, SOURCE)) {
      Segment segment = segments.next(NOON);
      write(segment, lines("ws-1", 1, 3));
      write(segment, lines("rest", 7, 7));
      write(segment, lines("ws-1", 4, 4));
      segment.close("age", null);
    }
    String name = "binance_spot_00000001_20240808T120000Z.zst";
    assertThat(names()).containsExactly(".lock", "_" + name + ".json", name);
    Path file = folder.resolve(name);
    assertThat(CapturedLines.ofSegment(file))
        .containsExactly(
            new Line(1001, 1, "ws-1", 1, "{\"n\":1}"),
            new Line(1002, 2, "ws-1", 2, "{\"n\":2}"),
            new Line(1003, 3, "ws-1", 3, "{\"n\":3}"),
            new Line(1007, 7, "rest", 7, "{\"n\":7}"),
            new Line(1004, 4, "ws-1", 4, "{\"n\":4}"));
    byte[] bytes = Files.readAllBytes(file);
    String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    // A line is "1001 1 ws-1 1 {"n":1}" and its end: 4+1+1+1+4+1+1+1+7+1 = 22 bytes, also of rest.
    assertThat(CapturedLines.manifest(file))
        .isEqualTo(
            new Manifest(
                1,
                name,
                SOURCE,
                "age",
                new Manifest.Content(5, 1001, 1004, 110, bytes.length),
                List.of(new ConnectionSpan("ws-1", 1, 4, 4), new ConnectionSpan("rest", 7, 7, 1)),
                null,
                sha));
  }

  @Test
  void aSegmentWithoutLinesLeavesNothing() throws Exception {
    try (SegmentFolder segments = new SegmentFolder(folder, SOURCE)) {
      segments.next(NOON).close("stop", null);
    }
    assertThat(names()).containsExactly(".lock");
  }

  @Test
  void numbersGoOnInTheNextRun() throws Exception {
    for (int run = 1; run <= 2; run++) {
      try (SegmentFolder segments = new SegmentFolder(folder, SOURCE)) {
        Segment segment = segments.next(NOON.minusSeconds(run));
        write(segment, lines("ws-" + run, 1, 1));
        segment.close("stop", null);
      }
    }
    assertThat(CapturedLines.of(folder))
        .extracting(Line::connection)
        .containsExactly("ws-1", "ws-2");
  }

  /**
   * A kill leaves the file as it was after some write; here each length that it can have. Of a
   * frame that is cut, lines may be whole, too.
   */
  @Test
  void whatAKilledRunLeftOpenIsClosedToItsLastWholeLine() throws Exception {
    Path open;
    long whole;
    long all;
    try (SegmentFolder segments = new SegmentFolder(folder, SOURCE)) {
      Segment segment = segments.next(NOON);
      write(segment, lines("ws-1", 1, 10));
      whole = segment.bytes();
      write(segment, lines("ws-1", 11, 20));
      all = segment.bytes();
      open = folder.resolve(".binance_spot_00000001_20240808T120000Z.zst.open");
    }
    byte[] bytes = Files.readAllBytes(open);
    assertThat(bytes).hasSize((int) all);
    for (long length = 0; length <= all; length++) {
      Path cutFolder = Files.createDirectory(folder.resolve("cut" + length));
      Path cut = Files.copy(open, cutFolder.resolve(open.getFileName()));
      try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
      List<String> recovered;
      try (SegmentFolder segments = new SegmentFolder(cutFolder, SOURCE)) {
        recovered = segments.recovered();
      }
      assertThat(recovered).hasSize(1);
      assertThat(cut).doesNotExist();
      List<Line> lines = CapturedLines.of(cutFolder);
      int least = length < whole ? 0 : length < all ? 10 : 20;
      assertThat(lines)
          .as("cut at %d of %d", length, all)
          .hasSizeBetween(least, Math.min(20, least + 10));
      for (int i = 0; i < lines.size(); i++) {
        assertThat(lines.get(i).text()).isEqualTo("{\"n\":" + (i + 1) + "}");
      }
      for (Path segment : CapturedLines.segments(cutFolder)) {
        Manifest manifest = CapturedLines.manifest(segment);
        assertThat(manifest.closedBy()).isEqualTo("recovery");
        assertThat(manifest.source())
            .isEqualTo(new Manifest.Source("binance_spot", List.of(), "1"));
        assertThat(manifest.content().lines()).isEqualTo(lines.size());
      }
    }
  }

  @Test
  void bytesAfterTheLastWholeLineAreLeftOut() throws Exception {
    Path open = folder.resolve(".binance_spot_00000004_20240808T120000Z.zst.open");
    byte[] text = "1 2 ws 1 {}\n1 2 ws 2 {\"half".getBytes(StandardCharsets.UTF_8);
    Files.write(open, com.github.luben.zstd.Zstd.compress(text));
    Files.write(open, new byte[100], StandardOpenOption.APPEND);
    try (SegmentFolder segments = new SegmentFolder(folder, SOURCE)) {
      // "1 2 ws 2 {"half" are 15 bytes.
      assertThat(segments.recovered())
          .containsExactly(
              "binance_spot_00000004_20240808T120000Z.zst: left open by a run that was killed,"
                  + " closed with 1 whole lines; 15 bytes of a line that was not finished are left"
                  + " out");
      Segment segment = segments.next(NOON);
      write(segment, lines("ws", 9, 9));
      segment.close("stop", null);
    }
    assertThat(CapturedLines.of(folder)).extracting(Line::text).containsExactly("{}", "{\"n\":9}");
    assertThat(names()).contains("binance_spot_00000005_20240808T120000Z.zst");
  }

  @Test
  void aRecoveryThatWasKilledItselfIsDoneAgain() throws Exception {
    Path open = folder.resolve(".binance_spot_00000001_20240808T120000Z.zst.open");
    Files.write(
        open,
        com.github.luben.zstd.Zstd.compress("1 2 ws 1 {}\n".getBytes(StandardCharsets.UTF_8)));
    Files.writeString(
        folder.resolve(".binance_spot_00000001_20240808T120000Z.zst.recovering"), "half");
    new SegmentFolder(folder, SOURCE).close();
    assertThat(CapturedLines.of(folder)).hasSize(1);
    // Killed between the new name and the removal of the old file:
    Files.write(open, new byte[3]);
    new SegmentFolder(folder, SOURCE).close();
    assertThat(CapturedLines.of(folder)).hasSize(1);
    assertThat(open).doesNotExist();
  }

  @Test
  void lineEndsWithinAMessageBecomeSpaces() throws Exception {
    LineBuffer lines = new LineBuffer();
    lines.add(1, 2, "ws", 1, "{\r\n\"a\":\n1}".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(lines.bytes(), 0, lines.size(), StandardCharsets.UTF_8))
        .isEqualTo("1 2 ws 1 {  \"a\": 1}\n");
  }

  @Test
  void twoCapturesDoNotShareAFolder() throws Exception {
    try (SegmentFolder first = new SegmentFolder(folder, SOURCE)) {
      assertThat(first.recovered()).isEmpty();
      assertThatThrownBy(() -> new SegmentFolder(folder, SOURCE))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "--out " + folder + ": another capture writes here; give each a folder of its own");
    }
  }

  @Test
  void twoFeedsDoNotShareAFolder() throws Exception {
    String name = "coinbase_advanced_00000001_20240808T120000Z.zst";
    Files.writeString(folder.resolve(name), "");
    assertThatThrownBy(() -> new SegmentFolder(folder, SOURCE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(" holds " + name + ", another feed than binance_spot;");
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> new SegmentFolder(file, SOURCE))
        .isInstanceOf(ConfigException.class)
        .hasMessage("--out " + file + " is a file; give a folder");
  }
}
