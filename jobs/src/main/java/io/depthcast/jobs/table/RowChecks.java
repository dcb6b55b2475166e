package io.depthcast.jobs.table;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Predicate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.Seq;

/** The CHECK constraints of a table, as Spark understands them, for rows that it does not write. */
final class RowChecks implements Serializable {

  private static final long serialVersionUID = 1L;

  private record Check(String name, String sql, Expression condition, Seq<Attribute> columns)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final String table;
  private final List<Check> checks;

  private RowChecks(String table, List<Check> checks) {
    this.table = table;
    this.checks = checks;
  }

  static RowChecks of(SparkSession spark, TableSpec table) {
    var empty = spark.createDataFrame(List.of(), table.schema());
    return new RowChecks(
        table.name(),
        new TreeMap<>(table.checks())
            .entrySet().stream().map(check -> resolve(empty, check)).toList());
  }

  private static Check resolve(
      org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> empty,
      Map.Entry<String, String> check) {
    Filter filter = (Filter) empty.where(check.getValue()).queryExecution().analyzed();
    return new Check(check.getKey(), check.getValue(), filter.condition(), filter.child().output());
  }

  /** The checks, compiled; one for each thread. */
  Run start() {
    return new Run();
  }

  final class Run {
    private final List<BasePredicate> predicates =
        checks.stream().map(c -> Predicate.create(c.condition(), c.columns())).toList();

    /**
     * Looks at every row.
     *
     * @throws IllegalStateException if one breaks a check: whoever computed it has a bug
     */
    void require(Slice slice, ColumnarBatch rows) {
      for (int c = 0; c < checks.size(); c++) {
        BasePredicate predicate = predicates.get(c);
        for (int row = 0; row < rows.numRows(); row++) {
          InternalRow values = rows.getRow(row);
          if (!predicate.eval(values)) {
            Check broken = checks.get(c);
            throw new IllegalStateException(
                table
                    + " "
                    + slice
                    + ": a row breaks the check "
                    + broken.name()
                    + ", "
                    + broken.sql());
          }
        }
      }
    }
  }
}
