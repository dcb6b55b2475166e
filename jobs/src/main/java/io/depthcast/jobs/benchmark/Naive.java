package io.depthcast.jobs.benchmark;

import io.depthcast.models.MoveClass;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A model that names a class for each row and needs no fit.
 *
 * @param classes the class of each row, of all rows and a horizon
 */
record Naive(String name, BiFunction<BenchmarkRows, Problem, byte[]> classes)
    implements Contestant {

  /** The most frequent class of the training rows, everywhere. */
  static Naive majority() {
    return new Naive("majority", Naive::mostFrequent);
  }

  /** The newest label that has ended in the session, flat before there is one. */
  static Naive persistence() {
    return new Naive("persistence", Naive::lastKnown);
  }

  private static byte[] mostFrequent(BenchmarkRows rows, Problem problem) {
    int[] counts = new int[MoveClass.COUNT];
    for (int i : problem.train()) {
      counts[problem.labels()[i]]++;
    }
    byte most = 0;
    for (byte c = 1; c < MoveClass.COUNT; c++) {
      most = counts[c] > counts[most] ? c : most;
    }
    byte[] classes = new byte[rows.rows()];
    Arrays.fill(classes, most);
    return classes;
  }

  private static byte[] lastKnown(BenchmarkRows rows, Problem problem) {
    byte[] classes = new byte[rows.rows()];
    for (int i = 0; i < classes.length; i++) {
      int known = i - problem.horizon();
      classes[i] = known < rows.sessionFirst()[i] ? MoveClass.FLAT : problem.labels()[known];
    }
    return classes;
  }

  @Override
  public boolean isSeeded() {
    return false;
  }

  @Override
  public boolean isProbabilistic() {
    return false;
  }

  @Override
  public List<Forecast> forecasts(Contest contest, List<Long> seeds) {
    byte[] all = classes.apply(contest.rows(), contest.problem());
    return List.of(
        new Forecast(
            certain(all, contest.problem().validation()),
            certain(all, contest.problem().test()),
            ""));
  }

  private static double[][] certain(byte[] classes, int[] rows) {
    double[][] p = new double[MoveClass.COUNT][rows.length];
    for (int i = 0; i < rows.length; i++) {
      p[classes[rows[i]]][i] = 1;
    }
    return p;
  }
}
