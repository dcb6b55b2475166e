package io.depthcast.jobs.table;

import io.depthcast.jobs.table.BookFiles.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/**
 * The first rows of the pages of a slice's files, from their column indexes: where reading can
 * begin without decoding what comes before.
 *
 * @param pages in order; at least the first row of the slice
 */
record BookPages(List<Page> pages) {

  /**
   * A row at which a page of seq and one of ts_event begin.
   *
   * @param file its file's place in the list of files
   */
  record Page(int file, long firstSeq, long firstTime) {}

  private static final Page BEGIN = new Page(0, 1, Long.MIN_VALUE);

  static BookPages read(List<File> files, Configuration hadoop) throws IOException {
    List<Page> pages = new ArrayList<>();
    pages.add(BEGIN);
    for (int f = 0; f < files.size(); f++) {
      Path path = new Path(files.get(f).path());
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop))) {
        for (BlockMetaData group : reader.getFooter().getBlocks()) {
          add(reader, group, f, pages);
        }
      }
    }
    return new BookPages(pages);
  }

  /** Nothing of a row group without indexes, or whose columns have pages of different rows. */
  private static void add(ParquetFileReader reader, BlockMetaData group, int file, List<Page> pages)
      throws IOException {
    ColumnChunkMetaData seq = column(group, "seq");
    ColumnChunkMetaData time = column(group, "ts_event");
    OffsetIndex rows = reader.readOffsetIndex(seq);
    OffsetIndex timeRows = reader.readOffsetIndex(time);
    ColumnIndex seqs = reader.readColumnIndex(seq);
    ColumnIndex times = reader.readColumnIndex(time);
    if (rows == null || timeRows == null || seqs == null || times == null) {
      return;
    }
    for (int p = 0; p < rows.getPageCount(); p++) {
      if (p < timeRows.getPageCount() && rows.getFirstRowIndex(p) == timeRows.getFirstRowIndex(p)) {
        // Both columns rise: the smallest value of a page is that of its first row.
        pages.add(
            new Page(file, value(seqs.getMinValues().get(p)), value(times.getMinValues().get(p))));
      }
    }
  }

  private static ColumnChunkMetaData column(BlockMetaData group, String name) {
    return group.getColumns().stream()
        .filter(column -> column.getPath().toDotString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long value(ByteBuffer plain) {
    return plain.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(0);
  }

  /**
   * The last page that begins so many rows before a row and whose first row is so much older than
   * it.
   */
  Page before(long seq, long backRows, long backNanos) {
    long time = Long.MIN_VALUE;
    for (Page page : pages) {
      if (page.firstSeq() <= seq) {
        time = page.firstTime();
      }
    }
    Page found = BEGIN;
    for (Page page : pages) {
      if (page.firstSeq() <= seq - backRows && page.firstTime() <= time - backNanos) {
        found = page;
      }
    }
    return found;
  }
}
