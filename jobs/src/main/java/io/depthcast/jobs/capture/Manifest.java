package io.depthcast.jobs.capture;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * What is known of a closed segment.
 *
 * @param schema version of the lines and of this record
 * @param segment file name
 * @param source who sent the messages
 * @param closedBy {@code age}, {@code size}, {@code stop}, {@code write failure}, or {@code
 *     recovery} where a killed run had left it open
 * @param content counts and times of the lines
 * @param connections messages of each connection
 * @param topics how far messages were published; null where they are not
 * @param sha256 of the file
 */
record Manifest(
    int schema,
    String segment,
    Source source,
    String closedBy,
    Content content,
    List<ConnectionSpan> connections,
    @JsonInclude(JsonInclude.Include.NON_NULL) Published topics,
    String sha256) {

  static final int SCHEMA = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Who sent the messages.
   *
   * @param feed {@code binance_spot} and the like
   * @param symbols as the venue writes them; none after a recovery, what was asked for is not known
   * @param codeVersion of the collector
   */
  record Source(String feed, List<String> symbols, String codeVersion) {}

  /**
   * Counts and times.
   *
   * @param firstReceivedNanos UTC
   * @param lastReceivedNanos UTC
   * @param textBytes before compression
   * @param bytes of the file
   */
  record Content(
      long lines, long firstReceivedNanos, long lastReceivedNanos, long textBytes, long bytes) {}

  /**
   * Messages of one connection in the segment; counters in between that are missing were refused.
   */
  record ConnectionSpan(String connection, long firstCounter, long lastCounter, long messages) {}

  /**
   * How far the topics were when the segment was closed.
   *
   * @param behind stored messages of the folder that brokers had yet to take; they follow
   * @param refused messages that brokers refused since the capture began; they are stored only
   */
  record Published(long behind, long refused) {}

  byte[] json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
