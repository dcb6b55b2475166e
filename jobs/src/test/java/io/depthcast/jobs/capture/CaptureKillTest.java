package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.jobs.Depthcast;
import io.depthcast.jobs.capture.CapturedLines.Line;
import io.depthcast.jobs.capture.LocalVenue.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends the collector's process in every way. The suite kills it twice; {@code
 * -Ddepthcast.captureKills=20} kills it twenty times, each at another moment.
 */
class CaptureKillTest {

  @TempDir Path folder;

  private Path out() {
    return folder.resolve("out");
  }

  private Path errors() {
    return folder.resolve("errors");
  }

  @Test
  @Timeout(900)
  void everyAcknowledgedMessageOutlivesAKill() throws Exception {
    int kills = Integer.getInteger("depthcast.captureKills", 2);
    Random random = new Random(Long.getLong("depthcast.killSeed", 1));
    VenueText text = VenueText.madeUp(100_000, 9);
    List<Long> acknowledged = new ArrayList<>();
    try (LocalVenue venue = new LocalVenue(text)) {
      Thread player = new Thread(() -> venue.play(text.messages(), 1_000, Map.of()), "player");
      player.setDaemon(true);
      player.start();
      for (int k = 0; k < kills; k++) {
        Process process =
            CaptureProcess.start(
                List.of(),
                CaptureProcess.class,
                errors(),
                out().toString(),
                venue.url(),
                venue.restUrl(),
                text.symbol());
        acknowledged.add(killAfter(process, 100 + random.nextInt(1_500)));
      }
      // The next run closes what the last kill left open.
      new SegmentFolder(out(), new Manifest.Source("binance_spot", List.of("ABC"), "")).close();
      assertThat(Files.readString(errors())).isEmpty();
      assertNothingLost(venue.clients(), acknowledged);
      assertNothingTwice(ReadBack.of(out(), BinanceMarket.SPOT, "ABC", venue.book()));
    }
  }

  private void assertNothingTwice(ReadBack read) throws IOException {
    Set<Long> updates = new HashSet<>();
    long trades = 0;
    for (Line line : CapturedLines.of(out())) {
      if (VenueText.isUpdate(line.text())) {
        updates.add(VenueText.lastId(line.text()));
      } else if (line.connection().startsWith("ws-")) {
        trades++;
      }
    }
    assertThat(read.missing(updates)).isEmpty();
    assertThat(updates).containsAll(read.updates());
    assertThat(read.trades()).hasSize((int) trades);
    assertThat(read.repeated()).isZero();
    assertThat(read.rejected()).isZero();
    assertThat(read.wrongBooks()).isZero();
  }

