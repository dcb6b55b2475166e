package io.depthcast.jobs.pipeline;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.CommonOptions;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.SparkCommand;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole path on generated data. */
@Command(
    name = "demo",
    description = {
      "Write LOBSTER files of a synthetic exchange and run the whole path on them.",
      "Needs no data and no network; two symbols, three days, a planted signal."
    })
public final class DemoCommand implements SparkCommand {

  @Mixin private CommonOptions common;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/demo",
      description = "Folder for the generated files (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Override
  public void check() {
    pipeline();
  }

  @Override
  public Integer call() {
    Pipeline pipeline = pipeline();
    Console.progress("writing LOBSTER files of a synthetic exchange to " + data);
    DemoData.write(data);
    return JobMain.inSession("demo", pipeline::run);
  }

  private Pipeline pipeline() {
    return Pipeline.of(
        ConfigFile.shipped("pipelines/demo.yaml"),
        common.lake("data/demo-lake"),
        new Arguments(data.toString(), List.of(), null, null));
  }
}
