package io.depthcast.jobs.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table and all that it promises.
 *
 * @param name {@code layer.table}, for example {@code silver.book}
 * @param columns every column with type, nullability and unit
 * @param partitionedBy partition columns
 * @param checks CHECK constraints by name
 */
public record TableSpec(
    String name, List<Column> columns, List<String> partitionedBy, Map<String, String> checks)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * @param unit unit and meaning, stored as the column's comment
   * @param continuous whether values hardly ever repeat, so that a dictionary would only cost time
   */
  public record Column(
      String name, DataType type, boolean nullable, String unit, boolean continuous)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  public TableSpec {
    columns = List.copyOf(columns);
    partitionedBy = List.copyOf(partitionedBy);
    checks = Map.copyOf(checks);
  }

  /** Spark's form of the columns. */
  public StructType schema() {
    return new StructType(
        columns.stream()
            .map(
                c ->
                    new StructField(
                        c.name(),
                        c.type(),
                        c.nullable(),
                        Metadata.fromJson("{\"comment\":\"" + c.unit().replace("\"", "'") + "\"}")))
            .toArray(StructField[]::new));
  }

  public String[] columnNames() {
    return columns.stream().map(Column::name).toArray(String[]::new);
  }

  /** Collects columns in order. */
  static final class Columns {
    private final List<Column> columns = new ArrayList<>();
    private final Map<String, String> checks = new LinkedHashMap<>();

    /** Starts with venue, symbol and trade date. */
    static Columns slice() {
      return new Columns()
          .text("venue", "venue, lower case")
          .text("symbol", "instrument as the venue writes it")
          .add("trade_date", DataTypes.DateType, false, "trading day at the venue");
    }

    /** Starts with venue, symbol, trade date and seq. */
    static Columns keyed() {
      return slice()
          .stamp("seq", false, "1, 2, 3 ... in the slice; order by it, never by time")
          .check("seq_positive", "seq >= 1");
    }

    Columns text(String name, String unit) {
      return add(name, DataTypes.StringType, false, unit);
    }

    Columns optionalText(String name, String unit) {
      return add(name, DataTypes.StringType, true, unit);
    }

    Columns count(String name, String unit) {
      return add(name, DataTypes.LongType, false, unit);
    }

    Columns optionalCount(String name, String unit) {
      return add(name, DataTypes.LongType, true, unit);
    }

    Columns number(String name, String unit) {
      return add(name, DataTypes.DoubleType, false, unit);
    }

    Columns optionalNumber(String name, String unit) {
      return add(name, DataTypes.DoubleType, true, unit);
    }

    /** A number whose values hardly ever repeat. */
    Columns continuous(String name, boolean nullable, String unit) {
      columns.add(new Column(name, DataTypes.DoubleType, nullable, unit, true));
      return this;
    }

    /** A time or an identifier: a whole number that hardly ever repeats. */
    Columns stamp(String name, boolean nullable, String unit) {
      columns.add(new Column(name, DataTypes.LongType, nullable, unit, true));
      return this;
    }

    Columns integer(String name, String unit) {
      return add(name, DataTypes.IntegerType, false, unit);
    }

    Columns add(String name, DataType type, boolean nullable, String unit) {
      columns.add(new Column(name, type, nullable, unit, false));
      return this;
    }

    /** A condition on values that are there; Delta would refuse a null, SQL's CHECK does not. */
    Columns check(String name, String condition) {
      checks.put(name, "coalesce(" + condition + ", true)");
      return this;
    }

    TableSpec table(String name, String... partitionedBy) {
      return new TableSpec(name, columns, List.of(partitionedBy), checks);
    }

    TableSpec sliced(String name) {
      return table(name, "venue", "symbol", "trade_date");
    }
  }
}
