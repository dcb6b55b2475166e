package io.depthcast.jobs.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.xxhash64;

import io.depthcast.audit.ClassPower;
import io.depthcast.jobs.forecasts.ClassThresholds;
import io.depthcast.jobs.train.Plan;
import io.depthcast.jobs.train.Plan.Refit;
import io.depthcast.models.ForecastModel;
import io.depthcast.models.MoveClass;
import io.depthcast.scores.BlockBootstrap;
import io.depthcast.scores.ConfusionMatrix;
import io.depthcast.scores.ForecastScore;
import io.depthcast.scores.Interval;
import io.depthcast.training.Trainer;
import io.depthcast.walkforward.Fold;
import io.depthcast.walkforward.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** All checks of one fold and label. */
final class FoldAudit {

  private static final int BLOCKS = 30;
  private static final int DRAWS = 1000;

  /** Standard deviations that a 95 % interval is wide, and that count as chance. */
  private static final double WIDTH = 3.92;

  private static final double CHANCE = 3;

  /** A score so small that nothing is said by its share of another. */
  private static final double LEAST_MCC = 0.1;

  private final Plan plan;
  private final Fold fold;
  private final String label;
  private final AuditConfig config;
  private final SparkSession spark;
  private final List<Row> cards;
  private final List<Finding> findings = new ArrayList<>();

  FoldAudit(Plan plan, Fold fold, String label, AuditConfig config, SparkSession spark) {
    this.plan = plan;
    this.fold = fold;
    this.label = label;
    this.config = config;
    this.spark = spark;
    cards = plan.cards(fold, label);
  }

  List<Finding> findings() {
    Dataset<Row> rows = plan.rows(fold, label);
    purge(rows);
    cards(rows);
    blindRefit();
    sharedRows(rows);
    Dataset<Row> train = sampled(rows.where(col("role").equalTo(Role.TRAIN.name())));
    Dataset<Row> test = sampled(rows.where(col("role").equalTo(Role.TEST.name())));
    Sample learnt = samples(train, "features").get(0);
    Sample tried = samples(test, "features").get(0);
    if (learnt.size() > 0 && tried.size() >= BLOCKS) {
      shuffledLabels(learnt, tried);
      featurePower(learnt);
      timeShift(
          samples(plan.led(train, label), "led", "features"),
          samples(plan.led(test, label), "led", "features"));
    }
    return findings;
  }

  private void add(
      Check check, String subject, double value, double bound, boolean passed, String detail) {
    String where = String.format(Locale.ROOT, "fold %d, %s: ", fold.id(), label);
    findings.add(
        new Finding(check, label, fold.id(), subject, value, bound, passed, where + detail));
  }

  /** The newest label of training and validation against the first row of the test. */
  private void purge(Dataset<Row> rows) {
    Row test = rows.where(col("ts_event").geq(fold.testFrom())).agg(min("ts_event")).first();
    Row learnt =
        rows.where(col("role").isin(Role.TRAIN.name(), Role.VALIDATION.name()))
            .agg(max("end"), max("ts_event"))
            .first();
    if (test.isNullAt(0) || learnt.isNullAt(0)) {
      return;
    }
    double distanceMs = (test.getLong(0) - learnt.getLong(0)) / 1e6;
    double embargoMs = fold.embargoNs() / 1e6;
    add(
        Check.PURGE,
        "*",
        distanceMs,
        embargoMs,
        distanceMs > embargoMs,
        String.format(
            Locale.ROOT,
            "the newest label learnt from ends %.3f ms before the test (embargo %.0f ms)",
            distanceMs,
            embargoMs));
  }

