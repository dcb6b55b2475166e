package io.depthcast.jobs.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.depthcast.jobs.source.Topics;
import java.io.IOException;
import java.util.Set;

/**
 * Finds what a Coinbase message is about: its {@code channel} or {@code type}, and the first
 * product that it or its events name. Reads no further than that.
 */
final class CoinbaseSubject {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> TRADES = Set.of("market_trades", "match", "last_match");

  /** Where events, trades and nothing else are within a message. */
  private static final Set<String> WITHIN = Set.of("events", "trades");

  private String kind;
  private String product;

  private CoinbaseSubject() {}

  static Subject of(byte[] text, int from, int to) {
    CoinbaseSubject found = new CoinbaseSubject();
    try (JsonParser json = JSON.createParser(text, from, to - from)) {
      found.look(json);
    } catch (IOException malformed) {
      // What was found before is used.
    }
    return new Subject(
        found.kind != null && TRADES.contains(found.kind),
        found.product == null ? Topics.NO_SYMBOL : found.product);
  }

  private void look(JsonParser json) throws IOException {
    int depth = 0;
    JsonToken token;
    while ((kind == null || product == null) && (token = json.nextToken()) != null) {
      if (token.isStructEnd()) {
        depth--;
      } else if (token.isStructStart()) {
        depth++;
      } else if (token == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value == null) {
          return;
        }
        if (!value.isStructStart()) {
          note(name, json.getText(), depth == 1);
        } else if (WITHIN.contains(name)) {
          depth++;
        } else {
          json.skipChildren();
        }
      }
    }
  }

  /** Events have a type of their own. */
  private void note(String name, String value, boolean outermost) {
    if (outermost && (name.equals("channel") || name.equals("type"))) {
      kind = value;
    } else if (name.equals("product_id") && product == null) {
      product = value;
    }
  }
}
