package io.depthcast.jobs.capture;

import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** One WebSocket: stores each message, then lets its conversation look at it. */
final class Connection implements WebSocket.Listener {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Half of what a reader takes as a line. */
  private static final int MOST_CHARS = 1 << 24;

  private final String id;
  private final CaptureContext context;
  private final Conversation conversation;
  private final StringBuilder text = new StringBuilder();
  private long counter;
  private boolean tooLong;

  private volatile WebSocket socket;
  private volatile long openedAt;
  private volatile long heardAt;
  private volatile long messageAt;
  private volatile boolean pinged;
  private volatile String broken;
  private volatile String ended;
  private volatile long retryNanos;

  /**
   * @param id of the connection in the segments
   */
  Connection(String id, CaptureContext context, Conversation conversation) {
    this.id = id;
    this.context = context;
    this.conversation = conversation;
  }

  /** Begins to connect. */
  void open(URI address) {
    var unused =
        context
            .http()
            .newWebSocketBuilder()
            .connectTimeout(CONNECT)
            .buildAsync(address, this)
            .whenComplete((opened, fault) -> refused(fault));
  }

  private void refused(Throwable fault) {
    if (fault == null) {
      return;
    }
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    if (cause instanceof WebSocketHandshakeException refusal) {
      retryNanos =
          refusal
              .getResponse()
              .headers()
              .firstValue("retry-after")
              .flatMap(RetryAfter::nanos)
              .orElse(0L);
      end("the venue refuses the connection with " + refusal.getResponse().statusCode());
    } else {
      end("cannot connect: " + reason(fault));
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    long now = System.nanoTime();
    heardAt = now;
    messageAt = now;
    openedAt = now;
    socket = opened;
    CompletableFuture<WebSocket> sent = CompletableFuture.completedFuture(opened);
    for (String message : conversation.opening()) {
      sent = sent.thenCompose(s -> s.sendText(message, true));
    }
    var unused =
        sent.exceptionally(
            fault -> {
              end("cannot subscribe: " + reason(fault));
              return null;
            });
    opened.request(1);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    long wall = ReceiveTime.wallNanos();
    long now = System.nanoTime();
    heardAt = now;
    tooLong |= text.length() + data.length() > MOST_CHARS;
    if (tooLong) {
      text.setLength(0);
    } else {
      text.append(data);
    }
    if (last && ended == null) {
      messageAt = now;
      take(wall, now);
    }
    from.request(1);
    return null;
  }

  private void take(long wall, long now) {
    counter++;
    if (tooLong) {
      context.counts().refused.increment();
      tooLong = false;
      return;
    }
    byte[] message = text.toString().getBytes(StandardCharsets.UTF_8);
    text.setLength(0);
    context.journal().add(wall, now, id, counter, message);
    context.counts().messages.increment();
    try {
      conversation.received(message, wall, now);
    } catch (ConnectionFault fault) {
      broken = fault.getMessage();
    }
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    heardAt = System.nanoTime();
    if (last) {
      counter++;
      context.counts().refused.increment();
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    // The client of the JDK answers by itself.
    heardAt = System.nanoTime();
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    heardAt = System.nanoTime();
    pinged = false;
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    end("the venue closed it (" + status + (reason.isEmpty() ? "" : ", " + reason) + ")");
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable fault) {
    end("it broke: " + reason(fault));
  }

  private synchronized void end(String why) {
    if (ended == null) {
      ended = why;
      conversation.close();
    }
  }

  /** Looks after the connection: pings, silence, the conversation's own timers. */
  void tick(long now) {
    WebSocket open = socket;
    if (open == null || ended != null) {
      return;
    }
    Timing.Patience patience = context.timing().patience();
    long silent = now - heardAt;
    if (silent > patience.deadAfterMs() * Timing.NANOS) {
      end("nothing was heard for " + patience.deadAfterMs() + " ms, not even an answer to a ping");
    } else if (now - messageAt > patience.staleAfterMs() * Timing.NANOS) {
      end("no message for " + patience.staleAfterMs() + " ms");
    } else if (silent > patience.pingAfterMs() * Timing.NANOS && !pinged) {
      pinged = true;
      var unused = open.sendPing(ByteBuffer.allocate(0)).exceptionally(fault -> null);
    }
    conversation.tick(now);
  }

  /** Why it has to be replaced though it goes on, else null. */
  String broken() {
    return broken;
  }

  /** Why it ended, null while it goes on. */
  String ended() {
    return ended;
  }

  /** How long the venue asks to stay away. */
  long retryNanos() {
    return retryNanos;
  }

  boolean isOpen() {
    return socket != null && ended == null;
  }

  long openedAt() {
    return openedAt;
  }

  /** Whether what was stored since it opened is enough to go on from. */
  boolean isReady() {
    return isOpen() && conversation.isReady();
  }

  /** Ends it from this side. */
  void close() {
    end("closed");
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  String id() {
    return id;
  }

  /** What is wrong, in few words. */
  static String reason(Throwable fault) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : " " + message);
  }
}
