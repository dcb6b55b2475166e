package io.depthcast.jobs.benchmark;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventBatch;
import io.depthcast.features.BookSlope;
import io.depthcast.features.Depth;
import io.depthcast.features.DepthConcentration;
import io.depthcast.features.DepthImbalance;
import io.depthcast.features.FeatureFamily;
import io.depthcast.features.FeatureSet;
import io.depthcast.features.LevelGaps;
import io.depthcast.features.Microprice;
import io.depthcast.features.MidReturn;
import io.depthcast.features.OrderFlowBySide;
import io.depthcast.features.OrderFlowImbalance;
import io.depthcast.features.QueueImbalance;
import io.depthcast.features.RealizedVolatility;
import io.depthcast.features.Spread;
import io.depthcast.features.TimeOfDay;
import io.depthcast.features.UpdatesPerPriceChange;
import io.depthcast.features.Window;
import io.depthcast.feed.snapshot.SnapshotReader;
import io.depthcast.feed.snapshot.SnapshotRow;
import io.depthcast.feed.snapshot.SnapshotSource;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.ConfigFile;
import io.depthcast.jobs.source.SnapshotTable;
import io.depthcast.jobs.source.SourceFiles;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Protocol P-A: five A-shares on 40 days, two half sessions a day of 1,999 snapshots each.
 *
 * <p>Days 0 to 27 train (every third row of a half session, from its first), 28 to 31 validate, 32
 * to 39 test. All rows are kept, also those with an empty side, and all labels are as given. Inputs
 * by level: ask price, ask size, bid price, bid size; sizes are {@code ln(1 + size / u)} with the
 * smallest size u of the symbol; then z-scores by symbol. u, mean and standard deviation are of all
 * rows of the symbol's training days.
 *
 * <p>Features begin anew in each half session, with sizes in units of the symbol's mean size at
 * level 1 on its training days.
 */
final class AshareRows {

  private static final Pattern FILE = Pattern.compile("snapshot_sym(\\d)_date(\\d+)_(am|pm)\\..*");
  private static final int SYMBOLS = 5;
  private static final int DAYS = 40;
  private static final int SESSIONS = SYMBOLS * DAYS * 2;
  private static final int SESSION_ROWS = 1999;
  private static final int FIRST_VALIDATION_DAY = 28;
  private static final int FIRST_TEST_DAY = 32;
  private static final int TRAIN_EVERY = 3;
  private static final int LEVELS = 5;
  private static final int INPUTS = 4 * LEVELS;
  private static final int ROWS = SESSIONS * SESSION_ROWS;

  /** All features that models choose from. */
  static final FeatureSet FEATURES = new FeatureSet(families());

  private final Configuration hadoop;
  private final String input;
  private final SnapshotSource source =
      ConfigFile.shipped("sources/ashare.yaml").as(SnapshotSource.class);

  /** Numbers as given, by row: price and size of the bids, those of the asks, the labels. */
  private final double[][] prices = new double[2 * LEVELS][ROWS];

  private final double[][] sizes = new double[2 * LEVELS][ROWS];
  private final byte[][] labels;
  private final int[] day = new int[ROWS];
  private final byte[] symbol = new byte[ROWS];
  private final int[] sessionFirst = new int[ROWS];

  private final FeatureSet set;

  /**
   * @param set features to compute
   */
  AshareRows(Configuration hadoop, String input, FeatureSet set) {
    this.hadoop = hadoop;
    this.input = input;
    this.set = set;
    labels = new byte[source.labels().size()][ROWS];
  }

  /** One file. */
  private record HalfSession(String file, int symbol, int day, String half) {}

