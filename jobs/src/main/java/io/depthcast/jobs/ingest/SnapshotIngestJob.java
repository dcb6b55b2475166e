package io.depthcast.jobs.ingest;

import io.depthcast.feed.snapshot.SnapshotReader;
import io.depthcast.feed.snapshot.SnapshotSource;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.source.SnapshotTable;
import io.depthcast.jobs.source.SourceFiles;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.SliceFiles;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads tables of depth snapshots into the silver tables. */
public final class SnapshotIngestJob {

  public static final Job<SnapshotSource> JOB =
      new Job<>(
          "ingest snapshot",
          "Read tables of depth snapshots, as --source configs/sources/NAME.yaml describes them.",
          "csv with column names (plain, gz, zst) or Parquet, a file one instrument; file, folder or"
              + " glob",
          "silver.events, silver.book, silver.trades, silver.suspect_windows, silver.rejected,"
              + " silver.given_labels",
          Job.Input.DESCRIBED_FILES,
          SnapshotSource.class,
          SnapshotIngestJob::run);

  /** Names of tables in a folder. */
  private static final String TABLES = ".*\\.csv|.*\\.parquet(?!\\.)";

  private SnapshotIngestJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, SnapshotSource source, Provenance provenance) {
    var hadoop = lake.spark().sessionState().newHadoopConf();
    List<String> files =
        SourceFiles.sessions(hadoop, arguments.input(), TABLES).stream()
            .flatMap(List::stream)
            .toList();
    List<SnapshotTable> tables =
        SnapshotTable.of(hadoop, files, source).stream()
            .filter(t -> arguments.symbols().isEmpty() || arguments.symbols().contains(t.symbol()))
            .toList();
    if (tables.isEmpty()) {
      throw new ConfigException(
          "No file of "
              + String.join(", ", arguments.symbols())
              + " in "
              + arguments.input()
              + "; check --symbol");
    }
    int levels = source.columns().levels();
    List<TableSpec> written = new ArrayList<>(SilverSlice.tables(levels));
    written.add(Tables.GIVEN_LABELS);
    return Ingested.note(
        lake,
        arguments,
        lake.replaceSlices(written, tables, (table, out) -> write(table, source, arguments, out)));
  }

  private static Ingested write(
      SnapshotTable table, SnapshotSource source, Arguments arguments, SliceFiles out)
      throws IOException {
    GivenLabels labels = new GivenLabels(source.labels(), out);
    try (SnapshotTable.Rows rows = table.open(out.hadoop(), source);
        ChosenDays reader =
            new ChosenDays(
                new SnapshotReader(source, rows, labels),
                day -> arguments.include(table.symbol(), day),
                labels::drop)) {
      SilverCounts counts =
          SilverSlices.write(
              reader,
              source.venue(),
              table.symbol(),
              source.columns().levels(),
              out,
              labels::write);
      Map<String, String> fingerprints = new TreeMap<>();
      rows.checksums().forEach((name, crc) -> fingerprints.put(name, Fingerprint.crc32c(crc)));
      return new Ingested(counts, fingerprints, reader.leftOut());
    }
  }
}
