package io.depthcast.jobs.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Seconds by the clock, and of all threads of the process on a processor. */
record Seconds(double wall, double cpu) {

  interface Work {
    void run() throws Exception;
  }

  static Seconds of(Work work) throws Exception {
    long wall = System.nanoTime();
    long cpu = cpuNanos();
    work.run();
    return new Seconds((System.nanoTime() - wall) / 1e9, (cpuNanos() - cpu) / 1e9);
  }

  Seconds plus(Seconds other) {
    return new Seconds(wall + other.wall, cpu + other.cpu);
  }

  static Seconds median(List<Seconds> times) {
    return new Seconds(median(times, Seconds::wall), median(times, Seconds::cpu));
  }

  private static double median(List<Seconds> times, ToDoubleFunction<Seconds> which) {
    double[] seconds = times.stream().mapToDouble(which).toArray();
    Arrays.sort(seconds);
    return seconds[seconds.length / 2];
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
