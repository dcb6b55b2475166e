package io.depthcast.jobs.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where two tables differ, row for row. */
public final class TableDifference {

  private TableDifference() {}

  /** What differs, in a line for a person; empty if the tables hold the same rows. */
  public static Optional<String> of(Dataset<Row> first, Dataset<Row> second) {
    long rows = first.count();
    long others = second.count();
    if (rows != others) {
      return Optional.of(String.format("%,d rows, now %,d", rows, others));
    }
    Dataset<Row> changed = first.exceptAll(second);
    long differing = changed.count();
    if (differing == 0) {
      return Optional.empty();
    }
    Row was = smallest(changed);
    Row is = smallest(second.exceptAll(first));
    return Optional.of(
        String.format("%,d of %,d rows differ, the first: %s", differing, rows, compare(was, is)));
  }

  private static Row smallest(Dataset<Row> rows) {
    String[] columns = rows.columns();
    return rows.sort(columns[0], Arrays.copyOfRange(columns, 1, columns.length)).first();
  }

  private static String compare(Row was, Row is) {
    List<String> changes = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (int i = 0; i < was.size(); i++) {
      String name = was.schema().fieldNames()[i];
      if (Objects.equals(was.get(i), is.get(i))) {
        if (same.size() < 4) {
          same.add(name + " " + was.get(i));
        }
      } else {
        changes.add(name + " " + was.get(i) + ", now " + is.get(i));
      }
    }
    return String.join(", ", same) + ": " + String.join("; ", changes);
  }
}
