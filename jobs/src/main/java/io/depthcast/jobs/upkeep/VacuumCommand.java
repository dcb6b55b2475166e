package io.depthcast.jobs.upkeep;

import io.depthcast.jobs.CommonOptions;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.SparkCommand;
import io.depthcast.jobs.table.Lake;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes the files of the lake's tables that no retained version refers to. */
@Command(
    name = "vacuum",
    description = {
      "Remove files of the tables that no retained version refers to: left by killed or failed"
          + " writes, or replaced long ago.",
      "Rows stay as they are. Versions older than the retention can no longer be read, so verify"
          + " of runs that are older no longer works."
    })
public final class VacuumCommand implements SparkCommand {

  /** No job runs longer, so that a file this old is not one that a job has yet to commit. */
  private static final String SAFE_HOURS = "168";

  @Mixin private CommonOptions common;

  @Option(
      names = "--retain-hours",
      paramLabel = "N",
      defaultValue = SAFE_HOURS,
      description =
          "Keep what a version of the last N hours refers to (default: ${DEFAULT-VALUE}); less than "
              + SAFE_HOURS
              + " needs --force.")
  private long retainHours;

  @Option(names = "--dry-run", description = "Only say what would be removed.")
  private boolean dryRun;

  @Option(
      names = "--force",
      description =
          "No job is running on this lake: a retention below "
              + SAFE_HOURS
              + " hours would take its files away.")
  private boolean force;

  @Override
  public void check() {
    common.lake();
    if (retainHours < 0) {
      throw new ConfigException("--retain-hours " + retainHours + " must be 0 or more");
    }
    if (retainHours < Long.parseLong(SAFE_HOURS) && !force) {
      throw new ConfigException(
          "--retain-hours "
              + retainHours
              + " is less than "
              + SAFE_HOURS
              + ", which takes away the files of a job that is running; add --force if none is");
    }
  }

  @Override
  public Integer call() {
    check();
    return JobMain.inSession("vacuum", this::vacuum);
  }

  private int vacuum(SparkSession spark) {
    Lake lake = Lake.open(spark, common.lake(), "{}");
    List<String> tables = lake.tables();
    if (tables.isEmpty()) {
      throw new ConfigException("No table in " + lake.root() + "; give the --lake of the jobs");
    }
    long files = 0;
    long bytes = 0;
    for (String table : tables) {
      Lake.Unused unused = lake.vacuum(table, retainHours, dryRun);
      print(table, unused.files(), unused.bytes());
      files += unused.files();
      bytes += unused.bytes();
    }
    print("all tables", files, bytes);
    return JobMain.DONE;
  }

  private void print(String what, long files, long bytes) {
    Console.print(
        String.format(
            "%s: %,d files, %,d bytes %s",
            what, files, bytes, dryRun ? "would be removed" : "removed"));
  }
}
