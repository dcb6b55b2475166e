package io.depthcast.jobs.table;

import io.depthcast.jobs.table.BookFiles.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;

/**
 * How long slices of {@code silver.book} are cut into blocks, each computed by one task: by their
 * rows and by what the computation looks at, never by the machine, so that the same files come out
 * everywhere.
 *
 * <p>A block is read from a page of the file on that begins early enough for the look-back, and as
 * far beyond its last row as its reader wants. A slice of less than two blocks is not cut. Where
 * the rows that a block must look at around it are many, blocks are longer: four times as long.
 *
 * @param rows rows of a block, at least; {@link Long#MAX_VALUE} to cut nothing
 * @param backRows rows before row n that the value at row n looks at
 * @param backNanos time before row n that the value at row n looks at, nanoseconds
 * @param aheadRows rows after row n that the value at row n may look at
 * @param aheadNanos time after row n that the value at row n may look at, nanoseconds
 */
public record BookBlocks(
    long rows, long backRows, long backNanos, long aheadRows, long aheadNanos) {

  /** Slices stay whole. */
  static final BookBlocks NONE = new BookBlocks(Long.MAX_VALUE, 0, 0, 0, 0);

  private static final int BLOCK_OVER_MARGIN = 4;

  /** The blocks of a slice, in order. */
  List<BookFiles> of(Slice slice, String location, List<AddFile> added, BookFormat format) {
    List<File> files =
        added.stream()
            .sorted(Comparator.comparing(AddFile::path))
            .map(
                file ->
                    new File(
                        location + "/" + SparkPath.fromUrlString(file.path()).toPath(),
                        knownLevels(file)))
            .toList();
    long allRows = rows == Long.MAX_VALUE ? 0 : rows(added);
    int parts = (int) Math.max(1, allRows / blockRows(added, allRows));
    if (parts == 1) {
      return List.of(
          new BookFiles(new SlicePart(slice, 0, 1), files, format, 1, 1, Long.MAX_VALUE));
    }
    BookPages pages = pages(files, format);
    List<BookFiles> blocks = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      long first = 1 + allRows * part / parts;
      long last = allRows * (part + 1) / parts;
      BookPages.Page from = pages.before(first, backRows, backNanos);
      blocks.add(
          new BookFiles(
              new SlicePart(slice, part, parts),
              files.subList(from.file(), files.size()),
              format,
              from.firstSeq(),
              first,
              part == parts - 1 ? Long.MAX_VALUE : last));
    }
    return blocks;
  }

  /** All that are asked for, where the log does not tell. */
  private static int knownLevels(AddFile file) {
    Option<String> known = file.getTag(BookFiles.KNOWN_LEVELS);
    return known.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(known.get());
  }

  private long blockRows(List<AddFile> files, long allRows) {
    if (allRows == 0) {
      return rows;
    }
    List<FileStatistics.Rows> known =
        files.stream().map(f -> FileStatistics.rows(f.stats()).orElseThrow()).toList();
    long begin = known.stream().mapToLong(FileStatistics.Rows::firstTime).min().orElseThrow();
    long end = known.stream().mapToLong(FileStatistics.Rows::lastTime).max().orElseThrow();
    double rowsPerNano = (double) allRows / Math.max(1.0, (double) (end - begin));
    double margin =
        (double) (backRows + aheadRows) + rowsPerNano * (double) (backNanos + aheadNanos);
    return Math.max(rows, Math.min((long) (BLOCK_OVER_MARGIN * margin), allRows));
  }

  /** 0 where the log does not tell. */
  private static long rows(List<AddFile> files) {
    long rows = 0;
    for (AddFile file : files) {
      Optional<FileStatistics.Rows> known = FileStatistics.rows(file.stats());
      if (known.isEmpty()) {
        return 0;
      }
      rows += known.get().count();
    }
    return rows;
  }

  private static BookPages pages(List<File> files, BookFormat format) {
    try {
      return BookPages.read(files, format.hadoop());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
