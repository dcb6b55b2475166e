package io.depthcast.features;

import java.util.Arrays;

/** Values with their places, times or numbers of rows: a queue that gives at both ends. */
final class PlacedValues {

  private static final int FIRST_CAPACITY = 64;

  /** A ring whose length is a power of two. */
  private double[] values = new double[FIRST_CAPACITY];

  private long[] places = new long[FIRST_CAPACITY];
  private int first;
  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  long firstPlace() {
    return places[first];
  }

  double firstValue() {
    return values[first];
  }

  double lastValue() {
    return values[first + count - 1 & values.length - 1];
  }

  void removeFirst() {
    first = first + 1 & values.length - 1;
    count--;
  }

  void removeLast() {
    count--;
  }

  void add(long place, double value) {
    if (count == values.length) {
      grow();
    }
    int end = first + count & values.length - 1;
    values[end] = value;
    places[end] = place;
    count++;
  }

  private void grow() {
    double[] newValues = Arrays.copyOf(values, 2 * count);
    long[] newPlaces = Arrays.copyOf(places, 2 * count);
    for (int i = 0; i < count; i++) {
      newValues[i] = values[first + i & count - 1];
      newPlaces[i] = places[first + i & count - 1];
    }
    values = newValues;
    places = newPlaces;
    first = 0;
  }
}
