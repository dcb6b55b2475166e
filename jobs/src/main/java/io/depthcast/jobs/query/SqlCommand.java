package io.depthcast.jobs.query;

import io.depthcast.jobs.CommonOptions;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Console;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.SparkCommand;
import io.depthcast.jobs.table.Lake;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
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
    try {
      Lake lake = Lake.open(spark, common.lake(), "{}");
      List<String> tables =
          TABLE.matcher(query).results().map(MatchResult::group).distinct().toList();
      for (String table : tables) {
        if (!lake.has(table)) {
          throw new ConfigException("Table " + table + " does not exist in " + lake.root());
        }
      }
      lake.register(tables);
      print(spark.sql(query));
      return JobMain.DONE;
    } catch (Exception e) {
      if (e instanceof AnalysisException || e instanceof ParseException) {
        throw new ConfigException(e.getMessage().strip().replaceAll("\\s*\\R\\s*", " "), e);
      }
      throw e;
    }
  }

  private void print(Dataset<Row> answer) {
    switch (format) {
      case TABLE -> answer.show(rows, false);
      case CSV -> {
        Console.print(String.join(",", answer.columns()));
        answer
            .selectExpr("to_csv(struct(*))")
            .toLocalIterator()
            .forEachRemaining(r -> Console.print(r.getString(0)));
      }
      case JSON -> answer.toJSON().toLocalIterator().forEachRemaining(Console::print);
    }
  }
}
