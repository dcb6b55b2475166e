package io.depthcast.jobs;

import java.time.Duration;
import java.util.Locale;

/** What a person sees: results on standard output, progress and errors on standard error. */
public final class Console {

  private Console() {}

  public static void result(String job, String message, Duration took) {
    System.out.printf(Locale.ROOT, "%-9s %s (%.1f s)%n", job, message, took.toMillis() / 1000.0);
  }

  public static void print(String text) {
    System.out.println(text);
  }

  public static void progress(String message) {
    System.err.println(message);
  }

  public static void warn(String message) {
    System.err.println("depthcast: warning: " + message);
  }

  public static void error(String message) {
    System.err.println("depthcast: " + message);
  }
}
