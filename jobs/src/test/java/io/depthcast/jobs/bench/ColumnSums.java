package io.depthcast.jobs.bench;

import io.depthcast.jobs.table.TableSpec;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Compares two folders of Parquet files by counts and weighted sums of every column. */
final class ColumnSums {

  private static final double LARGEST_DIFFERENCE = 1e-9;

  private final DuckDb database;
  private final List<String> columns = new ArrayList<>();
  private final String sums;

  ColumnSums(DuckDb database, TableSpec table) {
    this.database = database;
    List<String> each = new ArrayList<>(List.of("count(*)"));
    for (StructField field : table.schema().fields()) {
      if (table.partitionedBy().contains(field.name()) || field.name().equals("feature_set_id")) {
        continue;
      }
      columns.add(field.name());
      String value =
          field.dataType().equals(DataTypes.StringType)
              ? "(hash(" + field.name() + ") % 1000)"
              : field.name() + "::DOUBLE";
      each.add("count(" + field.name() + ")");
      // The weight tells rows in another order apart.
      each.add("sum(" + value + " * (seq % 97))");
      each.add("sum(abs(" + value + ") * (seq % 97))");
    }
    sums = String.join(", ", each);
  }

  /** Adds what differs, by column. */
  void compare(String name, Path ours, Path theirs, Map<String, String> found) throws SQLException {
    List<String> first = sums(ours);
    List<String> second = sums(theirs);
    if (!first.get(0).equals(second.get(0))) {
      found.put(name, first.get(0) + " and " + second.get(0) + " rows");
    }
    for (int i = 0; i < columns.size(); i++) {
      int at = 1 + 3 * i;
      String column = name + "." + columns.get(i);
      if (!first.get(at).equals(second.get(at))) {
        found.put(column, first.get(at) + " and " + second.get(at) + " values");
      } else if (!first.get(at).equals("0")) {
        double scale = Double.parseDouble(first.get(at + 2));
        double difference =
            Math.abs(
                Double.parseDouble(first.get(at + 1)) - Double.parseDouble(second.get(at + 1)));
        if (!(difference <= LARGEST_DIFFERENCE * scale)) {
          found.put(column, "sums " + first.get(at + 1) + " and " + second.get(at + 1));
        }
      }
    }
  }

  private List<String> sums(Path table) throws SQLException {
    return database
        .query(
            "SELECT "
                + sums
                + " FROM read_parquet('"
                + table
                + "/**/*.parquet', hive_partitioning = false)")
        .get(0);
  }
}
