package io.depthcast.jobs.pipeline;

import java.util.List;
import java.util.Map;

/**
 * {@code configs/pipelines/<name>.yaml}: the stages in order, each with the path of its
 * configuration below {@code configs}.
 *
 * @param stages one-key maps from job to configuration
 */
public record PipelineConfig(List<Map<String, String>> stages) {

  public PipelineConfig {
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("Invalid stages: none (must be at least one)");
    }
    for (Map<String, String> stage : stages) {
      if (stage.size() != 1) {
        throw new IllegalArgumentException(
            "Invalid stage: " + stage + " (must be one job and its configuration)");
      }
    }
    stages = List.copyOf(stages);
  }
}
