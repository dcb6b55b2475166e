package io.depthcast.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class SqlCommandTest {

  private static final Date DAY = Date.valueOf(LocalDate.of(2024, 1, 8));
  private static final String TRADES =
      "SELECT seq, price, aggressor FROM silver.trades ORDER BY seq";

  private static SparkSession spark;
  @TempDir private static Path folder;

  @BeforeAll
  static void writeTwoTables(SparkSession session) {
    spark = session;
    append(
        "lake",
        Tables.TRADES,
        RowFactory.create("nasdaq", "A", DAY, 1L, 10L, null, 1.5, 2.0, "buy"),
        RowFactory.create("nasdaq", "A", DAY, 2L, 20L, null, 2.5, 1.0, null));
    append("lake", Tables.REJECTED, rejected(1, "2 columns", "1,\"2\""), rejected(2, " late", ""));
  }

  @Test
  void printsATable() {
    RunOutcome outcome = sql(TRADES);
    assertThat(outcome.out())
        .containsExactly(
            "+---+-----+---------+",
            "|seq|price|aggressor|",
            "+---+-----+---------+",
            "|1  |1.5  |buy      |",
            "|2  |2.5  |NULL     |",
            "+---+-----+---------+");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DONE);
  }

  @Test
  void saysWhereATableIsCut() {
    assertThat(sql(TRADES, "--rows", "1").out())
        .containsSequence("|1  |1.5  |buy      |", "+---+-----+---------+")
        .endsWith("only showing top 1 row")
        .noneMatch(line -> line.contains("2.5"));
  }

  @Test
  void printsCsvThatAReaderGivesBack() {
    // RFC 4180: a quote is doubled, a value with a comma, quote or line break stands in quotes.
    assertThat(
            sql("SELECT line_no, reason, payload FROM silver.rejected ORDER BY 1", "--format=csv")
                .out())
        .containsExactly("line_no,reason,payload", "1,2 columns,\"1,\"\"2\"\"\"", "2, late,\"\"");
    assertThat(sql("SELECT 'a\\nb' AS text, 1 AS n", "--format", "CSV").out())
        .containsExactly("text,n", "\"a", "b\",1");
    assertThat(sql(TRADES, "--format=csv").out())
        .as("null is nothing at all")
        .containsExactly("seq,price,aggressor", "1,1.5,buy", "2,2.5,");
  }

  @Test
  void quotesANameThatWouldBeTwoCsvColumns() {
    assertThat(sql("SELECT max_by(seq, price) FROM silver.trades", "--format=csv").out())
        .containsExactly("\"max_by(seq, price)\"", "2");
  }

  @Test
  void printsJsonWithEveryColumnOnEveryLine() {
    RunOutcome outcome = sql(TRADES, "--format=json");
    assertThat(outcome.out())
        .containsExactly(
            "{\"seq\":1,\"price\":1.5,\"aggressor\":\"buy\"}",
            "{\"seq\":2,\"price\":2.5,\"aggressor\":null}");
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DONE);
  }

  @Test
  void printsAnEmptyAnswer() {
    String none = "SELECT seq FROM silver.trades WHERE price > 9";
    assertThat(sql(none).out()).containsExactly("+---+", "|seq|", "+---+", "+---+");
    assertThat(sql(none, "--format=csv").out()).containsExactly("seq");
    RunOutcome outcome = sql(none, "--format=json");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(JobMain.DONE);
  }

  @Test
  void refusesAQueryThatDoesNotParse() {
    assertThat(refused("SELEC seq\nFROM silver.trades"))
        .startsWith("depthcast: [PARSE_SYNTAX_ERROR] Syntax error at or near 'SELEC'")
        .contains("line 1")
        .doesNotContain("silver.trades");
  }

  @Test
  void refusesATableThatIsNotThere() {
    assertThat(refused("SELECT * FROM silver.trades JOIN gold.labels USING (seq)"))
        .isEqualTo("depthcast: Table gold.labels does not exist in " + folder.resolve("lake"));
  }

  @Test
  void refusesATableOfNoLayer() {
    assertThat(refused("SELECT * FROM trades"))
        .startsWith("depthcast: [TABLE_OR_VIEW_NOT_FOUND] The table or view `trades` cannot");
  }

  @Test
  void refusesAColumnThatIsNotThere() {
    assertThat(refused("SELECT prize FROM silver.trades"))
        .startsWith("depthcast: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter")
        .contains("`prize`", "`price`")
        .as("Spark's plan")
        .doesNotContain("Project");
  }

  @Test
  void takesATextForNoTable() {
    String query = "SELECT seq, 'gold.labels' AS of FROM silver.trades gold WHERE gold.seq = 1";
    assertThat(sql(query, "--format=csv").out()).containsExactly("seq,of", "1,gold.labels");
  }

  @Test
  void answersFromTheLakeOfTheCommandLine() {
    String other = append("O'Neil's", Tables.REJECTED, rejected(7, "bad", "x"));
    String query = "SELECT line_no FROM silver.rejected";
    for (int i = 0; i < 2; i++) {
      assertThat(sql(query, "--format=csv").out()).containsExactlyInAnyOrder("line_no", "1", "2");
      assertThat(RunOutcome.of("sql", query, "--lake", other, "--format=csv").orThrow().out())
          .containsExactly("line_no", "7");
    }
  }

  private static RunOutcome sql(String query, String... options) {
    List<String> args = new ArrayList<>(List.of("sql", query));
    args.addAll(List.of("--lake", folder.resolve("lake").toString()));
    args.addAll(Arrays.asList(options));
    return RunOutcome.of(args.toArray(String[]::new));
  }

  /** The one line that a refused query gets. */
  private static String refused(String query) {
    RunOutcome outcome = sql(query);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).hasSize(1);
    assertThat(outcome.exitCode()).isEqualTo(JobMain.CONFIG);
    return outcome.err().get(0);
  }

  /** Answers the lake's folder. */
  private static String append(String lake, TableSpec table, Row... rows) {
    String root = folder.resolve(lake).toString();
    Lake.open(spark, root, "{}")
        .append(table, spark.createDataFrame(Arrays.asList(rows), table.schema()));
    return root;
  }

  private static Row rejected(long line, String reason, String payload) {
    return RowFactory.create("nasdaq", "A", DAY, "f.csv", line, reason, payload);
  }
}
