package io.depthcast.jobs.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Named columns of all rows of a protocol.
 *
 * @param names of the columns
 * @param values row by row; NaN where missing
 */
@SuppressWarnings("ArrayRecordComponent") // a view on large arrays, never compared
record Columns(List<String> names, float[] values) {

  Columns {
    names = List.copyOf(names);
  }

  static Columns empty(List<String> names, int rows) {
    return new Columns(names, new float[Math.multiplyExact(rows, names.size())]);
  }

  int count() {
    return names.size();
  }

  int rows() {
    return values.length / count();
  }

  void set(int row, int column, double value) {
    values[row * count() + column] = (float) value;
  }

  /** The columns whose names match, in their order. */
  Columns select(Predicate<String> chosen) {
    List<Integer> kept = new ArrayList<>();
    for (int j = 0; j < count(); j++) {
      if (chosen.test(names.get(j))) {
        kept.add(j);
      }
    }
    Columns some = empty(kept.stream().map(names::get).toList(), rows());
    for (int i = 0, to = 0, from = 0; i < rows(); i++, from += count()) {
      for (int j : kept) {
        some.values[to++] = values[from + j];
      }
    }
    return some;
  }

  /** These columns, then the others. */
  Columns with(Columns others) {
    List<String> all = new ArrayList<>(names);
    all.addAll(others.names);
    Columns both = empty(all, rows());
    for (int i = 0; i < rows(); i++) {
      System.arraycopy(values, i * count(), both.values, i * both.count(), count());
      System.arraycopy(
          others.values,
          i * others.count(),
          both.values,
          i * both.count() + count(),
          others.count());
    }
    return both;
  }

  /** The values of some rows, one row after the other. */
  float[] of(int[] rows, int from, int to) {
    float[] some = new float[(to - from) * count()];
    for (int i = from; i < to; i++) {
      System.arraycopy(values, rows[i] * count(), some, (i - from) * count(), count());
    }
    return some;
  }
}
