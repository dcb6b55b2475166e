package io.depthcast.jobs.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** A look at a Binance message: whose depth update it is and its ids. Levels are not read. */
final class BinanceGlance {

  static final long NONE = Long.MIN_VALUE;

  private static final JsonFactory JSON = new JsonFactory();

  /** The message cannot be read to its end. */
  boolean malformed;

  /** {@code e}, null where there is none. */
  String event;

  /** {@code s}, null where there is none. */
  String symbol;

  /** {@code E}, milliseconds or microseconds UTC. */
  long eventTime;

  long firstId;
  long lastId;
  long previousId;
  long lastUpdateId;

  /** Looks at a message; fields that it has not are null or {@link #NONE}. */
  void look(byte[] message) {
    malformed = false;
    event = null;
    symbol = null;
    eventTime = NONE;
    firstId = NONE;
    lastId = NONE;
    previousId = NONE;
    lastUpdateId = NONE;
    try (JsonParser json = JSON.createParser(message)) {
      malformed = json.nextToken() != JsonToken.START_OBJECT;
      if (!malformed) {
        readFields(json, true);
        malformed = json.nextToken() != null;
      }
    } catch (IOException e) {
      malformed = true;
    }
  }

  private void readFields(JsonParser json, boolean envelope) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (envelope && value == JsonToken.START_OBJECT && name.equals("data")) {
        readFields(json, false);
      } else if (value == JsonToken.VALUE_NUMBER_INT) {
        readNumber(name, json);
      } else if (value == JsonToken.VALUE_STRING) {
        readText(name, json);
      } else {
        json.skipChildren();
      }
    }
  }

  private void readText(String name, JsonParser json) throws IOException {
    switch (name) {
      case "e" -> event = json.getText();
      case "s" -> symbol = json.getText();
      default -> {}
    }
  }

  private void readNumber(String name, JsonParser json) throws IOException {
    switch (name) {
      case "E" -> eventTime = json.getLongValue();
      case "U" -> firstId = json.getLongValue();
      case "u" -> lastId = json.getLongValue();
      case "pu" -> previousId = json.getLongValue();
      case "lastUpdateId" -> lastUpdateId = json.getLongValue();
      default -> {}
    }
  }

  boolean isDepthUpdate() {
    return "depthUpdate".equals(event) && symbol != null;
  }

  /** The venue's time in nanoseconds UTC; {@link #NONE} if there is none. */
  long eventNanos() {
    if (eventTime == NONE) {
      return NONE;
    }
    return eventTime < 10_000_000_000_000L ? eventTime * 1_000_000 : eventTime * 1_000;
  }
}
