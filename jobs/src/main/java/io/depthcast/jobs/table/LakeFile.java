package io.depthcast.jobs.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file of the lake that is no table, for example a model's artifact or a report. */
public final class LakeFile {

  private LakeFile() {}

  /**
   * Writes beside the target and renames, so that a killed job leaves no half file; an older file
   * is replaced.
   *
   * @param relative path below the lake
   */
  public static void write(Lake lake, String relative, byte[] content) {
    write(new Path(lake.path(relative)), lake.spark().sessionState().newHadoopConf(), content);
  }

  /** As the other, for a task, which has no lake. */
  public static void write(Path target, Configuration hadoop, byte[] content) {
    Path part = new Path(target.getParent(), "." + target.getName() + ".part");
    try {
      FileSystem fs = target.getFileSystem(hadoop);
      try (OutputStream out = fs.create(part, true)) {
        out.write(content);
      }
      fs.delete(target, false);
      if (!fs.rename(part, target)) {
        throw new IOException("Cannot rename " + part + " to " + target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The content of a file, empty if there is none. */
  public static Optional<byte[]> read(Path file, Configuration hadoop) {
    try {
      FileSystem fs = file.getFileSystem(hadoop);
      if (!fs.exists(file)) {
        return Optional.empty();
      }
      try (InputStream in = fs.open(file)) {
        return Optional.of(in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  public static void deleteFolder(Lake lake, String relative) {
    Path folder = new Path(lake.path(relative));
    try {
      folder.getFileSystem(lake.spark().sessionState().newHadoopConf()).delete(folder, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