  private static List<FeatureFamily> families() {
    List<FeatureFamily> families = new ArrayList<>();
    families.add(new QueueImbalance(LEVELS));
    families.add(new DepthImbalance(LEVELS));
    families.add(new Spread());
    for (int window : new int[] {1, 3, 10, 20, 50, 200}) {
      families.add(new OrderFlowImbalance(LEVELS, Window.events(window)));
    }
    for (int window : new int[] {1, 2, 5, 10, 20, 50, 100, 200}) {
      families.add(new MidReturn(Window.events(window)));
    }
    families.add(new OrderFlowBySide(2, Window.events(10)));
    families.add(new OrderFlowBySide(2, Window.events(50)));
    families.add(new Microprice());
    for (int window : new int[] {10, 50, 200, 500}) {
      families.add(new RealizedVolatility(Window.events(window), Window.events(1)));
      families.add(new UpdatesPerPriceChange(Window.events(window)));
    }
    families.add(new LevelGaps(LEVELS));
    families.add(new BookSlope(LEVELS));
    families.add(new Depth(1));
    families.add(new Depth(LEVELS));
    families.add(new DepthConcentration(LEVELS));
    families.add(
        new TimeOfDay(ZoneId.of("Asia/Shanghai"), LocalTime.of(9, 30), LocalTime.of(15, 0)));
    return families;
  }

  BenchmarkRows read() {
    List<HalfSession> sessions = sessions();
    List<BookBatch> books = new ArrayList<>();
    for (int s = 0; s < SESSIONS; s++) {
      books.add(readSession(sessions.get(s), s * SESSION_ROWS));
    }
    double[] meanSize = meanSizes();
    FeatureColumns features = new FeatureColumns(set, ROWS);
    for (int s = 0; s < SESSIONS; s++) {
      BookBatch book = books.set(s, null);
      divide(book.bidSize, meanSize[sessions.get(s).symbol()]);
      divide(book.askSize, meanSize[sessions.get(s).symbol()]);
      features.compute(book, s * SESSION_ROWS);
    }
    return new BenchmarkRows(
        IntStream.range(0, SYMBOLS).mapToObj(i -> "sym" + i).toList(),
        symbol,
        sessionFirst,
        inputs(),
        features.columns(),
        features.namesF(LEVELS),
        problems(),
        List.of());
  }

  private List<HalfSession> sessions() {
    List<HalfSession> sessions = new ArrayList<>();
    for (List<String> files : SourceFiles.sessions(hadoop, input, FILE.pattern())) {
      for (String file : files) {
        Matcher name = FILE.matcher(SourceFiles.name(file));
        if (name.matches()) {
          sessions.add(
              new HalfSession(
                  file,
                  Integer.parseInt(name.group(1)),
                  Integer.parseInt(name.group(2)),
                  name.group(3)));
        }
      }
    }
    sessions.sort(
        Comparator.comparingInt(HalfSession::symbol)
            .thenComparing(HalfSession::day)
            .thenComparing(HalfSession::half));
    boolean complete = sessions.size() == SESSIONS;
    for (int s = 0; complete && s < SESSIONS; s++) {
      complete =
          sessions.get(s).symbol() == s / (2 * DAYS) && sessions.get(s).day() == s / 2 % DAYS;
    }
    if (!complete) {
      throw new ConfigException(
          input
              + ": "
              + sessions.size()
              + " files snapshot_symS_dateD_am and _pm (must be those of symbols 0 to 4 and days 0"
              + " to 39, "
              + SESSIONS
              + ")");
    }
    return sessions;
  }

