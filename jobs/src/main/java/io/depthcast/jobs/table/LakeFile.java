package io.depthcast.jobs.table;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
    Path target = new Path(lake.path(relative));
    Path part = new Path(target.getParent(), "." + target.getName() + ".part");
    try {
      FileSystem fs = target.getFileSystem(lake.spark().sessionState().newHadoopConf());
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
}
