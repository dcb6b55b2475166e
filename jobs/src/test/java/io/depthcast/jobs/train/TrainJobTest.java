package io.depthcast.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.algorithms.Algorithms;
import io.depthcast.features.Window;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.features.FeaturesConfig;
import io.depthcast.jobs.features.FeaturesJob;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import io.depthcast.jobs.table.Tables;
import io.depthcast.labels.FirstPassage;
import io.depthcast.labels.ImbalanceAhead;
import io.depthcast.labels.Label;
import io.depthcast.labels.MidMove;
import io.depthcast.labels.MoveThreshold;
import io.depthcast.linear.Majority;
import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import io.depthcast.scores.ForecastScore;
import io.depthcast.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class TrainJobTest {

  private static final int FOLDS = 2;

  /** Of the windows of 4 rows of the lake's network. */
  private static final int HISTORY = 3;

  private static final List<String> MODELS =
      List.of("majority", "persistence", "logistic_regression", "xgboost", "bin_ctabl");
  private static final List<String> INPUTS =
      SyntheticLake.FEATURES.features().columns().stream()
          .map(f -> f.name())
          .filter(name -> !name.equals("mid"))
          .toList();

  @Test
  void keepsACardForEachModelAndFold(SyntheticLake lake) throws Exception {
    List<Row> cards = lake.open().read("gold.models").collectAsList();
    assertThat(cards)
        .extracting(c -> c.<String>getAs("model_id") + c.<Integer>getAs("fold_id"))
        .containsExactlyInAnyOrderElementsOf(
            MODELS.stream().flatMap(m -> List.of(m + 0, m + 1).stream()).toList());
    for (Row card : cards) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(artifact(lake.root(), card));
      assertThat(card.<String>getAs("artifact_sha256")).isEqualTo(HexFormat.of().formatHex(digest));
      assertThat(card.<String>getAs("inputs")).isEqualTo(String.join(",", INPUTS));
    }
  }

  @Test
  void forecastsEveryCompleteRowOfTheTestFoldsAndNoOther(SyntheticLake lake) {
    Lake open = lake.open();
    String complete =
        String.join(" AND ", INPUTS.stream().map(name -> name + " IS NOT NULL").toList());
    Dataset<Row> features = open.read("gold.features_core").where(complete);
    for (int fold = 0; fold < FOLDS; fold++) {
      Row card = open.read("gold.models").where("fold_id = " + fold).first();
      String test =
          "ts_event >= "
              + card.<Long>getAs("test_from")
              + " AND ts_event < "
              + card.<Long>getAs("test_to");
      Dataset<Row> expected = features.where(test).select("symbol", "trade_date", "seq");
      assertThat(expected.count()).isGreaterThan(2000);
      for (String model : MODELS) {
        Dataset<Row> forecasts =
            open.read("gold.predictions")
                .where("fold_id = " + fold + " AND model_id = '" + model + "'")
                .select("symbol", "trade_date", "seq");
        assertThat(TableDifference.of(expected, forecasts)).as("%s %s", fold, model).isEmpty();
      }
    }
    assertThat(open.read("gold.predictions").where("fold_id NOT IN (0, 1)").count()).isZero();
  }

  @Test
  void forecastsProbabilities(SyntheticLake lake) {
    Dataset<Row> forecasts = lake.open().read("gold.predictions");
    assertThat(
            forecasts
                .where(
                    "abs(p_down + p_flat + p_up - 1) > 1e-6"
                        + " OR least(p_down, p_flat, p_up) < 0 OR isnan(p_up)")
                .count())
        .isZero();
    // Trees that have learnt something do not say the same of every row.
    assertThat(forecasts.where("model_id = 'xgboost'").select("p_up").distinct().count())
        .isGreaterThan(100);
  }

  /** Every stored model forecasts again, apart from the job, what the table holds. */
  @Test
  void restoredModelsForecastEveryRowBitForBit(SyntheticLake lake) throws IOException {
    Lake open = lake.open();
    Map<String, Double> moves = new HashMap<>();
    for (Row label :
        open.read("gold.labels")
            .where("move_bps IS NOT NULL")
            .select("symbol", "trade_date", "seq", "move_bps")
            .collectAsList()) {
      moves.put(key(label.getString(0), label.get(1), label.getLong(2)), label.getDouble(3));
    }
    Map<String, float[]> inputs = new HashMap<>();
    for (Row row : open.read("gold.features_core").collectAsList()) {
      float[] values = new float[INPUTS.size()];
      for (int i = 0; i < values.length; i++) {
        Double value = row.getAs(INPUTS.get(i));
        values[i] = value == null ? Float.NaN : value.floatValue();
      }
      inputs.put(key(row.getAs("symbol"), row.getAs("trade_date"), row.getAs("seq")), values);
    }
    long compared = 0;
    long padded = 0;
    for (Row card : open.read("gold.models").collectAsList()) {
      Map<String, Double> thresholds =
          new ObjectMapper()
              .readValue(card.<String>getAs("class_thresholds_bps"), new TypeReference<>() {});
      String model = card.getAs("model_id");
      List<Row> stored =
          open.read("gold.predictions")
              .where("model_id = '" + model + "' AND fold_id = " + card.<Integer>getAs("fold_id"))
              .collectAsList();
      int rows = stored.size();
      int columns = INPUTS.size();
      float[] values = new float[rows * (HISTORY + 1) * columns];
      int[] at = new int[rows];
      byte[] last = new byte[rows];
      for (int i = 0; i < rows; i++) {
        Row row = stored.get(i);
        String symbol = row.getAs("symbol");
        long seq = row.getAs("seq");
        at[i] = i * (HISTORY + 1) + HISTORY;
        float[] newest = inputs.get(key(symbol, row.getAs("trade_date"), seq));
        System.arraycopy(newest, 0, values, at[i] * columns, columns);
        for (int k = 1; k <= HISTORY; k++) {
          float[] before = inputs.get(key(symbol, row.getAs("trade_date"), seq - k));
          if (before == null || Float.isNaN(sum(before))) {
            // the first row after a gap stands for those that are missing
            for (int gone = k; gone <= HISTORY; gone++) {
              System.arraycopy(newest, 0, values, (at[i] - gone) * columns, columns);
            }
            padded++;
            break;
          }
          System.arraycopy(before, 0, values, (at[i] - k) * columns, columns);
          newest = before;
        }
        Double move = moves.get(key(symbol, row.getAs("trade_date"), seq - SyntheticLake.HORIZON));
        last[i] =
            (byte)
                (move == null
                    ? MoveClass.UNKNOWN
                    : MoveThreshold.direction(move, thresholds.get(symbol)) + 1);
      }
      double[][] p = new double[MoveClass.COUNT][rows];
      try (ForecastModel restored = Algorithms.restore(model, artifact(lake.root(), card))) {
        restored.probabilities(new ForecastRows(columns, values, at, HISTORY, last), p);
      }
      for (int i = 0; i < rows; i++) {
        Row row = stored.get(i);
        double[] now = {p[MoveClass.DOWN][i], p[MoveClass.FLAT][i], p[MoveClass.UP][i]};
        double[] then = {row.getAs("p_down"), row.getAs("p_flat"), row.getAs("p_up")};
        if (!Arrays.equals(now, then)) {
          assertThat(now).as("%s %s", model, row).isEqualTo(then);
        }
        compared++;
      }
    }
    assertThat(compared).isEqualTo(open.read("gold.predictions").count()).isGreaterThan(20_000);
    assertThat(padded).isGreaterThan(0);
  }

  private static float sum(float[] values) {
    float sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  /**
   * Moves whose label ends at or after the first test begins, less the embargo, are turned round:
   * the first fold must not notice, the second, which trains on them, must.
   */
  @Test
  void learnsNothingFromLabelsThatEndInTheTestSpan(
      SyntheticLake lake, SparkSession spark, @TempDir Path folder) throws IOException {
    Path copy = folder.resolve("lake");
    FileUtils.copyDirectory(Path.of(lake.root()).toFile(), copy.toFile());
    Lake changed = Lake.open(spark, copy.toString(), "{}");
    long testFrom =
        changed.read("gold.models").where("fold_id = 0").first().<Long>getAs("test_from");
    long known = testFrom - SyntheticLake.EMBARGO_MS * 1_000_000;
    Dataset<Row> labels = changed.read("gold.labels").localCheckpoint();
    changed.replaceWhere(
        Tables.LABELS,
        "true",
        labels.withColumn(
            "move_bps",
            org.apache.spark.sql.functions.expr(
                "if(ts_label_end >= " + known + ", 5 - move_bps, move_bps)")));
    assertThat(
            RunOutcome.of(
                    spark, TrainJob.JOB, SyntheticLake.TRAIN, copy.toString(), Arguments.all())
                .exitCode())
        .isEqualTo(JobMain.DONE);

    Map<String, String> before = artifacts(lake.open());
    Map<String, String> after = artifacts(Lake.open(spark, copy.toString(), "{}"));
    List<String> differing = new ArrayList<>();
    before.forEach(
        (model, hash) -> {
          if (!after.get(model).equals(hash)) {
            differing.add(model);
          }
        });
    assertThat(differing).contains("logistic_regression 1", "xgboost 1", "bin_ctabl 1");
    assertThat(differing).noneMatch(model -> model.endsWith(" 0"));
  }

  @Test
  void countsOnlyRowsWhoseLabelsEndBeforeTheTest(SyntheticLake lake) {
    Lake open = lake.open();
    String complete =
        String.join(" AND ", INPUTS.stream().map(name -> name + " IS NOT NULL").toList());
    Dataset<Row> rows =
        open.read("gold.features_core")
            .where(complete)
            .select("venue", "symbol", "trade_date", "seq")
            .join(
                open.read("gold.labels").where("move_bps IS NOT NULL"),
                new String[] {"venue", "symbol", "trade_date", "seq"})
            .localCheckpoint();
    for (Row card : open.read("gold.models").collectAsList()) {
      long testFrom = card.getAs("test_from");
      long eligible =
          rows.where(
                  "ts_event >= "
                      + card.<Long>getAs("train_from")
                      + " AND ts_label_end < "
                      + (testFrom - SyntheticLake.EMBARGO_MS * 1_000_000))
              .count();
      long used = card.<Long>getAs("train_rows") + card.<Long>getAs("validation_rows");
      // The purge before the validation costs some more rows: at most a horizon and what the
      // embargo of 100 ms holds.
      assertThat(used).isLessThanOrEqualTo(eligible).isGreaterThan(eligible - 200);
    }
  }

  @Test
  void scoresEachModelBesideEachBaseline(SyntheticLake lake) {
    Dataset<Row> metrics = lake.open().read("gold.metrics").where("subject NOT LIKE '%0%'");
    for (String model : MODELS) {
      for (String metric : Stream.of(ForecastScore.values()).map(ForecastScore::metric).toList()) {
        assertThat(
                metrics
                    .where(
                        "subject = '" + model + "' AND metric = '" + metric + "' AND symbol = '*'")
                    .select("fold_id")
                    .collectAsList())
            .as("%s of %s", metric, model)
            .extracting(r -> r.getInt(0))
            .containsExactlyInAnyOrder(-1, 0, 1);
      }
    }
    assertThat(
            metrics
                .where("subject = 'xgboost' AND metric LIKE 'macro_f1_minus_%'")
                .select("metric")
                .collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactlyInAnyOrder("macro_f1_minus_majority", "macro_f1_minus_persistence");
  }

  @Test
  void refusesALabelThatIsNotThere(SyntheticLake lake) {
    assertThatThrownBy(() -> table(lake.open(), "smoothed_mid_move_10e", "mid_move_10e"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "labels: no label mid_move_10e in gold.labels; there are [smoothed_mid_move_10e]");
  }

  /** Three labels of 40: a horizon of time, and two of events. */
  private static final List<Label> OF_FORTY =
      List.of(
          new MidMove(Window.milliseconds(40), Window.milliseconds(10)),
          new FirstPassage(1, 0.01, Window.events(40)),
          new ImbalanceAhead(1, Window.events(40), 0.1));

  private static final List<String> NAMES_OF_FORTY = OF_FORTY.stream().map(Label::id).toList();

  /** The book of the synthetic lake with these labels, in a lake of its own. */
  private static Lake labelledOfForty(SyntheticLake lake, SparkSession spark, Path folder) {
    FeaturesConfig config = new FeaturesConfig("core", SyntheticLake.FEATURES.families(), OF_FORTY);
    Lake source = lake.open();
    source.read("silver.book");
    Lake copy = source.replaying(Map.copyOf(source.versionsRead()), Map.of(), folder.toString());
    FeaturesJob.JOB.body().run(copy, Arguments.all(), config, null);
    return Lake.open(spark, folder.toString(), "{}");
  }

  /** Beside the row, the value of the newest row whose label had ended, for ends of any kind. */
  @Test
  void tellsTheNewestLabelThatHadEnded(
      SyntheticLake lake, SparkSession spark, @TempDir Path folder) {
    Lake target = labelledOfForty(lake, spark, folder);
    List<Row> labels =
        target.read("gold.labels").where("symbol = 'SYNB'").orderBy("seq").collectAsList();
    try (TrainingTable table = table(target, NAMES_OF_FORTY.toArray(String[]::new))) {
      List<Row> rows = table.rows().where("symbol = 'SYNB'").orderBy("seq").collectAsList();
      assertThat(rows).hasSizeGreaterThan(2000);
      for (String label : table.labels()) {
        Map<Long, Double> newest = newestEnded(labels, label);
        int known = 0;
        for (Row row : rows) {
          Double last = newest.get(row.<Long>getAs("seq"));
          assertThat(row.<Double>getAs(TrainingTable.last(label))).as("%s", row).isEqualTo(last);
          known += last == null ? 0 : 1;
        }
        assertThat(known).as(label).isGreaterThan(1000);
      }
    }
  }

  @Test
  void tellsForecastsOfLabelsOfEqualLengthApart(
      SyntheticLake lake, SparkSession spark, @TempDir Path folder) {
    labelledOfForty(lake, spark, folder);
    TrainConfig config = config(NAMES_OF_FORTY, List.of(new Majority()));
    String root = folder.toString();
    assertThat(RunOutcome.of(spark, TrainJob.JOB, config, root, Arguments.all()).exitCode())
        .isEqualTo(JobMain.DONE);
    Lake trained = Lake.open(spark, root, "{}");
    String[] key = {"venue", "symbol", "trade_date", "seq"};
    for (String label : NAMES_OF_FORTY) {
      String of = "label_id = '" + label + "'";
      Dataset<Row> forecasts = trained.read("gold.predictions").where(of);
      // The majority forecasts one thing in a fold, another than for other labels.
      assertThat(forecasts.select("fold_id", "p_down", "p_up").distinct().count()).isEqualTo(FOLDS);
      assertThat(forecasts.select(key[1], key[2], key[3]).distinct().count())
          .isEqualTo(forecasts.count())
          .isGreaterThan(5000);
      long known =
          trained
              .read("gold.labels")
              .where(of + " AND coalesce(move_bps, imbalance) IS NOT NULL")
              .select("venue", "symbol", "trade_date", "seq")
              .join(forecasts, key)
              .count();
      String all = " AND metric = 'accuracy' AND fold_id = -1 AND symbol = '*'";
      List<Row> scores = trained.read("gold.metrics").where(of + all).collectAsList();
      assertThat(scores).hasSize(1);
      assertThat(scores.get(0).<Long>getAs("n")).as(label).isEqualTo(known);
    }
    assertThat(trained.read("gold.predictions").select("fold_id", "p_down").distinct().count())
        .isEqualTo((long) FOLDS * NAMES_OF_FORTY.size());
    assertThat(trained.read("gold.models").select("artifact_path").distinct().count())
        .isEqualTo((long) FOLDS * NAMES_OF_FORTY.size());
  }

  /** By row, the value of the newest row of which the label had ended. */
  private static Map<Long, Double> newestEnded(List<Row> labels, String label) {
    List<Row> its = labels.stream().filter(r -> r.getAs("label_id").equals(label)).toList();
    Map<Long, Double> newest = new HashMap<>();
    for (long n = 1; n <= its.size(); n++) {
      for (Row of : its) {
        Long end = of.getAs("seq_label_end");
        if (end != null && end <= n) {
          Double move = of.getAs("move_bps");
          newest.put(n, move == null ? of.<Double>getAs("imbalance") : move);
        }
      }
    }
    return newest;
  }

  private static TrainingTable table(Lake lake, String... labels) {
    return TrainingTable.of(
        lake, Arguments.all(), config(List.of(labels), SyntheticLake.TRAIN.models()));
  }

  private static TrainConfig config(List<String> labels, List<Trainer> models) {
    TrainConfig with = SyntheticLake.TRAIN;
    return new TrainConfig(
        with.set(),
        with.exclude(),
        with.fitted(),
        labels,
        with.flatShare(),
        with.walkForward(),
        with.sampleEvery(),
        models,
        with.seed());
  }

  @Test
  void writesEqualTablesWhenRunTwice(SyntheticLake lake) {
    Lake open = lake.open();
    Dataset<Row> predictions = open.read("gold.predictions");
    Dataset<Row> models = open.read("gold.models");
    Dataset<Row> metrics = open.read("gold.metrics");
    lake.run(TrainJob.JOB, SyntheticLake.TRAIN);
    Lake again = lake.open();
    assertThat(TableDifference.of(predictions, again.read("gold.predictions"))).isEmpty();
    assertThat(TableDifference.of(models, again.read("gold.models"))).isEmpty();
    assertThat(TableDifference.of(metrics, again.read("gold.metrics"))).isEmpty();
  }

  private static Map<String, String> artifacts(Lake lake) {
    Map<String, String> artifacts = new HashMap<>();
    for (Row card : lake.read("gold.models").collectAsList()) {
      artifacts.put(
          card.<String>getAs("model_id") + " " + card.<Integer>getAs("fold_id"),
          card.getAs("artifact_sha256"));
    }
    assertThat(artifacts).hasSize(MODELS.size() * FOLDS);
    return artifacts;
  }

  private static byte[] artifact(String root, Row card) throws IOException {
    return Files.readAllBytes(Path.of(root, card.<String>getAs("artifact_path")));
  }

  private static String key(String symbol, Object date, long seq) {
    return symbol + " " + date + " " + seq;
  }
}
