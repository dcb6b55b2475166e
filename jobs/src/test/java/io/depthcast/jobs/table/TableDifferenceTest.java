package io.depthcast.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkTest.class)
class TableDifferenceTest {

  private static SparkSession spark;

  @BeforeAll
  static void session(SparkSession session) {
    spark = session;
  }

  @Test
  void seesNoneWhateverTheOrder() {
    assertThat(
            TableDifference.of(
                rows("('a', 1, 0.5), ('b', 2, null)"), rows("('b', 2, null), ('a', 1, 0.5)")))
        .isEmpty();
  }

  @Test
  void countsRows() {
    assertThat(TableDifference.of(rows("('a', 1, 0.5), ('b', 2, 0.5)"), rows("('a', 1, 0.5)")))
        .hasValue("2 rows, now 1");
  }

  @Test
  void countsRepeatedRows() {
    assertThat(
            TableDifference.of(
                rows("('a', 1, 0.5), ('a', 1, 0.5), ('b', 2, 0.5)"),
                rows("('a', 1, 0.5), ('b', 2, 0.5), ('b', 2, 0.5)")))
        .hasValueSatisfying(line -> assertThat(line).startsWith("1 of 3 rows differ, the first: "));
  }

  @Test
  void showsTheFirstRowThatDiffers() {
    assertThat(
            TableDifference.of(
                rows("('a', 1, 0.5), ('b', 2, 0.5), ('c', 3, 0.5)"),
                rows("('a', 1, 0.5), ('b', 2, 0.25), ('c', 4, 0.5)")))
        .hasValue("2 of 3 rows differ, the first: symbol b, seq 2: price 0.5, now 0.25");
  }

  @Test
  void tellsNullFromAValue() {
    assertThat(TableDifference.of(rows("('a', 1, 0.5)"), rows("('a', 1, null)")))
        .hasValue("1 of 1 rows differ, the first: symbol a, seq 1: price 0.5, now null");
  }

  @Test
  void seesTheLastBit() {
    assertThat(TableDifference.of(rows("('a', 1, 0.3D)"), rows("('a', 1, 0.1D + 0.2D)")))
        .isPresent();
  }

  private static Dataset<Row> rows(String values) {
    return spark.sql(
        "SELECT symbol, seq, CAST(price AS DOUBLE) AS price FROM VALUES "
            + values
            + " AS t(symbol, seq, price)");
  }
}
