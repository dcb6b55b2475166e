package io.depthcast.jobs.pipeline;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.CommonOptions;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.SparkCommand;
import io.depthcast.jobs.simulate.Simulation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole path on simulated sessions. */
@Command(
    name = "demo",
    description = {
      "Simulate sessions as configs/demo/simulate.yaml says and run the whole path on them.",
      "Needs no data and no network; two symbols, three days, a planted signal."
    })
public final class DemoCommand implements SparkCommand {

  @Mixin private CommonOptions common;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/demo",
      description = "Folder for the simulated sessions (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Override
  public void check() {
    pipeline();
    isSimulated();
  }

  @Override
  public Integer call() throws IOException {
    Pipeline pipeline = pipeline();
    if (!isSimulated()) {
      Console.progress("simulating sessions in " + data);
      simulation().write(data);
    }
    return JobMain.inSession("demo", pipeline::run);
  }

  /** Whether the sessions are there already; refuses a folder of something else. */
  private boolean isSimulated() {
    try {
      if (simulation().isIn(data)) {
        return true;
      }
      Simulation.requireEmpty(data);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Simulation simulation() {
    return Simulation.of(ConfigFile.shipped("demo/simulate.yaml"));
  }

  private Pipeline pipeline() {
    return pipeline(common.lake("data/demo-lake"), data);
  }

  /** The demo's stages over the LOBSTER files of its sessions. */
  static Pipeline pipeline(String lake, Path data) {
    return Pipeline.of(
        ConfigFile.shipped("pipelines/demo.yaml"),
        lake,
        new Arguments(data.resolve("lobster").toString(), List.of(), null, null));
  }
}
