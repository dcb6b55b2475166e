package io.depthcast.jobs.capture;

import com.github.luben.zstd.ZstdInputStream;
import io.depthcast.feed.LineReader;
import io.depthcast.feed.TextSource;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Reads the segments of a folder from a position on, up to what is acknowledged, while they are
 * being written. Not safe for threads.
 */
final class SegmentTail implements Closeable {

  /**
   * How far a segment is acknowledged that is being written, or was written last.
   *
   * @param segment name of the closed segment
   * @param bytes of whole frames
   */
  record Reach(String segment, long bytes) {}

  private final Path folder;
  private final int known;
  private String segment;
  private int number;
  private long toSkip;
  private FileChannel channel;
  private long offset;
  private long lineNo;
  private long frames;
  private LineReader lines;
  private long segmentsGone;

  /**
   * @param from after which line to begin
   */
  SegmentTail(Path folder, PublishedUpTo from) {
    this.folder = folder;
    known = from.number();
    number = from.number() - 1;
    segment = from.segment();
    toSkip = from.lines();
  }

  /**
   * Goes to the next line.
   *
   * @param reach of the segment that is being written; null before the first write
   * @return false if none is acknowledged yet
   */
  boolean next(Reach reach) throws IOException {
    while (true) {
      if (lines != null && lines.next()) {
        lineNo++;
        if (lineNo > toSkip) {
          return true;
        }
      } else if (!openFrames(reach)) {
        return false;
      }
    }
  }

  /** Opens what is acknowledged of the segment and was not read, or the next segment. */
  private boolean openFrames(Reach reach) throws IOException {
    endStretch();
    while (channel == null || offset == limit(reach)) {
      boolean goesOn = channel != null && reach != null && reach.segment().equals(segment);
      if (goesOn || !openSegment(reach)) {
        return false;
      }
    }
    frames = limit(reach);
    // Whole frames: the stream ends where one ends.
    InputStream packed =
        new BufferedInputStream(Channels.newInputStream(new Range(channel, offset, frames)));
    lines = new LineReader(List.of(new TextSource(segment, new ZstdInputStream(packed))));
    return true;
  }

  private long limit(Reach reach) throws IOException {
    return reach != null && reach.segment().equals(segment) ? reach.bytes() : channel.size();
  }

  private boolean openSegment(Reach reach) throws IOException {
    Optional<SegmentFolder.Name> next =
        SegmentFolder.names(folder).stream().filter(name -> name.number() > number).findFirst();
    if (next.isEmpty()) {
      return false;
    }
    SegmentFolder.Name name = next.get();
    boolean written = reach != null && reach.segment().equals(name.closed());
    if (!written && !Files.exists(folder.resolve(name.closed()))) {
      // Nothing of it is acknowledged.
      return false;
    }
    FileChannel opened;
    try {
      opened = open(name);
    } catch (NoSuchFileException closedMeanwhile) {
      return false;
    }
    if (channel != null) {
      channel.close();
    }
    channel = opened;
    int before = Math.max(known, number);
    segmentsGone += before == 0 ? 0 : Math.max(0, name.number() - before - 1);
    if (!name.closed().equals(segment)) {
      toSkip = 0;
    }
    number = name.number();
    segment = name.closed();
    lineNo = 0;
    offset = 0;
    frames = 0;
    return true;
  }

  private FileChannel open(SegmentFolder.Name name) throws IOException {
    try {
      return FileChannel.open(folder.resolve(name.closed()), StandardOpenOption.READ);
    } catch (NoSuchFileException stillOpen) {
      return FileChannel.open(folder.resolve(name.open()), StandardOpenOption.READ);
    }
  }

  /** The present line. */
  LineReader line() {
    return lines;
  }

  /** Number of the present line in its segment, from 1. */
  long lineNo() {
    return lineNo;
  }

  String segment() {
    return segment;
  }

  int number() {
    return number;
  }

  /** Segments that were taken away before they were read. */
  long segmentsGone() {
    return segmentsGone;
  }

  private void endStretch() throws IOException {
    offset = frames;
    if (lines != null) {
      lines.close();
      lines = null;
    }
  }

  @Override
  public void close() throws IOException {
    endStretch();
    if (channel != null) {
      channel.close();
    }
  }

  /** A part of a file, whose own position does not matter. */
  private static final class Range implements ReadableByteChannel {
    private final FileChannel file;
    private long at;
    private final long end;

    Range(FileChannel file, long from, long end) {
      this.file = file;
      at = from;
      this.end = end;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (at == end) {
        return -1;
      }
      into.limit((int) Math.min(into.limit(), into.position() + end - at));
      int count = file.read(into, at);
      at += Math.max(0, count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