  /** Counts and thresholds, computed again from the rows that may train. */
  private void cards(Dataset<Row> rows) {
    Dataset<Row> known = rows.where(col("move").isNotNull());
    Dataset<Row> training = known.where(col("role").equalTo(Role.TRAIN.name()));
    long trainRows = training.where(col("seq").mod(plan.config().sampleEvery()).equalTo(0)).count();
    Map<String, Double> thresholds = new TreeMap<>();
    training
        .groupBy("symbol")
        .agg(expr("percentile(abs(move), " + plan.config().flatShare() + ")"))
        .collectAsList()
        .forEach(r -> thresholds.put(r.getString(0), r.getDouble(1)));
    long validationRows =
        known
            .where(col("role").equalTo(Role.VALIDATION.name()))
            .where(col("symbol").isin(thresholds.keySet().toArray()))
            .count();
    for (Row card : cards) {
      boolean sameSpans =
          card.<Long>getAs("train_from") == fold.trainFrom()
              && card.<Long>getAs("test_from") == fold.testFrom()
              && card.<Long>getAs("test_to") == fold.testTo();
      boolean sameThresholds = ClassThresholds.of(card).equals(thresholds);
      long said = card.<Long>getAs("train_rows");
      long stopped = card.<Long>getAs("validation_rows");
      add(
          Check.CARDS,
          card.getAs("model_id"),
          (double) said,
          (double) trainRows,
          sameSpans && sameThresholds && said == trainRows && stopped == validationRows,
          String.format(
              Locale.ROOT,
              "%s learnt from %d rows where %d may train, stopped by %d where %d may validate;"
                  + " thresholds %s, spans %s",
              card.<String>getAs("model_id"),
              said,
              trainRows,
              stopped,
              validationRows,
              sameThresholds ? "are of the training rows" : "are not of the training rows",
              sameSpans ? "as planned" : "not as planned"));
    }
  }

  private void blindRefit() {
    List<Trainer> models =
        plan.config().models().stream().filter(m -> config.refit().contains(m.name())).toList();
    if (models.isEmpty()) {
      return;
    }
    for (Refit refit : plan.refitBlind(fold, label, models)) {
      Row card =
          cards.stream()
              .filter(c -> c.getAs("model_id").equals(refit.model()))
              .findFirst()
              .orElseThrow();
      boolean same =
          card.getAs("artifact_sha256").equals(refit.artifactSha256())
              && ClassThresholds.of(card).equals(refit.thresholdsBps());
      add(
          Check.BLIND_REFIT,
          refit.model(),
          Double.NaN,
          Double.NaN,
          same,
          "a fit of "
              + refit.model()
              + " that never saw the test span gives "
              + (same ? "the same model" : "another model"));
    }
  }

  /** Rows with the same features, which a model could have learnt by heart. */
  private void sharedRows(Dataset<Row> rows) {
    Dataset<Row> hashed = rows.select(col("role"), xxhash64(col("features")).as("hash"));
    Dataset<Row> learnt =
        hashed.where(col("role").equalTo(Role.TRAIN.name())).select("hash").distinct();
    Dataset<Row> tried = hashed.where(col("role").equalTo(Role.TEST.name()));
    long tests = tried.count();
    if (tests == 0) {
      return;
    }
    long shared = tried.join(learnt, "hash").count();
    double share = (double) shared / tests;
    add(
        Check.SHARED_ROWS,
        "*",
        share,
        config.mostSharedRows(),
        share <= config.mostSharedRows(),
        String.format(
            Locale.ROOT, "%.2f %% of the test rows stand among the training rows", 100 * share));
  }

  private void shuffledLabels(Sample learnt, Sample tried) {
    Score score = score(learnt.shuffled(config.seed()), tried);
    double chance = CHANCE * score.sd();
    add(
        Check.SHUFFLED_LABELS,
        config.model().name(),
        score.mcc(),
        chance,
        Math.abs(score.mcc()) <= chance,
        String.format(
            Locale.ROOT,
            "learnt on shuffled labels it scores %.3f in Matthews correlation (chance %.3f)",
            score.mcc(),
            chance));
  }

  private void featurePower(Sample learnt) {
    double planted = ClassPower.of(plantedFuture(learnt.moves()), learnt.classes());
    add(
        Check.PLANTED_FUTURE,
        "*",
        planted,
        config.mostFeaturePower(),
        !(planted <= config.mostFeaturePower()),
        String.format(
            Locale.ROOT, "a feature of the label's own move has a power of %.3f", planted));
    for (int j = 0; j < plan.inputs().size(); j++) {
      double power = ClassPower.of(learnt.column(j), learnt.classes());
      add(
          Check.FUTURE_FEATURE,
          plan.inputs().get(j),
          power,
          config.mostFeaturePower(),
          !(power > config.mostFeaturePower()),
          String.format(Locale.ROOT, "%s alone has a power of %.3f", plan.inputs().get(j), power));
    }
  }

