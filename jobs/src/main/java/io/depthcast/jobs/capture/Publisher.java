package io.depthcast.jobs.capture;

import io.depthcast.jobs.Console;
import io.depthcast.jobs.source.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;

/**
 * Publishes what is acknowledged in the segments of a folder, in their order, in a thread of its
 * own. The disk is its queue: it reads the segments again, so that brokers that are slow or dead
 * keep nobody waiting and lose nothing. After a restart it goes on from what it {@linkplain
 * PublishedUpTo noted}; the messages that were taken after the note are published twice then.
 */
final class Publisher {

  private static final int MARK_LINES = 1_000;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long IDLE_NANOS = SECOND_NANOS / 50;

  /** Silence of the brokers that is said. */
  private static final long QUIET_NANOS = 10 * SECOND_NANOS;

  private static final long NEW_PRODUCER_NANOS = 5 * SECOND_NANOS;

  /** A place in the segments, and how many of the messages up to it wait to be taken. */
  private static final class Mark {
    private PublishedUpTo place;
    private int lines;
    private int waiting;
    private boolean complete;
  }

  private final Path folder;
  private final Venue venue;
  private final Brokers brokers;
  private final Thread thread = new Thread(this::publishAll, "publisher");

  // Of the thread alone.
  private final StoredLine line = new StoredLine();
  private String segmentOfHeader = "";
  private byte[] segmentHeader;
  private long notedAt = System.nanoTime();
  private String lastFault = "";

  /** The brokers take less than is sent, or do not answer: there was no room for the message. */
  private boolean notSent;

  // All that follows is guarded by this.
  private final Deque<Mark> marks = new ArrayDeque<>();
  private PublishedUpTo noted;
  private PublishedUpTo taken;
  private final long backlog;
  private long takenLines;
  private long acknowledgedLines;
  private long refused;
  private SegmentTail.Reach reach;
  private RuntimeException fault;
  private long takenAt = System.nanoTime();
  private boolean quiet;
  private boolean stopping;
  private long stopAt;

  /**
   * Begins to publish.
   *
   * @param folder of the segments; what killed runs left open is closed
   */
  Publisher(Path folder, Venue venue, Brokers brokers) throws IOException {
    this.folder = folder;
    this.venue = venue;
    this.brokers = brokers;
    noted = PublishedUpTo.read(folder, brokers.cluster());
    taken = noted;
    backlog = noted.linesBehind(folder);
    thread.start();
  }

  /** Takes note of what is on the disk; keeps nobody waiting. */
  synchronized void acknowledged(SegmentTail.Reach newReach, long linesOfRun) {
    reach = newReach;
    acknowledgedLines = linesOfRun;
    notifyAll();
  }

  private void publishAll() {
    boolean goesOn = true;
    while (goesOn) {
      goesOn = publishUntilFault();
    }
  }

  /** Publishes with one producer, from what was taken on; false at the end. */
  private boolean publishUntilFault() {
    Producer<byte[], byte[]> producer = null;
    try (SegmentTail tail = new SegmentTail(folder, restart())) {
      producer = brokers.producer();
      while (!isOver()) {
        publish(tail, producer);
      }
      return false;
    } catch (IOException | RuntimeException e) {
      warn(e);
      return awaitRetry();
    } finally {
      if (producer != null) {
        producer.close(Duration.ZERO);
      }
      note();
    }
  }

  /** Says what is wrong, once. */
  private void warn(Exception e) {
    String reason = Connection.reason(e);
    if (!reason.equals(lastFault)) {
      lastFault = reason;
      Console.warn(
          "kafka: "
              + reason
              + "; the capture goes on, publication is tried again from the last message taken");
    }
  }

  private synchronized PublishedUpTo restart() {
    marks.clear();
    fault = null;
    return taken;
  }

  /** Publishes the next line, or waits for one. */
  private void publish(SegmentTail tail, Producer<byte[], byte[]> producer) throws IOException {
    long gone = tail.segmentsGone();
    SegmentTail.Reach seen = reach();
    if (tail.next(seen)) {
      send(tail, producer);
    } else {
      awaitMore(seen);
      look();
    }
    if (tail.segmentsGone() > gone) {
      Console.warn(
          "kafka: "
              + (tail.segmentsGone() - gone)
              + " segments before "
              + tail.segment()
              + " were taken away before they were published");
    }
  }

  private synchronized SegmentTail.Reach reach() {
    return reach;
  }

  private synchronized void awaitMore(SegmentTail.Reach seen) {
    // The last mark holds all that was sent: it is complete while there is nothing to send.
    if (!marks.isEmpty()) {
      marks.getLast().complete = true;
      take();
    }
    awaitUntil(System.nanoTime() + IDLE_NANOS, () -> !Objects.equals(reach, seen));
  }

