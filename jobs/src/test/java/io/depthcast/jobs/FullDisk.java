package io.depthcast.jobs;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local disk under the scheme {@code full}, with so much room left as a test says; counts the
 * files that are being read.
 */
public final class FullDisk extends RawLocalFileSystem {

  private static final AtomicLong ROOM = new AtomicLong(Long.MAX_VALUE);
  private static final AtomicInteger OPEN = new AtomicInteger();

  /** Bytes that can still be written. */
  public static void room(long bytes) {
    ROOM.set(bytes);
  }

  /** Files that were opened to be read and are not closed. */
  public static int openFiles() {
    return OPEN.get();
  }

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    FSDataInputStream in = super.open(path, buffer);
    OPEN.incrementAndGet();
    return new FSDataInputStream(in.getWrappedStream()) {
      private boolean closed;

      @Override
      public void close() throws IOException {
        super.close();
        if (!closed) {
          closed = true;
          OPEN.decrementAndGet();
        }
      }
    };
  }

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public URI getUri() {
    return URI.create("full:///");
  }

  @Override
  protected OutputStream createOutputStreamWithMode(
      Path path, boolean append, FsPermission permission) throws IOException {
    return new Limited(super.createOutputStreamWithMode(path, append, permission));
  }

  private static final class Limited extends FilterOutputStream {

    Limited(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (ROOM.addAndGet(-length) < 0) {
        throw new IOException("No space left on device");
      }
      out.write(bytes, offset, length);
    }
  }
}
