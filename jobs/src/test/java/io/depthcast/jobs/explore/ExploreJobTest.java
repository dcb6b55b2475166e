package io.depthcast.jobs.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job on the synthetic lake, whose tables it reads; it writes into a lake of its own. */
@ExtendWith(SparkTest.class)
class ExploreJobTest {

  private static final ExploreConfig CONFIG =
      new ExploreConfig("core", List.of(), 1000, 8, 10, 3, 4, 7);
  private static final Provenance PROVENANCE =
      new Provenance("explore-1", "explore", "1", "c0", 7, Map.of());

  /** {@code ofi_1..3_10e, queue_imbalance_1..3, mid_return_5e, mid}. */
  private static final int COLUMNS = 8;

  @TempDir private static Path folder;

  private static SyntheticLake source;
  private static Lake lake;
  private static String page;

  @BeforeAll
  static void explore(SyntheticLake synthetic, SparkSession spark) throws IOException {
    source = synthetic;
    page = page(explore(CONFIG, Arguments.all(), "all"));
    lake = Lake.open(spark, folder.resolve("all").toString(), "{}");
  }

  private static String explore(ExploreConfig config, Arguments arguments, String to) {
    Lake read = source.open();
    read.read("gold.features_core");
    read.read("gold.labels");
    Lake target =
        read.replaying(Map.copyOf(read.versionsRead()), Map.of(), folder.resolve(to).toString());
    return ExploreJob.run(target, arguments, config, PROVENANCE);
  }

  private static String page(String message) throws IOException {
    return Files.readString(Path.of(message.substring(message.indexOf("page at ") + 8)));
  }

  @Test
  void countsAndMeansAreOfAllRows() {
    Row job = lake.read("gold.feature_distributions").where("column_name = 'ofi_1_10e'").first();
    Row sql =
        source
            .open()
            .read("gold.features_core")
            .selectExpr(
                "count(*)",
                "count(ofi_1_10e)",
                "avg(ofi_1_10e)",
                "stddev(ofi_1_10e)",
                "skewness(ofi_1_10e)",
                "kurtosis(ofi_1_10e)",
                "min(ofi_1_10e)",
                "max(ofi_1_10e)")
            .first();
    assertThat(job.<Long>getAs("rows")).isEqualTo(sql.getLong(0));
    assertThat(job.<Long>getAs("values")).isEqualTo(sql.getLong(1)).isLessThan(sql.getLong(0));
    assertThat(job.<Double>getAs("mean")).isCloseTo(sql.getDouble(2), within(1e-9));
    assertThat(job.<Double>getAs("sd")).isCloseTo(sql.getDouble(3), within(1e-9));
    assertThat(job.<Double>getAs("skewness")).isCloseTo(sql.getDouble(4), within(1e-9));
    assertThat(job.<Double>getAs("excess_kurtosis")).isCloseTo(sql.getDouble(5), within(1e-9));
    assertThat(job.<Double>getAs("min")).isEqualTo(sql.getDouble(6));
    assertThat(job.<Double>getAs("max")).isEqualTo(sql.getDouble(7));
    assertThat(job.<Double>getAs("q50"))
        .isBetween(job.<Double>getAs("q25"), job.<Double>getAs("q75"));
    assertThat(lake.read("gold.feature_distributions").count()).isEqualTo(COLUMNS + 1);
  }

