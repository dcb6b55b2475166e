package io.depthcast.jobs.query;

import io.depthcast.jobs.CommonOptions;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.SparkCommand;
import io.depthcast.jobs.table.Lake;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the answer of a query over the lake's tables. */
@Command(
    name = "sql",
    description = {
      "Print the answer of a query over the lake's tables.",
      "Example: ./depthcast sql \"SELECT event_type, count(*) FROM silver.events GROUP BY 1\""
    })
public final class SqlCommand implements SparkCommand {

  private static final Pattern TABLE = Pattern.compile("\\b(bronze|silver|gold|ops)\\.\\w+");

  private static final int WHOLE_VALUES = 0;

  /** RFC 4180; Spark would escape a quote with a backslash and cut spaces at both ends. */
  private static final String CSV_ROW =
      "to_csv(struct(*), map('escape', '\"', 'ignoreLeadingWhiteSpace', 'false',"
          + " 'ignoreTrailingWhiteSpace', 'false'))";

  /** Every column on every line; Spark would leave out those that are null. */
  private static final String JSON_ROW = "to_json(struct(*), map('ignoreNullFields', 'false'))";

  /** How the answer is written. */
  private enum Format {
    TABLE,
    CSV,
    JSON
  }

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "QUERY", description = "Spark SQL; tables as layer.table.")
  private String query;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Rows at most in table format (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Override
  public void check() {
    common.lake();
    if (rows < 1) {
      throw new ConfigException("--rows " + rows + " must be 1 or more");
    }
  }

  @Override
  public Integer call() {
    check();
    return JobMain.inSession("sql", this::answer);
  }

  private int answer(SparkSession spark) {
    Lake lake = Lake.open(spark, common.lake(), "{}");
    Map<Boolean, List<String>> named =
        TABLE
            .matcher(query)
            .results()
            .map(MatchResult::group)
            .distinct()
            .collect(Collectors.partitioningBy(lake::has));
    lake.register(named.get(true));
    try {
      print(spark.sql(query));
      return JobMain.DONE;
    } catch (Exception e) {
      // Exception: Spark throws checked ones without declaring them.
      if (e instanceof AnalysisException refused) {
        throw new ConfigException(line(refused, named.get(false), lake.root()), e);
      }
      throw e;
    } finally {
      lake.unregister(named.get(true));
    }
  }

  private static String line(AnalysisException refused, List<String> missing, String lake) {
    if ("TABLE_OR_VIEW_NOT_FOUND".equals(refused.getErrorClass()) && !missing.isEmpty()) {
      return "Table " + missing.get(0) + " does not exist in " + lake;
    }
    // The simple message comes without Spark's plan and without the query.
    return refused.getSimpleMessage().strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private void print(Dataset<Row> answer) {
    switch (format) {
      case TABLE -> Console.print(answer.showString(rows, WHOLE_VALUES, false).stripTrailing());
      case CSV -> {
        Console.print(
            Arrays.stream(answer.columns())
                .map(SqlCommand::quoted)
                .collect(Collectors.joining(",")));
        print(answer, CSV_ROW);
      }
      case JSON -> print(answer, JSON_ROW);
    }
  }

  private static void print(Dataset<Row> answer, String line) {
    answer.selectExpr(line).toLocalIterator().forEachRemaining(r -> Console.print(r.getString(0)));
  }

  private static String quoted(String name) {
    return name.matches("(?s).*[\",\r\n].*") ? '"' + name.replace("\"", "\"\"") + '"' : name;
  }
}