  /** Kills it some time after its first acknowledgement; answers the last one that it gave. */
  private static long killAfter(Process process, int ms) throws Exception {
    try (BufferedReader words = process.inputReader()) {
      long last = acknowledged(words.readLine());
      CompletableFuture<Void> killed =
          CompletableFuture.runAsync(
              process::destroyForcibly,
              CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS));
      String word;
      try {
        while ((word = words.readLine()) != null) {
          last = acknowledged(word);
        }
      } catch (IOException streamClosed) {
        // The kill closes it.
      }
      killed.get();
      process.waitFor();
      return last;
    }
  }

  private static long acknowledged(String word) {
    assertThat(word).matches("acknowledged \\d+");
    return Long.parseLong(word.substring("acknowledged ".length()));
  }

  private void assertNothingLost(List<Client> clients, List<Long> acknowledged) throws IOException {
    Map<String, List<Line>> runs = new LinkedHashMap<>();
    for (Line line : CapturedLines.of(out())) {
      String run = line.connection().split("-", 3)[1];
      runs.computeIfAbsent(run, r -> new ArrayList<>()).add(line);
    }
    assertThat(runs).hasSize(acknowledged.size());
    assertThat(clients).hasSize(acknowledged.size());
    int k = 0;
    for (List<Line> lines : runs.values()) {
      assertThat(lines).as("run %d", k).hasSizeGreaterThanOrEqualTo(acknowledged.get(k).intValue());
      List<String> got =
          CapturedLines.byConnection(
                  lines.stream().filter(line -> line.connection().startsWith("ws-")).toList())
              .values()
              .iterator()
              .next();
      List<String> sent = clients.get(k).sent;
      synchronized (clients.get(k)) {
        assertThat(got).isEqualTo(sent.subList(0, got.size()));
      }
      k++;
    }
  }

  @Test
  @Timeout(60)
  void aTerminatedCaptureClosesItsSegmentsAndEndsWell() throws Exception {
    VenueText text = VenueText.madeUp(400, 10);
    try (LocalVenue venue = new LocalVenue(text)) {
      Process process = capture(venue, List.of());
      venue.awaitConnection();
      venue.play(text.messages(), 500, Map.of());
      Thread.sleep(500);
      // SIGTERM, as from a service manager.
      process.toHandle().destroy();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      assertThat(said).isEqualTo("capture   401 messages, 0 gaps, 0 reconnects, 1 snapshots\n");
      assertThat(Files.readString(errors()))
          .isEqualTo("capturing binance_spot ABC to " + out() + "\n");
      List<Path> segments = CapturedLines.segments(out());
      assertThat(segments).hasSize(1);
      Manifest manifest = CapturedLines.manifest(segments.get(0));
      assertThat(manifest.closedBy()).isEqualTo("stop");
      assertThat(manifest.content().lines()).isEqualTo(401);
      assertThat(CapturedLines.of(out()))
          .extracting(Line::text)
          .containsAll(venue.clients().get(0).sent)
          .hasSize(401);
    }
  }

  /**
   * A limit on the size of files stands for a full disk: both refuse a write. It leaves room for
   * the native part of zstd; the messages are noise, which does not get smaller.
   */
  @Test
  @Timeout(60)
  void aFullDiskEndsTheCaptureAtItsLastWholeLine() throws Exception {
    VenueText text = VenueText.madeUp(1, 11);
    try (LocalVenue venue = new LocalVenue(text)) {
      Process process =
          capture(venue, List.of("bash", "-c", "ulimit -f 4096 && exec \"$@\"", "limited"));
      venue.awaitConnection();
      Thread player = new Thread(() -> venue.play(noise(12_000), 200, Map.of()), "player");
      player.setDaemon(true);
      player.start();
      assertThat(process.waitFor()).isEqualTo(3);
      assertThat(Files.readString(errors()))
          .isEqualTo(
              "capturing binance_spot ABC to "
                  + out()
                  + "\ndepthcast: "
                  + out()
                  + ": cannot be written (File too large); what was written ends with a whole line:"
                  + " free space and start again\n");
      List<String> got =
          CapturedLines.of(out()).stream()
              .filter(line -> line.connection().startsWith("ws-"))
              .map(Line::text)
              .toList();
      assertThat(got).hasSizeGreaterThan(100);
      Client client = venue.clients().get(0);
      synchronized (client) {
        assertThat(got).isEqualTo(client.sent.subList(0, got.size()));
      }
      Path segment = CapturedLines.segments(out()).get(0);
      assertThat(CapturedLines.manifest(segment).closedBy()).isEqualTo("write failure");
    }
  }

  private static List<String> noise(int messages) {
    Random random = new Random(1);
    List<String> noise = new ArrayList<>();
    byte[] bytes = new byte[750];
    for (int i = 0; i < messages; i++) {
      random.nextBytes(bytes);
      noise.add("{\"noise\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}");
    }
    return noise;
  }

  private Process capture(LocalVenue venue, List<String> prefix) throws IOException {
    return CaptureProcess.start(
        prefix,
        Depthcast.class,
        errors(),
        "capture",
        "--venue",
        "binance",
        "--symbols",
        "abc",
        "--out",
        out().toString(),
        "--url",
        venue.url(),
        "--rest-url",
        venue.restUrl());
  }
}
