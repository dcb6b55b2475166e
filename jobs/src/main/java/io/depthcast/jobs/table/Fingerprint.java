package io.depthcast.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What rows hold, whatever the history of the tables they were read from. */
public final class Fingerprint {

  private Fingerprint() {}

  /** The number of rows and the sum of their hashes, which does not depend on their order. */
  public static String of(Dataset<Row> rows) {
    Row sum =
        rows.select(
                xxhash64(Arrays.stream(rows.columns()).map(c -> col(c)).toArray(Column[]::new))
                    .as("hash"))
            .agg(expr("count(*)"), expr("sum(CAST(hash AS DECIMAL(38, 0)))"))
            .first();
    return "rows " + sum.getLong(0) + ", xxhash64 " + sum.getDecimal(1);
  }
}
