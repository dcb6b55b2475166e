package io.depthcast.jobs.ensemble;

import io.depthcast.ensembles.CausalWeights;
import io.depthcast.ensembles.Hedge;
import io.depthcast.ensembles.Pool;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Forecasts of a hedge, row by row.
 *
 * <p>Rows in: venue, symbol, trade_date, seq, ts_event, fold_id, forecasts, truth, ts_end, seq_end,
 * in that order of the first four.
 */
final class HedgeRows implements Iterator<InternalRow> {

  private final Iterator<InternalRow> rows;
  private final Hedge hedge;
  private final int models;
  private UTF8String venue;
  private UTF8String symbol;
  private CausalWeights weights;

  HedgeRows(Iterator<InternalRow> rows, Hedge hedge, int models) {
    this.rows = rows;
    this.hedge = hedge;
    this.models = models;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public InternalRow next() {
    InternalRow row = rows.next().copy();
    if (!row.getUTF8String(0).equals(venue) || !row.getUTF8String(1).equals(symbol)) {
      venue = row.getUTF8String(0);
      symbol = row.getUTF8String(1);
      weights = hedge.start(models);
    }
    int day = row.getInt(2);
    long seq = row.getLong(3);
    double[] forecasts = row.getArray(6).toDoubleArray();
    double[] forecast = Pool.LINEAR.combine(forecasts, weights.at(day, seq, row.getLong(4)));
    boolean ends = !row.isNullAt(7) && !row.isNullAt(8) && !row.isNullAt(9);
    if (ends) {
      double[] losses = Hedge.losses(forecasts, models, row.getInt(7));
      weights.await(day, seq, row.getLong(9), row.getLong(8), losses);
    }
    return Combination.row(row, forecast);
  }
}
