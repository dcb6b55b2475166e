package io.depthcast.jobs;

import io.depthcast.jobs.table.Lake;
import java.util.List;

/**
 * One stage of the pipeline.
 *
 * @param name command, one word or two: {@code features}, {@code ingest binance}
 * @param summary one line for the help
 * @param reads tables it reads, for the help
 * @param writes tables it writes, for the help
 * @param input what it works on
 * @param configType record of the configuration
 * @param body the work
 */
public record Job<C>(
    String name,
    String summary,
    String reads,
    String writes,
    Input input,
    Class<C> configType,
    Body<C> body) {

  /** What a job works on. */
  public enum Input {
    /** Tables of the lake. */
    TABLES,
    /** Files, given with {@code --input}. */
    FILES,
    /** Files, and the configuration that says how to read them: {@code --source}, no default. */
    DESCRIBED_FILES
  }

  /** Whether it needs {@code --input}. */
  public boolean readsFiles() {
    return input != Input.TABLES;
  }

  /** The words of the name. */
  List<String> words() {
    return List.of(name.split(" ", -1));
  }

  /** The name as one word; the default configuration is {@code configs/<it>.yaml}. */
  String hyphenated() {
    return name.replace(' ', '-');
  }

  /** The work of a job: reads slices, calls a library, replaces slices. */
  @FunctionalInterface
  public interface Body<C> {
    /**
     * @return one line that says what was done
     */
    String run(Lake lake, Arguments arguments, C config, Provenance provenance);
  }
}
