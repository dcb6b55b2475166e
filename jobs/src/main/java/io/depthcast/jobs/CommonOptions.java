package io.depthcast.jobs;

import io.depthcast.jobs.table.Lake;
import picocli.CommandLine.Option;

/** Options of every command that runs on Spark. */
@SuppressWarnings("UnusedVariable") // some options are for the launcher, or for picocli itself
public final class CommonOptions {

  @Option(
      names = "--lake",
      paramLabel = "DIR",
      description = "Folder of the Delta tables (default: data/lake; demo: data/demo-lake).")
  private String lake;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master (default: local[*]); read by the launcher.")
  private String master;

  @Option(names = "--verbose", description = "Show Spark's log; read by the launcher.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  /** The lake's folder. */
  public String lake() {
    return lake("data/lake");
  }

  /** The lake's folder, or another where none was given. */
  public String lake(String otherwise) {
    if (lake == null) {
      return otherwise;
    }
    Lake.requireFolder(lake);
    return lake;
  }
}
