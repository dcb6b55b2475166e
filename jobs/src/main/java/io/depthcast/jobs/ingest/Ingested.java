package io.depthcast.jobs.ingest;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.table.Lake;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a task has read and written.
 *
 * @param fingerprints checksum by file
 * @param leftOut trade dates that are in the files and not chosen
 */
record Ingested(SilverCounts counts, Map<String, String> fingerprints, List<LocalDate> leftOut)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * Notes the files of all tasks.
   *
   * @return what the job says when it is done
   * @throws ConfigException if no row was chosen
   */
  static String note(Lake lake, Arguments arguments, List<Ingested> all) {
    SilverCounts sum = SilverCounts.sum(all.stream().map(Ingested::counts).toList());
    TreeSet<LocalDate> leftOut = new TreeSet<>();
    all.forEach(task -> leftOut.addAll(task.leftOut()));
    if (sum.slices() == 0 && !leftOut.isEmpty()) {
      throw noneOf(arguments, "trade dates " + leftOut.first() + " to " + leftOut.last());
    }
    all.forEach(task -> task.fingerprints().forEach(lake::readFile));
    return sum.toString();
  }

  /**
   * @param there what there is to choose from
   */
  static ConfigException noneOf(Arguments arguments, String there) {
    return new ConfigException(
        "--input "
            + arguments.input()
            + " holds nothing of "
            + arguments
            + ", only "
            + there
            + "; check --symbol, --from and --to");
  }
}
