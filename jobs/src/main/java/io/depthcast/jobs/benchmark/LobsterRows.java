package io.depthcast.jobs.benchmark;

import io.depthcast.book.BookBatch;
import io.depthcast.book.EventType;
import io.depthcast.features.BookSlope;
import io.depthcast.features.Depth;
import io.depthcast.features.DepthConcentration;
import io.depthcast.features.DepthImbalance;
import io.depthcast.features.EventDuration;
import io.depthcast.features.EventIntensity;
import io.depthcast.features.FairValue;
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
import io.depthcast.features.TradeFlow;
import io.depthcast.features.UpdatesPerPriceChange;
import io.depthcast.features.Window;
import io.depthcast.feed.lobster.LobsterReader;
import io.depthcast.jobs.ConfigException;
import io.depthcast.jobs.source.LobsterFiles;
import io.depthcast.labels.LabelRun;
import io.depthcast.labels.MoveThreshold;
import io.depthcast.labels.SmoothedMidMove;
import io.depthcast.quality.DataContractException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Protocol P-B: GOOG on 2012-06-21, ten levels, from 09:40 to 15:50 the events of types 1 to 4.
 *
 * <p>The label is {@link SmoothedMidMove} cut at the 1/3 quantile of the training rows' absolute
 * moves. The first 60 % of the rows train, the next 10 % validate, the last 30 % test, each but the
 * first beginning 100 + k rows late. Inputs by level: ask price, ask size, bid price, bid size;
 * sizes are {@code ln(1 + shares)}; then z-scores with the first 60 % of the rows.
 */
final class LobsterRows {

  private static final String SYMBOL = "GOOG";
  private static final LocalDate DATE = LocalDate.of(2012, 6, 21);
  private static final int LEVELS = 10;
  private static final int INPUTS = 4 * LEVELS;
  private static final int FILE_ROWS = 147_916;
  private static final int ROWS = 131_833;
  private static final LocalTime BEGIN = LocalTime.of(9, 40);
  private static final LocalTime END = LocalTime.of(15, 50);

  /** Rows of the longest window of any model; the same for all, so that all have the same rows. */
  private static final int LONGEST_WINDOW = 100;

  private static final int TRAIN_ROWS = (int) (0.6 * ROWS);
  private static final int VALIDATION_END = (int) (0.7 * ROWS);
  private static final double FLAT_SHARE = 1.0 / 3;
  private static final int BLOCKS = 30;

  private static final FeatureSet FEATURES = new FeatureSet(families());

  private LobsterRows() {}

  private static List<FeatureFamily> families() {
    List<FeatureFamily> families = new ArrayList<>();
    families.add(new QueueImbalance(LEVELS));
    families.add(new DepthImbalance(LEVELS));
    families.add(new Spread());
    for (int window : new int[] {3, 10, 20, 50, 100}) {
      families.add(new OrderFlowImbalance(LEVELS, Window.events(window)));
    }
    for (int ms : new int[] {200, 1000, 5000}) {
      families.add(new OrderFlowImbalance(3, Window.milliseconds(ms)));
      families.add(new MidReturn(Window.milliseconds(ms)));
      families.add(new TradeFlow(Window.milliseconds(ms)));
    }
    for (int window : new int[] {1, 2, 5, 10, 20, 50, 100}) {
      families.add(new MidReturn(Window.events(window)));
    }
    families.add(new OrderFlowBySide(2, Window.events(10)));
    families.add(new OrderFlowBySide(2, Window.events(50)));
    families.add(new TradeFlow(Window.events(10)));
    families.add(new TradeFlow(Window.events(50)));
    families.add(new Microprice());
    families.add(new FairValue(LEVELS, 200));
    families.add(new RealizedVolatility(Window.events(20), Window.events(1)));
    families.add(new RealizedVolatility(Window.events(100), Window.events(1)));
    families.add(new RealizedVolatility(Window.milliseconds(60_000), Window.milliseconds(1000)));
    families.add(new UpdatesPerPriceChange(Window.events(100)));
    families.add(new EventDuration(Window.events(1)));
    families.add(new EventDuration(Window.events(10)));
    families.add(new EventDuration(Window.events(50)));
    families.add(new EventIntensity(Window.milliseconds(1000), Window.milliseconds(20_000)));
    families.add(new LevelGaps(5));
    families.add(new BookSlope(LEVELS));
    families.add(new Depth(1));
    families.add(new Depth(LEVELS));
    families.add(new DepthConcentration(LEVELS));
    return families;
  }

  static BenchmarkRows read(Configuration hadoop, String input) {
    BookBatch book = book(hadoop, input);
    FeatureColumns features = new FeatureColumns(FEATURES, ROWS);
    features.compute(book, 0);
    return new BenchmarkRows(
        List.of(SYMBOL),
        new byte[ROWS],
        new int[ROWS],
        inputs(book),
        features.columns(),
        features.namesF(LEVELS),
        Protocol.LOBSTER.horizons().stream().map(k -> problem(book, k)).toList(),
        List.of());
  }