  /** Rows of each slice whose seq is a multiple of 3 or 4: some 3,000 rows, a sample of 1,000. */
  @Test
  void theIcOfASliceIsSpearmansOfItsSample() {
    for (String slice : List.of("SYNA 2024-01-02", "SYNB 2024-01-02")) {
      String symbol = slice.substring(0, 4);
      String where = "symbol = '" + symbol + "' AND trade_date = '2024-01-02'";
      long rows = source.open().read("gold.features_core").where(where).count();
      long every = (rows + 999) / 1000;
      List<Row> sample =
          source
              .open()
              .read("gold.features_core")
              .where(where)
              .join(
                  source
                      .open()
                      .read("gold.labels")
                      .select("symbol", "trade_date", "seq", "move_bps"),
                  new String[] {"symbol", "trade_date", "seq"})
              .where("seq % " + every + " = 0 AND ofi_1_10e IS NOT NULL AND move_bps IS NOT NULL")
              .orderBy("seq")
              .select("ofi_1_10e", "move_bps")
              .collectAsList();
      double expected =
          new SpearmansCorrelation()
              .correlation(
                  sample.stream().mapToDouble(row -> row.getDouble(0)).toArray(),
                  sample.stream().mapToDouble(row -> row.getDouble(1)).toArray());
      Row ic =
          lake.read("gold.feature_power")
              .where("column_name = 'ofi_1_10e' AND metric = 'rank_ic'")
              .where("part LIKE '%" + slice + "'")
              .first();
      assertThat(ic.<Double>getAs("value")).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void everyPairOfColumnsAndEveryColumnWithTheLabelHasItsRows() {
    // 8 * 7 / 2 pairs; each column with the label: IC and information of all, IC of three slices.
    assertThat(lake.read("gold.feature_correlations").count()).isEqualTo(28);
    assertThat(lake.read("gold.feature_power").count()).isEqualTo(COLUMNS * 5L);
    Row all =
        lake.read("gold.feature_power")
            .where("column_name = 'ofi_1_10e' AND metric = 'rank_ic' AND part = '*'")
            .first();
    assertThat(all.<Double>getAs("value"))
        .isBetween(all.<Double>getAs("ci_low"), all.<Double>getAs("ci_high"));
    assertThat(all.<Double>getAs("q")).isBetween(all.<Double>getAs("p"), 1.0);
    assertThat(all.<Long>getAs("n")).isBetween(2000L, 3000L);
  }

  @Test
  void writesTheSameRowsAndPageAgain() throws IOException {
    String again = page(explore(CONFIG, Arguments.all(), "again"));
    assertThat(again).isEqualTo(page);
    Lake second = Lake.open(lake.spark(), folder.resolve("again").toString(), "{}");
    for (String table :
        List.of("gold.feature_distributions", "gold.feature_correlations", "gold.feature_power")) {
      assertThat(TableDifference.of(lake.read(table), second.read(table))).isEmpty();
    }
  }

  @Test
  void aSingleDayIsCutIntoParts() {
    Arguments oneDay =
        new Arguments("", List.of("SYNA"), LocalDate.of(2024, 1, 2), LocalDate.of(2024, 1, 2));
    explore(CONFIG, oneDay, "day");
    Lake day = Lake.open(lake.spark(), folder.resolve("day").toString(), "{}");
    assertThat(
            day.read("gold.feature_power")
                .where("column_name = 'mid' AND part <> '*'")
                .orderBy("part")
                .select("part")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .hasSize(4)
        .first()
        .isEqualTo("nasdaq SYNA 2024-01-02, part 1 of 4");
  }

  @Test
  void thePageHasEveryColumnAndNoBrokenNumber() {
    assertThat(page)
        .contains("ofi_1_10e", "queue_imbalance_3", "smoothed_mid_move_10e")
        .contains("must not be backtested on the same rows", "Benjamini and Hochberg")
        .doesNotContain("NaN", "Infinity", "null,", "<script")
        .doesNotContainPattern("[dxy]=\"[^\"]*(E-|∞)");
  }

  @Test
  void refusesALabelThatIsNotThere() {
    ExploreConfig config = new ExploreConfig("core", List.of("mid_move_7e"), 1000, 8, 10, 3, 4, 7);
    assertThatThrownBy(() -> explore(config, Arguments.all(), "none"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "labels: no label mid_move_7e in gold.labels; there are [smoothed_mid_move_10e]");
    assertThat(folder.resolve("none/gold")).doesNotExist();
  }
}
