package io.depthcast.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.BookBatch;
import io.depthcast.exchange.ExchangeSession;
import io.depthcast.exchange.LobsterRecorder;
import io.depthcast.features.Feature;
import io.depthcast.features.FeatureSet;
import io.depthcast.features.MidReturn;
import io.depthcast.features.OrderFlowImbalance;
import io.depthcast.features.QueueImbalance;
import io.depthcast.features.Window;
import io.depthcast.feed.lobster.LobsterPair;
import io.depthcast.feed.lobster.LobsterReader;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.LobsterFolder;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import io.depthcast.labels.FirstPassage;
import io.depthcast.labels.ImbalanceAhead;
import io.depthcast.labels.Label;
import io.depthcast.labels.LabelRun;
import io.depthcast.labels.LabelSink;
import io.depthcast.labels.MidMove;
import io.depthcast.labels.PayingMove;
import io.depthcast.labels.SmoothedMidMove;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables against the library run by hand on the same files. */
@ExtendWith(SparkTest.class)
class FeaturesJobTest {

  private static final FeatureSet SET = SyntheticLake.FEATURES.features();

  /** Batches of another size than the job's, so that equality shows that cuts do not matter. */
  private static final int BATCH = 777;

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void storesTheValuesOfTheLibraryBitForBit(int day, SyntheticLake lake) throws IOException {
    FeatureSet.Run run = SET.start();
    List<String> names = SET.columns().stream().map(Feature::name).toList();
    List<String> expected = new ArrayList<>();
    double[][] values = new double[names.size()][BATCH];
    try (LobsterReader reader = reader(day)) {
      BookBatch batch = new BookBatch(BATCH, SyntheticLake.LEVELS);
      while (reader.next(batch)) {
        run.compute(batch, values);
        for (int i = 0; i < batch.rows; i++) {
          StringBuilder line = new StringBuilder(batch.seq[i] + " " + batch.tsEvent[i]);
          for (double[] column : values) {
            line.append(' ').append(Double.isNaN(column[i]) ? "null" : column[i]);
          }
          expected.add(line.toString());
        }
      }
    }
    assertThat(expected).hasSize(LobsterFolder.rows(files(day)));

    List<String> columns = new ArrayList<>(List.of("seq", "ts_event"));
    columns.addAll(names);
    assertThat(lines(slice(lake, "gold.features_core", day).orderBy("seq"), columns))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void storesTheLabelsOfTheLibraryBitForBit(int day, SyntheticLake lake) throws IOException {
    LabelRun run = SyntheticLake.FEATURES.labels().get(0).start();
    List<String> expected = new ArrayList<>();
    LabelSink sink =
        (seq, ts, move, seqEnd, tsEnd) -> expected.add(label(seq, ts, move, seqEnd, tsEnd));
    try (LobsterReader reader = reader(day)) {
      BookBatch batch = new BookBatch(BATCH, SyntheticLake.LEVELS);
      while (reader.next(batch)) {
        run.compute(batch, sink);
      }
      run.finish(sink);
    }
    assertThat(expected).hasSize(LobsterFolder.rows(files(day)));
    List<String> columns =
        List.of(
            "seq",
            "ts_event",
            "move_bps",
            "imbalance",
            "direction",
            "seq_label_end",
            "ts_label_end");
    assertThat(lines(slice(lake, "gold.labels", day).orderBy("seq"), columns)).isEqualTo(expected);
  }

  private static String label(long seq, long ts, double move, long seqEnd, long tsEnd) {
    return seq
        + " "
        + ts
        + (Double.isNaN(move)
            ? " null null null "
            : " " + move + " null " + (int) Math.signum(move) + " ")
        + (seqEnd == Label.NO_END ? "null null" : seqEnd + " " + tsEnd);
  }

  @Test
  void namesTheSetOnEachRow(SyntheticLake lake) {
    assertThat(
            lake.open()
                .read("gold.features_core")
                .select("feature_set_id")
                .distinct()
                .collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactly(SET.id());
  }

  @Test
  void hasNullsInSuspectWindows(SyntheticLake lake) {
    Lake open = lake.open();
    Row window = open.read("silver.suspect_windows").where("cause = 'halt'").first();
    String inside =
        "symbol = 'SYNB' AND seq BETWEEN "
            + window.<Long>getAs("seq_first")
            + " AND "
            + window.<Long>getAs("seq_last");
    long rows = window.<Long>getAs("seq_last") - window.<Long>getAs("seq_first") + 1;
    // Halted, quoting resumes, trading resumes.
    assertThat(rows).isEqualTo(3);
    assertThat(open.read("silver.book").where(inside).where("suspect").count()).isEqualTo(rows);
    String none =
        String.join(" AND ", SET.columns().stream().map(f -> f.name() + " IS NULL").toList());
    Dataset<Row> features = open.read("gold.features_core").where(inside);
    assertThat(features.where(none).count()).isEqualTo(rows);
    assertThat(open.read("gold.labels").where(inside).where("move_bps IS NULL").count())
        .isEqualTo(rows);
    // A label before the window that looks into it is null as well.
    String before =
        "symbol = 'SYNB' AND seq BETWEEN "
            + (window.<Long>getAs("seq_first") - SyntheticLake.HORIZON)
            + " AND "
            + (window.<Long>getAs("seq_first") - 1);
    assertThat(open.read("gold.labels").where(before).where("move_bps IS NULL").count())
        .isEqualTo(SyntheticLake.HORIZON);
  }

  @Test
  void writesEqualRowsWhenRunTwice(SyntheticLake lake) {
    Dataset<Row> features = lake.open().read("gold.features_core");
    Dataset<Row> labels = lake.open().read("gold.labels");
    lake.run(FeaturesJob.JOB, SyntheticLake.FEATURES);
    assertThat(TableDifference.of(features, lake.open().read("gold.features_core"))).isEmpty();
    assertThat(TableDifference.of(labels, lake.open().read("gold.labels"))).isEmpty();
  }

  @Test
  void writesEachSliceAsOneFileInOrder(SyntheticLake lake, SparkSession spark) {
    Dataset<Row> features = lake.open().read("gold.features_core");
    assertThat(features.inputFiles()).hasSize(3);
    for (String file : features.inputFiles()) {
      assertThat(spark.read().parquet(file).select("seq").collectAsList())
          .extracting(r -> r.getLong(0))
          .isSorted();
    }
  }

  /** Whatever the windows, of events or time, look at around a block is read with it. */
  @ParameterizedTest
  @ValueSource(ints = {200, 1000})
  void aSliceCutIntoBlocksHasTheRowsOfTheWholeOne(
      int blockRows, SyntheticLake lake, SparkSession spark, @TempDir Path folder) {
    FeaturesConfig config =
        new FeaturesConfig(
            "cut",
            List.of(
                new OrderFlowImbalance(2, Window.events(10)),
                new OrderFlowImbalance(1, Window.milliseconds(200)),
                new MidReturn(Window.milliseconds(50)),
                new QueueImbalance(1)),
            List.of(
                new SmoothedMidMove(Window.events(20)),
                new MidMove(Window.milliseconds(300), Window.milliseconds(10)),
                new PayingMove(Window.events(15), Window.milliseconds(1)),
                new FirstPassage(1, 0.01, Window.milliseconds(500)),
                new ImbalanceAhead(5, Window.events(3), 0.2)));
    Lake whole = run(config, lake, spark, folder.resolve("whole"), Long.MAX_VALUE);
    Lake cut = run(config, lake, spark, folder.resolve("cut"), blockRows);
    for (String table : List.of("gold.features_cut", "gold.labels")) {
      assertThat(whole.read(table).inputFiles()).hasSize(3);
      assertThat(cut.read(table).inputFiles().length).isGreaterThanOrEqualTo(6);
      assertThat(cut.read(table).count())
          .isEqualTo(lake.open().read("silver.book").count() * (table.endsWith("labels") ? 5 : 1));
      assertThat(TableDifference.of(whole.read(table), cut.read(table))).isEmpty();
    }
    assertThat(cut.read("gold.labels").where("seq_label_end is not null").count()).isPositive();
    for (String label : List.of("move_bps", "imbalance")) {
      assertThat(cut.read("gold.labels").where(label + " <> 0").count()).isPositive();
    }
  }

  private static Lake run(
      FeaturesConfig config, SyntheticLake lake, SparkSession spark, Path folder, long blockRows) {
    Lake source = lake.open();
    source.read("silver.book");
    Lake target = source.replaying(Map.copyOf(source.versionsRead()), Map.of(), folder.toString());
    FeaturesJob.run(target, Arguments.all(), config, blockRows);
    return Lake.open(spark, folder.toString(), "{}");
  }

  private static LobsterReader reader(int day) {
    LobsterPair pair = LobsterRecorder.files(SyntheticLake.DAYS.get(day), SyntheticLake.LEVELS);
    Map<String, byte[]> files = files(day);
    return new LobsterReader(
        pair,
        new ByteArrayInputStream(files.get(pair.message().fileName())),
        new ByteArrayInputStream(files.get(pair.orderbook().fileName())),
        0);
  }

  private static Map<String, byte[]> files(int day) {
    return LobsterFolder.files(SyntheticLake.DAYS.get(day), SyntheticLake.LEVELS);
  }

  private static Dataset<Row> slice(SyntheticLake lake, String table, int day) {
    ExchangeSession session = SyntheticLake.DAYS.get(day);
    return lake.open()
        .read(table)
        .where(
            "symbol = '"
                + session.instrument().symbol()
                + "' AND trade_date = '"
                + session.date()
                + "'");
  }

  private static List<String> lines(Dataset<Row> rows, List<String> columns) {
    return rows.selectExpr(columns.toArray(String[]::new)).collectAsList().stream()
        .map(r -> r.mkString(" "))
        .toList();
  }
}
