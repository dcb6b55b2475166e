package io.depthcast.jobs;

import java.util.concurrent.Callable;

/** A command that needs Spark, and can tell usage errors without it. */
public interface SparkCommand extends Callable<Integer> {

  /**
   * Reads the configuration and looks at the arguments.
   *
   * @throws ConfigException if anything is wrong with them
   */
  void check();
}
