package io.depthcast.jobs.train;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.forecasts.StoredModel;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.LakeFile;
import io.depthcast.jobs.table.Trials;
import io.depthcast.training.Trainer;
import io.depthcast.walkforward.Fold;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A plan that was trained, with the rows that it was trained on and tried on, read again from the
 * tables: for whoever checks a train run.
 */
public final class Plan implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  private final Lake lake;
  private final Arguments arguments;
  private final String planId;
  private final TrainConfig config;
  private final TrainingTable table;
  private final List<Fold> folds;
  private final List<Row> cards;

  private Plan(
      Lake lake, Arguments arguments, String planId, TrainConfig config, TrainingTable table) {
    this.lake = lake;
    this.arguments = arguments;
    this.planId = planId;
    this.config = config;
    this.table = table;
    folds = table.folds(config.walkForward());
    cards =
        lake.read("gold.models")
            .where(col("plan_id").equalTo(planId))
            .where(col("model_id").isin(config.models().stream().map(Trainer::name).toArray()))
            .orderBy("label_id", "fold_id", "model_id")
            .collectAsList();
  }

  /**
   * Reads a plan.
   *
   * @param planId as in {@code gold.models}, or {@code newest}
   * @throws ConfigException if there is no such plan, its run is not in the ledger, or the tables
   *     have changed since
   */
  public static Plan of(Lake lake, String planId) {
    Trials trials = Trials.of(lake);
    Trials.Tried tried =
        (planId.equals("newest") ? trials.newestFit() : trials.newestFit(planId))
            .orElseThrow(
                () ->
                    new ConfigException(
                        "planId: no plan '" + planId + "' in ops.trials; run train"));
    Row run =
        lake.read("ops.runs").where(col("run_id").equalTo(tried.runId())).collectAsList().stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new ConfigException(
                        "planId: run " + tried.runId() + " of the plan is not in ops.runs"));
    TrainConfig config =
        new ConfigFile("ops.runs " + tried.runId(), run.getAs("config")).as(TrainConfig.class);
    Arguments arguments = arguments(run);
    TrainingTable table = TrainingTable.of(lake, arguments, config);
    Plan plan = new Plan(lake, arguments, tried.planId(), config, table);
    String fingerprint = table.fingerprint();
    for (Row card : plan.cards) {
      if (!card.getAs("data_fingerprint").equals(fingerprint)) {
        plan.close();
        throw new ConfigException(
            "planId: the tables have changed since plan "
                + tried.planId()
                + " was trained; run train, then this again");
      }
    }
    return plan;
  }

  private static Arguments arguments(Row run) {
    try {
      return JSON.readValue(run.<String>getAs("arguments"), Arguments.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("ops.runs holds no JSON", e);
    }
  }

  /** Its id in {@code gold.models}. */
  public String id() {
    return planId;
  }

  /** What it was trained with. */
  public TrainConfig config() {
    return config;
  }

  /** Its folds, in the order of time, cut again. */
  public List<Fold> folds() {
    return folds;
  }

  /** Its inputs that need no fit. */
  public List<String> inputs() {
    return table.inputs().subList(0, table.inputs().size() - config.fitted().size());
  }

  /** Its rows of {@code gold.models}, without those of ensembles. */
  public List<Row> cards() {
    return cards;
  }

  /** Its rows of {@code gold.models} of one fold and label. */
  public List<Row> cards(Fold fold, String label) {
    return cards.stream()
        .filter(c -> c.<Integer>getAs("fold_id") == fold.id() && c.getAs("label_id").equals(label))
        .toList();
  }

  /**
   * Rows with their role in a fold: venue, symbol, trade_date, seq, ts_event, {@code role}, {@code
   * features} array of float, {@code move} (bps, or an imbalance; null where not known), {@code
   * end} (time of the label's end).
   */
  public Dataset<Row> rows(Fold fold, String label) {
    return Fits.roles(table.rows(), fold, label)
        .select(
            col("venue"),
            col("symbol"),
            col("trade_date"),
            col("seq"),
            col("ts_event"),
            col("role"),
            col("features"),
            col(TrainingTable.move(label)).as("move"),
            col(TrainingTable.end(label)).as("end"));
  }

  /**
   * The rows that the models of a fold forecast: venue, symbol, trade_date, seq and {@code
   * features}, array of float, all inputs in the order of the card.
   */
  public Dataset<Row> testRows(Fold fold, String label) {
    Row card = cards(fold, label).get(0);
    FittedInputs fitted = FittedInputs.restored(config.fitted(), fittedNumbers(card));
    Dataset<Row> test =
        table
            .rows()
            .where(col("ts_event").geq(fold.testFrom()).and(col("ts_event").lt(fold.testTo())));
    return (fitted.isEmpty() ? test : test.where(col("symbol").isin(fitted.symbols().toArray())))
        .select(
            col("venue"),
            col("symbol"),
            col("trade_date"),
            col("seq"),
            Preparation.inputs(fitted).as("features"));
  }

  /**
   * The stored model of a card, as bytes.
   *
   * @throws ConfigException if it is not there, or not the one of the card
   */
  public byte[] artifact(Row card) {
    Path file = new Path(lake.sourcePath(card.getAs("artifact_path")));
    try {
      byte[] artifact =
          LakeFile.read(file, lake.spark().sessionState().newHadoopConf()).orElse(new byte[0]);
      if (StoredModel.sha256(artifact).equals(card.getAs("artifact_sha256"))) {
        return artifact;
      }
    } catch (UncheckedIOException e) {
      throw new ConfigException(file + ": cannot be read; run train", e);
    }
    throw new ConfigException(
        file + " is gone or is not the model of its card in gold.models; run train");
  }

  /**
   * Adds {@code led}, the features of the row at which the label ends, to some of {@link #rows}:
   * what a model would know that looks ahead. Rows without one are left out.
   */
  public Dataset<Row> led(Dataset<Row> some, String label) {
    Dataset<Row> ends =
        lake.read("gold.labels", arguments)
            .where(col("label_id").equalTo(label).and(col("seq_label_end").isNotNull()))
            .select("venue", "symbol", "trade_date", "seq", "seq_label_end");
    Dataset<Row> ahead =
        table
            .rows()
            .select(
                col("venue"),
                col("symbol"),
                col("trade_date"),
                col("seq").as("seq_label_end"),
                col("features").as("led"));
    return ends.join(broadcast(some), TrainingTable.KEY.toArray(String[]::new))
        .join(ahead, new String[] {"venue", "symbol", "trade_date", "seq_label_end"});
  }

  private static Map<String, Map<String, double[]>> fittedNumbers(Row card) {
    try {
      return JSON.readValue(
          card.<String>getAs("fitted_numbers"),
          new TypeReference<Map<String, Map<String, double[]>>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("gold.models holds no JSON", e);
    }
  }

  /** A fit done again, to compare with its card. */
  public record Refit(
      String model, Map<String, Double> thresholdsBps, long trainRows, String artifactSha256) {}

  /**
   * Fits models again on a table that ends where the fold's test begins: no row of the test or
   * after it, and no label that ends there or in the embargo before.
   */
  public List<Refit> refitBlind(Fold fold, String label, List<Trainer> models) {
    TrainingTable blind = table.knownAt(fold.testFrom(), fold.testFrom() - fold.embargoNs());
    TrainConfig again =
        new TrainConfig(
            config.set(),
            config.exclude(),
            config.fitted(),
            List.of(label),
            config.flatShare(),
            config.walkForward(),
            config.sampleEvery(),
            models,
            config.seed());
    return Fits.fold(blind, fold, label, again, Fits.States.NONE).stream()
        .map(
            f ->
                new Refit(
                    f.trainer().name(),
                    f.thresholdsBps(),
                    f.trainRows(),
                    StoredModel.sha256(f.artifact())))
        .toList();
  }

  @Override
  public void close() {
    table.close();
  }
}
