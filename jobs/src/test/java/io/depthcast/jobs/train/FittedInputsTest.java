package io.depthcast.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.algorithms.Algorithms;
import io.depthcast.calibration.Calibrated;
import io.depthcast.features.FeatureFamily;
import io.depthcast.features.Spread;
import io.depthcast.features.Window;
import io.depthcast.fitted.FittedFamily;
import io.depthcast.fitted.IntegratedOfi;
import io.depthcast.fitted.StoikovMicroprice;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.RunOutcome;
import io.depthcast.jobs.SparkTest;
import io.depthcast.jobs.SyntheticLake;
import io.depthcast.jobs.features.FeaturesConfig;
import io.depthcast.jobs.features.FeaturesJob;
import io.depthcast.jobs.shap.ShapConfig;
import io.depthcast.jobs.shap.ShapJob;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.TableDifference;
import io.depthcast.jobs.table.Tables;
import io.depthcast.linear.LogisticRegression;
import io.depthcast.linear.Majority;
import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import io.depthcast.training.Trainer;
import io.depthcast.trees.Xgboost;
import io.depthcast.walkforward.Fold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class FittedInputsTest {

  private static final List<FittedFamily> FITTED =
      List.of(new IntegratedOfi(3, Window.events(10), false), new StoikovMicroprice(0.01, 5, 4, 6));
  private static final FeaturesConfig FEATURES = features();
  private static final List<String> READ =
      List.of("ofi_1_10e", "ofi_2_10e", "ofi_3_10e", "mid", "spread", "queue_imbalance_1");

  private static FeaturesConfig features() {
    List<FeatureFamily> families = new ArrayList<>(SyntheticLake.FEATURES.families());
    families.add(new Spread());
    return new FeaturesConfig("core", families, SyntheticLake.FEATURES.labels());
  }

  private static TrainConfig train(List<FittedFamily> fitted, Trainer... models) {
    TrainConfig with = SyntheticLake.TRAIN;
    return new TrainConfig(
        with.set(),
        List.of("mid", "spread"),
        fitted,
        with.labels(),
        with.flatShare(),
        with.walkForward(),
        with.sampleEvery(),
        List.of(models),
        with.seed());
  }

  /** The book of the synthetic lake with the features that are read here, in a lake of its own. */
  private static Lake lake(SyntheticLake synthetic, SparkSession spark, Path folder) {
    Lake source = synthetic.open();
    source.read("silver.book");
    Lake copy = source.replaying(Map.copyOf(source.versionsRead()), Map.of(), folder.toString());
    FeaturesJob.JOB.body().run(copy, Arguments.all(), FEATURES, null);
    return Lake.open(spark, folder.toString(), "{}");
  }

  @Test
  void modelsAreAppliedAgainFromTheirCards(
      SyntheticLake synthetic, SparkSession spark, @TempDir Path folder) throws IOException {
    assertThat(FITTED.stream().map(Object::getClass))
        .as("every family there is")
        .hasSameElementsAs(List.of(FittedFamily.class.getPermittedSubclasses()));
    lake(synthetic, spark, folder);
    Xgboost trees = new Xgboost(5, 3, 0.3, 1, 1, 1, 1, 0, true);
    TrainConfig config =
        train(
            FITTED,
            new Majority(),
            new LogisticRegression(0.001, 10, false),
            trees,
            new Calibrated(trees));
    RunOutcome run = RunOutcome.of(spark, TrainJob.JOB, config, folder.toString(), Arguments.all());
    assertThat(run.exitCode()).isEqualTo(JobMain.DONE);
    Lake lake = Lake.open(spark, folder.toString(), "{}");
    Map<String, Row> features = new HashMap<>();
    lake.read("gold.features_core").collectAsList().forEach(row -> features.put(key(row), row));
    long compared = 0;
    String linear = "model_id = 'logistic_regression'";
    for (Row card : lake.read("gold.models").where(linear).collectAsList()) {
      List<Row> stored =
          lake.read("gold.predictions")
              .where(linear + " AND fold_id = " + card.<Integer>getAs("fold_id"))
              .collectAsList();
      List<String> inputs = List.of(card.<String>getAs("inputs").split(","));
      assertThat(inputs)
          .endsWith("integrated_ofi_10e", "stoikov_microprice_deviation_bps")
          .doesNotContain("mid", "spread");
      float[] values = new float[stored.size() * inputs.size()];
      for (int i = 0; i < stored.size(); i++) {
        float[] row = inputs(card, inputs, features.get(key(stored.get(i))));
        System.arraycopy(row, 0, values, i * row.length, row.length);
      }
      byte[] last = new byte[stored.size()];
      double[][] p = new double[MoveClass.COUNT][stored.size()];
      byte[] artifact = Files.readAllBytes(folder.resolve(card.<String>getAs("artifact_path")));
      try (ForecastModel model = Algorithms.restore(card.getAs("model_id"), artifact)) {
        model.probabilities(new ForecastRows(last.length, inputs.size(), values, last), p);
      }
      for (int i = 0; i < last.length; i++) {
        assertThat(p[MoveClass.UP][i]).isEqualTo(stored.get(i).<Double>getAs("p_up"));
        assertThat(p[MoveClass.DOWN][i]).isEqualTo(stored.get(i).<Double>getAs("p_down"));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(5000);
    areExplainedWithTheirFittedInputs(spark, folder);
  }

  /** SHAP values of plain and calibrated trees are the same: they are of the margins inside. */
  private static void areExplainedWithTheirFittedInputs(SparkSession spark, Path folder) {
    for (String model : List.of("xgboost", "xgboost_calibrated")) {
      RunOutcome.of(
              spark,
              ShapJob.JOB,
              new ShapConfig("newest", model, 20, 7),
              folder.toString(),
              Arguments.all())
          .orThrow();
    }
    Lake lake = Lake.open(spark, folder.toString(), "{}");
    Dataset<Row> shap = lake.read("gold.shap");
    Dataset<Row> plain = shap.where("model_id = 'xgboost'").drop("model_id");
    assertThat(plain.where("feature = 'integrated_ofi_10e'").count()).isEqualTo(2 * 20 * 3);
    assertThat(
            TableDifference.of(
                plain, shap.where("model_id = 'xgboost_calibrated'").drop("model_id")))
        .isEmpty();
    String[] key = {"venue", "symbol", "trade_date", "seq", "fold_id"};
    assertThat(
            plain
                .where("move_class <> 'flat'")
                .groupBy("venue", "symbol", "trade_date", "seq", "fold_id")
                .agg(functions.expr("sum(if(move_class = 'up', 1, -1) * contribution) AS margin"))
                .join(lake.read("gold.predictions").where("model_id = 'xgboost'"), key)
                .where("abs(margin - ln(p_up / p_down)) < 1e-4")
                .count())
        .isEqualTo(2 * 20);
  }

  /** A row's inputs from the feature table and the card alone. */
  private static float[] inputs(Row card, List<String> names, Row features) throws IOException {
    List<FittedFamily> families =
        new ConfigFile("card", card.getAs("fitted_inputs"))
            .as(ModelCards.FittedBlock.class)
            .fitted();
    Map<String, Map<String, double[]>> numbers =
        new ObjectMapper()
            .readValue(card.<String>getAs("fitted_numbers"), new TypeReference<>() {});
    float[] inputs = new float[names.size()];
    int plain = names.size() - families.size();
    for (int i = 0; i < plain; i++) {
      inputs[i] = features.<Double>getAs(names.get(i)).floatValue();
    }
    for (int f = 0; f < families.size(); f++) {
      FittedFamily family = families.get(f);
      double[] read =
          family.requires().stream().mapToDouble(name -> features.<Double>getAs(name)).toArray();
      double[] fitted = numbers.get(names.get(plain + f)).get(features.<String>getAs("symbol"));
      inputs[plain + f] = (float) family.restore(fitted).value(read);
    }
    return inputs;
  }

  private static String key(Row row) {
    return row.getAs("symbol") + " " + row.getAs("trade_date") + " " + row.getAs("seq");
  }

  /** What validates or tests may be anything; what trains may not. */
  @Test
  void areFittedOnTrainingRowsOnly(
      SyntheticLake synthetic, SparkSession spark, @TempDir Path folder) {
    Lake lake = lake(synthetic, spark, folder);
    TrainConfig config = train(FITTED, new Majority());
    Fold first;
    try (TrainingTable table = TrainingTable.of(lake, Arguments.all(), config)) {
      first = table.folds(config.walkForward()).get(0);
    }
    List<Map<String, String>> before = numbers(lake, config);
    assertThat(numbers(lake, config)).isEqualTo(before);

    change(lake, first.validationFrom());
    List<Map<String, String>> later = numbers(Lake.open(spark, folder.toString(), "{}"), config);
    assertThat(later.get(0)).isEqualTo(before.get(0));
    // The second fold trains on what the first one tests.
    assertThat(later.get(1).get("integrated_ofi_10e"))
        .isNotEqualTo(before.get(1).get("integrated_ofi_10e"));
    assertThat(later.get(1).get("stoikov_microprice_deviation_bps"))
        .isNotEqualTo(before.get(1).get("stoikov_microprice_deviation_bps"));

    change(lake, first.trainFrom());
    List<Map<String, String>> all = numbers(Lake.open(spark, folder.toString(), "{}"), config);
    assertThat(all.get(0).get("integrated_ofi_10e"))
        .isNotEqualTo(before.get(0).get("integrated_ofi_10e"));
    assertThat(all.get(0).get("stoikov_microprice_deviation_bps"))
        .isNotEqualTo(before.get(0).get("stoikov_microprice_deviation_bps"));
  }

  /** Sets other flows, imbalances and spreads from a time on. */
  private static void change(Lake lake, long from) {
    Dataset<Row> features = lake.read("gold.features_core").localCheckpoint();
    for (String column : READ) {
      features =
          features.withColumn(
              column,
              functions.expr(
                  "if(ts_event >= %d, %s, %s)"
                      .formatted(
                          from,
                          column.equals("mid") ? "mid + 0.01 * (seq % 7)" : "-0.3 * " + column,
                          column)));
    }
    lake.replaceWhere(Tables.features("core", FEATURES.features()), "true", features);
  }

  /** What was fitted, by fold and input, as text. */
  private static List<Map<String, String>> numbers(Lake lake, TrainConfig config) {
    try (TrainingTable table = TrainingTable.of(lake, Arguments.all(), config)) {
      return Fits.of(table, table.folds(config.walkForward()), config, Fits.States.NONE).stream()
          .map(fitted -> text(fitted.fittedInputs()))
          .toList();
    }
  }

  private static Map<String, String> text(FittedInputs inputs) {
    Map<String, String> text = new HashMap<>();
    inputs.numbers().forEach((input, bySymbol) -> text.put(input, ConfigFile.yaml(bySymbol)));
    assertThat(text).hasSize(FITTED.size());
    assertThat(inputs.numbers().get("integrated_ofi_10e")).containsKeys("SYNA", "SYNB");
    return text;
  }

  @Test
  void leaveOutASymbolThatOnlyValidates(
      SyntheticLake synthetic, SparkSession spark, @TempDir Path folder) {
    Lake lake = lake(synthetic, spark, folder);
    TrainConfig config = train(FITTED, new Majority());
    Fold first;
    try (TrainingTable table = TrainingTable.of(lake, Arguments.all(), config)) {
      first = table.folds(config.walkForward()).get(0);
    }
    lake.replaceWhere(
        Tables.features("core", FEATURES.features()),
        "true",
        lake.read("gold.features_core")
            .where("symbol = 'SYNA' OR ts_event >= " + first.validationFrom())
            .localCheckpoint());
    try (TrainingTable table =
        TrainingTable.of(Lake.open(spark, folder.toString(), "{}"), Arguments.all(), config)) {
      Fits.Fitted fitted = Fits.of(table, List.of(first), config, Fits.States.NONE).get(0);
      assertThat(fitted.thresholdsBps()).containsOnlyKeys("SYNA");
      assertThat(fitted.fittedInputs().knows("SYNA")).isTrue();
      assertThat(fitted.fittedInputs().knows("SYNB")).isFalse();
      String validating =
          "ts_event >= %d AND %s < %d"
              .formatted(
                  first.validationFrom(),
                  TrainingTable.end(config.labels().get(0)),
                  first.testFrom() - first.embargoNs());
      Dataset<Row> rows =
          table.rows().where(TrainingTable.move(config.labels().get(0)) + " IS NOT NULL");
      assertThat(rows.where(validating + " AND symbol = 'SYNB'").count()).isPositive();
      assertThat(fitted.validationRows())
          .isEqualTo(rows.where(validating + " AND symbol = 'SYNA'").count());
    }
  }

  @Test
  void sayWhichColumnsAreMissing(SyntheticLake synthetic) {
    TrainConfig config = train(FITTED, new Majority());
    TrainConfig excludingMid =
        new TrainConfig(
            config.set(),
            List.of("mid"),
            config.fitted(),
            config.labels(),
            config.flatShare(),
            config.walkForward(),
            config.sampleEvery(),
            config.models(),
            config.seed());
    assertThatThrownBy(() -> TrainingTable.of(synthetic.open(), Arguments.all(), excludingMid))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "fitted: needs [spread], which gold.features_core does not have; add their families to"
                + " the feature set");
  }

  @Test
  void comeOnceEach() {
    FittedFamily twice = new StoikovMicroprice(0.01, 3, 2, 1);
    assertThatThrownBy(() -> train(List.of(FITTED.get(1), twice), new Majority()))
        .hasMessage(
            "Invalid fitted: [stoikov_microprice_deviation_bps, stoikov_microprice_deviation_bps]"
                + " (must be none twice)");
  }
}
