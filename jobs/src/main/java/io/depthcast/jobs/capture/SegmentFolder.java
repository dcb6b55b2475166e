package io.depthcast.jobs.capture;

import com.github.luben.zstd.ZstdInputStream;
import io.depthcast.jobs.ConfigException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of one feed's segments, for one collector at a time. Names are {@code
 * binance_spot_00000012_20240808T120000Z.zst}: they sort by number, however clocks are set.
 */
final class SegmentFolder implements Closeable {

  private static final Pattern NAME =
      Pattern.compile("(?<name>(?<feed>[a-z_]+)_(?<number>\\d{8})_\\d{8}T\\d{6}Z\\.zst)");
  private static final Pattern OPEN = Pattern.compile("\\." + NAME.pattern() + "\\.open");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int CHUNK = 1 << 20;

  private final Path folder;
  private final Manifest.Source source;
  private final FileChannel lockFile;
  private final List<String> recovered = new ArrayList<>();
  private int lastNumber;

  /**
   * Locks the folder, making it if it is not there, and closes what a killed run left open.
   *
   * @throws ConfigException if it is no folder, not writable, in use, or another feed's
   * @throws IOException if what was left open cannot be closed; it then stays as it is
   */
  SegmentFolder(Path folder, Manifest.Source source) throws IOException {
    this.folder = folder;
    this.source = source;
    lockFile = lock(folder);
    try {
      for (Path file : files(folder)) {
        String name = file.getFileName().toString();
        note(name, NAME.matcher(name));
        note(name, OPEN.matcher(name));
      }
      for (Path file : files(folder)) {
        recover(file);
      }
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  private static FileChannel lock(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new ConfigException(
            "--out " + folder + ": another capture writes here; give each a folder of its own");
      }
      return channel;
    } catch (FileAlreadyExistsException e) {
      throw new ConfigException("--out " + folder + " is a file; give a folder", e);
    } catch (IOException e) {
      throw new ConfigException(
          "--out " + folder + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private void note(String name, Matcher segment) {
    if (!segment.matches()) {
      return;
    }
    if (!segment.group("feed").equals(source.feed())) {
      throw new ConfigException(
          "--out "
              + folder
              + " holds "
              + name
              + ", another feed than "
              + source.feed()
              + "; give each feed a folder of its own");
    }
    lastNumber = Math.max(lastNumber, Integer.parseInt(segment.group("number")));
  }

  /**
   * A segment's name.
   *
   * @param closed its file name once it is closed
   */
  record Name(int number, String closed) {

    /** Its file name while it is written to. */
    String open() {
      return "." + closed + ".open";
    }
  }

  /** Names of all segments, open or closed, by number. */
  static List<Name> names(Path folder) throws IOException {
    Map<Integer, Name> names = new TreeMap<>();
    for (Path file : files(folder)) {
      for (Pattern pattern : List.of(NAME, OPEN)) {
        Matcher segment = pattern.matcher(file.getFileName().toString());
        if (segment.matches()) {
          int number = Integer.parseInt(segment.group("number"));
          names.put(number, new Name(number, segment.group("name")));
        }
      }
    }
    return List.copyOf(names.values());
  }

  /** A segment to write to. */
  Segment next(Instant now) throws IOException {
    lastNumber++;
    String name =
        String.format(Locale.ROOT, "%s_%08d_%s.zst", source.feed(), lastNumber, TIME.format(now));
    return new Segment(
        folder.resolve(new Name(lastNumber, name).open()), folder.resolve(name), source);
  }

  /** What was closed that a killed run had left open, a line each. */
  List<String> recovered() {
    return recovered;
  }

  private void recover(Path file) throws IOException {
    Matcher segment = OPEN.matcher(file.getFileName().toString());
    if (!segment.matches()) {
      return;
    }
    Path closed = folder.resolve(segment.group("name"));
    if (!Files.exists(closed)) {
      Path copy = file.resolveSibling("." + segment.group("name") + ".recovering");
      Files.deleteIfExists(copy);
      // This run's symbols need not be those of the run that was killed.
      Segment whole =
          new Segment(
              copy, closed, new Manifest.Source(source.feed(), List.of(), source.codeVersion()));
      long cut;
      try {
        cut = copyWholeLines(file, whole);
      } catch (IOException e) {
        Files.deleteIfExists(copy);
        throw e;
      }
      whole.close("recovery", null);
      recovered.add(
          segment.group("name")
              + ": left open by a run that was killed, closed with "
              + whole.lines()
              + " whole lines"
              + (cut > 0
                  ? "; " + cut + " bytes of a line that was not finished are left out"
                  : ""));
    }
    Files.delete(file);
  }

  /** Copies up to the last whole line; answers the bytes after it. */
  private static long copyWholeLines(Path file, Segment to) throws IOException {
    byte[] text = new byte[CHUNK];
    int size = 0;
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        ZstdInputStream in = new ZstdInputStream(raw)) {
      // The last frame may have no end; what there is of it is read.
      in.setContinuous(true);
      int count;
      while ((count = read(in, text, size)) > 0) {
        size += count;
        int whole = lastLineEnd(text, size);
        if (whole > 0) {
          to.write(text, whole);
          System.arraycopy(text, whole, text, 0, size - whole);
          size -= whole;
        } else if (size == text.length) {
          text = Arrays.copyOf(text, 2 * size);
        }
      }
    }
    return size;
  }

  /** Bytes read; 0 at the end, or where bytes follow that are no zstd. */
  private static int read(ZstdInputStream in, byte[] text, int from) throws IOException {
    int size = from;
    try {
      int count;
      while (size < text.length && (count = in.read(text, size, text.length - size)) > 0) {
        size += count;
      }
    } catch (com.github.luben.zstd.ZstdIOException damaged) {
      return size - from;
    }
    return size - from;
  }

  private static int lastLineEnd(byte[] text, int size) {
    int end = size;
    while (end > 0 && text[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
