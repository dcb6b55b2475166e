package io.depthcast.jobs.benchmark;

import io.depthcast.models.ForecastModel;
import io.depthcast.models.ForecastRows;
import io.depthcast.models.MoveClass;
import io.depthcast.training.Trainer;
import io.depthcast.training.TrainingRows;
import io.depthcast.trees.XgboostModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A model of single rows, fitted by the trainer that {@code train} uses.
 *
 * @param trainer by number of training rows
 * @param columns that it reads
 */
record Tabular(
    String name,
    boolean isSeeded,
    Function<Integer, Trainer> trainer,
    Function<BenchmarkRows, Columns> columns)
    implements Contestant {

  private static final int BATCH = 1 << 15;

  private static final StructType SCHEMA =
      new StructType()
          .add(TrainingRows.FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false), false)
          .add(TrainingRows.LABEL, DataTypes.DoubleType, false)
          .add(TrainingRows.LAST_CLASS, DataTypes.IntegerType, false);

  @Override
  public boolean isProbabilistic() {
    return true;
  }

  @Override
  public List<Forecast> forecasts(Contest contest, List<Long> seeds) {
    Columns read = columns.apply(contest.rows());
    Problem problem = contest.problem();
    Dataset<Row> train = dataset(contest, read, problem.train());
    Dataset<Row> validation = dataset(contest, read, problem.validation());
    try {
      Trainer fitting = trainer.apply(problem.train().length);
      // A fit is one task on one thread: seeds side by side use the cores.
      return seeds.parallelStream()
          .map(seed -> forecast(fitting, train, validation, seed, read, problem))
          .toList();
    } finally {
      train.unpersist(true);
      validation.unpersist(true);
    }
  }

  private static Dataset<Row> dataset(Contest contest, Columns columns, int[] rows) {
    List<Row> all = new ArrayList<>(rows.length);
    for (int i = 0; i < rows.length; i++) {
      float[] features = columns.of(rows, i, i + 1);
      double label = contest.problem().labels()[rows[i]];
      all.add(RowFactory.create(features, label, MoveClass.UNKNOWN));
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(contest.spark().sparkContext());
    // The shuffle keeps the rows out of every task that Spark ships.
    return contest
        .spark()
        .createDataFrame(context.parallelize(all, 1), SCHEMA)
        .repartition(1)
        .persist();
  }

  private static Forecast forecast(
      Trainer trainer,
      Dataset<Row> train,
      Dataset<Row> validation,
      long seed,
      Columns read,
      Problem problem) {
    try (ForecastModel model = trainer.fit(train, validation, seed)) {
      String note = model instanceof XgboostModel trees ? trees.rounds() + " rounds" : "";
      return new Forecast(
          probabilities(model, read, problem.validation()),
          probabilities(model, read, problem.test()),
          note);
    }
  }

  private static double[][] probabilities(ForecastModel model, Columns columns, int[] rows) {
    double[][] all = new double[MoveClass.COUNT][rows.length];
    for (int from = 0; from < rows.length; from += BATCH) {
      int to = Math.min(rows.length, from + BATCH);
      double[][] some = new double[MoveClass.COUNT][to - from];
      model.probabilities(
          new ForecastRows(
              to - from, columns.count(), columns.of(rows, from, to), new byte[to - from]),
          some);
      for (int c = 0; c < MoveClass.COUNT; c++) {
        System.arraycopy(some[c], 0, all[c], from, to - from);
      }
    }
    return all;
  }
}
