package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.luben.zstd.ZstdInputStream;
import io.depthcast.jobs.Depthcast;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the collector's process at rates of real messages, {@code -Ddepthcast.captureRate=6250}
 * a second and 2, 4 and 8 times that, {@code -Ddepthcast.captureSeconds=60} each, then as fast as
 * it takes them; with {@code -Ddepthcast.captureKafka=true} it publishes as well. Every message is
 * compared with what the segments hold. Not run without the rate.
 */
class CaptureLoadTest {

  private static final Pattern TO_DISK = Pattern.compile("to disk ([\\d,]+) ms");

  @TempDir Path folder;

  @Test
  void storesEveryMessageAtEightTimesTheRate() throws Exception {
    int rate = Integer.getInteger("depthcast.captureRate", 0);
    assumeThat(rate).as("depthcast.captureRate is not set").isPositive();
    int seconds = Integer.getInteger("depthcast.captureSeconds", 10);
    Path file = VenueText.capturedFile();
    assumeThat(Files.exists(file)).as("%s absent", file).isTrue();
    VenueText text = VenueText.captured(file, Integer.MAX_VALUE);
    System.out.println(
        "| messages | a second | latest | collector, share of a core | us of CPU a message | longest"
            + " wait for the disk | text, MB | segments, MB | load |\n|---|---|---|---|---|---|---|---|---|");
    for (int factor : new int[] {1, 2, 4, 8}) {
      measure(text, (long) factor * rate * seconds, (long) factor * rate);
    }
    measure(text, 8L * rate * seconds, 0);
  }

  private void measure(VenueText text, long messages, long perSecond) throws Exception {
    Path out = folder.resolve("at" + perSecond);
    Path errors = folder.resolve("errors" + perSecond);
    boolean publish = Boolean.getBoolean("depthcast.captureKafka");
    try (LocalVenue rest = new LocalVenue(text);
        Firehose venue = new Firehose(text.messages());
        LocalBroker broker = publish ? new LocalBroker() : null) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
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
                  rest.restUrl()));
      if (publish) {
        arguments.addAll(List.of("--kafka", broker.addresses()));
      }
      Process process =
          CaptureProcess.start(
              List.of(), Depthcast.class, errors, arguments.toArray(String[]::new));
      venue.awaitClient();
      long cpuBefore = cpuMillis(process);
      long start = System.nanoTime();
      long late = venue.send(messages, perSecond);
      double took = (System.nanoTime() - start) / 1e9;
      double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
      // What is in the sockets, and 200 ms in the collector.
      Thread.sleep(3_000);
      long cpu = cpuMillis(process) - cpuBefore;
      process.toHandle().destroy();
      assertThat(process.waitFor()).isZero();
      long bytes = 0;
      for (Path segment : CapturedLines.segments(out)) {
        bytes += Files.size(segment);
      }
      long textBytes = requireAll(out, text.messages(), messages);
      String said = Files.readString(errors);
      System.out.printf(
          "| %,d | %,.0f | %,d ms | %.0f %% | %.1f | %s | %,d | %,d | %.1f |%n",
          messages,
          messages / took,
          late / 1_000_000,
          cpu / took / 10,
          1e3 * cpu / messages,
          longestWait(said),
          textBytes >> 20,
          bytes >> 20,
          load);
      if (publish) {
        System.out.println(
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
      }
    }
  }

  /** Reads the segments as they are, without keeping them; answers the bytes of the messages. */
  private static long requireAll(Path out, List<String> texts, long count) throws IOException {
    long at = 0;
    long bytes = 0;
    for (Path segment : CapturedLines.segments(out)) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new ZstdInputStream(Files.newInputStream(segment)), StandardCharsets.UTF_8))) {
        String line;
        while ((line = lines.readLine()) != null) {
          String text = texts.get((int) (at % texts.size()));
          if (line.contains(" ws-")) {
            assertThat(line.endsWith(text)).as("message %d: %s", at, line).isTrue();
            at++;
            bytes += text.length();
          }
        }
      }
    }
    assertThat(at).as("messages stored").isEqualTo(count);
    return bytes;
  }

  private static String longestWait(String said) {
    long longest = -1;
    Matcher waits = TO_DISK.matcher(said);
    while (waits.find()) {
      longest = Math.max(longest, Long.parseLong(waits.group(1).replace(",", "")));
    }
    return longest < 0 ? "" : String.format(java.util.Locale.ROOT, "%,d ms", longest);
  }

  private static long cpuMillis(Process process) {
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }
}
