package io.depthcast.jobs.explore;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A column of one slice, or of a part of it: all rows in the moments, the sampled ones by place.
 */
final class SampledColumn implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Moments moments = new Moments();
  private int[] places = new int[64];
  private double[] values = new double[64];
  private int size;

  /** A row that is not of the sample. */
  void add(double value) {
    if (Double.isNaN(value)) {
      moments.addMissing();
    } else {
      moments.add(value);
    }
  }

  /**
   * A row of the sample.
   *
   * @param value NaN where there is none
   * @param place place of the row in the sample of the slice, from 0
   */
  void add(double value, int place) {
    add(value);
    if (!Double.isNaN(value)) {
      if (size == places.length) {
        places = Arrays.copyOf(places, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      places[size] = place;
      values[size++] = value;
    }
  }

  Moments moments() {
    return moments;
  }

  /**
   * Puts the sampled values where they belong.
   *
   * @param sample the slice's sample, by place
   */
  void into(double[] sample) {
    for (int i = 0; i < size; i++) {
      sample[places[i]] = values[i];
    }
  }
}
