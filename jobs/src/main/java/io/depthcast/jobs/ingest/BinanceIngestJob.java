package io.depthcast.jobs.ingest;

import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.binance.BinanceDepth;
import io.depthcast.feed.binance.BinanceMarket;
import io.depthcast.feed.binance.BinanceReader;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.Lake;

/** Reads captured Binance messages into the silver tables. */
public final class BinanceIngestJob {

  public static final Job<BinanceIngestConfig> JOB =
      new Job<>(
          "ingest binance",
          "Read captured Binance messages into events, books and trades.",
          FeedIngest.READS,
          "silver.events, silver.book, silver.trades, silver.suspect_windows, silver.rejected",
          Job.Input.FILES,
          BinanceIngestConfig.class,
          BinanceIngestJob::run);

  private BinanceIngestJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(
      Lake lake, Arguments arguments, BinanceIngestConfig config, Provenance provenance) {
    BinanceMarket market = config.market();
    BinanceDepth depth = config.depth();
    FeedLimits limits = config.limits();
    return new FeedIngest(
            "binance_" + market.column(),
            config.levels(),
            (session, symbol) -> new BinanceReader(session, market, symbol, depth, limits))
        .run(lake, arguments, config.symbols());
  }
}
