package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.jobs.Depthcast;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the collector's process at rates of real messages, {@code -Ddepthcast.captureRate=1000}
 * a second and 2, 4 and 8 times that, then as fast as it takes them. Not run without the property.
 */
class CaptureLoadTest {

  private static final int SECONDS = 10;

  @TempDir Path folder;

  @Test
  void storesEveryMessageAtEightTimesTheRate() throws Exception {
    int rate = Integer.getInteger("depthcast.captureRate", 0);
    assumeThat(rate).as("depthcast.captureRate is not set").isPositive();
    Path file = VenueText.capturedFile();
    assumeThat(Files.exists(file)).as("%s absent", file).isTrue();
    VenueText text = VenueText.captured(file, Integer.MAX_VALUE);
    for (int factor : new int[] {1, 2, 4, 8}) {
      int perSecond = factor * rate;
      measure(text, perSecond * SECONDS, 1_000_000 / perSecond);
    }
    measure(text, 400_000, 0);
  }

  /** Played again and again: the updates are old then, and looked at all the same. */
  private static List<String> repeated(List<String> messages, int count) {
    List<String> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(messages.get(i % messages.size()));
    }
    return all;
  }

  private void measure(VenueText text, int messages, long everyMicros) throws Exception {
    Path out = folder.resolve("every" + everyMicros);
    Path errors = folder.resolve("errors" + everyMicros);
    try (LocalVenue venue = new LocalVenue(text)) {
      Process process =
          CaptureProcess.start(
              List.of(),
              Depthcast.class,
              errors,
              "capture",
              "--venue",
              "binance",
              "--symbols",
              text.symbol(),
              "--out",
              out.toString(),
              "--url",
              venue.url(),
              "--rest-url",
              venue.restUrl());
      venue.awaitConnection();
      long cpuBefore = cpuMillis(process);
      long start = System.nanoTime();
      venue.play(repeated(text.messages(), messages), everyMicros, Map.of());
      double sent = (System.nanoTime() - start) / 1e9;
      venue.awaitSent();
      double taken = (System.nanoTime() - start) / 1e9;
      long cpu = cpuMillis(process) - cpuBefore;
      Thread.sleep(1_000);
      process.toHandle().destroy();
      assertThat(process.waitFor()).isZero();
      List<String> got = new ArrayList<>();
      long bytes = 0;
      for (Path segment : CapturedLines.segments(out)) {
        CapturedLines.ofSegment(segment).stream()
            .filter(line -> line.connection().startsWith("ws-"))
            .forEach(line -> got.add(line.text()));
        bytes += Files.size(segment);
      }
      assertThat(got).isEqualTo(venue.clients().get(0).sent);
      System.out.printf(
          "%,d messages sent in %.1f s, taken in %.1f s: %,.0f a second; collector %.1f %% of a core"
              + " (%.0f us of CPU a message), %,d MB text in %,d MB; load of the machine %.1f%n",
          got.size(),
          sent,
          taken,
          got.size() / taken,
          cpu / taken / 10,
          1e3 * cpu / got.size(),
          got.stream().mapToLong(String::length).sum() >> 20,
          bytes >> 20,
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      System.out.println(Files.readString(errors).strip());
    }
  }

  private static long cpuMillis(Process process) {
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }
}
