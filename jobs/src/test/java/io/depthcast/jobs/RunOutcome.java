package io.depthcast.jobs;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.spark.sql.SparkSession;

/**
 * What a person sees of a run.
 *
 * @param out lines on standard output
 * @param err lines on standard error
 */
public record RunOutcome(int exitCode, List<String> out, List<String> err) {

  /** Runs a job on a lake. */
  public static <C> RunOutcome of(
      SparkSession spark, Job<C> job, C config, String lake, Arguments arguments) {
    return of(() -> JobMain.run(spark, new JobMain.Invocation<>(job, config, lake, arguments)));
  }

  /** Runs a command line in the session of the tests, which it leaves running. */
  public static RunOutcome of(String... args) {
    return of(() -> Depthcast.execute(args));
  }

  /** Checks a command line as the launcher does before it starts Spark. */
  public static RunOutcome checked(String... args) {
    System.setProperty("depthcast.check", "true");
    try {
      return of(() -> Depthcast.execute(args));
    } finally {
      System.clearProperty("depthcast.check");
    }
  }

  private static RunOutcome of(IntSupplier command) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      return new RunOutcome(command.getAsInt(), lines(printed), lines(complained));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** The outcome, if the run is done. */
  public RunOutcome orThrow() {
    if (exitCode != JobMain.DONE) {
      throw new IllegalStateException("Exit code " + exitCode + ": " + String.join("\n", err));
    }
    return this;
  }
}
