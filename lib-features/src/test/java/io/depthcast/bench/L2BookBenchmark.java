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

/** Updates a second of books that begin with a feed's snapshot, or of a made-up one. */
@State(Scope.Thread)
public class L2BookBenchmark {

  private static final int UPDATES = 1 << 16;

  @Param({"coinbase", "binance_spot", "binance_usdm", "made"})
  private String feed;

  private final L2Book book = new L2Book();
  private final BookBatch row = new BookBatch(1, 10);
  private LevelStream stream;

  @Setup
  public void read() throws IOException {
    stream =
        switch (feed) {
          case "coinbase" ->
              new LevelStream(
                  "coinbase/coinbase_BTC-USD_level2_20180424T035217Z_first1902s.jsonl.gz", UPDATES);
          case "binance_spot" -> new LevelStream("binance/spot_btcusdt_20240808.gz", UPDATES);
          case "binance_usdm" -> new LevelStream("binance/usdm_btcusdt_20240808.gz", UPDATES);
          default -> new LevelStream(1, UPDATES);
        };
  }

  @Setup(Level.Invocation)
  public void begin() {
    book.clear();
    stream.applySnapshot(book);
  }

  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public L2Book update() {
    for (int i = 0; i < UPDATES; i++) {
      stream.applyUpdate(book, i);
    }
    return book;
  }

  @Benchmark
  @OperationsPerInvocation(UPDATES)
  public BookBatch updateAndTenLevels() {
    for (int i = 0; i < UPDATES; i++) {
      stream.applyUpdate(book, i);
      book.copyTo(row, 0);
    }
    return row;
  }
}
