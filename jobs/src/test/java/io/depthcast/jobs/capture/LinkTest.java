package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LinkTest {

  private static final long RENEW_MS = 3_600_000;
  private static final long FIRST_MS = 1_000;

  /** Always the longest wait; counts the waits that were drawn. */
  private static final class LongestWaits extends Random {
    private static final long serialVersionUID = 1L;
    private final AtomicInteger drawn = new AtomicInteger();

    @Override
    public double nextDouble() {
      drawn.incrementAndGet();
      return 1;
    }
  }

  /** Waits of 1, 2, 4 and 8 s, each from the end of the try before, by a clock of the test. */
  @Test
  void aRenewalThatFailsAgainAndAgainIsTriedAfterGrowingWaits(@TempDir Path folder)
      throws Exception {
    Timing timing =
        new Timing(
            new Timing.Patience(2 * RENEW_MS, 2 * RENEW_MS, 2 * RENEW_MS),
            RENEW_MS,
            new Timing.Overlap(100, 60_000),
            new Timing.Retry(FIRST_MS, 60_000),
            RENEW_MS);
    LongestWaits random = new LongestWaits();
    AtomicInteger tries = new AtomicInteger();
    Manifest.Source source = new Manifest.Source("test", List.of(), "test");
    try (LocalVenue venue = new LocalVenue(null)) {
      Journal journal =
          new Journal(
              new SegmentFolder(folder, source),
              RunningCapture.ROTATION,
              InstantSource.system(),
              (reach, lines) -> {},
              () -> null);
      CaptureCounts counts = new CaptureCounts();
      CaptureContext context =
          new CaptureContext("run", HttpClient.newHttpClient(), journal, counts, timing, random);
      Route route =
          new Route(
              "ws",
              URI.create(venue.url()),
              RENEW_MS,
              () -> {
                tries.incrementAndGet();
                return new CoinbaseConversation(List.of(), List.of(), true, counts);
              });
      Link link = new Link(route, context);
      try {
        link.tick(System.nanoTime());
        venue.awaitConnection();
        RunningCapture.await("the open connection", () -> venue.open() == 1);
        venue.refusals.set(100);
        long[] now = {System.nanoTime() + (RENEW_MS + 60_000) * Timing.NANOS};
        RunningCapture.await(
            "the first renewal",
            () -> {
              link.tick(now[0]);
              return tries.get() == 2;
            });
        for (int failed = 1; failed <= 4; failed++) {
          int drawn = failed;
          RunningCapture.await(
              "the end of the try",
              () -> {
                link.tick(now[0]);
                return random.drawn.get() == drawn;
              });
          long wait = (FIRST_MS << (failed - 1)) * Timing.NANOS;
          link.tick(now[0] + wait - 1);
          assertThat(tries.get()).as("before the wait is over").isEqualTo(failed + 1);
          now[0] += wait;
          link.tick(now[0]);
          assertThat(tries.get()).as("when it is over").isEqualTo(failed + 2);
        }
        assertThat(venue.open()).as("the old connection goes on").isEqualTo(1);
        assertThat(counts.renewals.sum() + counts.reconnects.sum()).isZero();
      } finally {
        link.close();
        journal.close();
      }
    }
  }
}