  private synchronized void awaitUntil(long until, BooleanSupplier earlier) {
    try {
      long left;
      while (!earlier.getAsBoolean() && (left = until - System.nanoTime()) > 0) {
        wait(1 + left / Timing.NANOS);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while publishing", e);
    }
  }

  private void send(SegmentTail tail, Producer<byte[], byte[]> producer) {
    ProducerRecord<byte[], byte[]> record = record(tail);
    Mark mark = mark(tail);
    do {
      notSent = false;
      var unused = producer.send(record, (metadata, failure) -> done(mark, failure));
      look();
    } while (notSent && !isOver());
  }

  private ProducerRecord<byte[], byte[]> record(SegmentTail tail) {
    byte[] bytes = tail.line().bytes();
    int end = tail.line().end();
    line.read(bytes, tail.line().start());
    Subject subject = venue.subject(bytes, line.message(), end);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            subject.trade() ? Topics.TRADES : Topics.BOOKS,
            null,
            line.wallNanos() / Timing.NANOS,
            text(venue.feed() + "|" + subject.symbol()),
            Arrays.copyOfRange(bytes, line.message(), end));
    if (!tail.segment().equals(segmentOfHeader)) {
      segmentOfHeader = tail.segment();
      segmentHeader = text(segmentOfHeader);
    }
    Headers headers = record.headers();
    headers.add(Topics.SEGMENT, segmentHeader);
    headers.add(Topics.LINE, text(Long.toString(tail.lineNo())));
    headers.add(Topics.RECEIVED, line.wall());
    headers.add(Topics.MONOTONIC, line.monotonic());
    headers.add(Topics.CONNECTION, line.connection());
    headers.add(Topics.COUNTER, line.counterText());
    return record;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private synchronized Mark mark(SegmentTail tail) {
    Mark mark = marks.peekLast();
    boolean another =
        mark == null
            || mark.complete
            || mark.lines == MARK_LINES
            || mark.place.number() != tail.number();
    if (another) {
      if (mark != null) {
        mark.complete = true;
      }
      mark = new Mark();
      marks.add(mark);
    }
    mark.place = new PublishedUpTo(tail.segment(), tail.number(), tail.lineNo());
    mark.lines++;
    mark.waiting++;
    return mark;
  }

  /** A message was taken or refused; called by the producer's thread, or while it is sent. */
  private synchronized void done(Mark mark, Exception failure) {
    if (failure instanceof TimeoutException && Thread.currentThread().equals(thread)) {
      notSent = true;
      return;
    }
    if (failure instanceof RecordTooLargeException) {
      refused++;
      if (refused == 1) {
        Console.warn(
            "kafka: a message is larger than its topic allows and is in the segments only; raise"
                + " max.message.bytes of the topics (counted from here on as refused)");
      }
    } else if (failure != null) {
      fault = failure instanceof RuntimeException e ? e : new KafkaException(failure);
      return;
    }
    takenAt = System.nanoTime();
    mark.waiting--;
    take();
  }

  private synchronized void take() {
    Mark first = marks.peekFirst();
    while (first != null && first.complete && first.waiting == 0) {
      taken = first.place;
      takenLines += first.lines;
      marks.removeFirst();
      first = marks.peekFirst();
    }
  }

  /** Notes what was taken, now and then, and says when the brokers fall silent. */
  private void look() {
    long now = System.nanoTime();
    boolean due;
    synchronized (this) {
      if (fault != null) {
        throw fault;
      }
      if (marks.isEmpty()) {
        takenAt = now;
      }
      boolean wasQuiet = quiet;
      quiet = now - takenAt > QUIET_NANOS;
      if (quiet && !wasQuiet) {
        Console.warn(
            "kafka: the brokers take nothing; the capture goes on, what waits is on the disk");
      } else if (wasQuiet && !quiet) {
        Console.progress("kafka: the brokers take messages again");
      }
      due = now - notedAt > SECOND_NANOS;
    }
    if (due) {
      notedAt = now;
      note();
    }
  }

  private void note() {
    PublishedUpTo place;
    synchronized (this) {
      place = taken;
      if (place.equals(noted)) {
        return;
      }
    }
    try {
      place.write(folder, brokers.cluster());
      synchronized (this) {
        noted = place;
      }
    } catch (IOException e) {
      Console.warn("kafka: what is published cannot be noted: " + Connection.reason(e));
    }
  }

  /** Whether to end: all is taken, or there is no time left. */
  private synchronized boolean isOver() {
    return stopping && (behind() == 0 || System.nanoTime() - stopAt >= 0);
  }

  private boolean awaitRetry() {
    awaitUntil(System.nanoTime() + NEW_PRODUCER_NANOS, this::isOver);
    return !isOver();
  }

  private long behind() {
    return Math.max(0, backlog + acknowledgedLines - takenLines);
  }

  /** How far the topics are. */
  synchronized Manifest.Published state() {
    return new Manifest.Published(behind(), refused);
  }

  /** How far the topics are, for a person: {@code , 12 published, 3 behind}. */
  synchronized String words() {
    return String.format(
        Locale.ROOT,
        ", %,d published, %,d behind%s",
        takenLines - refused,
        behind(),
        refused > 0 ? String.format(Locale.ROOT, ", %,d refused by the brokers", refused) : "");
  }

  /** Publishes what is on the disk, for a while, and ends. */
  void close(Duration patience) {
    synchronized (this) {
      stopping = true;
      stopAt = System.nanoTime() + patience.toNanos();
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while publishing", e);
    }
  }
}
