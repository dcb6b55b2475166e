package io.depthcast.jobs.capture;

import io.depthcast.jobs.Console;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Asks Binance for the depth of books by REST, one after the other, within the venue's limits, and
 * stores what it answers. Safe for threads.
 */
final class DepthSnapshots {

  private static final int TOO_MANY = 429;
  private static final int BANNED = 418;
  private static final int MOST_QUOTED_CHARS = 120;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  /**
   * The venue's first ban lasts two minutes; each ban that does not say how long, twice as long.
   */
  private static final long FIRST_BAN_NANOS = 2 * MINUTE_NANOS;

  private static final long MOST_BAN_NANOS = 3 * 24 * 60 * MINUTE_NANOS;

  /**
   * A book that is wanted.
   *
   * @param symbol upper case
   * @param conversation told of the answer
   */
  record Wish(String symbol, BinanceConversation conversation) {}

  /**
   * How the venue is asked.
   *
   * @param address up to {@code symbol=}
   * @param weight of a request
   * @param weightPerMinute that may be used
   */
  record Terms(String address, int weight, int weightPerMinute) {}

  private final Terms terms;
  private final CaptureContext context;
  private final RequestBudget budget;
  private final BinanceGlance glance = new BinanceGlance();
  private final Deque<Wish> wishes = new ArrayDeque<>();
  private final String connection;
  private boolean inFlight;
  private long counter;
  private long banNanos = FIRST_BAN_NANOS;

  DepthSnapshots(Terms terms, CaptureContext context) {
    this.terms = terms;
    this.context = context;
    budget = new RequestBudget(terms.weightPerMinute());
    connection = "rest-" + context.run();
  }

  /** Asks for a book as soon as the limits allow. */
  synchronized void want(Wish wish) {
    wishes.add(wish);
    tick(System.nanoTime());
  }

  /** Sends what can be sent by now. */
  synchronized void tick(long now) {
    while (!wishes.isEmpty() && !wishes.peek().conversation().isOpen()) {
      wishes.remove();
    }
    if (inFlight || wishes.isEmpty() || !budget.take(terms.weight(), now)) {
      return;
    }
    inFlight = true;
    Wish wish = wishes.remove();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(terms.address() + wish.symbol()))
            .timeout(Duration.ofSeconds(10))
            .build();
    var unused =
        context
            .http()
            .sendAsync(request, BodyHandlers.ofByteArray())
            .whenCompleteAsync((answer, fault) -> answered(wish, answer, fault));
  }

  private void answered(Wish wish, HttpResponse<byte[]> answer, Throwable fault) {
    long wall = ReceiveTime.wallNanos();
    long now = System.nanoTime();
    if (fault != null) {
      Console.warn("no snapshot of " + wish.symbol() + ": " + Connection.reason(fault));
      missed(wish, now, 0);
    } else if (answer.statusCode() == 200) {
      took(wish, answer.body(), wall, now);
    } else if (answer.statusCode() == TOO_MANY || answer.statusCode() == BANNED) {
      pause(wish, answer, now);
    } else {
      boolean ours = answer.statusCode() / 100 == 4;
      Console.warn(
          "no snapshot of "
              + wish.symbol()
              + ": the venue answers "
              + answer.statusCode()
              + " "
              + quoted(answer.body())
              + (ours ? "; check --symbols and --market" : ""));
      missed(wish, now, ours ? MINUTE_NANOS : 0);
    }
    synchronized (this) {
      answer(answer);
      inFlight = false;
      tick(now);
    }
  }

  private void answer(HttpResponse<byte[]> answer) {
    if (answer != null) {
      budget.used((int) answer.headers().firstValueAsLong("x-mbx-used-weight-1m").orElse(0));
    }
  }

  private void took(Wish wish, byte[] body, long wall, long now) {
    long id;
    synchronized (this) {
      // The venue's text names no instrument; the envelope of combined streams does.
      byte[] enveloped = enveloped(wish.symbol(), body);
      counter++;
      context.journal().add(wall, now, connection, counter, enveloped);
      context.counts().messages.increment();
      banNanos = FIRST_BAN_NANOS;
      glance.look(body);
      id = glance.malformed ? BinanceGlance.NONE : glance.lastUpdateId;
    }
    if (id == BinanceGlance.NONE) {
      context.counts().malformed.increment();
      missed(wish, now, 0);
    } else {
      context.counts().snapshots.increment();
      wish.conversation().took(wish.symbol(), id, now);
    }
  }

  private static byte[] enveloped(String symbol, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
    out.writeBytes(
        ("{\"stream\":\"" + symbol.toLowerCase(Locale.ROOT) + "@depthSnapshot\",\"data\":")
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    out.write('}');
    return out.toByteArray();
  }

  private static void missed(Wish wish, long now, long leastNanos) {
    wish.conversation().missed(wish.symbol(), now, leastNanos);
  }

  private synchronized void pause(Wish wish, HttpResponse<byte[]> answer, long now) {
    long nanos = answer.headers().firstValue("retry-after").flatMap(RetryAfter::nanos).orElse(-1L);
    if (nanos < 0) {
      nanos = answer.statusCode() == BANNED ? banNanos : MINUTE_NANOS;
      banNanos = answer.statusCode() == BANNED ? Math.min(MOST_BAN_NANOS, 2 * banNanos) : banNanos;
    }
    budget.pause(nanos, now);
    wishes.addFirst(wish);
    Console.warn(
        "the venue answers "
            + answer.statusCode()
            + ", asked too often; no snapshot for "
            + nanos / 1_000_000_000L
            + " s, the streams go on");
  }

  private static String quoted(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip();
    return text.length() > MOST_QUOTED_CHARS ? text.substring(0, MOST_QUOTED_CHARS) + "..." : text;
  }
}
