package io.depthcast.bench;

import io.depthcast.book.BookBatch;
import io.depthcast.book.L2Book;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Updates a second of books that begin with a feed's snapshot, or of a made-up one. An invocation
 * takes the next unit of the input, the first a new book.
 */
@State(Scope.Thread)
public class L2BookBenchmark {

  private static final int UNIT = 1 << 13;

  @Param({"coinbase", "binance_spot", "binance_usdm", "made"})
  private String feed;

  /** Units of the input. */
  @Param({"8"})
  private int times;

  private final L2Book book = new L2Book();
  private final BookBatch row = new BookBatch(1, 10);
  private LevelStream stream;

  /** The first update of the next unit. */
  private int next;

  @Setup
  public void read() throws IOException {
    int updates = times * UNIT;
    stream =
        switch (feed) {
          case "coinbase" ->
              new LevelStream(
                  "coinbase/coinbase_BTC-USD_level2_20180424T035217Z_first1902s.jsonl.gz", updates);
          case "binance_spot" -> new LevelStream("binance/spot_btcusdt_20240808.gz", updates);
          case "binance_usdm" -> new LevelStream("binance/usdm_btcusdt_20240808.gz", updates);
          default -> new LevelStream(1, updates);
        };
  }

  @Setup(Level.Invocation)
  public void begin() {
    next %= times * UNIT;
    if (next == 0) {
      book.clear();
      stream.applySnapshot(book);
    }
  }

  @Benchmark
  @OperationsPerInvocation(UNIT)
  public L2Book update() {
    int begin = next;
    next += UNIT;
    for (int i = begin; i < begin + UNIT; i++) {
      stream.applyUpdate(book, i);
    }
    return book;
  }

  @Benchmark
  @OperationsPerInvocation(UNIT)
  public BookBatch updateAndTenLevels() {
    int begin = next;
    next += UNIT;
    for (int i = begin; i < begin + UNIT; i++) {
      stream.applyUpdate(book, i);
      book.copyTo(row, 0);
    }
    return row;
  }
}