  /** The rows of the protocol, numbered anew. */
  private static BookBatch book(Configuration hadoop, String input) {
    LobsterFiles.Source source =
        LobsterFiles.find(hadoop, files(hadoop, input)).stream()
            .filter(s -> s.pair().symbol().equals(SYMBOL) && s.pair().date().equals(DATE))
            .filter(s -> s.pair().levels() == LEVELS)
            .findFirst()
            .orElseThrow(() -> new ConfigException(input + ": no GOOG_2012-06-21 of 10 levels"));
    long midnight = DATE.atStartOfDay(ZoneId.of("America/New_York")).toEpochSecond();
    long begin = (midnight + BEGIN.toSecondOfDay()) * 1_000_000_000;
    long end = (midnight + END.toSecondOfDay()) * 1_000_000_000;
    BookBatch all = new BookBatch(FILE_ROWS, LEVELS);
    BookBatch batch = new BookBatch(1 << 13, LEVELS);
    try (LobsterReader reader = LobsterFiles.read(hadoop, source, 0)) {
      while (reader.next(batch)) {
        for (int i = 0; i < batch.rows; i++) {
          boolean traded = batch.tsEvent[i] >= begin && batch.tsEvent[i] < end;
          if (traded && batch.eventType[i] <= EventType.TRADE.ordinal()) {
            append(batch, i, all);
          }
        }
      }
    } catch (IOException e) {
      throw new DataContractException(input + ": " + e.getMessage(), e);
    }
    if (all.rows != ROWS) {
      throw new DataContractException(
          "%s: %d rows of types 1 to 4 from 09:40 to 15:50 (must be %d); fetch LOBSTER's sample again"
              .formatted(input, all.rows, ROWS));
    }
    return all;
  }

  /** LOBSTER's samples of the day lie side by side, with other numbers of levels. */
  private static String files(Configuration hadoop, String input) {
    Path path = new Path(input);
    try {
      boolean folder =
          path.getFileSystem(hadoop).exists(path)
              && path.getFileSystem(hadoop).getFileStatus(path).isDirectory();
      return folder ? input + "/*GOOG_2012-06-21*_10.*" : input;
    } catch (IOException e) {
      throw new ConfigException(input + ": " + e.getMessage(), e);
    }
  }

  private static void append(BookBatch from, int i, BookBatch to) {
    int n = to.rows++;
    to.seq[n] = n + 1L;
    to.tsEvent[n] = from.tsEvent[i];
    to.eventType[n] = from.eventType[i];
    to.side[n] = from.side[i];
    to.price[n] = from.price[i];
    to.size[n] = from.size[i];
    to.orderId[n] = from.orderId[i];
    to.suspect[n] = from.suspect[i];
    for (int level = 0; level < LEVELS; level++) {
      to.bidPrice[level][n] = from.bidPrice[level][i];
      to.bidSize[level][n] = from.bidSize[level][i];
      to.askPrice[level][n] = from.askPrice[level][i];
      to.askSize[level][n] = from.askSize[level][i];
    }
  }

  private static Columns inputs(BookBatch book) {
    ZScore scores = new ZScore(INPUTS);
    double[] row = new double[INPUTS];
    for (int i = 0; i < TRAIN_ROWS; i++) {
      fill(row, book, i);
      scores.add(row);
    }
    Columns inputs = Columns.empty(InputNames.of(LEVELS), ROWS);
    for (int i = 0; i < ROWS; i++) {
      fill(row, book, i);
      for (int j = 0; j < INPUTS; j++) {
        inputs.set(i, j, scores.of(j, row[j]));
      }
    }
    return inputs;
  }

  private static void fill(double[] row, BookBatch book, int i) {
    for (int level = 0; level < LEVELS; level++) {
      row[4 * level] = book.askPrice[level][i];
      row[4 * level + 1] = Math.log1p(book.askSize[level][i]);
      row[4 * level + 2] = book.bidPrice[level][i];
      row[4 * level + 3] = Math.log1p(book.bidSize[level][i]);
    }
  }

  private static Problem problem(BookBatch book, int horizon) {
    double[] moves = moves(book, horizon);
    int[] train = IntStream.range(LONGEST_WINDOW - 1, TRAIN_ROWS).toArray();
    double threshold = threshold(moves, train);
    byte[] labels = new byte[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] =
          Double.isNaN(moves[i])
              ? Problem.NO_LABEL
              : (byte) (MoveThreshold.direction(moves[i], threshold) + 1);
    }
    int purged = LONGEST_WINDOW + horizon;
    int[] test = IntStream.range(VALIDATION_END + purged, ROWS - horizon).toArray();
    int[] block = new int[ROWS];
    for (int i = 0; i < test.length; i++) {
      block[test[i]] = (int) ((long) i * BLOCKS / test.length);
    }
    return new Problem(
        horizon,
        threshold,
        labels,
        train,
        IntStream.range(TRAIN_ROWS + purged, VALIDATION_END).toArray(),
        test,
        block,
        BLOCKS);
  }

  /** The move of each row in bps, NaN for the last ones. */
  private static double[] moves(BookBatch book, int horizon) {
    double[] moves = new double[book.rows];
    LabelRun run = new SmoothedMidMove(Window.events(horizon)).start();
    run.compute(book, (seq, ts, move, endSeq, endTs) -> moves[(int) seq - 1] = move);
    run.finish((seq, ts, move, endSeq, endTs) -> moves[(int) seq - 1] = move);
    return moves;
  }

  /** Where flat ends, in bps. */
  private static double threshold(double[] moves, int[] train) {
    return MoveThreshold.fit(
        IntStream.of(train).mapToDouble(i -> Math.abs(moves[i])).toArray(), FLAT_SHARE);
  }
}
