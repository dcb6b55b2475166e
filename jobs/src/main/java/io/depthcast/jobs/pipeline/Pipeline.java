package io.depthcast.jobs.pipeline;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.Depthcast;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Stages one after the other in one session; the tables are all that they share. */
final class Pipeline {

  private final List<JobMain.Invocation<?>> stages;

  private Pipeline(List<JobMain.Invocation<?>> stages) {
    this.stages = stages;
  }

  /**
   * @param file the pipeline; configurations of stages are looked up beside its parent folder, then
   *     among those that ship
   */
  static Pipeline of(ConfigFile file, String lake, Arguments arguments) {
    List<JobMain.Invocation<?>> stages = new ArrayList<>();
    for (Map<String, String> stage : file.as(PipelineConfig.class).stages()) {
      Map.Entry<String, String> entry = stage.entrySet().iterator().next();
      Job<?> job =
          Depthcast.job(entry.getKey())
              .orElseThrow(
                  () ->
                      new ConfigException(
                          file.name()
                              + ": no job '"
                              + entry.getKey()
                              + "'; there are "
                              + Depthcast.JOBS.stream().map(Job::name).toList()));
      stages.add(stage(job, config(file, entry.getValue()), lake, arguments));
    }
    return new Pipeline(stages);
  }

  private static ConfigFile config(ConfigFile pipeline, String path) {
    Path folder = Path.of(pipeline.name()).toAbsolutePath().getParent().getParent();
    Path beside = folder == null ? Path.of(path) : folder.resolve(path);
    return Files.exists(beside) ? ConfigFile.of(beside) : ConfigFile.shipped(path);
  }

  private static <C> JobMain.Invocation<C> stage(
      Job<C> job, ConfigFile config, String lake, Arguments arguments) {
    Arguments own =
        job.readsFiles()
            ? arguments
            : new Arguments("", arguments.symbols(), arguments.from(), arguments.to());
    return new JobMain.Invocation<>(job, config.as(job.configType()), lake, own);
  }

  /** Runs the stages up to the first that fails; answers its exit code. */
  int run(SparkSession spark) {
    for (int i = 0; i < stages.size(); i++) {
      Console.progress(
          String.format("[%d/%d] %s", i + 1, stages.size(), stages.get(i).job().name()));
      int exit = JobMain.run(spark, stages.get(i));
      if (exit != JobMain.DONE) {
        return exit;
      }
    }
    return JobMain.DONE;
  }
}
