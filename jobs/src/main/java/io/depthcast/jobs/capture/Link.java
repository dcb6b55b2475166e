package io.depthcast.jobs.capture;

import io.depthcast.jobs.Console;

/**
 * Keeps a route connected: reconnects after a while that grows, renews the connection before the
 * venue ends it and where its books are lost. The old connection goes on until what the new one
 * brought is enough to go on from.
 */
final class Link {

  private final Route route;
  private final CaptureContext context;
  private final Backoff backoff;
  private int opened;
  private Connection current;
  private Connection successor;
  private long tryAt;
  private boolean waits;

  Link(Route route, CaptureContext context) {
    this.route = route;
    this.context = context;
    backoff = context.backoff();
  }

  /** Called every few milliseconds. */
  void tick(long now) {
    if (current == null && isTime(now)) {
      current = open();
    }
    if (current == null) {
      return;
    }
    current.tick(now);
    if (successor != null) {
      successor.tick(now);
    }
    if (successor != null && (successor.ended() != null || successor.broken() != null)) {
      giveUpSuccessor(now);
    }
    if (current.ended() != null) {
      replaceEnded(now);
    } else if (successor != null) {
      handOver(now);
    } else if (current.broken() != null) {
      replaceBroken(now);
    } else if (current.isReady()) {
      renew(now);
    }
  }

  private boolean isTime(long now) {
    return !waits || now - tryAt >= 0;
  }

  private Connection open() {
    waits = false;
    opened++;
    String id = route.name() + "-" + context.run() + "-" + opened;
    Connection connection = new Connection(id, context, route.conversation().get());
    connection.open(route.address());
    return connection;
  }

  private void replaceEnded(long now) {
    context.counts().reconnects.increment();
    Console.warn("connection " + current.id() + " ended: " + current.ended());
    current.close();
    waitAfter(current, now);
    current = successor;
    successor = null;
  }

  private void giveUpSuccessor(long now) {
    Console.warn(
        "the connection that was to replace "
            + current.id()
            + " ended: "
            + (successor.ended() == null ? successor.broken() : successor.ended()));
    successor.close();
    waitAfter(successor, now);
    successor = null;
  }

  private void waitAfter(Connection ended, long now) {
    waits = true;
    tryAt = now + Math.max(ended.retryNanos(), backoff.next());
  }

  private void replaceBroken(long now) {
    if (isTime(now)) {
      context.counts().reconnects.increment();
      Console.warn("connection " + current.id() + " is replaced: " + current.broken());
      successor = open();
      waits = true;
      tryAt = now + backoff.next();
    }
  }

  private void renew(long now) {
    if (now - current.openedAt() <= route.renewAfterMs() * Timing.NANOS) {
      backoff.reset();
    } else if (isTime(now)) {
      successor = open();
    }
  }

  private void handOver(long now) {
    if (!successor.isOpen()) {
      return;
    }
    Timing.Overlap overlap = context.timing().overlap();
    long age = (now - successor.openedAt()) / Timing.NANOS;
    if (age >= overlap.mostMs() || (age >= overlap.leastMs() && successor.isReady())) {
      if (current.broken() == null) {
        context.counts().renewals.increment();
      }
      current.close();
      current = successor;
      successor = null;
    }
  }

  void close() {
    if (current != null) {
      current.close();
    }
    if (successor != null) {
      successor.close();
    }
  }
}
