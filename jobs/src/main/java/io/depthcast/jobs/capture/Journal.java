package io.depthcast.jobs.capture;

import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Takes lines from any thread and brings them to the disk in the order taken, a frame at a time, in
 * a thread of its own.
 */
final class Journal {

  /** Receivers wait while so much is not on the disk. */
  private static final int MOST_WAITING_BYTES = 1 << 26;

  /** A frame is begun before its time when there is so much. */
  private static final int FRAME_BYTES = 1 << 22;

  /**
   * When lines go to the disk.
   *
   * @param flushMs longest time in memory, 1 to 60000 milliseconds
   * @param segmentSeconds age at which a segment is closed, 1 to 604800
   * @param segmentBytes size at which a segment is closed, 1 to 2^40 compressed bytes
   */
  record Rotation(long flushMs, long segmentSeconds, long segmentBytes) {

    private static final long WEEK_SECONDS = 604_800;

    Rotation {
      requireRange("--flush-ms", flushMs, 60_000);
      requireRange("--segment-seconds", segmentSeconds, WEEK_SECONDS);
      requireRange("--segment-mb in bytes", segmentBytes, 1L << 40);
    }

    private static void requireRange(String name, long value, long most) {
      if (value < 1 || value > most) {
        throw new IllegalArgumentException(
            "Invalid " + name + ": " + value + " (must be 1 to " + most + ")");
      }
    }
  }

  /** Told of each frame that is on the disk. */
  @FunctionalInterface
  interface OnDisk {

    /**
     * Must not wait.
     *
     * @param reach how far the segment is acknowledged
     * @param lines acknowledged since the start
     */
    void acknowledged(SegmentTail.Reach reach, long lines);
  }

  private final SegmentFolder folder;
  private final Rotation rotation;
  private final InstantSource clock;
  private final OnDisk onDisk;
  private final Supplier<Manifest.Published> topics;
  private final Thread writer = new Thread(this::writeAll, "journal");

  private LineBuffer filling = new LineBuffer();
  private LineBuffer draining = new LineBuffer();
  private long fillingSince;
  private long taken;
  private boolean stopping;
  private Throwable failure;

  // Of the writer alone.
  private Segment segment;
  private long segmentSince;

  private volatile long slowestNanos;

  /**
   * @param topics how far messages are published, for the manifests; null where they are not
   */
  Journal(
      SegmentFolder folder,
      Rotation rotation,
      InstantSource clock,
      OnDisk onDisk,
      Supplier<Manifest.Published> topics) {
    this.folder = folder;
    this.rotation = rotation;
    this.clock = clock;
    this.onDisk = onDisk;
    this.topics = topics;
    writer.start();
  }

  /**
   * Takes a line; waits while the disk is far behind. Once writing has failed lines are dropped.
   *
   * @see LineBuffer#add
   */
  synchronized void add(
      long wallNanos, long monotonicNanos, String connection, long counter, byte[] message) {
    try {
      while (filling.size() > MOST_WAITING_BYTES && failure == null) {
        wait();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    if (failure != null) {
      return;
    }
    if (filling.size() == 0) {
      fillingSince = System.nanoTime();
    }
    filling.add(wallNanos, monotonicNanos, connection, counter, message);
    taken++;
    if (filling.size() > FRAME_BYTES) {
      notifyAll();
    }
  }

  /** Waits for the time of the next frame; its lines may not wait longer. */
  private synchronized void awaitFrame() {
    long until = System.nanoTime() + rotation.flushMs() * Timing.NANOS;
    try {
      long left;
      while (!stopping && filling.size() <= FRAME_BYTES && (left = until - System.nanoTime()) > 0) {
        wait(1 + left / Timing.NANOS);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    return new IllegalStateException("A thread of the collector was interrupted", e);
  }

  private void writeAll() {
    try {
      while (drain()) {
        rotate();
      }
      closeSegment("stop");
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  /** Writes what has come since the last call; false once it was the last. */
  private boolean drain() throws IOException {
    long since;
    long lines;
    boolean last;
    synchronized (this) {
      awaitFrame();
      last = stopping;
      since = fillingSince;
      lines = taken;
      LineBuffer full = filling;
      filling = draining;
      draining = full;
      notifyAll();
    }
    if (draining.size() > 0) {
      if (segment == null) {
        segment = folder.next(clock.instant());
        segmentSince = System.nanoTime();
      }
      segment.write(draining.bytes(), draining.size());
      draining.clear();
      slowestNanos = Math.max(slowestNanos, System.nanoTime() - since);
      onDisk.acknowledged(new SegmentTail.Reach(segment.name(), segment.bytes()), lines);
    }
    return !last;
  }

  private void rotate() throws IOException {
    if (segment == null) {
      return;
    }
    if (segment.bytes() >= rotation.segmentBytes()) {
      closeSegment("size");
    } else if (System.nanoTime() - segmentSince >= rotation.segmentSeconds() * 1_000_000_000L) {
      closeSegment("age");
    }
  }

  private void closeSegment(String by) throws IOException {
    if (segment != null) {
      Segment ending = segment;
      segment = null;
      ending.close(by, topics.get());
    }
  }

  private void fail(Throwable e) {
    synchronized (this) {
      failure = e;
      notifyAll();
    }
    try {
      closeSegment("write failure");
    } catch (IOException noRoomForTheManifest) {
      e.addSuppressed(noRoomForTheManifest);
    }
  }

  /** Why nothing more can be written, an {@link IOException} or a bug; else null. */
  synchronized Throwable failure() {
    return failure;
  }

  /** The longest time from a line's receipt to its acknowledgement since the last call. */
  long slowestNanos() {
    long nanos = slowestNanos;
    slowestNanos = 0;
    return nanos;
  }

  /** Writes what has been taken, closes the segment and frees the folder; see {@link #failure}. */
  void close() throws IOException {
    synchronized (this) {
      stopping = true;
      notifyAll();
    }
    try {
      writer.join();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    folder.close();
  }
}
