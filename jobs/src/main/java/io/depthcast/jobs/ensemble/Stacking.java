package io.depthcast.jobs.ensemble;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.depthcast.ensembles.Stack;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.forecasts.StoredModel;
import io.depthcast.jobs.table.Lake;
import io.depthcast.jobs.table.RowStream;
import io.depthcast.models.ForecastModel;
import io.depthcast.models.MoveClass;
import io.depthcast.quality.DataContractException;
import io.depthcast.training.TrainingRows;
import io.depthcast.walkforward.Fold;
import io.depthcast.walkforward.Role;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import scala.collection.Seq;

/** Fits a stacker of one label for each fold from the second on, and forecasts with it. */
final class Stacking {

  private final PlanForecasts plan;
  private final Stack stack;
  private final String label;
  private final EnsembleConfig config;

  Stacking(PlanForecasts plan, Stack stack, String label, EnsembleConfig config) {
    this.plan = plan;
    this.stack = stack;
    this.label = label;
    this.config = config;
  }

  /**
   * A stacker and what it was fitted on.
   *
   * @param span training and validation rows are of the tests of earlier folds
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes to store, never compared
  record Fitted(Fold span, long trainRows, long validationRows, byte[] artifact) {}

  /** Fits all. */
  List<Fitted> fit() {
    Dataset<Row> rows = plan.of(label).where(col("truth").isNotNull());
    List<Fitted> fitted = new ArrayList<>();
    for (int fold : plan.folds().subList(1, plan.folds().size())) {
      fitted.add(fit(rows, span(rows, fold)));
    }
    return fitted;
  }

  /** From the begin of the first test to the end of a fold's test. */
  private Fold span(Dataset<Row> rows, int fold) {
    Row card = plan.card(fold, label);
    long trainFrom = plan.card(plan.folds().get(0), label).getAs("test_from");
    long testFrom = card.getAs("test_from");
    long validationFrom = testFrom;
    if (stack.validationShare() > 0) {
      // differences are small enough for a double
      Row cut =
          rows.where(col("ts_event").lt(testFrom))
              .select(col("ts_event").minus(trainFrom).as("x"))
              .agg(expr("percentile(x, " + (1 - stack.validationShare()) + ")"))
              .first();
      if (cut.isNullAt(0)) {
        throw nothingLeft(fold);
      }
      validationFrom = trainFrom + (long) Math.ceil(cut.getDouble(0));
    }
    return new Fold(
        fold,
        trainFrom,
        validationFrom,
        testFrom,
        card.<Long>getAs("test_to"),
        config.embargoNanos());
  }

  private Fitted fit(Dataset<Row> rows, Fold span) {
    Dataset<Row> train = learnt(rows, span, Role.TRAIN);
    Dataset<Row> validation = learnt(rows, span, Role.VALIDATION);
    try {
      long trainRows = train.count();
      if (trainRows == 0) {
        throw nothingLeft(span.id());
      }
      long validationRows = validation.count();
      try (ForecastModel model = stack.model().fit(train, validation, config.seed())) {
        return new Fitted(span, trainRows, validationRows, model.artifact());
      }
    } finally {
      train.unpersist();
      validation.unpersist();
    }
  }

  private DataContractException nothingLeft(int fold) {
    return new DataContractException(
        "ensemble "
            + stack.name()
            + ", fold "
            + fold
            + ", label "
            + label
            + ": no row of earlier folds is left after the purge; use a smaller embargo or more"
            + " data");
  }

  /** Rows of a role, as {@link TrainingRows} asks for them, persisted. */
  private static Dataset<Row> learnt(Dataset<Row> rows, Fold span, Role wanted) {
    return purged(rows, span, wanted)
        .repartition(1)
        .sortWithinPartitions("venue", "symbol", "trade_date", "seq")
        .select(
            inputs().apply(col("all")).as(TrainingRows.FEATURES),
            col("truth").cast("double").as(TrainingRows.LABEL),
            lit(MoveClass.UNKNOWN).as(TrainingRows.LAST_CLASS))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * Rows of a role whose truth is known.
   *
   * @param rows of {@link PlanForecasts#of}
   */
  static Dataset<Row> purged(Dataset<Row> rows, Fold span, Role wanted) {
    UserDefinedFunction role =
        udf(
            (UDF2<Long, Long, String>) (ts, end) -> span.role(ts, end).name(),
            DataTypes.StringType);
    return rows.where(col("truth").isNotNull().and(col("ts_end").isNotNull()))
        .where(role.apply(col("ts_event"), col("ts_end")).equalTo(wanted.name()));
  }

  private static UserDefinedFunction inputs() {
    return udf(
        (UDF1<Seq<Double>, float[]>) all -> Stack.inputs(Combination.doubles(all)),
        DataTypes.createArrayType(DataTypes.FloatType, false));
  }

  /** Forecasts of each fold with its stacker, rows of {@link Combination#SCHEMA}. */
  Dataset<Row> forecasts(List<Fitted> fitted) {
    String algorithm = stack.model().name();
    return fitted.stream()
        .map(
            f -> {
              byte[] artifact = f.artifact();
              Dataset<Row> rows =
                  plan.of(label)
                      .where(col("fold_id").equalTo(f.span().id()))
                      .withColumn("features", inputs().apply(col("all")))
                      .select(
                          "venue",
                          "symbol",
                          "trade_date",
                          "seq",
                          "ts_event",
                          "fold_id",
                          "forecasts",
                          "truth",
                          "features");
              return RowStream.map(
                  rows, Combination.SCHEMA, in -> new StackedRows(in, algorithm, artifact));
            })
        .reduce(Dataset::union)
        .orElseThrow();
  }

  /** Writes the artifacts and answers the rows of {@code gold.models}. */
  List<Row> store(Lake lake, List<Fitted> fitted, String fingerprint, Provenance provenance) {
    List<Row> cards = new ArrayList<>();
    for (Fitted f : fitted) {
      Row of = plan.card(f.span().id(), label);
      StoredModel stored =
          StoredModel.store(lake, plan.planId(), stack.name(), label, f.span().id(), f.artifact());
      cards.add(
          RowFactory.create(
              stack.name(),
              plan.planId(),
              f.span().id(),
              label,
              ConfigFile.yaml(stack),
              of.getAs("feature_set_id"),
              String.join(",", plan.inputs()),
              of.getAs("class_thresholds_bps"),
              "fitted: []",
              "{}",
              f.trainRows(),
              f.validationRows(),
              f.span().trainFrom(),
              f.span().testFrom(),
              f.span().testFrom(),
              f.span().testTo(),
              fingerprint,
              provenance.configHash(),
              config.seed(),
              provenance.codeVersion(),
              StoredModel.machine(provenance),
              stored.path(),
              stored.sha256()));
    }
    return cards;
  }
}
