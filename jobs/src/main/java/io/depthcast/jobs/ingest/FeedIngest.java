package io.depthcast.jobs.ingest;

import io.depthcast.feed.FeedReader;
import io.depthcast.feed.TextSource;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.source.OpenSession;
import io.depthcast.jobs.source.SourceFiles;
import io.depthcast.jobs.source.TopicLog;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.SliceFiles;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Captured messages of any venue into the silver tables: a task for each session and symbol, which
 * reads the session's files once and writes each day that it touches.
 *
 * @param venue the venue's name in the tables
 * @param levels levels a side of {@code silver.book}
 * @param reader opens the venue's reader
 */
record FeedIngest(String venue, int levels, ReaderOf reader) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What the jobs say of their input. */
  static final String READS =
      "text of websocket messages, one a line, as a rule with its receive time (plain, gz, zst; the"
          + " files that a glob names are one session, those of each folder another), or"
          + " kafka://BROKERS, what captures published (docs/kafka.md)";

  /** Names of captured text in a folder; without an ending only if packed. */
  private static final String TEXT = ".*\\.(txt|log|json|jsonl|ndjson)|[^.]*(?=\\.(gz|zst))";

  /** How a venue's messages are read. */
  @FunctionalInterface
  interface ReaderOf extends Serializable {
    FeedReader of(List<TextSource> session, String symbol);
  }

  private record Session(List<String> files, String symbol) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Reads all sessions below the input.
   *
   * @param symbols instruments to read, where the command line names none
   */
  String run(Lake lake, Arguments arguments, List<String> symbols) {
    List<String> wanted = arguments.symbols().isEmpty() ? symbols : arguments.symbols();
    if (wanted.isEmpty()) {
      throw new ConfigException("No symbol to read; give --symbol or symbols in the configuration");
    }
    if (TopicLog.isNamedBy(arguments.input())) {
      return new TopicIngest(venue, levels, reader).run(lake, arguments, wanted);
    }
    List<Session> sessions = new ArrayList<>();
    for (List<String> files :
        SourceFiles.sessions(
            lake.spark().sessionState().newHadoopConf(), arguments.input(), TEXT)) {
      for (String symbol : wanted) {
        sessions.add(new Session(files, symbol));
      }
    }
    return Ingested.note(
        lake,
        arguments,
        lake.replaceSlices(
            SilverSlice.tables(levels),
            sessions,
            (session, out) -> write(session, arguments, out)));
  }

  private Ingested write(Session session, Arguments arguments, SliceFiles out) throws IOException {
    try (OpenSession opened = new OpenSession(out.hadoop(), session.files());
        ChosenDays feed =
            new ChosenDays(
                reader.of(opened.texts(), session.symbol()),
                day -> arguments.include(session.symbol(), day))) {
      SilverCounts counts = SilverSlices.write(feed, venue, session.symbol(), levels, out);
      Map<String, String> fingerprints = new LinkedHashMap<>();
      opened.checksums().forEach((name, crc) -> fingerprints.put(name, Fingerprint.crc32c(crc)));
      return new Ingested(counts, fingerprints, feed.leftOut());
    }
  }
}
