package io.depthcast.jobs.capture;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a collector has seen since it started; safe for threads. */
final class CaptureCounts {

  /** Lines stored, snapshots asked for by REST among them. */
  final LongAdder messages = new LongAdder();

  /** Messages that are missing, by the venue's numbers, once for each place. */
  final LongAdder gaps = new LongAdder();

  /** Connections that ended and had to be replaced; planned ones are not among them. */
  final LongAdder reconnects = new LongAdder();

  /** Connections replaced before the venue's limit. */
  final LongAdder renewals = new LongAdder();

  final LongAdder snapshots = new LongAdder();

  /** Snapshots that were older than the stream. */
  final LongAdder staleSnapshots = new LongAdder();

  /** Stored messages that are no whole JSON. */
  final LongAdder malformed = new LongAdder();

  /** Messages not stored: binary ones, and those above the longest line. */
  final LongAdder refused = new LongAdder();

  private final AtomicLong lagNanos = new AtomicLong(Long.MIN_VALUE);

  /** Notes receive time minus the venue's time of a message. */
  void lag(long nanos) {
    lagNanos.accumulateAndGet(nanos, Math::max);
  }

  /** The longest lag since the last call; {@link Long#MIN_VALUE} if there was no message. */
  long longestLag() {
    return lagNanos.getAndSet(Long.MIN_VALUE);
  }
}
