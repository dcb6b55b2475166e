package io.depthcast.jobs.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Files of FI-2010's format with made-up prices: five stocks of ten days, of which the imbalance of
 * the best queues tells the next move.
 *
 * <p>A file has the days of the first stock, then those of the second, and so on; values are
 * z-scores by the days that the file's fold is fitted on, as numpy and MATLAB write them.
 */
final class Fi2010Files {

  static final int STOCKS = 5;
  static final int DAYS = 10;

  /** Rows of a day of a stock. */
  static final int DAY_ROWS = 40;

  static final int FEATURES = 144;
  private static final int LEVELS = 10;
  private static final double[] PRICES = {28, 13, 17, 9, 38};

  /** Rows ahead of the five labels: a row is ten events. */
  private static final int[] AHEAD = {1, 2, 3, 5, 10};

  private static final double FLAT = 2e-4;

  /** {@code [stock][day][row][feature or label]}. */
  private final double[][][][] raw = new double[STOCKS][DAYS][][];

  Fi2010Files(long seed) {
    Random random = new Random(seed);
    for (int s = 0; s < STOCKS; s++) {
      double mid = PRICES[s];
      for (int d = 0; d < DAYS; d++) {
        mid *= 1 + 0.01 * random.nextGaussian();
        raw[s][d] = day(random, mid);
      }
    }
  }

  private static double[][] day(Random random, double open) {
    int n = DAY_ROWS + AHEAD[AHEAD.length - 1];
    double[] mids = new double[n];
    double[][] rows = new double[DAY_ROWS][FEATURES + AHEAD.length];
    mids[0] = open;
    for (int i = 0; i < n; i++) {
      double imbalance = random.nextGaussian();
      if (i + 1 < n) {
        mids[i + 1] = mids[i] * (1 + 6e-4 * imbalance + 1e-4 * random.nextGaussian());
      }
      if (i < DAY_ROWS) {
        for (int level = 0; level < LEVELS; level++) {
          rows[i][4 * level] = mids[i] + 0.01 * (level + 1);
          rows[i][4 * level + 1] = 1000 * Math.exp(-imbalance / (level + 1));
          rows[i][4 * level + 2] = mids[i] - 0.01 * (level + 1);
          rows[i][4 * level + 3] = 1000 * Math.exp(imbalance / (level + 1));
        }
        for (int j = 4 * LEVELS; j < FEATURES; j++) {
          rows[i][j] = random.nextGaussian();
        }
      }
    }
    for (int i = 0; i < DAY_ROWS; i++) {
      for (int h = 0; h < AHEAD.length; h++) {
        double mean = 0;
        for (int a = 1; a <= AHEAD[h]; a++) {
          mean += mids[i + a] / AHEAD[h];
        }
        double move = mean / mids[i] - 1;
        rows[i][FEATURES + h] = move > FLAT ? 1 : move < -FLAT ? 3 : 2;
      }
    }
    return rows;
  }

  /** Name of a published file. */
  static String name(String part, int fold) {
    return part + "_Dst_NoAuction_ZScore_CF_" + fold + ".txt";
  }

  /** Writes the files of setup 2. */
  void writeSetup2(Path folder) {
    write(folder, "Train", 7);
    for (int fold = 7; fold <= 9; fold++) {
      write(folder, "Test", fold);
    }
  }

  /** Writes a file: {@code Train} has the days of the fold, {@code Test} the day after it. */
  Path write(Path folder, String part, int fold) {
    List<double[]> events = new ArrayList<>();
    for (int s = 0; s < STOCKS; s++) {
      boolean isTrain = part.equals("Train");
      for (int d = isTrain ? 0 : fold; d < (isTrain ? fold : fold + 1); d++) {
        events.addAll(List.of(raw[s][d]));
      }
    }
    List<String> lines = new ArrayList<>();
    for (int j = 0; j < FEATURES + AHEAD.length; j++) {
      double mean = j < FEATURES ? mean(j, fold, 0) : 0;
      double sd = j < FEATURES ? Math.sqrt(mean(j, fold, mean)) : 1;
      StringBuilder line = new StringBuilder();
      for (double[] event : events) {
        line.append(String.format(Locale.ROOT, "   %.7e", (event[j] - mean) / sd));
      }
      lines.add(line.toString());
    }
    try {
      Files.createDirectories(folder);
      return Files.write(folder.resolve(name(part, fold)), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Mean of a feature over the first days, or of its squared distance from a centre that is not 0.
   */
  private double mean(int feature, int days, double centre) {
    double sum = 0;
    for (double[][][] stock : raw) {
      for (int d = 0; d < days; d++) {
        for (double[] row : stock[d]) {
          sum += centre == 0 ? row[feature] : Math.pow(row[feature] - centre, 2);
        }
      }
    }
    return sum / (STOCKS * days * DAY_ROWS);
  }
}
