package io.depthcast.feed.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.depthcast.feed.LineReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts a line into when it was received and what was received. What a new way of capturing writes
 * before or around the venue's text is dealt with here alone.
 */
final class CaptureLine {

  /** 2001 in nanoseconds; a time in other units is far off. */
  private static final long LEAST_TIME = 1_000_000_000_000_000_000L;

  private static final int MOST_COLUMNS_BETWEEN = 3;
  private static final Pattern SECONDS = Pattern.compile("\\d{10}(\\.\\d{1,9})?");
  private static final Pattern DEPTH_SYMBOL =
      Pattern.compile("/depth\\?(?:[^ ]*&)?symbol=([^&]{1,40})");

  /** Other lines have data, too, of tens of megabytes: all instruments of the venue. */
  private static final Set<String> DATA_TYPES = Set.of("recv", "http");

  private final JsonFactory json;

  /** Nanoseconds UTC. */
  long tsRecv;

  /** Holds the venue's text from {@link #from} to {@link #to}. */
  byte[] bytes;

  int from;
  int to;

  /** The instrument where the venue's text does not name it but the capture does, else null. */
  String symbol;

  CaptureLine(JsonFactory json) {
    this.json = json;
  }

  /** Reads the line; false if it holds nothing that the venue said of a market. */
  boolean read(LineReader line) throws MessageFault {
    bytes = line.bytes();
    from = line.start();
    to = line.end();
    symbol = null;
    boolean isJson = from < to && bytes[from] == '{';
    return isJson ? readCryptofeed() : readColumns();
  }

  private boolean readColumns() throws MessageFault {
    long time = 0;
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - from < 19) {
      time = 10 * time + (bytes[at++] - '0');
    }
    if (time < LEAST_TIME || at == to || bytes[at] != ' ') {
      throw new MessageFault("line does not begin with its receive time in nanoseconds");
    }
    at++;
    for (int i = 0; i < MOST_COLUMNS_BETWEEN && at < to && bytes[at] != '{'; i++) {
      while (at < to && bytes[at++] != ' ') {}
    }
    tsRecv = time;
    from = at;
    return true;
  }

  private boolean readCryptofeed() throws MessageFault {
    String type = "";
    String ts = "";
    String url = "";
    String data = null;
    try (JsonParser outer = json.createParser(bytes, from, to - from)) {
      outer.nextToken();
      while (outer.nextToken() == JsonToken.FIELD_NAME) {
        String name = outer.currentName();
        outer.nextToken();
        switch (name) {
          case "t" -> type = text(outer);
          case "ts" -> ts = text(outer);
          case "url" -> url = text(outer);
          case "data" -> data = DATA_TYPES.contains(type) ? text(outer) : null;
          default -> outer.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new MessageFault("malformed JSON around the message");
    }
    if (type.isEmpty()) {
      throw new MessageFault("line has neither a receive time nor a cryptofeed type");
    }
    Matcher depth = DEPTH_SYMBOL.matcher(url);
    boolean snapshot = type.equals("http") && depth.find();
    if (!snapshot && !type.equals("recv")) {
      return false;
    }
    if (data == null || !SECONDS.matcher(ts).matches()) {
      throw new MessageFault("cryptofeed " + type + " line without ts in seconds or without data");
    }
    tsRecv = new BigDecimal(ts).movePointRight(9).longValueExact();
    bytes = data.getBytes(StandardCharsets.UTF_8);
    from = 0;
    to = bytes.length;
    symbol = snapshot ? depth.group(1) : null;
    return true;
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
