package io.depthcast.jobs.source;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A range of what captures published ({@link Topics}), fixed by offsets before it is read: reading
 * it again gives the same.
 */
public final class TopicLog {

  /** Whose book a day begins with may have been sent a day before; then connections are renewed. */
  private static final long BEFORE_MS = 25 * 3_600_000L;

  /** A message may be received long after its venue's time. */
  private static final long AFTER_MS = 3_600_000L;

  private static final Pattern ADDRESS =
      Pattern.compile("kafka://(?<brokers>[^/?#]+)(?:/(?<feed>[a-z_]+))?/?");
  private static final Pattern OFFSETS = Pattern.compile("offsets (\\d+) to (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Range(long from, long to) {

    /** As noted in the ledger; the end is not read. */
    String words() {
      return "offsets " + from + " to " + to;
    }

    static Range of(String words) {
      Matcher offsets = OFFSETS.matcher(words);
      if (!offsets.matches()) {
        throw new IllegalStateException("ops.runs holds no offsets: " + words);
      }
      return new Range(Long.parseLong(offsets.group(1)), Long.parseLong(offsets.group(2)));
    }
  }

  private final String input;
  private final String brokers;
  private final String feed;
  private final Map<TopicPartition, Range> ranges;

  private TopicLog(String input, String brokers, String feed, Map<TopicPartition, Range> ranges) {
    this.input = input;
    this.brokers = brokers;
    this.feed = feed;
    this.ranges = ranges;
  }

  /**
   * Whether an input names topics: {@code kafka://host:port,host:port} or that and {@code /feed}.
   */
  public static boolean isNamedBy(String input) {
    return input.startsWith("kafka:");
  }

  /**
   * Fixes what is to be read: all that the topics hold now or, where days are chosen, what was
   * received from 25 hours before the first to an hour after the last.
   *
   * @param recorded names of {@link #offsets} and their offsets, to read them again; else empty
   * @throws ConfigException if no broker answers, or the topics have been cut within the range
   */
  public static TopicLog open(Arguments arguments, Map<String, String> recorded) {
    Matcher address = ADDRESS.matcher(arguments.input());
    if (!address.matches()) {
      throw new ConfigException(
          "--input " + arguments.input() + " is no kafka://host:port[,host:port][/feed]");
    }
    String brokers = address.group("brokers");
    try (ClusterAdmin cluster = new ClusterAdmin("--input " + arguments.input(), brokers)) {
      Offsets offsets = new Offsets(arguments, cluster, partitions(arguments.input(), cluster));
      return new TopicLog(
          arguments.input(),
          brokers,
          address.group("feed"),
          recorded.isEmpty() ? offsets.chosen() : offsets.recorded(recorded));
    }
  }

  private static List<TopicPartition> partitions(String input, ClusterAdmin cluster) {
    List<String> there =
        cluster.answer(cluster.admin().listTopics().names()).stream()
            .filter(Topics.ALL::contains)
            .toList();
    if (!there.containsAll(Topics.ALL)) {
      throw new ConfigException(
          "--input "
              + input
              + " has no topics "
              + String.join(" and ", Topics.ALL)
              + "; capture with --kafka first");
    }
    return cluster.answer(cluster.admin().describeTopics(there).allTopicNames()).values().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(p -> new TopicPartition(topic.name(), p.partition())))
        .sorted(
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
        .toList();
  }

  /** What the partitions hold, and which of it is asked for. */
  private record Offsets(
      Arguments arguments, ClusterAdmin cluster, List<TopicPartition> partitions) {

    private Map<TopicPartition, Long> at(OffsetSpec when) {
      Map<TopicPartition, OffsetSpec> question = new HashMap<>();
      partitions.forEach(partition -> question.put(partition, when));
      Map<TopicPartition, Long> offsets = new HashMap<>();
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> answer :
          cluster.answer(cluster.admin().listOffsets(question).all()).entrySet()) {
        offsets.put(answer.getKey(), answer.getValue().offset());
      }
      return offsets;
    }

    private Map<TopicPartition, Long> receivedFrom(long ms) {
      Map<TopicPartition, Long> offsets = at(OffsetSpec.forTimestamp(ms));
      Map<TopicPartition, Long> ends = at(OffsetSpec.latest());
      // None is so late.
      offsets.replaceAll((partition, offset) -> offset < 0 ? ends.get(partition) : offset);
      return offsets;
    }

    Map<TopicPartition, Range> chosen() {
      Map<TopicPartition, Long> begins = at(OffsetSpec.earliest());
      Map<TopicPartition, Long> firsts = begins;
      if (arguments.from() != null) {
        firsts = receivedFrom(startMs(arguments.from()) - BEFORE_MS);
        requireWhole(begins, receivedFrom(startMs(arguments.from())));
      } else {
        requireWhole(begins, Map.of());
      }
      Map<TopicPartition, Long> ends =
          arguments.to() == null
              ? at(OffsetSpec.latest())
              : receivedFrom(startMs(arguments.to().plusDays(1)) + AFTER_MS);
      Map<TopicPartition, Range> ranges = new HashMap<>();
      for (TopicPartition partition : partitions) {
        ranges.put(partition, new Range(firsts.get(partition), ends.get(partition)));
      }
      return ranges;
    }

