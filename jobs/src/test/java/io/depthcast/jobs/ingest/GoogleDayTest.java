package io.depthcast.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.table.Lake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * LOBSTER's sample day of GOOG, 2012-06-21, level 10. The numbers were counted apart from this
 * code, with awk and numpy on the files.
 */
@ExtendWith(SparkTest.class)
class GoogleDayTest {

  private static final int EVERY = 997;

  private static Path zip;
  private static Lake lake;

  @BeforeAll
  static void ingest(SparkSession spark, @TempDir Path folder) {
    zip =
        Path.of(
            System.getProperty("depthcast.root"),
            "../shared/data/lobster/LOBSTER_SampleFile_GOOG_2012-06-21_10.zip");
    assumeThat(Files.exists(zip)).as("%s absent", zip).isTrue();
    String root = folder.resolve("lake").toString();
    RunOutcome.of(
            spark,
            IngestJob.JOB,
            new IngestConfig(10, 0),
            root,
            new Arguments(zip.toString(), List.of(), null, null))
        .orThrow();
    lake = Lake.open(spark, root, "{}");
  }

  @Test
  void holdsEveryRow() {
    assertThat(lake.read("silver.book").count()).isEqualTo(147_916);
    Map<String, Long> types = new TreeMap<>();
    lake.read("silver.events")
        .groupBy("event_type")
        .count()
        .collectAsList()
        .forEach(r -> types.put(r.getString(0), r.getLong(1)));
    assertThat(types)
        .isEqualTo(
            Map.of(
                "add", 71_258L,
                "cancel", 19L,
                "delete", 64_961L,
                "trade", 7_765L,
                "hidden_trade", 3_913L));
    assertThat(lake.read("silver.trades").count()).isEqualTo(7_765 + 3_913);
  }

  @Test
  void trustsTheWholeDay() {
    assertThat(lake.read("silver.suspect_windows").count()).isZero();
    assertThat(lake.read("silver.rejected").count()).isZero();
    assertThat(lake.read("silver.book").where("suspect").count()).isZero();
  }

  @Test
  void movesAndSpreadsAsTheMarketDid() {
    Row row =
        lake.read("silver.book")
            .selectExpr(
                "seq",
                "ask_price_1 - bid_price_1 AS spread",
                "bid_price_1 + ask_price_1 <> lag(bid_price_1 + ask_price_1) OVER (ORDER BY seq)"
                    + " AS moved")
            .selectExpr("avg(spread)", "count_if(moved)")
            .first();
    assertThat(row.getDouble(0)).isCloseTo(0.296, within(0.0005));
    assertThat(row.getLong(1)).isEqualTo(24_084);
  }

  /** Every 997th row against its text, column by column, by decimal arithmetic. */
  @Test
  void holdsTheDecimalsOfTheText() throws IOException {
    Map<Long, Row> rows = new TreeMap<>();
    lake.read("silver.book")
        .where("seq % " + EVERY + " = 0")
        .collectAsList()
        .forEach(r -> rows.put(r.getAs("seq"), r));
    List<String> messages = lines("message");
    List<String> books = lines("orderbook");
    assertThat(rows).hasSize(147_916 / EVERY);
    for (Map.Entry<Long, Row> entry : rows.entrySet()) {
      Row row = entry.getValue();
      String[] message = messages.get(entry.getKey().intValue() - 1).split(",", -1);
      // Midnight in New York on that day is 04:00 UTC: daylight saving time.
      BigDecimal nanos =
          new BigDecimal(message[0]).add(BigDecimal.valueOf(1_340_251_200)).movePointRight(9);
      assertThat(row.<Long>getAs("ts_event")).isEqualTo(nanos.longValueExact());
      assertThat(row.<Double>getAs("size")).isEqualTo(Double.parseDouble(message[3]));
      assertThat(row.<Double>getAs("price")).isEqualTo(decimal(message[4]));
      assertThat(row.<String>getAs("side")).isEqualTo(message[5].equals("1") ? "bid" : "ask");
      String[] book = books.get(entry.getKey().intValue() - 1).split(",", -1);
      for (int level = 1; level <= 10; level++) {
        int at = 4 * (level - 1);
        assertThat(row.<Double>getAs("ask_price_" + level)).isEqualTo(decimal(book[at]));
        assertThat(row.<Double>getAs("ask_size_" + level))
            .isEqualTo(Double.parseDouble(book[at + 1]));
        assertThat(row.<Double>getAs("bid_price_" + level)).isEqualTo(decimal(book[at + 2]));
        assertThat(row.<Double>getAs("bid_size_" + level))
            .isEqualTo(Double.parseDouble(book[at + 3]));
      }
    }
  }

  /** An aggressive buyer meets a resting ask, whose direction is -1. */
  @Test
  void turnsTheRestingSideIntoTheAggressor() throws IOException {
    long bids =
        lines("message").stream()
            .map(line -> line.split(",", -1))
            .filter(m -> (m[1].equals("4") || m[1].equals("5")) && m[5].equals("1"))
            .count();
    assertThat(lake.read("silver.trades").where("aggressor = 'sell'").count()).isEqualTo(bids);
    assertThat(lake.read("silver.trades").where("aggressor = 'buy'").count())
        .isEqualTo(7_765 + 3_913 - bids);
  }

  private static double decimal(String raw) {
    return new BigDecimal(raw).movePointLeft(4).doubleValue();
  }

  private static List<String> lines(String kind) throws IOException {
    String name = "GOOG_2012-06-21_34200000_57600000_" + kind + "_10.csv";
    try (ZipFile file = new ZipFile(zip.toFile());
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    file.getInputStream(file.getEntry(name)), StandardCharsets.US_ASCII))) {
      return new ArrayList<>(reader.lines().toList());
    }
  }
}
