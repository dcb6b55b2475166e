package io.depthcast.jobs.source;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.depthcast.exchange.ExchangeSession;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.LobsterFolder;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.table.TableDifference;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class LobsterSourceTest {

  private static final Map<String, byte[]> TWO_LEVELS =
      LobsterFolder.files(LobsterFolder.session("DEEP", LocalDate.of(2024, 1, 2), 30, 0.5), 2);
  private static final Map<String, byte[]> ONE_LEVEL =
      LobsterFolder.files(LobsterFolder.session("FLAT", LocalDate.of(2024, 1, 2), 30, 0.5), 1);

  private static SparkSession spark;
  private static Path folder;

  @BeforeAll
  static void writeFiles(SparkSession session, @TempDir Path files) throws IOException {
    spark = session;
    folder = files;
    LobsterFolder.csv(folder.resolve("csv"), TWO_LEVELS);
    LobsterFolder.gz(folder.resolve("gz"), TWO_LEVELS);
    LobsterFolder.zip(folder.resolve("zip/DEEP.zip"), TWO_LEVELS);
    LobsterFolder.csv(folder.resolve("both/deep"), TWO_LEVELS);
    LobsterFolder.csv(folder.resolve("both/flat"), ONE_LEVEL);
  }

  @Test
  void readsTheSameRowsPlainGzippedAndZipped() {
    Dataset<Row> plain = load("csv");
    assertThat(plain.count()).isEqualTo(LobsterFolder.rows(TWO_LEVELS));
    assertThat(TableDifference.of(plain, load("gz"))).isEmpty();
    assertThat(TableDifference.of(plain, load("zip"))).isEmpty();
    assertThat(TableDifference.of(plain, load("zip/DEEP.zip"))).isEmpty();
    assertThat(TableDifference.of(plain, load("c*v"))).isEmpty();
  }

  @Test
  void namesTheSliceAndCountsItsRows() {
    Row summary =
        load("csv")
            .selectExpr(
                "min(venue)",
                "min(symbol)",
                "CAST(min(trade_date) AS STRING)",
                "min(seq)",
                "max(seq)")
            .first();
    assertThat(summary)
        .hasToString("[nasdaq,DEEP,2024-01-02,1," + LobsterFolder.rows(TWO_LEVELS) + "]");
  }

  @Test
  void readsOnlyTheColumnsThatAreAskedFor() {
    Dataset<Row> some = load("csv").select("seq", "bid_price_2");
    assertThat(some.queryExecution().executedPlan().toString())
        .contains("bid_price_2")
        .doesNotContain("ask_price_1");
    assertThat(
            TableDifference.of(
                some, load("csv").localCheckpoint().select(col("seq"), col("bid_price_2"))))
        .isEmpty();
  }

  @Test
  void hasAsManyLevelsAsTheDeepestFile() {
    assertThat(load("both").columns()).contains("ask_size_2").doesNotContain("ask_size_3");
    assertThat(load("both/flat").columns()).contains("ask_size_1").doesNotContain("ask_size_2");
  }

  @Test
  void hasNullsWhereAFileHasFewerLevels() {
    Dataset<Row> flat = load("both").where("symbol = 'FLAT'");
    assertThat(flat.count()).isEqualTo(LobsterFolder.rows(ONE_LEVEL));
    assertThat(flat.where("bid_price_2 IS NOT NULL OR ask_size_2 IS NOT NULL").count()).isZero();
    assertThat(load("both").where("symbol = 'DEEP' AND bid_price_2 IS NOT NULL").count())
        .isPositive();
  }

  @Test
  void takesTheNumberOfLevels() {
    Dataset<Row> three = spark.read().format("lobster").option("levels", 3).load(path("csv"));
    assertThat(three.columns()).contains("ask_size_3").doesNotContain("ask_size_4");
    assertThat(three.where("ask_size_3 IS NOT NULL").count()).isZero();
    Dataset<Row> one = spark.read().format("lobster").option("levels", 1).load(path("csv"));
    assertThat(one.columns()).doesNotContain("ask_size_2");
    assertThat(
            TableDifference.of(
                one.select("seq", "bid_price_1"), load("csv").select("seq", "bid_price_1")))
        .isEmpty();
  }

  @Test
  void readsEachSymbolDayInItsOwnPartitionInOrder(SyntheticLake lake) {
    Dataset<Row> all = spark.read().format("lobster").load(lake.input().toString());
    List<List<Long>> seqs = all.select("seq").toJavaRDD().map(r -> r.getLong(0)).glom().collect();
    assertThat(seqs).hasSize(3);
    for (int day = 0; day < 3; day++) {
      ExchangeSession session = SyntheticLake.DAYS.get(day);
      int rows = LobsterFolder.rows(LobsterFolder.files(session, SyntheticLake.LEVELS));
      assertThat(seqs.get(day)).hasSize(rows).isSorted().startsWith(1L);
    }
  }

  @Test
  void refusesOptionsOutOfRange() {
    assertThatThrownBy(() -> spark.read().format("lobster").option("levels", 0).load(path("csv")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Invalid levels: 0 (must be 1 or more)");
    assertThatThrownBy(
            () -> spark.read().format("lobster").option("maxRejectedShare", 2).load(path("csv")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Invalid maxRejectedShare: 2.0 (must be 0 to 1)");
    assertThatThrownBy(() -> spark.read().format("lobster").load())
        .isInstanceOf(ConfigException.class)
        .hasMessage("format(\"lobster\") needs a path: load(path)");
  }

  private static Dataset<Row> load(String path) {
    return spark.read().format("lobster").load(path(path));
  }

  private static String path(String path) {
    return folder.resolve(path).toString();
  }
}
