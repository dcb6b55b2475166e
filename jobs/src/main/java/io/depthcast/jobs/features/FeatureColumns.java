package io.depthcast.jobs.features;

import io.depthcast.book.BookBatch;
import io.depthcast.features.FeatureSet;
import io.depthcast.jobs.columns.ArrayVector;
import io.depthcast.jobs.table.Slice;
import io.depthcast.jobs.table.SliceFiles;
import io.depthcast.jobs.table.TableSpec;
import java.io.IOException;

/** Writes the rows of {@code gold.features_<set>} of one slice, or of a block of it. */
final class FeatureColumns {

  private final SliceFiles out;
  private final TableSpec table;
  private final Slice slice;
  private final FeatureSet features;
  private final FeatureSet.Run run;
  private double[][] values;
  private BookBatch batch;
  private ArrayVector[] columns;

  FeatureColumns(SliceFiles out, TableSpec table, Slice slice, FeatureSet features) {
    this.out = out;
    this.table = table;
    this.slice = slice;
    this.features = features;
    this.run = features.start();
  }

  /** Computes the next rows, which come before the first one that is written. */
  void warmUp(BookBatch rows) {
    compute(rows);
  }

  /** Computes and writes the next rows. */
  void write(BookBatch rows) throws IOException {
    compute(rows);
    out.write(table, columns, rows.rows);
  }

  private void compute(BookBatch rows) {
    if (rows != batch) {
      batch = rows;
      values = new double[features.columns().size()][rows.capacity];
      columns = columns();
    }
    run.compute(rows, values);
  }

  private ArrayVector[] columns() {
    ArrayVector[] all = new ArrayVector[3 + values.length];
    all[0] = ArrayVector.longs(batch.seq, Long.MIN_VALUE);
    all[1] = ArrayVector.longs(batch.tsEvent, Long.MIN_VALUE);
    all[2] = ArrayVector.constant(features.id());
    for (int i = 0; i < values.length; i++) {
      all[3 + i] = ArrayVector.doubles(values[i]);
    }
    return slice.columns(all);
  }
}
