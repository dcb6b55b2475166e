package io.depthcast.jobs.capture;

import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.jobs.capture.Journal.Rotation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** A collector of this process, with waits in milliseconds. */
final class RunningCapture implements AutoCloseable {

  /** A second of silence is the end of a connection. */
  static final Timing QUICK =
      new Timing(
          new Timing.Patience(200, 1_000, 2_000),
          3_600_000,
          new Timing.Overlap(100, 2_000),
          new Timing.Retry(40, 200),
          3_600_000);

  static final Rotation ROTATION = new Rotation(20, 3_600, 1L << 30);

  private final Collector collector;
  private final CompletableFuture<String> outcome;

  RunningCapture(Path folder, Venue venue, Rotation rotation) {
    this(folder, venue, rotation, null);
  }

  RunningCapture(Path folder, Venue venue, Rotation rotation, Brokers brokers) {
    collector = new Collector(folder, venue, rotation, run(lines -> {}, brokers));
    outcome = CompletableFuture.supplyAsync(collector::await);
  }

  static Collector.Run run(LongConsumer onDisk) {
    return run(onDisk, null);
  }

  private static Collector.Run run(LongConsumer onDisk, Brokers brokers) {
    return new Collector.Run(
        "test", InstantSource.system(), new Random(1), 1_000_000, line -> {}, onDisk, brokers);
  }

  static Venue binance(LocalVenue venue, String symbol, Timing timing) {
    return new BinanceVenue(
        BinanceMarket.SPOT, venue.url(), venue.restUrl(), List.of(symbol), timing);
  }

  CaptureCounts counts() {
    return collector.counts();
  }

  /** Waits up to ten seconds. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("Waited in vain: " + what);
      }
      Thread.sleep(5);
    }
  }

  /** Stops it; answers its last word. */
  String stop() throws Exception {
    collector.stop();
    return outcome.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    collector.stop();
    outcome.join();
  }
}
