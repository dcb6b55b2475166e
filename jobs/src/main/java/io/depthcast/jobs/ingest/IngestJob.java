package io.depthcast.jobs.ingest;

import io.depthcast.book.BookBatch;
import io.depthcast.feed.lobster.LobsterReader;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.source.LobsterFiles;
import io.depthcast.jobs.source.LobsterFiles.Source;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.SliceFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads LOBSTER files into the silver tables. */
public final class IngestJob {

  public static final Job<IngestConfig> JOB =
      new Job<>(
          "ingest lobster",
          "Read LOBSTER files into events, books and trades.",
          "LOBSTER message and orderbook files (csv, csv.gz, zip, folder, glob)",
          "silver.events, silver.book, silver.trades, silver.suspect_windows, silver.rejected",
          Job.Input.FILES,
          IngestConfig.class,
          IngestJob::run);

  private static final int BATCH_ROWS = 4096;

  private IngestJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, IngestConfig config, Provenance provenance) {
    List<Source> days = chosen(lake, arguments);
    return Ingested.note(
        lake,
        arguments,
        lake.replaceSlices(
            SilverSlice.tables(config.levels()), days, (day, out) -> write(day, out, config)));
  }

  private static List<Source> chosen(Lake lake, Arguments arguments) {
    List<Source> all =
        LobsterFiles.find(lake.spark().sessionState().newHadoopConf(), arguments.input());
    List<Source> chosen =
        all.stream()
            .filter(day -> arguments.include(day.slice().symbol(), day.slice().tradeDate()))
            .toList();
    if (chosen.isEmpty()) {
      throw Ingested.noneOf(
          arguments,
          all.stream()
              .map(day -> day.slice().symbol() + " " + day.slice().tradeDate())
              .collect(Collectors.joining(", ")));
    }
    return chosen;
  }

  private static Ingested write(Source day, SliceFiles out, IngestConfig config)
      throws IOException {
    try (LobsterReader reader = LobsterFiles.read(out.hadoop(), day, config.maxRejectedShare())) {
      BookBatch rows = new BookBatch(BATCH_ROWS, day.pair().levels());
      SilverSlice silver = new SilverSlice(out, day.slice(), rows, null, config.levels());
      while (reader.next(rows)) {
        silver.writeRows();
      }
      silver.writeSuspectWindows(reader.suspectWindows());
      silver.writeRejected(reader.rejected());
      return new Ingested(
          new SilverCounts(
              reader.rowsAccepted(), 1, reader.suspectWindows().size(), reader.rejected().size()),
          Map.of(
              day.pair().message().fileName(), Fingerprint.crc32c(reader.messageChecksum()),
              day.pair().orderbook().fileName(), Fingerprint.crc32c(reader.orderbookChecksum())),
          List.of());
    }
  }
}