  private BookBatch readSession(HalfSession session, int first) {
    BookBatch book = new BookBatch(SESSION_ROWS, LEVELS);
    EventBatch events = new EventBatch(SESSION_ROWS);
    SnapshotTable table = new SnapshotTable("" + session.symbol(), List.of(session.file()));
    try (SnapshotTable.Rows rows = table.open(hadoop, source);
        SnapshotReader reader =
            new SnapshotReader(
                source, new Recorded(rows, session, first), (l, seq, ts, d, end) -> {})) {
      if (!reader.next(book, events)
          || book.rows != SESSION_ROWS
          || reader.rowsRead() != SESSION_ROWS) {
        throw otherRows(session);
      }
      return book;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataContractException otherRows(HalfSession session) {
    return new DataContractException(
        SourceFiles.name(session.file())
            + ": not the "
            + SESSION_ROWS
            + " good rows of the protocol; fetch it again");
  }

  /** Rows on their way to the reader, noted down as they are given. */
  private final class Recorded implements Iterator<SnapshotRow> {

    private final Iterator<SnapshotRow> rows;
    private final HalfSession session;
    private final int first;
    private int row;

    Recorded(Iterator<SnapshotRow> rows, HalfSession session, int first) {
      this.rows = rows;
      this.session = session;
      this.first = first;
      row = first;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public SnapshotRow next() {
      SnapshotRow next = rows.next();
      if (row == first + SESSION_ROWS) {
        throw otherRows(session);
      }
      for (int j = 0; j < 2 * LEVELS; j++) {
        prices[j][row] = next.numbers[2 * j];
        sizes[j][row] = next.numbers[2 * j + 1];
      }
      for (int l = 0; l < labels.length; l++) {
        labels[l][row] = (byte) next.numbers[4 * LEVELS + l];
      }
      day[row] = session.day();
      symbol[row] = (byte) session.symbol();
      sessionFirst[row] = first;
      row++;
      return next;
    }
  }

  /** By symbol: mean size at level 1 of both sides, where there is one, on the training days. */
  private double[] meanSizes() {
    double[] sum = new double[SYMBOLS];
    long[] count = new long[SYMBOLS];
    for (int i = 0; i < ROWS; i++) {
      if (day[i] < FIRST_VALIDATION_DAY) {
        for (int j : new int[] {0, LEVELS}) {
          sum[symbol[i]] += sizes[j][i];
          count[symbol[i]] += sizes[j][i] > 0 ? 1 : 0;
        }
      }
    }
    return IntStream.range(0, SYMBOLS).mapToDouble(s -> sum[s] / count[s]).toArray();
  }

  private static void divide(double[][] sizes, double by) {
    for (double[] level : sizes) {
      for (int i = 0; i < level.length; i++) {
        level[i] /= by;
      }
    }
  }

  private Columns inputs() {
    double[] unit = new double[SYMBOLS];
    Arrays.fill(unit, Double.POSITIVE_INFINITY);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; day[i] < FIRST_VALIDATION_DAY && j < sizes.length; j++) {
        if (sizes[j][i] > 0) {
          unit[symbol[i]] = Math.min(unit[symbol[i]], sizes[j][i]);
        }
      }
    }
    ZScore[] scores = new ZScore[SYMBOLS];
    Arrays.setAll(scores, s -> new ZScore(INPUTS));
    double[] row = new double[INPUTS];
    for (int i = 0; i < ROWS; i++) {
      if (day[i] < FIRST_VALIDATION_DAY) {
        fill(row, i, unit[symbol[i]]);
        scores[symbol[i]].add(row);
      }
    }
    Columns inputs = Columns.empty(InputNames.of(LEVELS), ROWS);
    for (int i = 0; i < ROWS; i++) {
      fill(row, i, unit[symbol[i]]);
      for (int j = 0; j < INPUTS; j++) {
        inputs.set(i, j, scores[symbol[i]].of(j, row[j]));
      }
    }
    return inputs;
  }

  private void fill(double[] row, int i, double unit) {
    for (int level = 0; level < LEVELS; level++) {
      row[4 * level] = prices[LEVELS + level][i];
      row[4 * level + 1] = Math.log1p(sizes[LEVELS + level][i] / unit);
      row[4 * level + 2] = prices[level][i];
      row[4 * level + 3] = Math.log1p(sizes[level][i] / unit);
    }
  }

  private List<Problem> problems() {
    int[] train =
        IntStream.range(0, ROWS)
            .filter(i -> day[i] < FIRST_VALIDATION_DAY && (i - sessionFirst[i]) % TRAIN_EVERY == 0)
            .toArray();
    int[] validation =
        IntStream.range(0, ROWS)
            .filter(i -> day[i] >= FIRST_VALIDATION_DAY && day[i] < FIRST_TEST_DAY)
            .toArray();
    int[] test = IntStream.range(0, ROWS).filter(i -> day[i] >= FIRST_TEST_DAY).toArray();
    int[] block = IntStream.of(day).map(d -> d - FIRST_TEST_DAY).toArray();
    List<Problem> problems = new ArrayList<>();
    for (int l = 0; l < labels.length; l++) {
      problems.add(
          new Problem(
              source.labels().get(l).horizonRows(),
              Double.NaN,
              labels[l],
              train,
              validation,
              test,
              block,
              DAYS - FIRST_TEST_DAY));
    }
    return problems;
  }
}
