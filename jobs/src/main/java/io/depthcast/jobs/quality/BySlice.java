package io.depthcast.jobs.quality;

import io.depthcast.jobs.table.Slice;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Groups of rows by slice, and their answers. */
final class BySlice {

  /** Where the answers begin in a row that begins with its slice. */
  static final int FIRST = 3;

  private static final String[] KEY = {"venue", "symbol", "trade_date"};

  private BySlice() {}

  /** The columns of a slice, then more. */
  static Column[] key(String... more) {
    return key(Arrays.stream(more).map(functions::col).toArray(Column[]::new));
  }

  /** The columns of a slice, then more. */
  static Column[] key(Column... more) {
    return Stream.concat(Arrays.stream(KEY).map(functions::col), Arrays.stream(more))
        .toArray(Column[]::new);
  }

  /** The columns of a slice. */
  static Column[] key() {
    return key(new Column[0]);
  }

  /** The names of the columns of a slice, then more. */
  static String[] names(String... more) {
    return Stream.concat(Arrays.stream(KEY), Arrays.stream(more)).toArray(String[]::new);
  }

  /** Collects one row a slice, each beginning with it. */
  static <T> Map<Slice, T> collect(Dataset<Row> rows, Function<Row, T> answer) {
    Map<Slice, T> answers = new TreeMap<>();
    rows.collectAsList().forEach(row -> answers.put(Slice.of(row), answer.apply(row)));
    return answers;
  }
}
