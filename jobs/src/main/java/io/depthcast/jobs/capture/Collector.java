package io.depthcast.jobs.capture;

import io.depthcast.jobs.capture.Journal.Rotation;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Captures one feed into one folder until it is stopped or cannot go on. */
final class Collector {

  private static final long TICK_MS = 20;

  /** How long brokers may take for what is on the disk at the end. */
  private static final Duration PUBLISH_AT_END = Duration.ofSeconds(10);

  private static final DateTimeFormatter RUN =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * What a run is told besides its feed.
   *
   * @param codeVersion for the manifests
   * @param progressMs between two lines of progress
   * @param progress takes those lines
   * @param onDisk told how many lines are acknowledged, after each write
   * @param brokers where messages are published; null for nowhere
   */
  record Run(
      String codeVersion,
      InstantSource clock,
      Random random,
      long progressMs,
      Consumer<String> progress,
      LongConsumer onDisk,
      Brokers brokers) {}

  private final Path folder;
  private final Journal journal;
  private final Publisher publisher;
  private final CaptureCounts counts = new CaptureCounts();
  private final ProgressLine progressLine;
  private final Run run;
  private final List<Link> links = new ArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "capture"));
  private final CountDownLatch ending = new CountDownLatch(1);
  private volatile RuntimeException bug;
  private long nextProgress;

  /**
   * Opens the folder and begins to connect.
   *
   * @throws DataContractException if what a killed run left open cannot be closed
   */
  Collector(Path folder, Venue venue, Rotation rotation, Run run) {
    this.folder = folder;
    this.run = run;
    Manifest.Source source = new Manifest.Source(venue.feed(), venue.symbols(), run.codeVersion());
    Instant start = run.clock().instant();
    try {
      SegmentFolder segments = new SegmentFolder(folder, source);
      segments.recovered().forEach(run.progress());
      publisher = run.brokers() == null ? null : new Publisher(folder, venue, run.brokers());
      journal = new Journal(segments, rotation, run.clock(), this::acknowledged, this::published);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    CaptureContext context =
        new CaptureContext(
            runName(start, run.random()), http, journal, counts, venue.timing(), run.random());
    for (Route route : venue.routes(context)) {
      links.add(new Link(route, context));
    }
    long now = System.nanoTime();
    progressLine = new ProgressLine(venue.feed(), counts, now);
    nextProgress = now + run.progressMs() * Timing.NANOS;
    var unused = timer.scheduleWithFixedDelay(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
  }

  /** No two runs share a name, wherever they are. */
  private static String runName(Instant start, Random random) {
    return RUN.format(start) + String.format(Locale.ROOT, ".%08x", random.nextInt());
  }

  private void acknowledged(SegmentTail.Reach reach, long lines) {
    if (publisher != null) {
      publisher.acknowledged(reach, lines);
    }
    run.onDisk().accept(lines);
  }

  private Manifest.Published published() {
    return publisher == null ? null : publisher.state();
  }

  private String topics() {
    return publisher == null ? "" : publisher.words();
  }

  private DataContractException cannotWrite(IOException e) {
    return new DataContractException(
        folder
            + ": cannot be written ("
            + e.getMessage()
            + "); what was written ends with a whole line: free space and start again",
        e);
  }

  private void tick() {
    try {
      long now = System.nanoTime();
      links.forEach(link -> link.tick(now));
      if (journal.failure() != null) {
        ending.countDown();
      } else if (now - nextProgress >= 0) {
        nextProgress += run.progressMs() * Timing.NANOS;
        run.progress().accept(progressLine.next(now, journal.slowestNanos()) + topics());
      }
    } catch (RuntimeException e) {
      bug = e;
      ending.countDown();
    }
  }

  /**
   * Waits until the capture is stopped or fails, and closes everything.
   *
   * @return what was captured, in one line
   * @throws DataContractException if the disk cannot be written
   */
  String await() {
    try {
      ending.await();
      timer.shutdownNow();
      timer.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while capturing", e);
    }
    links.forEach(Link::close);
    try {
      journal.close();
    } catch (IOException e) {
      throw cannotWrite(e);
    } finally {
      if (publisher != null) {
        publisher.close(PUBLISH_AT_END);
      }
    }
    if (journal.failure() instanceof IOException failure) {
      throw cannotWrite(failure);
    }
    if (journal.failure() != null) {
      throw new IllegalStateException("Segments cannot be written", journal.failure());
    }
    if (bug != null) {
      throw bug;
    }
    return progressLine.total() + topics();
  }

  /** Asks {@link #await} to come to its end. */
  void stop() {
    ending.countDown();
  }

  CaptureCounts counts() {
    return counts;
  }
}
