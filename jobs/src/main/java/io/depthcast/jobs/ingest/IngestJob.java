package io.depthcast.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.source.LobsterInspection;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.TableSpec;
import io.depthcast.jobs.table.Tables;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads LOBSTER files into the silver tables. */
public final class IngestJob {

  public static final Job<IngestConfig> JOB =
      new Job<>(
          "ingest",
          "Read LOBSTER files into events, books and trades.",
          "LOBSTER message and orderbook files (csv, csv.gz, zip, folder, glob)",
          "silver.events, silver.book, silver.trades, silver.suspect_windows, silver.rejected",
          true,
          IngestConfig.class,
          IngestJob::run);

  private IngestJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(Lake lake, Arguments arguments, IngestConfig config, Provenance provenance) {
    List<LobsterInspection> found =
        LobsterInspection.of(lake.spark(), arguments.input(), config.maxRejectedShare());
    found.forEach(i -> i.fingerprints().forEach(lake::readFile));
    List<Slice> slices = found.stream().map(LobsterInspection::slice).toList();

    Dataset<Row> rows =
        lake.spark()
            .read()
            .format("lobster")
            .option("levels", config.levels())
            .option("maxRejectedShare", config.maxRejectedShare())
            .load(arguments.input());
    List<Row> windows = found.stream().flatMap(i -> i.suspectWindows().stream()).toList();
    List<Row> rejected = found.stream().flatMap(i -> i.rejected().stream()).toList();
    lake.replaceAll(
        slices,
        Map.of(
            Tables.book(config.levels()),
            rows,
            Tables.EVENTS,
            rows,
            Tables.TRADES,
            trades(rows),
            Tables.SUSPECT_WINDOWS,
            table(lake, Tables.SUSPECT_WINDOWS, windows),
            Tables.REJECTED,
            table(lake, Tables.REJECTED, rejected)));

    return String.format(
        "%,d rows of %d slices, %d suspect windows, %d rejected rows",
        found.stream().mapToLong(LobsterInspection::rows).sum(),
        slices.size(),
        windows.size(),
        rejected.size());
  }

  private static Dataset<Row> trades(Dataset<Row> rows) {
    return rows.where(col("event_type").isin("trade", "hidden_trade", "cross"))
        .where(col("price").isNotNull().and(col("size").gt(0)))
        .withColumn(
            "aggressor",
            when(col("side").equalTo("bid"), lit("sell"))
                .when(col("side").equalTo("ask"), lit("buy")));
  }

  private static Dataset<Row> table(Lake lake, TableSpec table, List<Row> rows) {
    return lake.spark().createDataFrame(rows, table.schema());
  }
}
