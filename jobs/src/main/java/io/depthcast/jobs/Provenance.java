package io.depthcast.jobs;

import java.util.Map;
import java.util.TreeMap;

/**
 * What made a result.
 *
 * @param runId {@code <job>-<UTC time>-<config hash>}
 * @param job name of the job
 * @param codeVersion version and commit of the code
 * @param configHash hash of the configuration's values
 * @param seed the run's random seed
 * @param environment Java, operating system, Spark, cores
 */
public record Provenance(
    String runId,
    String job,
    String codeVersion,
    String configHash,
    long seed,
    Map<String, String> environment) {

  public Provenance {
    environment = Map.copyOf(new TreeMap<>(environment));
  }
}
