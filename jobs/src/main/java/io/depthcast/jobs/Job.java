package io.depthcast.jobs;

import io.depthcast.jobs.table.Lake;

/**
 * One stage of the pipeline.
 *
 * @param name name on the command line; the default configuration is {@code configs/<name>.yaml}
 * @param summary one line for the help
 * @param reads tables it reads, for the help
 * @param writes tables it writes, for the help
 * @param readsFiles whether it needs {@code --input}
 * @param configType record of the configuration
 * @param body the work
 */
public record Job<C>(
    String name,
    String summary,
    String reads,
    String writes,
    boolean readsFiles,
    Class<C> configType,
    Body<C> body) {

  /** The work of a job: reads slices, calls a library, replaces slices. */
  @FunctionalInterface
  public interface Body<C> {
    /**
     * @return one line that says what was done
     */
    String run(Lake lake, Arguments arguments, C config, Provenance provenance);
  }
}
