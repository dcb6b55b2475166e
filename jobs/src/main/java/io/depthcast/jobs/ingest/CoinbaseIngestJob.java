package io.depthcast.jobs.ingest;

import io.depthcast.feed.FeedLimits;
import io.depthcast.feed.coinbase.CoinbaseReader;
import io.depthcast.jobs.Arguments;
import io.depthcast.jobs.Job;
import io.depthcast.jobs.JobMain;
import io.depthcast.jobs.Provenance;
import io.depthcast.jobs.table.Lake;

/** Reads captured Coinbase messages into the silver tables. */
public final class CoinbaseIngestJob {

  public static final Job<CoinbaseIngestConfig> JOB =
      new Job<>(
          "ingest coinbase",
          "Read captured Coinbase messages (Exchange or Advanced Trade) into events, books and"
              + " trades.",
          FeedIngest.READS,
          "silver.events, silver.book, silver.trades, silver.suspect_windows, silver.rejected",
          Job.Input.FILES,
          CoinbaseIngestConfig.class,
          CoinbaseIngestJob::run);

  private CoinbaseIngestJob() {}

  public static void main(String[] args) {
    JobMain.main(JOB, args);
  }

  static String run(
      Lake lake, Arguments arguments, CoinbaseIngestConfig config, Provenance provenance) {
    FeedLimits limits = config.limits();
    return new FeedIngest(
            "coinbase",
            config.levels(),
            (session, symbol) -> new CoinbaseReader(session, symbol, limits))
        .run(lake, arguments, config.symbols());
  }
}
