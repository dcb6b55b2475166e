package io.depthcast.jobs.source;

import io.depthcast.feed.snapshot.SnapshotRow;
import io.depthcast.feed.snapshot.SnapshotSource;
import io.depthcast.quality.DataContractException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * The files of one instrument's depth snapshots, in the order of their first times.
 *
 * @param symbol the instrument
 * @param files not empty
 */
public record SnapshotTable(String symbol, List<String> files) implements Serializable {

  private static final long serialVersionUID = 1L;

  private record First(String file, String symbol, long nanos) {}

  /**
   * Looks at the first row of each file.
   *
   * @return a table for each instrument, by its name
   * @throws DataContractException if a file has no row, lacks a column, or its first time cannot be
   *     read
   */
  public static List<SnapshotTable> of(
      Configuration hadoop, List<String> files, SnapshotSource source) {
    Map<String, List<First>> bySymbol = new TreeMap<>();
    for (String file : files) {
      First first = first(hadoop, file, source);
      bySymbol.computeIfAbsent(first.symbol(), s -> new ArrayList<>()).add(first);
    }
    List<SnapshotTable> tables = new ArrayList<>();
    bySymbol.forEach(
        (symbol, firsts) ->
            tables.add(
                new SnapshotTable(
                    symbol,
                    firsts.stream()
                        .sorted(Comparator.comparingLong(First::nanos).thenComparing(First::file))
                        .map(First::file)
                        .toList())));
    return tables;
  }

  private static First first(Configuration hadoop, String file, SnapshotSource source) {
    try (SnapshotFile rows = new SnapshotFile(hadoop, file, source)) {
      SnapshotRow row = rows.next();
      if (row == null) {
        throw new DataContractException(
            rows.name() + ": no row below the column names; fetch it again");
      }
      try {
        return new First(file, rows.symbol(), source.time().reading().nanos(row.texts));
      } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
        throw new DataContractException(
            rows.name()
                + " line "
                + row.lineNo
                + ": time "
                + String.join(" ", row.texts)
                + " is not "
                + source.time().form(),
            e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the rows of all files, one file after the other. */
  public Rows open(Configuration hadoop, SnapshotSource source) {
    return new Rows(hadoop, source, files.iterator());
  }

  /** Rows of several files; always the same object. */
  public static final class Rows implements Iterator<SnapshotRow>, Closeable {

    private final Configuration hadoop;
    private final SnapshotSource source;
    private final Iterator<String> files;
    private final Map<String, Long> checksums = new LinkedHashMap<>();
    private SnapshotFile file;
    private SnapshotRow next;

    private Rows(Configuration hadoop, SnapshotSource source, Iterator<String> files) {
      this.hadoop = hadoop;
      this.source = source;
      this.files = files;
    }

    @Override
    public boolean hasNext() {
      while (next == null) {
        if (file == null) {
          if (!files.hasNext()) {
            return false;
          }
          file = new SnapshotFile(hadoop, files.next(), source);
        }
        next = file.next();
        if (next == null) {
          checksums.put(file.name(), file.checksum());
          try {
            close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
      return true;
    }

    @Override
    public SnapshotRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      SnapshotRow row = next;
      next = null;
      return row;
    }

    /** CRC-32C by name of the files that were read to their ends. */
    public Map<String, Long> checksums() {
      return Map.copyOf(checksums);
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
        file = null;
      }
    }
  }
}
