package io.depthcast.jobs.benchmark;

import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.source.SourceFiles;
import io.depthcast.quality.DataContractException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * FI-2010 of A. Ntakaris and others, Journal of Forecasting 37 (2018): five stocks of Helsinki, ten
 * days of June 2010, a row every ten events, z-scores and labels as published.
 *
 * <p>Fold k fits on the file of days 1 to k: its first 80 % of rows train, the others validate. In
 * setup 2 fold 7 is tested on days 8, 9 and 10; in setup 1 each fold is tested on the day after it.
 *
 * <p>A session is what one file has of one stock, of all its days, as {@link StockBorders} tells
 * them; validation rows begin sessions of their own.
 */
final class Fi2010Rows {

  private static final int LEVELS = 10;
  private static final int INPUTS = 4 * LEVELS;

  /** Folds of setup 1; each has one training day more than the one before. */
  static final int FOLDS = 9;

  private static final int TRAIN_PERCENT = 80;

  /** Fewer rows cannot hold all stocks of all days. */
  private static final int LEAST_ROWS = 100;

  private static final int PUBLISHED_FITTED = 254_750;
  private static final int PUBLISHED_TESTED = 139_587;

  /** A border whose step is less than this many times the next is not sure. */
  private static final double CLEAR = 2;

  static final String LIMITS =
      "Published figures are macro-F1 without a tuned rule. What they measure is limited: five liquid"
          + " stocks of 2010; smoothed labels that cannot be made again; z-scores by statistics that"
          + " cannot be checked; published windows cross from stock to stock, ours do not.";

  private final List<Fi2010File> files;
  private final int train;
  private final byte[] symbol;
  private final int[] sessionFirst;
  private final int[] block;
  private final List<String> notes = new ArrayList<>();
  private int blocks;

  /**
   * @param files the one that is fitted on, then those that are tested on
   * @param trainingDays of the first file
   */
  private Fi2010Rows(List<Fi2010File> files, int trainingDays) {
    this.files = files;
    int n = files.stream().mapToInt(Fi2010File::events).sum();
    train = (int) ((long) fitted() * TRAIN_PERCENT / 100);
    symbol = new byte[n];
    sessionFirst = new int[n];
    block = new int[n];
    int first = 0;
    for (Fi2010File file : files) {
      boolean isFitted = first == 0;
      StockBorders stocks = StockBorders.of(file.feature(0), isFitted ? trainingDays : 1);
      notes.add(note(file, stocks));
      for (int run = 0; run < stocks.begins().size(); run++) {
        boolean isLast = run + 1 == stocks.begins().size();
        addRun(
            run % StockBorders.STOCKS,
            first + stocks.begins().get(run),
            first + (isLast ? file.events() : stocks.begins().get(run + 1)));
        blocks += isFitted ? 0 : 1;
      }
      first += file.events();
    }
  }

  private void addRun(int stock, int from, int to) {
    for (int i = from; i < to; i++) {
      symbol[i] = (byte) stock;
      sessionFirst[i] = from < train && i >= train ? train : from;
      block[i] = blocks;
    }
  }

  /**
   * Setup 2: fitted on days 1 to 7, tested on days 8, 9 and 10.
   *
   * @param input folder that has the files, at any depth
   * @throws ConfigException if a file is not there
   * @throws DataContractException if a file is not of the format
   */
  static BenchmarkRows setup2(Configuration hadoop, String input) {
    Fi2010Rows rows = read(hadoop, input, 7, List.of(7, 8, 9));
    rows.notes.add(LIMITS);
    int tested = rows.symbol.length - rows.fitted();
    if (rows.fitted() != PUBLISHED_FITTED || tested != PUBLISHED_TESTED) {
      rows.notes.add(
          String.format(
              Locale.ROOT,
              "Not the published files: %,d and %,d rows instead of %,d and %,d. The scores say"
                  + " nothing of FI-2010.",
              rows.fitted(),
              tested,
              PUBLISHED_FITTED,
              PUBLISHED_TESTED));
    }
    return rows.joined();
  }

  /**
   * A fold of setup 1: fitted on days 1 to fold, tested on the day after.
   *
   * @param fold 1 to {@value #FOLDS}
   * @throws ConfigException as {@link #setup2}
   * @throws DataContractException as {@link #setup2}
   */
  static BenchmarkRows anchored(Configuration hadoop, String input, int fold) {
    return read(hadoop, input, fold, List.of(fold)).joined();
  }

