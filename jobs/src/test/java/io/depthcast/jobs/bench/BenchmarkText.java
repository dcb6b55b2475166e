package io.depthcast.jobs.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

/** What the benchmarks print. */
final class BenchmarkText {

  private BenchmarkText() {}

  static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** On the error stream, beside the result. */
  static void note(String format, Object... values) {
    System.err.println(String.format(Locale.ROOT, format, values));
  }

  static void printDifferences(Map<String, String> differences) {
    print("");
    if (differences.isEmpty()) {
      print("Both wrote the same rows: counts and weighted sums of every column agree to 1e-9.");
    }
    differences.forEach((column, difference) -> print("DIFFERENT: %s: %s", column, difference));
  }

  static String machine() throws IOException {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    String model = system.getArch();
    Path cpus = Path.of("/proc/cpuinfo");
    if (Files.isReadable(cpus)) {
      model =
          Files.readAllLines(cpus).stream()
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse(model);
    }
    return String.format(
        Locale.ROOT,
        "%s, %s, %d cores, %d GiB, load %.1f at the start",
        LocalDate.now(ZoneOffset.UTC),
        model,
        system.getAvailableProcessors(),
        system.getTotalMemorySize() >> 30,
        system.getSystemLoadAverage());
  }
}
