package io.depthcast.jobs.features;

import io.depthcast.features.FeatureSet;
import io.depthcast.jobs.table.ArrayVector;
import io.depthcast.jobs.table.BookRows;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Rows of {@code gold.features_<set>} out of rows of the book. */
final class FeatureRows implements Iterator<InternalRow> {

  private final BookRows book;
  private final FeatureSet features;
  private final double[][] values;
  private FeatureSet.Run run;
  private ColumnarBatch columns;
  private Iterator<InternalRow> current = Collections.emptyIterator();

  FeatureRows(Iterator<InternalRow> rows, FeatureSet features) {
    this.book = new BookRows(rows, features.levels(), 0);
    this.features = features;
    this.values = new double[features.columns().size()][book.batch().capacity];
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext()) {
      if (!book.next()) {
        return false;
      }
      if (book.isNewSlice()) {
        run = features.start();
        columns = columns();
      }
      run.compute(book.batch(), values);
      columns.setNumRows(book.batch().rows);
      current = columns.rowIterator();
    }
    return true;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }

  private ColumnarBatch columns() {
    ColumnVector[] vectors = new ColumnVector[6 + values.length];
    vectors[0] = ArrayVector.constant(book.slice().venue());
    vectors[1] = ArrayVector.constant(book.slice().symbol());
    vectors[2] = ArrayVector.constantDate((int) book.slice().tradeDate().toEpochDay());
    vectors[3] = ArrayVector.longs(book.batch().seq, Long.MIN_VALUE);
    vectors[4] = ArrayVector.longs(book.batch().tsEvent, Long.MIN_VALUE);
    vectors[5] = ArrayVector.constant(features.id());
    for (int i = 0; i < values.length; i++) {
      vectors[6 + i] = ArrayVector.doubles(values[i]);
    }
    return new ColumnarBatch(vectors);
  }
}
