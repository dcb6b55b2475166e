package io.depthcast.trees;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.LabeledPoint;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.sql.Row;

/**
 * One fit inside one Spark task: rows of features, label and weight in, an artifact out.
 *
 * @param parameters XGBoost's own
 * @param rounds most boosting rounds
 * @param earlyStoppingRounds used where there are validation rows
 */
record BoosterFit(Map<String, Object> parameters, int rounds, int earlyStoppingRounds)
    implements FlatMapFunction2<Iterator<Row>, Iterator<Row>, byte[]> {

  @Override
  public Iterator<byte[]> call(Iterator<Row> train, Iterator<Row> validation) throws XGBoostError {
    DMatrix trainMatrix = matrix(train);
    DMatrix validationMatrix = validation.hasNext() ? matrix(validation) : null;
    try {
      return List.of(fit(trainMatrix, validationMatrix)).iterator();
    } finally {
      trainMatrix.dispose();
      if (validationMatrix != null) {
        validationMatrix.dispose();
      }
    }
  }

  private byte[] fit(DMatrix train, DMatrix validation) throws XGBoostError {
    Map<String, DMatrix> watches = validation == null ? Map.of() : Map.of("validation", validation);
    int patience = validation == null ? 0 : earlyStoppingRounds;
    Booster booster = XGBoost.train(train, parameters, rounds, watches, null, null, null, patience);
    try {
      String best = booster.getAttr("best_iteration");
      int bestRounds = best == null ? rounds : Integer.parseInt(best) + 1;
      int columns = Math.toIntExact(booster.getNumFeature());
      return XgboostModel.artifact(columns, bestRounds, booster.toByteArray("ubj"));
    } finally {
      booster.dispose();
    }
  }

  private static DMatrix matrix(Iterator<Row> rows) throws XGBoostError {
    return new DMatrix(new Points(rows), null, Float.NaN);
  }

  private record Points(Iterator<Row> rows) implements Iterator<LabeledPoint> {

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public LabeledPoint next() {
      Row row = rows.next();
      List<Float> features = row.getList(0);
      float[] values = new float[features.size()];
      for (int j = 0; j < values.length; j++) {
        values[j] = features.get(j);
      }
      float label = (float) row.getDouble(1);
      float weight = (float) row.getDouble(2);
      return new LabeledPoint(label, values.length, null, values, weight, -1, Float.NaN);
    }
  }
}