    private static long startMs(LocalDate day) {
      return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    /** A day whose begin is no longer there would replace a whole one. */
    private void requireWhole(
        Map<TopicPartition, Long> begins, Map<TopicPartition, Long> firstOfDay) {
      for (TopicPartition partition : partitions) {
        long begin = begins.get(partition);
        if (begin > 0 && begin >= firstOfDay.getOrDefault(partition, begin)) {
          throw new ConfigException(
              "--input "
                  + arguments.input()
                  + ": "
                  + partition
                  + " begins at offset "
                  + begin
                  + ", what came before is deleted, so that the first day would be cut; give a later"
                  + " --from, or the capture's folder");
        }
      }
    }

    Map<TopicPartition, Range> recorded(Map<String, String> words) {
      Map<TopicPartition, Long> begins = at(OffsetSpec.earliest());
      Map<TopicPartition, Long> ends = at(OffsetSpec.latest());
      Map<TopicPartition, Range> ranges = new HashMap<>();
      for (TopicPartition partition : partitions) {
        Range range = Range.of(words.getOrDefault(partition.toString(), "offsets 0 to 0"));
        boolean empty = range.from() == range.to();
        if (!empty && (range.from() < begins.get(partition) || range.to() > ends.get(partition))) {
          throw new ConfigException(
              "--input "
                  + arguments.input()
                  + ": "
                  + partition
                  + " no longer holds "
                  + range.words()
                  + "; the run can no longer be verified");
        }
        ranges.put(
            partition, empty ? new Range(begins.get(partition), begins.get(partition)) : range);
      }
      return ranges;
    }
  }

  /** Whether reading failed because records of the range are no longer there. */
  public static boolean wasCut(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // Executors' exceptions come as text.
      if (String.valueOf(cause.getMessage()).contains("OffsetOutOfRangeException")
          || String.valueOf(cause.getMessage()).contains("Cannot fetch offset")) {
        return true;
      }
    }
    return false;
  }

  /** Partitions and their offsets, for the ledger. */
  public Map<String, String> offsets() {
    Map<String, String> offsets = new TreeMap<>();
    ranges.forEach((partition, range) -> offsets.put(partition.toString(), range.words()));
    return offsets;
  }

  private String json(Function<Range, Long> end) {
    Map<String, Map<String, Long>> offsets = new TreeMap<>();
    ranges.forEach(
        (partition, range) ->
            offsets
                .computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                .put(String.valueOf(partition.partition()), end.apply(range)));
    try {
      return JSON.writeValueAsString(offsets);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The lines of feeds.
   *
   * @param feeds begin of the names of feeds, unless the input names one
   * @return columns {@code feed, run} (the run of a capture), {@code segment, line, text} (as the
   *     segment has it, a binary); a record that no capture published has nulls
   */
  public Dataset<Row> lines(SparkSession spark, String feeds) {
    Dataset<Row> records =
        spark
            .read()
            .format("kafka")
            .option("kafka.bootstrap.servers", brokers)
            .option("subscribe", String.join(",", Topics.ALL))
            .option("startingOffsets", json(Range::from))
            .option("endingOffsets", json(Range::to))
            .option("includeHeaders", true)
            .load();
    Column name = expr("substring_index(cast(key AS STRING), '|', 1)");
    return records
        .select(
            name.as("feed"),
            header(Topics.CONNECTION).as("connection"),
            header(Topics.SEGMENT).as("segment"),
            header(Topics.LINE).cast("BIGINT").as("line"),
            header(Topics.RECEIVED).as("received"),
            header(Topics.MONOTONIC).as("monotonic"),
            header(Topics.COUNTER).as("counter"),
            col("value"))
        .where(feed == null ? col("feed").startsWith(feeds) : col("feed").equalTo(feed))
        .select(
            col("feed"),
            expr("regexp_extract(connection, '^[a-z]+-([^-]+)', 1)").as("run"),
            col("segment"),
            col("line"),
            expr("concat(encode(concat(received, ' ', monotonic, ' ', connection, ' ', counter,"
                    + " ' '), 'UTF-8'), value)")
                .as("text"));
  }

  private static Column header(String name) {
    return expr("filter(headers, h -> h.key = '" + name + "')[0].value").cast("STRING");
  }

  /** Gives each line once for each instrument, which is its column {@code symbol}. */
  public static Dataset<Row> forEach(List<String> instruments, Dataset<Row> lines) {
    Column[] names = instruments.stream().map(symbol -> lit(symbol)).toArray(Column[]::new);
    return lines.withColumn("symbol", explode(array(names)));
  }

  @Override
  public String toString() {
    return input;
  }
}
