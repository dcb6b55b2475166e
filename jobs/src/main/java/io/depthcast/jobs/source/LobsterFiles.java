package io.depthcast.jobs.source;

import io.depthcast.feed.lobster.LobsterName;
import io.depthcast.feed.lobster.LobsterPair;
import io.depthcast.feed.lobster.LobsterReader;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.table.Slice;
import io.depthcast.quality.DataContractException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Finds and opens LOBSTER files: folders, globs, zips as LOBSTER ships them, csv and csv.gz. */
public final class LobsterFiles {

  /** The venue that LOBSTER reconstructs. */
  private static final String VENUE = "nasdaq";

  private LobsterFiles() {}

  /**
   * Where one LOBSTER file lies.
   *
   * @param path file, or zip that holds it
   * @param entry name inside the zip; empty for a plain file
   */
  public record Location(String path, String entry) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** A symbol-day and where its two files lie. */
  public record Source(LobsterPair pair, Location message, Location orderbook)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public Slice slice() {
      return new Slice(VENUE, pair.symbol(), pair.date());
    }
  }

  /**
   * The symbol-days below a path, ordered by symbol, then date.
   *
   * @throws ConfigException if there is nothing at the path
   * @throws DataContractException if a file has no counterpart or a symbol-day comes twice
   */
  public static List<Source> find(Configuration hadoop, String pathOrGlob) {
    Map<LobsterName, Location> found = new HashMap<>();
    try {
      Path path = new Path(pathOrGlob);
      FileSystem fs = path.getFileSystem(hadoop);
      FileStatus[] roots = fs.globStatus(path);
      if (roots == null || roots.length == 0) {
        throw new ConfigException(pathOrGlob + ": no such file or folder");
      }
      for (FileStatus root : roots) {
        RemoteIterator<LocatedFileStatus> files = fs.listFiles(root.getPath(), true);
        while (files.hasNext()) {
          add(hadoop, files.next().getPath(), found);
        }
      }
    } catch (IOException e) {
      throw new ConfigException(pathOrGlob + ": " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new ConfigException(
          pathOrGlob + ": no LOBSTER file (SYMBOL_DATE_START_END_message_LEVEL.csv) found");
    }
    return LobsterPair.pair(found.keySet()).stream()
        .map(p -> new Source(p, found.get(p.message()), found.get(p.orderbook())))
        .toList();
  }

  private static void add(Configuration hadoop, Path file, Map<LobsterName, Location> found)
      throws IOException {
    if (file.getName().endsWith(".zip")) {
      try (ZipFile zip = openZip(hadoop, file)) {
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
          String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
          if (!entry.isDirectory() && LobsterName.isExpectedToParse(name)) {
            put(found, LobsterName.parse(name), new Location(file.toString(), entry.getName()));
          }
        }
      }
    } else if (LobsterName.isExpectedToParse(file.getName())) {
      put(found, LobsterName.parse(file.getName()), new Location(file.toString(), ""));
    }
  }

  private static void put(Map<LobsterName, Location> found, LobsterName name, Location location) {
    Location other = found.put(name, location);
    if (other != null) {
      List<String> paths =
          Stream.of(other, location).map(l -> SourceFiles.shown(l.path())).sorted().toList();
      throw new DataContractException(
          name.fileName()
              + " is in "
              + paths.get(0)
              + " and in "
              + paths.get(1)
              + "; give one of them");
    }
  }

  /** Opens the two files of a symbol-day. */
  public static LobsterReader read(Configuration hadoop, Source source, double maxRejectedShare) {
    InputStream message = open(hadoop, source.message());
    try {
      InputStream orderbook = open(hadoop, source.orderbook());
      try {
        return new LobsterReader(source.pair(), message, orderbook, maxRejectedShare);
      } catch (RuntimeException e) {
        SourceFiles.close(orderbook, e);
        throw e;
      }
    } catch (RuntimeException e) {
      SourceFiles.close(message, e);
      throw e;
    }
  }

  /** Opens a file as plain text bytes; closing the stream closes all below it. */
  private static InputStream open(Configuration hadoop, Location location) {
    try {
      Path path = new Path(location.path());
      if (!location.entry().isEmpty()) {
        ZipFile zip = openZip(hadoop, path);
        try {
          return new WholeEntry(zip, zip.getEntry(location.entry()));
        } catch (IOException e) {
          SourceFiles.close(zip, e);
          throw e;
        }
      }
      FSDataInputStream raw = path.getFileSystem(hadoop).open(path);
      if (!path.getName().endsWith(".gz")) {
        return raw;
      }
      try {
        return new GZIPInputStream(new BufferedInputStream(raw, 1 << 16), 1 << 16);
      } catch (IOException e) {
        SourceFiles.close(raw, e);
        throw e;
      }
    } catch (IOException e) {
      throw SourceFiles.damaged(hadoop, new Path(location.path()), e);
    }
  }

  private static ZipFile openZip(Configuration hadoop, Path path) throws IOException {
    FileSystem fs = path.getFileSystem(hadoop);
    Channel channel = new Channel(fs.open(path), fs.getFileStatus(path).getLen());
    try {
      return new ZipFile(channel, path.getName(), "UTF8", true, true);
    } catch (IOException e) {
      channel.close();
      throw SourceFiles.damaged(hadoop, path, e);
    }
  }

  /** The bytes of a zip's entry; the end is refused if they are not those that were packed. */
  private static final class WholeEntry extends FilterInputStream {
    private final ZipFile zip;
    private final ZipArchiveEntry entry;
    private final CRC32 checksum = new CRC32();

    WholeEntry(ZipFile zip, ZipArchiveEntry entry) throws IOException {
      super(zip.getInputStream(entry));
      this.zip = zip;
      this.entry = entry;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      if (count > 0) {
        checksum.update(bytes, offset, count);
      } else if (count < 0 && checksum.getValue() != entry.getCrc()) {
        throw new ZipException("CRC of " + entry.getName() + " does not match");
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      super.close();
      zip.close();
    }
  }

  /** Random access to a file of any Hadoop file system, as the zip reader wants it. */
  private static final class Channel implements SeekableByteChannel {
    private final FSDataInputStream in;
    private final long size;
    private boolean open = true;

    Channel(FSDataInputStream in, long size) {
      this.in = in;
      this.size = size;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      byte[] bytes = new byte[target.remaining()];
      int n = in.read(bytes, 0, bytes.length);
      if (n > 0) {
        target.put(bytes, 0, n);
      }
      return n;
    }

    @Override
    public long position() throws IOException {
      return in.getPos();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      in.seek(position);
      return this;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() throws IOException {
      open = false;
      in.close();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }
  }
}
