package io.depthcast.jobs.pipeline;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.CommonOptions;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.SparkCommand;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the stages of a pipeline in order. */
@Command(
    name = "pipeline",
    description = {
      "Run the stages of a pipeline in order.",
      "Example: ./depthcast pipeline --input FOLDER --lake DIR"
    })
public final class PipelineCommand implements SparkCommand {

  @Mixin private CommonOptions common;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Pipeline (default: configs/pipelines/lobster.yaml as shipped).")
  private Path config;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      required = true,
      description = "File, folder or glob of source files.")
  private String input;

  @Override
  public void check() {
    pipeline();
  }

  @Override
  public Integer call() {
    Pipeline pipeline = pipeline();
    return JobMain.inSession("pipeline", pipeline::run);
  }

  private Pipeline pipeline() {
    ConfigFile file =
        config == null ? ConfigFile.shipped("pipelines/lobster.yaml") : ConfigFile.of(config);
    return Pipeline.of(file, common.lake(), new Arguments(input, List.of(), null, null));
  }
}
