package io.depthcast.bench;

import io.depthcast.book.BookBatch;
import io.depthcast.book.RandomBook;
import io.depthcast.features.DepthImbalance;
import io.depthcast.features.FeatureFamily;
import io.depthcast.features.FeatureSet;
import io.depthcast.features.Microprice;
import io.depthcast.features.Mid;
import io.depthcast.features.MidReturn;
import io.depthcast.features.OrderFlowImbalance;
import io.depthcast.features.QueueImbalance;
import io.depthcast.features.QueueRates;
import io.depthcast.features.RangeVolatility;
import io.depthcast.features.RealizedVolatility;
import io.depthcast.features.Spread;
import io.depthcast.features.TradeFlow;
import io.depthcast.features.Window;
import io.depthcast.feed.lobster.GoogleSample;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Rows a second of feature kernels over LOBSTER's sample day of GOOG with 10 levels, or a random
 * book: the default set, and single families whose window grows.
 */
public class FeatureBenchmark {

  private static final int ROWS = 1 << 17;
  private static final int BATCH = 4096;
  private static final int LEVELS = 10;

  /** The rows, in batches. */
  @State(Scope.Thread)
  public static class Day {

    private final List<BookBatch> batches = new ArrayList<>();
    private int rows;

    @Setup
    public void read() throws IOException {
      if (Files.exists(GoogleSample.file(LEVELS))) {
        GoogleSample.read(LEVELS, this::keep);
      } else {
        keep(RandomBook.full(1, ROWS, LEVELS));
      }
    }

    private void keep(BookBatch book) {
      for (int from = 0; from < book.rows && rows < ROWS; from += BATCH) {
        int to = Math.min(book.rows, Math.min(from + BATCH, from + ROWS - rows));
        BookBatch batch = new BookBatch(to - from, LEVELS);
        RandomBook.copy(book, from, to, batch);
        batches.add(batch);
        rows += batch.rows;
      }
    }

    private double[][] compute(FeatureSet set) {
      double[][] out = new double[set.columns().size()][BATCH];
      FeatureSet.Run run = set.start();
      for (BookBatch batch : batches) {
        run.compute(batch, out);
      }
      return out;
    }
  }

  /** One family with one window. */
  @State(Scope.Thread)
  public static class Windowed {

    @Param({
      "OrderFlowImbalance",
      "TradeFlow",
      "RealizedVolatility",
      "RangeVolatility",
      "QueueRates"
    })
    private String family;

    @Param({"10e", "100e", "1000e", "10000e", "100ms", "10000ms"})
    private String window;

    private FeatureSet set;

    @Setup
    public void choose() {
      Window length = Window.of(window);
      Window step = length.isTime() ? Window.milliseconds(10) : Window.events(1);
      FeatureFamily chosen =
          switch (family) {
            case "OrderFlowImbalance" -> new OrderFlowImbalance(LEVELS, length);
            case "TradeFlow" -> new TradeFlow(length);
            case "RealizedVolatility" -> new RealizedVolatility(length, step);
            case "RangeVolatility" -> new RangeVolatility(length);
            default -> new QueueRates(5, length);
          };
      set = new FeatureSet(List.of(chosen));
    }
  }

  /** The families of {@code configs/features.yaml}. */
  private static final FeatureSet CORE =
      new FeatureSet(
          List.of(
              new OrderFlowImbalance(LEVELS, Window.events(10)),
              new OrderFlowImbalance(LEVELS, Window.events(50)),
              new QueueImbalance(LEVELS),
              new DepthImbalance(LEVELS),
              new Mid(),
              new Spread(),
              new Microprice(),
              new MidReturn(Window.events(1)),
              new MidReturn(Window.events(2)),
              new MidReturn(Window.events(5)),
              new MidReturn(Window.events(10)),
              new MidReturn(Window.events(20)),
              new MidReturn(Window.events(50))));

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double[][] defaultSet(Day day) {
    return day.compute(CORE);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double[][] family(Day day, Windowed windowed) {
    return day.compute(windowed.set);
  }
}
