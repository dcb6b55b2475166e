package io.depthcast.jobs.ingest;

import static org.apache.spark.sql.functions.col;

import io.depthcast.feed.FeedReader;
import io.depthcast.feed.TextSource;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.source.TopicLog;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.SliceFiles;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Published messages of a venue into the silver tables, as {@link FeedIngest} reads them from the
 * captures' folders: each feed is a session, whose runs are read one after the other, each in the
 * order of its segments and their lines.
 */
record TopicIngest(String venue, int levels, FeedIngest.ReaderOf reader) implements Serializable {

  private static final long serialVersionUID = 1L;

  private record FromTopics(SilverCounts counts, String symbol, long missing)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The segments of a feed in their order. */
  private record Segments(List<PublishedSession.Segment> all) implements Serializable {
    private static final long serialVersionUID = 1L;

    List<PublishedSession.Segment> of(String feed) {
      return all.stream().filter(segment -> segment.feed().equals(feed)).toList();
    }
  }

  /**
   * Reads the topics that the input names.
   *
   * @param symbols instruments to read
   */
  String run(Lake lake, Arguments arguments, List<String> symbols) {
    TopicLog log = TopicLog.open(arguments, lake.recordedFiles());
    try {
      return run(log, lake, arguments, symbols);
    } catch (RuntimeException e) {
      throw TopicLog.wasCut(e)
          ? new DataContractException(
              log
                  + ": the brokers deleted messages while they were read (retention.ms of the"
                  + " topics); nothing was written: give a later --from, or the capture's folder",
              e)
          : e;
    }
  }

  private String run(TopicLog log, Lake lake, Arguments arguments, List<String> symbols) {
    Dataset<Row> lines = log.lines(lake.spark(), venue);
    Segments segments = segments(log, lines);
    int sessions =
        symbols.size()
            * (int) segments.all().stream().map(PublishedSession.Segment::feed).distinct().count();
    JavaRDD<PublishedSession> published =
        TopicLog.forEach(symbols, lines.where(col("segment").isNotNull()))
            .repartition(sessions, col("symbol"), col("feed"))
            .sortWithinPartitions("symbol", "feed", "run", "segment", "line")
            .toJavaRDD()
            .mapPartitions(PublishedSession::all);
    List<FromTopics> ingested =
        lake.replaceSlices(
            SilverSlice.tables(levels),
            published,
            (session, out) -> write(session, segments, arguments, out));
    log.offsets().forEach(lake::readFile);
    warnOfMissing(ingested, symbols.get(0));
    return SilverCounts.sum(ingested.stream().map(FromTopics::counts).toList()).toString();
  }

  private Segments segments(TopicLog log, Dataset<Row> lines) {
    List<PublishedSession.Segment> segments = new ArrayList<>();
    long foreign = 0;
    for (Row row :
        lines
            .groupBy("feed", "run", "segment")
            .count()
            .orderBy("feed", "run", "segment")
            .collectAsList()) {
      if (row.isNullAt(2)) {
        foreign += row.getLong(3);
      } else {
        segments.add(
            new PublishedSession.Segment(row.getString(0), row.getString(1), row.getString(2)));
      }
    }
    if (foreign > 0) {
      Console.warn(log + ": " + foreign + " records have no headers of a capture and are left out");
    }
    if (segments.isEmpty()) {
      throw new ConfigException(
          log + " holds no message of " + venue + " in the range; check the feed and --from, --to");
    }
    return new Segments(segments);
  }

  private FromTopics write(
      PublishedSession session, Segments segments, Arguments arguments, SliceFiles out)
      throws IOException {
    List<TextSource> sources = session.sources(segments.of(session.feed()));
    try (FeedReader feed =
        new ChosenDays(
            reader.of(sources, session.symbol()),
            day -> arguments.include(session.symbol(), day))) {
      SilverCounts counts = SilverSlices.write(feed, venue, session.symbol(), levels, out);
      return new FromTopics(counts, session.symbol(), session.missing());
    }
  }

  /** Each symbol's task has read all messages. */
  private static void warnOfMissing(List<FromTopics> ingested, String symbol) {
    long missing =
        ingested.stream()
            .filter(session -> session.symbol().equals(symbol))
            .mapToLong(FromTopics::missing)
            .sum();
    if (missing > 0) {
      Console.warn(
          missing
              + " messages among those read are not in the topics (not published yet, or refused by"
              + " a broker); the capture's folder has them");
    }
  }
}
