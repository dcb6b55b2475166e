package io.depthcast.jobs.source;

import com.github.luben.zstd.ZstdInputStream;
import io.depthcast.jobs.ConfigException;
import io.depthcast.quality.DataContractException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Source files of any Hadoop file system: found, and opened as the text that is in them. */
public final class SourceFiles {

  private static final int BUFFER = 1 << 16;

  private SourceFiles() {}

  /**
   * The files of each session below a path: those that a file or glob names are one session, those
   * of each folder another. In a session files are in the order of their names; sessions are in the
   * order of their folders. In folders, names that begin with a dot or an underscore or that do not
   * match are passed over, such as a licence beside the data.
   *
   * @param names names of files, a regular expression; packed files have {@code .gz} or {@code
   *     .zst} behind it
   * @return not empty, nor is a session
   * @throws ConfigException if there is no file
   */
  public static List<List<String>> sessions(Configuration hadoop, String pathOrGlob, String names) {
    List<List<String>> sessions = new ArrayList<>();
    try {
      Path path = new Path(pathOrGlob);
      FileSystem fs = path.getFileSystem(hadoop);
      FileStatus[] found = fs.globStatus(path);
      if (found == null || found.length == 0) {
        throw new ConfigException(pathOrGlob + ": no such file or folder");
      }
      addSessions(fs, found, ".*", "(?:" + names + ")(?:\\.gz|\\.zst)?", sessions);
    } catch (IOException e) {
      throw new ConfigException(pathOrGlob + ": " + e.getMessage(), e);
    }
    if (sessions.isEmpty()) {
      throw new ConfigException(pathOrGlob + ": holds no file of this format");
    }
    return sessions;
  }

  private static void addSessions(
      FileSystem fs,
      FileStatus[] entries,
      String names,
      String namesBelow,
      List<List<String>> sessions)
      throws IOException {
    List<FileStatus> shown =
        Arrays.stream(entries)
            .filter(entry -> !entry.getPath().getName().matches("[._].*"))
            .sorted(Comparator.comparing(entry -> entry.getPath().toString()))
            .toList();
    List<String> files =
        shown.stream()
            .filter(entry -> entry.isFile() && entry.getPath().getName().matches(names))
            .map(entry -> entry.getPath().toString())
            .toList();
    if (!files.isEmpty()) {
      sessions.add(files);
    }
    for (FileStatus folder : shown) {
      if (folder.isDirectory()) {
        addSessions(fs, fs.listStatus(folder.getPath()), namesBelow, namesBelow, sessions);
      }
    }
  }

  /** A file's name without its folders. */
  public static String name(String file) {
    return new Path(file).getName();
  }

  /** A file that is being read, and the checksum of its bytes so far, as they lie on the disk. */
  public record Opened(InputStream text, CRC32C checksum) {}

  /**
   * Opens a file as plain text bytes, by its ending: {@code .gz}, {@code .zst}, others as they are.
   *
   * @throws DataContractException if it is empty or not what its ending says
   */
  public static Opened open(Configuration hadoop, String file) {
    Path path = new Path(file);
    CRC32C checksum = new CRC32C();
    try {
      InputStream raw =
          new BufferedInputStream(
              new CheckedInputStream(path.getFileSystem(hadoop).open(path), checksum), BUFFER);
      try {
        return new Opened(unpacked(path.getName(), raw), checksum);
      } catch (IOException e) {
        close(raw, e);
        throw e;
      }
    } catch (IOException e) {
      throw damaged(hadoop, path, e);
    }
  }

  /** Closes what was opened before a failure, which goes on. */
  static void close(Closeable opened, Exception failure) {
    try {
      opened.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static InputStream unpacked(String name, InputStream raw) throws IOException {
    if (name.endsWith(".gz")) {
      return new GZIPInputStream(raw, BUFFER);
    }
    return name.endsWith(".zst") ? new BufferedInputStream(new ZstdInputStream(raw), BUFFER) : raw;
  }

  /** What is said of a file that cannot be unpacked. */
  static DataContractException damaged(Configuration hadoop, Path file, IOException e) {
    boolean empty;
    try {
      empty = file.getFileSystem(hadoop).getFileStatus(file).getLen() == 0;
    } catch (IOException unreadable) {
      empty = false;
    }
    String what = empty ? "the file is empty" : "cannot be unpacked: the file is cut or damaged";
    return new DataContractException(shown(file.toString()) + ": " + what + "; fetch it again", e);
  }

  /** A path as the user wrote it. */
  static String shown(String path) {
    return path.startsWith("file:/") ? path.substring("file:".length()) : path;
  }
}
