package io.depthcast.jobs.train;

import static org.apache.spark.sql.functions.col;

import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.RowStream;
import io.depthcast.jobs.train.Fits.Fitted;
import io.depthcast.networks.Checkpoint;
import io.depthcast.quality.DataContractException;
import io.depthcast.scores.RunningScore;
import io.depthcast.training.Trainer;
import io.depthcast.walkforward.Fold;
import io.depthcast.walkforward.WalkForward;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/**
 * A walk-forward on what is known before a training's first test: for whoever chooses models before
 * they are trained. No row of a test takes part, nor a label that ends in one or in the embargo
 * before it.
 */
public final class Rehearsal implements AutoCloseable {

  private final TrainConfig config;
  private final TrainingTable table;
  private final TrainingTable known;
  private final List<Part> parts = new ArrayList<>();

  private Rehearsal(
      TrainConfig config, TrainingTable table, TrainingTable known, List<Fold> folds) {
    this.config = config;
    this.table = table;
    this.known = known;
    for (String label : config.labels()) {
      folds.forEach(fold -> parts.add(new Part(label, fold)));
    }
  }

  /** A label and a fold of the rehearsal, whose test scores. */
  public record Part(String label, Fold fold) {}

  /**
   * Reads the rows.
   *
   * @param config the training
   * @param walkForward how the rows before its first test are cut
   * @throws ConfigException if there are too few rows for that
   */
  public static Rehearsal of(
      Lake lake, Arguments arguments, TrainConfig config, WalkForward walkForward) {
    TrainingTable table = TrainingTable.of(lake, arguments, config);
    try {
      Fold first = table.folds(config.walkForward()).get(0);
      TrainingTable known = table.knownAt(first.testFrom(), first.testFrom() - first.embargoNs());
      return new Rehearsal(config, table, known, known.folds(walkForward));
    } catch (IllegalArgumentException tooFewRows) {
      table.close();
      throw new ConfigException(
          "walkForward: "
              + tooFewRows.getMessage()
              + "; use fewer blocks, or more rows before the first test",
          tooFewRows);
    }
  }

  /** Refuses a model that could not be fitted on the inputs. */
  public void checkInputs(Trainer trainer) {
    try {
      trainer.checkInputs(table.inputs());
    } catch (IllegalArgumentException e) {
      throw new ConfigException("models: " + e.getMessage(), e);
    }
  }

  /** What the rows are, whatever the history of the tables that they were read from. */
  public String fingerprint() {
    return known.fingerprint();
  }

  /** By label, then in the order of time. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /**
   * Makes the rows of a part ready.
   *
   * @param every every how many of the rows that the training would train on one trains
   * @param history the longest that a model needs
   */
  public Stage stage(Part part, int every, int history) {
    FoldRows rows =
        FoldRows.of(
            known, part.fold(), part.label(), config, config.sampleEvery() * every, history);
    Fold fold = part.fold();
    Dataset<Row> until = known.rows().where(col("ts_event").lt(fold.testTo()));
    // Windows reach back before the test; without them one partition keeps sums in one order.
    Dataset<Row> scored =
        history > 0
            ? until
            : TrainingTable.ordered(until.where(col("ts_event").geq(fold.testFrom())))
                .persist(StorageLevel.MEMORY_AND_DISK());
    return new Stage(config, known.with(scored), rows, history);
  }

  /** What a model scored. */
  public record Scored(long trainRows, long scoredRows, double logLoss, double macroF1) {}

  /** Rows of a part, ready to be fitted on and scored; models may be fitted at once. */
  public static final class Stage implements AutoCloseable {

    private final TrainConfig config;
    private final TrainingTable scored;
    private final FoldRows rows;
    private final int history;

    private Stage(TrainConfig config, TrainingTable scored, FoldRows rows, int history) {
      this.config = config;
      this.scored = scored;
      this.rows = rows;
      this.history = history;
    }

    /** Fits a model and scores it on the part's test, in tasks. */
    public Scored score(Trainer trainer) {
      Fitted fitted = rows.fit(trainer, config.seed(), Checkpoint.NONE);
      Scoring.FoldModels model =
          new Scoring.FoldModels(
              fitted.fold(),
              new TreeMap<>(fitted.thresholdsBps()),
              fitted.fittedInputs(),
              new ArrayList<>(List.of(new Scoring.Shipped(trainer.name(), fitted.artifact()))));
      Dataset<Row> forecasts =
          Scoring.of(scored, fitted.label(), "rehearsal", history, List.of(model));
      RunningScore sum = new RunningScore();
      RowStream.toObjects(forecasts, partition -> List.of(score(partition)).iterator())
          .collect()
          .forEach(sum::add);
      if (sum.rows() == 0) {
        throw new DataContractException(
            "fold "
                + fitted.fold().id()
                + ", label "
                + fitted.label()
                + ": no labelled row is left to score; use fewer blocks, a smaller embargo or more"
                + " data");
      }
      return new Scored(fitted.trainRows(), sum.rows(), sum.logLoss(), sum.matrix().macroF1());
    }

    private static RunningScore score(Iterator<InternalRow> forecasts) {
      RunningScore score = new RunningScore();
      while (forecasts.hasNext()) {
        InternalRow row = forecasts.next();
        if (!row.isNullAt(TRUTH)) {
          score.add(
              row.getInt(TRUTH),
              row.getDouble(P_DOWN),
              row.getDouble(P_DOWN + 1),
              row.getDouble(P_DOWN + 2));
        }
      }
      return score;
    }

    private static final int P_DOWN = Scoring.SCHEMA.fieldIndex("p_down");
    private static final int TRUTH = Scoring.SCHEMA.fieldIndex("truth");

    @Override
    public void close() {
      rows.close();
      scored.close();
    }
  }

  @Override
  public void close() {
    table.close();
  }
}
