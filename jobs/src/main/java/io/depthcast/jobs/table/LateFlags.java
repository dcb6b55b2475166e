package io.depthcast.jobs.table;

import io.depthcast.book.BookBatch;
import io.depthcast.jobs.columns.ArrayVector;
import io.depthcast.jobs.columns.ColumnFileReader;
import io.depthcast.quality.SuspectWindow;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Flags rows of {@code silver.book} as suspect that have been written as sound: what was wrong with
 * them showed only later.
 */
public final class LateFlags {

  private static final int BATCH_ROWS = 4096;

  private LateFlags() {}

  /**
   * Writes the book of a slice anew, as long as it is not committed.
   *
   * @param levels levels a side of the table
   * @param windows of the slice; all rows in them become suspect
   */
  public static void set(SliceFiles out, Slice slice, int levels, List<SuspectWindow> windows)
      throws IOException {
    TableSpec book = Tables.book(levels);
    BookBatch batch = new BookBatch(BATCH_ROWS, levels);
    ArrayVector[] columns = BookColumns.of(book, slice, batch);
    List<String> names = Arrays.stream(book.columnNames()).skip(SliceFiles.SLICE_COLUMNS).toList();
    out.rewrite(
        book,
        slice,
        (before, after) -> {
          try (ColumnFileReader file =
              new ColumnFileReader(
                  out.hadoop(), before, names, BookColumns.VOCABULARIES, "seq", 0)) {
            for (int rows = file.next(BATCH_ROWS); rows > 0; rows = file.next(BATCH_ROWS)) {
              for (int i = 0; i < names.size(); i++) {
                BookColumns.read(file, i, names.get(i), batch, rows);
              }
              batch.rows = rows;
              windows.forEach(window -> flag(window, batch));
              after.add(columns, rows);
            }
          }
        });
  }

  private static void flag(SuspectWindow window, BookBatch rows) {
    for (int i = 0; i < rows.rows; i++) {
      rows.suspect[i] |= window.seqFirst() <= rows.seq[i] && rows.seq[i] <= window.seqLast();
    }
  }
}
