package io.depthcast.jobs.ingest;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.feed.FeedReader;
import io.depthcast.feed.FeedReader.Dated;
import io.depthcast.feed.TextSource;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.source.SourceFiles;
import io.depthcast.jobs.source.SourceFiles.Opened;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.SliceFiles;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
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
  private static final int BATCH_ROWS = 4096;

  /** How a venue's messages are read. */
  @FunctionalInterface
  interface ReaderOf extends Serializable {
    FeedReader of(List<TextSource> session, String symbol);
  }

  private record Session(List<String> files, String symbol) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private record Ingested(
      long rows, int slices, int suspectWindows, int rejected, Map<String, String> fingerprints)
      implements Serializable {
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
    List<Session> sessions = new ArrayList<>();
    for (List<String> files :
        SourceFiles.sessions(lake.spark().sessionState().newHadoopConf(), arguments.input())) {
      for (String symbol : wanted) {
        sessions.add(new Session(files, symbol));
      }
    }
    List<Ingested> ingested = lake.replaceSlices(SilverSlice.tables(levels), sessions, this::write);
    ingested.forEach(session -> session.fingerprints().forEach(lake::readFile));
    return String.format(
        "%,d rows of %d slices, %d suspect windows, %d rejected rows",
        ingested.stream().mapToLong(Ingested::rows).sum(),
        ingested.stream().mapToInt(Ingested::slices).sum(),
        ingested.stream().mapToInt(Ingested::suspectWindows).sum(),
        ingested.stream().mapToInt(Ingested::rejected).sum());
  }

  private Ingested write(Session session, SliceFiles out) throws IOException {
    Map<String, Opened> opened = new LinkedHashMap<>();
    List<TextSource> sources = new ArrayList<>();
    for (String file : session.files()) {
      Opened one = SourceFiles.open(out.hadoop(), file);
      opened.put(SourceFiles.name(file), one);
      sources.add(new TextSource(SourceFiles.name(file), one.text()));
    }
    long rows = 0;
    int slices = 0;
    try (FeedReader feed = reader.of(sources, session.symbol())) {
      BookBatch book = new BookBatch(BATCH_ROWS, levels);
      EventBatch events = new EventBatch(BATCH_ROWS);
      LocalDate day = null;
      SilverSlice silver = null;
      while (feed.next(book, events)) {
        if (!feed.tradeDate().equals(day)) {
          end(silver, day, feed);
          day = feed.tradeDate();
          slices++;
          silver =
              new SilverSlice(out, new Slice(venue, session.symbol(), day), book, events, levels);
        }
        silver.writeRows();
        rows += book.rows;
      }
      if (silver == null) {
        throw new DataContractException(
            venue
                + " "
                + session.symbol()
                + ": no message of this symbol in "
                + String.join(", ", opened.keySet())
                + "; check --symbol and --input");
      }
      end(silver, day, feed);
      Map<String, String> fingerprints = new LinkedHashMap<>();
      opened.forEach((name, file) -> fingerprints.put(name, crc(file.checksum().getValue())));
      return new Ingested(
          rows, slices, feed.suspectWindows().size(), feed.rejected().size(), fingerprints);
    }
  }

  private static void end(SilverSlice silver, LocalDate day, FeedReader feed) throws IOException {
    if (silver != null) {
      silver.writeSuspectWindows(of(day, feed.suspectWindows()));
      silver.writeRejected(of(day, feed.rejected()));
    }
  }

  private static <T> List<T> of(LocalDate day, List<Dated<T>> all) {
    return all.stream().filter(d -> d.tradeDate().equals(day)).map(Dated::value).toList();
  }

  /** A file's fingerprint in the ledger. */
  static String crc(long checksum) {
    return String.format("crc32c:%08x", checksum);
  }
}
