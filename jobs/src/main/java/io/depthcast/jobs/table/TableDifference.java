package io.depthcast.jobs.table;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where two tables differ, row for row. */
public final class TableDifference {

  private TableDifference() {}

  /**
   * What differs, in a line for a person; empty if the tables hold the same rows. A column that one
   * does not have counts as null: {@code silver.book} grows deeper.
   */
  public static Optional<String> of(Dataset<Row> was, Dataset<Row> is) {
    Set<String> columns = new LinkedHashSet<>(Arrays.asList(was.columns()));
    columns.addAll(Arrays.asList(is.columns()));
    return ofSameColumns(with(was, columns, is), with(is, columns, was));
  }

  /** Rows with columns of which some may be the other table's only. */
  private static Dataset<Row> with(Dataset<Row> rows, Set<String> columns, Dataset<Row> other) {
    Set<String> own = Set.of(rows.columns());
    return rows.select(
        columns.stream()
            .map(
                name ->
                    own.contains(name)
                        ? rows.col(name)
                        : lit(null).cast(other.schema().apply(name).dataType()).as(name))
            .toArray(Column[]::new));
  }

  private static Optional<String> ofSameColumns(Dataset<Row> first, Dataset<Row> second) {
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
