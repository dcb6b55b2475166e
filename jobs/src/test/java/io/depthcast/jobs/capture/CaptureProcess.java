package io.depthcast.jobs.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A collector in a process of its own, which says on standard output how many lines it has
 * acknowledged.
 */
final class CaptureProcess {

  private CaptureProcess() {}

  /** Arguments: folder, WebSocket address, REST address, symbol. */
  public static void main(String[] args) {
    Collector collector =
        new Collector(
            Path.of(args[0]),
            new BinanceVenue(
                io.depthcast.feed.binance.BinanceMarket.SPOT,
                args[1],
                args[2],
                List.of(args[3]),
                RunningCapture.QUICK),
            // Segments end all the time: kills shall meet that, too.
            new Journal.Rotation(5, 1, 1 << 14),
            RunningCapture.run(lines -> System.out.println("acknowledged " + lines)));
    System.out.println(collector.await());
  }

  /** Starts a Java process on this class path. */
  static Process start(List<String> prefix, Class<?> main, Path errors, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }
}
