package io.depthcast.jobs.table;

import io.depthcast.jobs.columns.ArrayVector;
import io.depthcast.jobs.columns.ColumnFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * The files that one task writes: of each slice, or part of one, one a table, in the order of the
 * rows. The files belong to the tables once the driver has committed them.
 */
public final class SliceFiles {

  /** Partition columns; they are in the path, not in the file. */
  static final int SLICE_COLUMNS = 3;

  /** A table and where it lies. */
  record Target(TableSpec table, String location, RowChecks checks) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final Configuration hadoop;
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final String writeId;
  private final List<SliceFile> finished = new ArrayList<>();
  private final List<SlicePart> parts = new ArrayList<>();

  /**
   * @param targets tables partitioned by slice
   * @param writeId names the files, together with the number of the task's attempt
   */
  SliceFiles(Configuration hadoop, List<Target> targets, String writeId) {
    this.hadoop = hadoop;
    this.writeId = writeId;
    targets.forEach(target -> tables.put(target.table().name(), new Table(target)));
  }

  /** How the task reaches files. */
  public Configuration hadoop() {
    return hadoop;
  }

  /** Begins a slice, which is replaced in all tables; rows that follow are its rows. */
  public void begin(Slice slice) throws IOException {
    begin(new SlicePart(slice, 0, 1));
  }

  /**
   * Begins a part of a slice, whose other parts are begun elsewhere in the same write. Files sort
   * by their names in the order of the parts.
   */
  public void begin(SlicePart part) throws IOException {
    endSlice();
    parts.add(part);
    String fileName = fileName(String.format("%s-%05d", writeId, part.number()));
    for (Table table : tables.values()) {
      table.begin(part.slice(), fileName);
    }
  }

  private static String fileName(String name) {
    return name + "-" + TaskContext.get().taskAttemptId() + ".snappy.parquet";
  }

  /**
   * Adds rows of the slice.
   *
   * @param columns every column of the table, in its order
   */
  public void write(TableSpec table, ArrayVector[] columns, int rows) throws IOException {
    requireRunning();
    if (rows > 0) {
      tables.get(table.name()).write(columns, rows);
    }
  }

  /** Takes rows in the columns of a table, as {@link #write} does. */
  @FunctionalInterface
  public interface Rows {
    void add(ArrayVector[] columns, int rows) throws IOException;
  }

  /** Writes rows of a file into another. */
  @FunctionalInterface
  public interface Rewriting {
    void rewrite(Path before, Rows after) throws IOException;
  }

  /**
   * Writes the file of a slice in one table anew, though the slice has ended; the file before goes.
   *
   * @param rewriting gets null where there is no file, as no row was written
   */
  public void rewrite(TableSpec table, Slice slice, Rewriting rewriting) throws IOException {
    endSlice();
    tables.get(table.name()).rewrite(slice, rewriting);
  }

  /** Notes something about the file of the slice in one table, in Delta's log. */
  public void tag(TableSpec table, String key, String value) {
    tables.get(table.name()).tags.put(key, value);
  }

  private void endSlice() throws IOException {
    for (Table table : tables.values()) {
      table.end();
    }
  }

  /** A task whose job has failed elsewhere goes on until it looks. */
  private static void requireRunning() throws IOException {
    if (TaskContext.get().isInterrupted()) {
      throw new IOException("The task was cancelled");
    }
  }

  /** Ends the last slice; answers all files. */
  List<SliceFile> finish() throws IOException {
    endSlice();
    requireRunning();
    return List.copyOf(finished);
  }

  /** The slices, or parts of slices, that were begun. */
  List<SlicePart> parts() {
    return List.copyOf(parts);
  }

  /** Deletes what a failed task has written. */
  void discard() throws IOException {
    for (Table table : tables.values()) {
      table.abandon();
    }
    for (SliceFile file : finished) {
      tables.get(file.table()).delete(file);
    }
  }

  /** The file of the present slice in one table. */
  private final class Table {
    private final Target target;
    private final StructType inFile;
    private final Set<String> unrepeated;
    private final RowChecks.Run checks;
    private Slice slice;
    private Path path;
    private ColumnFile file;
    private ArrayVector[] checkedColumns;
    private ColumnarBatch checked;
    private final Map<String, String> tags = new TreeMap<>();

    Table(Target target) {
      this.target = target;
      StructField[] fields = target.table().schema().fields();
      inFile = new StructType(Arrays.copyOfRange(fields, SLICE_COLUMNS, fields.length));
      unrepeated =
          target.table().columns().stream()
              .filter(TableSpec.Column::continuous)
              .map(TableSpec.Column::name)
              .collect(Collectors.toSet());
      checks = target.checks().start();
    }

    void begin(Slice next, String fileName) {
      slice = next;
      path = new Path(target.location() + "/" + next.folder() + "/" + fileName);
      file = new ColumnFile(hadoop, path, inFile, unrepeated);
      tags.clear();
    }

    void write(ArrayVector[] columns, int rows) throws IOException {
      if (columns != checkedColumns) {
        checkedColumns = columns;
        checked = new ColumnarBatch(columns);
      }
      checked.setNumRows(rows);
      checks.require(slice, checked);
      file.write(columns, SLICE_COLUMNS, rows);
    }

    void end() throws IOException {
      if (file == null) {
        return;
      }
      file.close();
      ColumnFile written = file;
      file = null;
      if (written.rows() > 0) {
        FileStatus status = path.getFileSystem(hadoop).getFileStatus(path);
        finished.add(
            new SliceFile(
                target.table().name(),
                slice,
                SparkPath.fromPath(new Path(slice.folder() + "/" + path.getName())).urlEncoded(),
                status.getLen(),
                status.getModificationTime(),
                FileStatistics.json(target.table(), written),
                Map.copyOf(tags)));
      }
    }

    void abandon() throws IOException {
      if (file != null) {
        file.abandon();
        file = null;
        remove(path);
      }
    }

    void rewrite(Slice of, Rewriting rewriting) throws IOException {
      SliceFile before =
          finished.stream()
              .filter(file -> file.table().equals(target.table().name()) && file.slice().equals(of))
              .findFirst()
              .orElse(null);
      begin(of, fileName(writeId + "-again"));
      if (before != null) {
        tags.putAll(before.tags());
      }
      rewriting.rewrite(before == null ? null : path(before), this::write);
      end();
      if (before != null) {
        finished.remove(before);
        delete(before);
      }
    }

    void delete(SliceFile of) throws IOException {
      remove(path(of));
    }

    private Path path(SliceFile of) {
      return new Path(target.location(), SparkPath.fromUrlString(of.path()).toPath());
    }

    /** Deletes a file and the folders that are empty without it, up to the lake's own. */
    private void remove(Path gone) throws IOException {
      var fs = gone.getFileSystem(hadoop);
      fs.delete(gone, false);
      Lake.removeEmptyFolders(fs, gone.getParent(), SLICE_COLUMNS + 2);
    }
  }
}
