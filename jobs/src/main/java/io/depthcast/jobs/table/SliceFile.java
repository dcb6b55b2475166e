package io.depthcast.jobs.table;

import java.io.Serializable;
import java.util.Map;

/**
 * A file of a table that a task has written and no commit refers to yet.
 *
 * @param table name of the table
 * @param path URL-encoded path below the table's folder
 * @param bytes size
 * @param modified milliseconds since 1970-01-01 UTC
 * @param statistics Delta's statistics of the rows, JSON
 * @param tags what else the log is to hold of it
 */
record SliceFile(
    String table,
    Slice slice,
    String path,
    long bytes,
    long modified,
    String statistics,
    Map<String, String> tags)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
