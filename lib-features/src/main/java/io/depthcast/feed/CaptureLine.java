package io.depthcast.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.depthcast.book.BookBatch;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parts a line into when and by which connection it was received, and what was received. The forms:
 *
 * <ul>
 *   <li>{@code <ns> <json>}: receive time in nanoseconds UTC, and the message;
 *   <li>{@code <ns> <monotonic> <connection> <counter> <json>};
 *   <li>a line of a cryptofeed capture, <code>{"t":"recv","conn":...,"ts":...,"data":"..."}</code>;
 *       its {@code http} and {@code connect} lines are read also;
 *   <li>the message alone, without a receive time.
 * </ul>
 */
public final class CaptureLine {

  /** What a line holds. */
  public enum Kind {
    /** What the venue sent on a stream. */
    MESSAGE,
    /** What the venue answered to a request, {@link #url}. */
    ANSWER,
    /** A connection was made, {@link #connection}. */
    CONNECT,
    /** Nothing that the venue said. */
    OTHER
  }

  /** 2001 in nanoseconds; a time in other units is far off. */
  private static final long LEAST_TIME = 1_000_000_000_000_000_000L;

  private static final int COLUMNS_BETWEEN = 3;
  private static final int CONNECTION_COLUMN = 2;
  private static final int MOST_CONNECTION_CHARS = 200;
  private static final Pattern SECONDS = Pattern.compile("[1-8]\\d{9}(\\.\\d{1,9})?");
  private static final byte[] CRYPTOFEED = "{\"t\":".getBytes(StandardCharsets.US_ASCII);

  /** Lines of other types may have data of megabytes, too. */
  private static final Set<String> WITH_DATA = Set.of("recv", "http");

  private final JsonFactory json;

  /** Nanoseconds UTC, or {@link BookBatch#NO_TIME}. */
  public long tsRecv;

  /** Name of the connection in the capture, empty where it has none. */
  public String connection = "";

  /** Of an answer what was asked for, else empty. */
  public String url = "";

  /** Holds the venue's text from {@link #from} to {@link #to}. */
  public byte[] bytes;

  public int from;
  public int to;

  public CaptureLine(JsonFactory json) {
    this.json = json;
  }

  /**
   * Reads the line.
   *
   * @throws MessageFault if it has none of the forms
   */
  public Kind read(LineReader line) throws MessageFault {
    bytes = line.bytes();
    from = line.start();
    to = line.end();
    tsRecv = BookBatch.NO_TIME;
    url = "";
    if (from == to || bytes[from] != '{') {
      readColumns();
      return Kind.MESSAGE;
    }
    int mark = Math.min(to, from + CRYPTOFEED.length);
    if (Arrays.equals(bytes, from, mark, CRYPTOFEED, 0, CRYPTOFEED.length)) {
      return readCryptofeed();
    }
    connection = "";
    return Kind.MESSAGE;
  }

  private void readColumns() throws MessageFault {
    long time = 0;
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - from < 19) {
      time = 10 * time + (bytes[at++] - '0');
    }
    if (time < LEAST_TIME || at == to || bytes[at] != ' ') {
      throw new MessageFault("line does not begin with its receive time in nanoseconds");
    }
    at++;
    boolean named = false;
    for (int column = 1; column <= COLUMNS_BETWEEN && at < to && bytes[at] != '{'; column++) {
      int begin = at;
      while (at < to && bytes[at++] != ' ') {}
      if (column == CONNECTION_COLUMN) {
        named = true;
        nameConnection(begin, at - 1);
      }
    }
    if (!named) {
      connection = "";
    }
    tsRecv = time;
    from = at;
  }

  /** Most lines name the connection of the line before. */
  private void nameConnection(int begin, int end) {
    boolean same = end - begin == connection.length();
    for (int i = begin; same && i < end; i++) {
      same = bytes[i] == connection.charAt(i - begin);
    }
    if (!same) {
      int length = Math.min(end - begin, MOST_CONNECTION_CHARS);
      connection = new String(bytes, begin, length, StandardCharsets.ISO_8859_1);
    }
  }

  private Kind readCryptofeed() throws MessageFault {
    String type = "";
    String seconds = "";
    String data = null;
    connection = "";
    try (JsonParser outer = json.createParser(bytes, from, to - from)) {
      outer.nextToken();
      while (outer.nextToken() == JsonToken.FIELD_NAME) {
        String name = outer.currentName();
        outer.nextToken();
        switch (name) {
          case "t" -> type = text(outer);
          case "ts" -> seconds = text(outer);
          case "conn" -> connection = text(outer);
          case "url" -> url = text(outer);
          case "data" -> data = WITH_DATA.contains(type) ? text(outer) : null;
          default -> outer.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new MessageFault("malformed JSON around the message");
    }
    if (type.equals("connect")) {
      return Kind.CONNECT;
    }
    boolean message = type.equals("recv");
    if (data == null || !SECONDS.matcher(seconds).matches()) {
      if (message) {
        throw new MessageFault("cryptofeed recv line without ts in seconds or without data");
      }
      return Kind.OTHER;
    }
    tsRecv = new BigDecimal(seconds).movePointRight(9).longValueExact();
    bytes = data.getBytes(StandardCharsets.UTF_8);
    from = 0;
    to = bytes.length;
    return message ? Kind.MESSAGE : Kind.ANSWER;
  }

  /** The value as text, empty if it is an object or an array. */
  private static String text(JsonParser json) throws IOException {
    if (json.currentToken().isScalarValue()) {
      return json.getText();
    }
    json.skipChildren();
    return "";
  }
}
