package io.depthcast.jobs.capture;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A segment that is being written: each write is one zstd frame of whole lines, on the disk. */
final class Segment {

  private static final int LEVEL = 3;

  private final Path writing;
  private final Path closed;
  private final Manifest.Source source;
  private final FileChannel channel;
  private final MessageDigest sha256 = sha256();
  private final SegmentContent content = new SegmentContent();
  private byte[] frame = {};
  private long bytes;

  /**
   * @param writing name until it is closed, in the same folder
   * @param closed name from then on
   */
  Segment(Path writing, Path closed, Manifest.Source source) throws IOException {
    this.writing = writing;
    this.closed = closed;
    this.source = source;
    channel = FileChannel.open(writing, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    force(writing.toAbsolutePath().getParent());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path manifest(Path closed) {
    return closed.resolveSibling("_" + closed.getFileName() + ".json");
  }

  /**
   * Writes whole lines; they are on the disk when it returns. If it fails, nothing of them is.
   *
   * @throws IOException if they cannot be written; the segment can still be closed
   */
  void write(byte[] text, int size) throws IOException {
    int most = Math.toIntExact(Zstd.compressBound(size));
    if (frame.length < most) {
      frame = new byte[most];
    }
    int length;
    try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
      zstd.setLevel(LEVEL).setChecksum(true);
      length = zstd.compressByteArray(frame, 0, frame.length, text, 0, size);
    }
    try {
      ByteBuffer out = ByteBuffer.wrap(frame, 0, length);
      while (out.hasRemaining()) {
        channel.write(out);
      }
      channel.force(false);
    } catch (IOException e) {
      channel.truncate(bytes);
      throw e;
    }
    sha256.update(frame, 0, length);
    content.add(text, size);
    bytes += length;
  }

  long bytes() {
    return bytes;
  }

  long lines() {
    return content.lines();
  }

  /** File name once it is closed. */
  String name() {
    return closed.getFileName().toString();
  }

  /**
   * Writes the manifest and gives the segment its name; one without lines goes.
   *
   * @param topics how far it is published; null where nothing is
   * @throws IOException if the manifest cannot be written; the segment then stays open, for the
   *     next run to close
   */
  void close(String closedBy, Manifest.Published topics) throws IOException {
    channel.force(true);
    channel.close();
    if (content.lines() == 0) {
      Files.delete(writing);
      return;
    }
    Manifest manifest =
        new Manifest(
            Manifest.SCHEMA,
            name(),
            source,
            closedBy,
            new Manifest.Content(
                content.lines(),
                content.firstNanos(),
                content.lastNanos(),
                content.textBytes(),
                bytes),
            content.connections(),
            topics,
            HexFormat.of().formatHex(sha256.digest()));
    writeWhole(manifest(closed), manifest.json());
    Files.move(writing, closed, StandardCopyOption.ATOMIC_MOVE);
    force(closed.toAbsolutePath().getParent());
  }

  static void writeWhole(Path file, byte[] bytes) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** New names are on the disk when their folder is. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