  /**
   * Looks whether the files of all folds of setup 1 are there, before the first is fitted on.
   *
   * @throws ConfigException if one is not
   */
  static void findAnchored(Configuration hadoop, String input) {
    List<String> found = found(hadoop, input);
    for (int fold = 1; fold <= FOLDS; fold++) {
      path(found, input, "Train", fold);
      path(found, input, "Test", fold);
    }
  }

  private static Fi2010Rows read(
      Configuration hadoop, String input, int fold, List<Integer> tests) {
    List<String> found = found(hadoop, input);
    List<String> paths = new ArrayList<>();
    paths.add(path(found, input, "Train", fold));
    tests.forEach(test -> paths.add(path(found, input, "Test", test)));
    return new Fi2010Rows(paths.stream().map(path -> file(hadoop, path)).toList(), fold);
  }

  private static Fi2010File file(Configuration hadoop, String path) {
    Fi2010File file = Fi2010File.read(hadoop, path);
    if (file.events() < LEAST_ROWS) {
      throw new DataContractException(
          file.name() + ": " + file.events() + " columns (must be " + LEAST_ROWS + " or more)");
    }
    return file;
  }

  private static List<String> found(Configuration hadoop, String input) {
    return SourceFiles.sessions(hadoop, input, "(Train|Test)_Dst_NoAuction_ZScore_CF_\\d\\.txt")
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static String path(List<String> found, String input, String part, int fold) {
    String name = part + "_Dst_NoAuction_ZScore_CF_" + fold + ".txt";
    List<String> paths =
        found.stream()
            .filter(f -> SourceFiles.name(f).replaceAll("\\.(gz|zst)$", "").equals(name))
            .toList();
    if (paths.size() != 1) {
      throw new ConfigException(
          input
              + ": "
              + (paths.isEmpty() ? "no " : paths.size() + " files ")
              + name
              + " (must be exactly one)");
    }
    return paths.get(0);
  }

  /** Rows that are fitted on or validate. */
  private int fitted() {
    return files.get(0).events();
  }

  private BenchmarkRows joined() {
    int n = symbol.length;
    List<Problem> problems = new ArrayList<>();
    for (int h = 0; h < Protocol.FI2010.horizons().size(); h++) {
      problems.add(
          new Problem(
              Protocol.FI2010.horizons().get(h),
              Double.NaN,
              labels(h),
              IntStream.range(0, train).toArray(),
              IntStream.range(train, fitted()).toArray(),
              IntStream.range(fitted(), n).toArray(),
              block,
              blocks));
    }
    Columns inputs = take(InputNames.of(LEVELS), 0);
    Columns features =
        take(
            IntStream.range(INPUTS, Fi2010File.FEATURES).mapToObj(j -> "row_" + (j + 1)).toList(),
            INPUTS);
    return new BenchmarkRows(
        IntStream.rangeClosed(1, StockBorders.STOCKS).mapToObj(s -> "stock" + s).toList(),
        symbol,
        sessionFirst,
        inputs,
        features,
        features.names(),
        problems,
        notes);
  }

  private static String note(Fi2010File file, StockBorders stocks) {
    return String.format(
        Locale.ROOT,
        "%s: %,d rows, stocks begin at rows %s; the smallest step there is %.1f times the largest"
            + " elsewhere%s.",
        file.name(),
        file.events(),
        String.join(", ", stocks.begins().stream().map(String::valueOf).toList()),
        stocks.clarity(),
        stocks.clarity() < CLEAR ? ", so a border may be elsewhere" : "");
  }

  private byte[] labels(int horizon) {
    byte[] all = new byte[symbol.length];
    int first = 0;
    for (Fi2010File file : files) {
      System.arraycopy(file.labels(horizon), 0, all, first, file.events());
      first += file.events();
    }
    return all;
  }

  /** Rows of the files as columns, which the files no longer hold afterwards. */
  private Columns take(List<String> names, int row) {
    Columns columns = Columns.empty(names, symbol.length);
    for (int j = 0; j < names.size(); j++) {
      int first = 0;
      for (Fi2010File file : files) {
        float[] values = file.takeFeature(row + j);
        for (int i = 0; i < values.length; i++) {
          columns.set(first + i, j, values[i]);
        }
        first += values.length;
      }
    }
    return columns;
  }
}
