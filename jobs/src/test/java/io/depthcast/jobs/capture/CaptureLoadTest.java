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
 * it takes them; or with {@code -Ddepthcast.captureGrowth=1,2,4,8} at the one rate for so many
 * times the seconds. With {@code -Ddepthcast.captureKafka=true} it publishes as well. Every message
 * is compared with what the segments hold. Not run without the rate.
 */
class CaptureLoadTest {

  private static final Pattern TO_DISK = Pattern.compile("to disk ([\\d,]+) ms");

  private static final long RATE = Long.getLong("depthcast.captureRate", 0);
  private static final long SECONDS = Long.getLong("depthcast.captureSeconds", 10);
  private static final String GROWTH = System.getProperty("depthcast.captureGrowth", "");

  @TempDir Path folder;

  @Test
  void storesEveryMessageAtEightTimesTheRate() throws Exception {
    assumeThat(GROWTH).as("depthcast.captureGrowth is set").isEmpty();
    VenueText text = begin();
    for (int factor : new int[] {1, 2, 4, 8}) {
      measure(text, factor * RATE * SECONDS, factor * RATE);
    }
    measure(text, 8 * RATE * SECONDS, 0);
  }

  @Test
  void storesEveryMessageHoweverLongItRuns() throws Exception {
    assumeThat(GROWTH).as("depthcast.captureGrowth is not set").isNotEmpty();
    VenueText text = begin();
    for (String factor : GROWTH.split(",", -1)) {
      measure(text, Long.parseLong(factor) * RATE * SECONDS, RATE);
    }
  }

  private static VenueText begin() throws IOException {
    assumeThat(RATE).as("depthcast.captureRate is not set").isPositive();
    Path file = VenueText.capturedFile();
    assumeThat(Files.exists(file)).as("%s absent", file).isTrue();
    System.out.println(
        "| messages | seconds | a second | lost | latest | collector, share of a core"
            + " | us of CPU a message | longest wait for the disk | text, MB | segments, MB | load"
            + " |\n|---|---|---|---|---|---|---|---|---|---|---|");
    return VenueText.captured(file, Integer.MAX_VALUE);
  }

  private void measure(VenueText text, long messages, long perSecond) throws Exception {
    String name = messages + "at" + perSecond;
    Path out = folder.resolve(name);
    Path errors = folder.resolve(name + ".errors");
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
      Stored stored = stored(out, text.messages());
      String said = Files.readString(errors);
      System.out.printf(
          "| %,d | %.1f | %,.0f | %,d | %,d ms | %.0f %% | %.1f | %s | %,d | %,d | %.1f |%n",
          messages,
          took,
          messages / took,
          messages - stored.messages,
          late / 1_000_000,
          cpu / took / 10,
          1e3 * cpu / messages,
          longestWait(said),
          stored.bytes >> 20,
          bytes >> 20,
          load);
      if (publish) {
        System.out.println(
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
      }
      assertThat(stored.messages).as("messages stored").isEqualTo(messages);
    }
  }

  /** Messages stored, and the bytes of their texts. */
  private record Stored(long messages, long bytes) {}

  /** Reads the segments as they are, without keeping them; fails at one out of its place. */
  private static Stored stored(Path out, List<String> texts) throws IOException {
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
    return new Stored(at, bytes);
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