  /** The label's own move under noise of a tenth of its size. */
  private float[] plantedFuture(double[] moves) {
    double mean = Arrays.stream(moves).average().orElse(0);
    double sd =
        Math.sqrt(Arrays.stream(moves).map(m -> (m - mean) * (m - mean)).average().orElse(0));
    SplittableRandom random = new SplittableRandom(config.seed());
    float[] planted = new float[moves.length];
    for (int i = 0; i < planted.length; i++) {
      planted[i] = (float) (moves[i] + 0.1 * sd * random.nextGaussian());
    }
    return planted;
  }

  /** Of each, the rows with the features of the label's end, then with their own. */
  private void timeShift(List<Sample> learnt, List<Sample> tried) {
    if (learnt.get(0).size() == 0 || tried.get(0).size() < BLOCKS) {
      return;
    }
    double led = score(learnt.get(0), tried.get(0)).mcc();
    double own = score(learnt.get(1), tried.get(1)).mcc();
    double most = Math.max(LEAST_MCC, config.mostOfLed() * led);
    add(
        Check.TIME_SHIFT,
        config.model().name(),
        own,
        most,
        own <= most,
        String.format(
            Locale.ROOT,
            "features of the row score %.3f in Matthews correlation, those of the label's end %.3f",
            own,
            led));
  }

  /** A score and its standard deviation. */
  private record Score(double mcc, double sd) {}

  private Score score(Sample learnt, Sample tried) {
    Dataset<Row> train = learnt.dataset(spark).persist(StorageLevel.MEMORY_AND_DISK());
    try (ForecastModel model =
        config.model().fit(train, train.limit(0).coalesce(1), config.seed())) {
      double[][] p = new double[MoveClass.COUNT][tried.size()];
      model.probabilities(tried.forecastRows(), p);
      Interval interval =
          new BlockBootstrap(DRAWS, config.seed())
              .interval(ConfusionMatrix.inBlocks(tried.classes(), p, BLOCKS), ForecastScore.MCC);
      double mcc = ForecastScore.MCC.of(tried.classes(), p);
      return new Score(mcc, (interval.high() - interval.low()) / WIDTH);
    } finally {
      train.unpersist();
    }
  }

  /** Every n-th row whose move is known. */
  private Dataset<Row> sampled(Dataset<Row> rows) {
    Dataset<Row> known = rows.where(col("move").isNotNull());
    long every = Math.max(1, (known.count() + config.rows() - 1) / config.rows());
    return known.where(col("seq").mod(every).equalTo(0));
  }

  /** The rows in the order of time, with each of some columns as their features. */
  private List<Sample> samples(Dataset<Row> rows, String... columns) {
    Map<String, Double> thresholds = ClassThresholds.of(cards.get(0));
    List<Row> read =
        rows.where(col("symbol").isin(thresholds.keySet().toArray()))
            .orderBy("ts_event", "venue", "symbol", "trade_date", "seq")
            .select(
                Stream.concat(Stream.of("symbol", "move"), Stream.of(columns))
                    .map(name -> col(name))
                    .toArray(Column[]::new))
            .collectAsList();
    byte[] classes = new byte[read.size()];
    double[] moves = new double[read.size()];
    for (int i = 0; i < classes.length; i++) {
      moves[i] = read.get(i).getDouble(1);
      classes[i] =
          (byte) ClassThresholds.moveClass(moves[i], thresholds.get(read.get(i).getString(0)));
    }
    return IntStream.range(0, columns.length)
        .mapToObj(
            c ->
                new Sample(
                    read.stream().map(row -> floats(row.getList(2 + c))).toArray(float[][]::new),
                    classes,
                    moves))
        .toList();
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int j = 0; j < floats.length; j++) {
      floats[j] = values.get(j);
    }
    return floats;
  }
}
